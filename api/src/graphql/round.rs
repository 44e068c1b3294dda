//! Rounds in the schema.

use async_graphql::{Context, InputObject, Object, Result};
use entity::round;

use super::assignment::Programme;
use super::error;
use super::guard::Require;
use super::page::{Node, PageOf, Place};
use super::reading::{Reading, Shelf};
use super::scalars::{Date, Money, RegistryNumber, RoundCode};
use super::source::{Source, sources};
use super::vocabulary::RecipientKind;
use crate::intake::sort_key;
use crate::policy::Action;

/// A round (omgång) of a programme: when, for whom and how much can be asked for.
pub struct Round {
    shelf: Shelf,
    model: round::Model,
}

/// Which rounds (urval av omgångar).
#[derive(Clone, Debug, Default, InputObject)]
pub struct RoundFilter {
    /// Assignments (uppdrag).
    assignments: Option<Vec<RegistryNumber>>,
    /// Grant years (bidragsår).
    years: Option<Vec<i32>>,
    /// Kinds of recipient (mottagartyper).
    recipient_kinds: Option<Vec<RecipientKind>>,
}

impl Round {
    /// A round.
    pub(crate) fn new(shelf: &Shelf, model: &round::Model) -> Self {
        shelf.used_row(model.row_id);
        Self {
            shelf: shelf.clone(),
            model: model.clone(),
        }
    }

    /// The round with a code.
    pub(crate) fn of(shelf: &Shelf, code: &str) -> Option<Self> {
        let code = entity::RoundCode::parse(code).ok()?;
        shelf
            .catalogue
            .round(&code)
            .map(|model| Self::new(shelf, model))
    }
}

impl Node for Round {
    const CONNECTION: &'static str = "rounds";

    fn place(&self) -> Place {
        Place {
            connection: Self::CONNECTION.into(),
            sort_key: sort_key(self.model.code.as_str()),
            code: self.model.code.to_string(),
        }
    }
}

/// A round (omgång) of a programme: when, for whom and how much can be asked for.
#[Object]
impl Round {
    /// Code (omgångskod).
    async fn code(&self) -> RoundCode {
        RoundCode(self.model.code.clone())
    }

    /// Grant year (bidragsår).
    async fn year(&self) -> i64 {
        self.model.year
    }

    /// Registry number of the assignment (uppdrag).
    async fn assignment_code(&self) -> RegistryNumber {
        RegistryNumber(self.model.assignment.clone())
    }

    /// Programme (statsbidrag).
    async fn programme(&self) -> Option<Programme> {
        let model = self
            .shelf
            .catalogue
            .programmes
            .iter()
            .find(|one| one.code == self.model.programme)?;
        Some(Programme {
            shelf: self.shelf.clone(),
            model: model.clone(),
        })
    }

    /// Kind of recipient (mottagartyp).
    async fn recipient_kind(&self) -> RecipientKind {
        self.model.recipient_kind.into()
    }

    /// What can be paid at most (tillgängligt belopp).
    async fn available_amount(&self) -> Money {
        self.model.available_amount.into()
    }

    /// First day to ask (öppnar).
    async fn opens_on(&self) -> Option<Date> {
        self.model.opens_on.map(Date)
    }

    /// Last day to ask (stänger).
    async fn closes_on(&self) -> Option<Date> {
        self.model.closes_on.map(Date)
    }

    /// Last day of use (används senast).
    async fn use_by(&self) -> Date {
        Date(self.model.use_by)
    }

    /// Last day to report (redovisas senast).
    async fn report_by(&self) -> Date {
        Date(self.model.report_by)
    }

    /// Where it is known from (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        sources(
            ctx,
            &self.shelf,
            self.model.row_id,
            Some(&self.model.assignment),
        )
        .await
    }
}

/// Reading rounds.
#[derive(Default)]
pub struct RoundQuery(pub Reading);

/// Reading rounds.
#[Object(guard = "Require(Action::ReadFigures)")]
impl RoundQuery {
    /// A round by its code (omgång).
    async fn round(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Code (omgångskod).")] code: RoundCode,
    ) -> Result<Option<Round>> {
        let shelf = self.0.open(ctx).await?;
        Round::of(&shelf, code.0.as_str())
            .map(Some)
            .ok_or_else(|| error::unknown("code", code.0.as_str()))
    }

    /// Rounds in alphabetical order of their codes (omgångar). A page holds 500 at most.
    #[graphql(complexity = "super::page::cost(first, last, child_complexity)")]
    async fn rounds(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Which rounds (urval).")] filter: Option<RoundFilter>,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<Round>>> {
        let shelf = self.0.open(ctx).await?;
        let filter = filter.unwrap_or_default();
        let assignments = match &filter.assignments {
            None => None,
            Some(asked) => Some(super::assignment::codes(
                &shelf,
                asked,
                "where.assignments",
            )?),
        };
        let passes = |model: &&round::Model| {
            assignments
                .as_ref()
                .is_none_or(|codes| codes.contains(&model.assignment))
                && filter
                    .years
                    .as_ref()
                    .is_none_or(|years| years.iter().any(|year| i64::from(*year) == model.year))
                && filter
                    .recipient_kinds
                    .as_ref()
                    .is_none_or(|kinds| kinds.contains(&model.recipient_kind.into()))
        };
        let mut found: Vec<Round> = shelf
            .catalogue
            .rounds
            .iter()
            .filter(passes)
            .map(|model| Round::new(&shelf, model))
            .collect();
        found.sort_by_key(Round::place);
        super::page::of(found, first, after, last, before)
            .await
            .map(Some)
    }
}
