//! The money of one recipient in one round, in the schema.

use std::sync::Arc;

use analytics::fund_usage::FundLine;
use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;
use futures::future::try_join_all;

use super::code_list_item::CodeListItem;
use super::fund_filter::FundFilter;
use super::fund_usage::{UseArea, whole_or_refused};
use super::guard::Require;
use super::page::{PageOf, Place};
use super::rate::Rate;
use super::reading::{Reading, Shelf};
use super::recipient::Recipient;
use super::recipient_loads::RecipientLoads;
use super::round::Round;
use super::scalars::{Date, Money, RegistryNumber};
use super::source::{self, Source};
use super::{assignment, error};
use crate::intake::sort_key;
use crate::policy::Action;
use crate::reports::{Extent, FundPair, RecipientRound};

/// The connection of recipients' funds in its cursors.
const FUNDS: &str = "funds";

/// Figures of a recipient's round.
const CELLS_A_ROUND: usize = 20;

/// The money of a recipient in a round (mottagarens medel). Always
/// paid = used + repaid + outstanding + unreported + unexplained.
pub struct RecipientFunds {
    shelf: Shelf,
    assignment: entity::RegistryNumber,
    rounds: Arc<[RecipientRound]>,
    index: usize,
}

impl RecipientFunds {
    /// Every round of a recipient.
    pub(crate) fn all(
        shelf: &Shelf,
        assignment: &entity::RegistryNumber,
        rounds: &Arc<[RecipientRound]>,
    ) -> Vec<Self> {
        let one = |index: usize| {
            shelf.request.used(rounds[index].synthetic);
            Self {
                shelf: shelf.clone(),
                assignment: assignment.clone(),
                rounds: Arc::clone(rounds),
                index,
            }
        };
        (0..rounds.len()).map(one).collect()
    }

    fn found(&self) -> &RecipientRound {
        &self.rounds[self.index]
    }

    fn line(&self) -> &FundLine {
        &self.found().line
    }
}

/// The money of a recipient in a round (mottagarens medel). Always
/// paid = used + repaid + outstanding + unreported + unexplained.
#[Object]
impl RecipientFunds {
    /// Recipient, as it was on the last day of the grant year (mottagare).
    async fn recipient(&self) -> Option<Recipient> {
        let round = self.shelf.catalogue.round(&self.found().round);
        let year = round.and_then(|round| i32::try_from(round.year).ok());
        Recipient::in_year(&self.shelf, self.line().key.recipient.as_deref()?, year)
    }

    /// Round (omgång).
    async fn round(&self) -> Option<Round> {
        Round::of(&self.shelf, self.found().round.as_str())
    }

    /// Allocated (tilldelat).
    async fn allocated_amount(&self) -> Money {
        Money(self.line().allocated)
    }

    /// Requisitioned (rekvirerat).
    async fn requisitioned_amount(&self) -> Money {
        Money(self.line().requisitioned)
    }

    /// Granted (beviljat).
    async fn granted_amount(&self) -> Money {
        Money(self.line().granted)
    }

    /// Paid above requisitioned (omfördelat).
    async fn redistributed_amount(&self) -> Money {
        Money(self.line().redistributed)
    }

    /// Paid (utbetalt).
    async fn paid_amount(&self) -> Money {
        Money(self.line().paid)
    }

    /// Used over all use areas (använt).
    async fn used_amount(&self) -> Money {
        Money(self.line().used)
    }

    /// Unused as reported (redovisat ej använt).
    async fn reported_unused_amount(&self) -> Money {
        Money(self.line().reported_unused)
    }

    /// Repaid (återbetalt).
    async fn repaid_amount(&self) -> Money {
        Money(self.line().repaid)
    }

    /// Reported unused and not yet repaid (kvarstår att återbetala).
    async fn outstanding_amount(&self) -> Money {
        Money(self.line().outstanding)
    }

    /// Paid and not reported (ej redovisat).
    async fn unreported_amount(&self) -> Money {
        Money(self.line().unreported)
    }

    /// Paid and neither used nor unused in the report (oförklarat).
    async fn unexplained_amount(&self) -> Money {
        Money(self.line().unexplained)
    }

    /// Used / paid, where it has reported (nyttjandegrad).
    async fn usage_rate(&self) -> Rate {
        (&self.line().usage_rate).into()
    }

    /// Kronor per inhabitant (utbetalt per invånare).
    async fn paid_per_inhabitant(&self) -> Rate {
        (&self.line().paid_per_inhabitant).into()
    }

    /// Used by area, every area listed (användningsområden).
    async fn use_areas(&self) -> Vec<UseArea> {
        let areas = self.line().use_areas.iter();
        areas
            .map(|one| UseArea {
                area: CodeListItem::of(&self.shelf, "USE_AREA", &one.area),
                amount: Money(one.amount),
                share: (&one.share).into(),
            })
            .collect()
    }

    /// The usage report; null where none has come (återrapportering).
    async fn usage_report(&self) -> Option<UsageReport> {
        let found = self.found();
        let (row_id, reported_on) = found.report?;
        let round = self.shelf.catalogue.round(&found.round)?;
        Some(UsageReport {
            shelf: self.shelf.clone(),
            assignment: self.assignment.clone(),
            on_time: reported_on <= round.report_by,
            row_id,
            reported_on,
        })
    }

    /// The rows behind the amounts: where each is known from (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let rows = &self.found().row_ids;
        source::of_rows(ctx, &self.shelf, rows, Some(&self.assignment)).await
    }
}

/// Reading the money of recipients.
#[derive(Default)]
pub struct RecipientFundsQuery(pub Reading);

/// Reading the money of recipients.
#[Object(guard = "Require(Action::ReadFigures)")]
impl RecipientFundsQuery {
    /// The money of an assignment, recipient by recipient and round by round, by code of the round and of the recipient; whoever has no row of
    /// money in a round is left out (medel per mottagare och omgång). A page holds 500 at most.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an argument of the field"
    )]
    #[graphql(complexity = "super::page::cost(first, last, child_complexity)")]
    async fn funds(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "What is counted (urval).")] filter: Option<FundFilter>,
        #[graphql(
            desc = "Facts whose own date lies on or before this day, reports also by the day their document was registered; null = all (till och med)."
        )]
        through: Option<Date>,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<RecipientFunds>>> {
        let shelf = self.0.open(ctx).await?;
        let code = assignment::code(&shelf, &assignment, "assignment")?;
        let extent = Extent {
            through: through.map(|day| day.0),
            current_on: None,
        };
        let filter = filter.unwrap_or_default().checked(&shelf, &code)?;
        let reports = &shelf.request.reports;
        let pairs = reports.fund_pairs(&shelf.dataset, &code, filter, extent);
        let pairs = pairs.await.map_err(error::report)?;
        let loads = ctx.data::<RecipientLoads>()?;
        let load = async |asked: &[FundPair]| {
            whole_or_refused(&shelf, asked.len().saturating_mul(CELLS_A_ROUND))?;
            let each = asked.iter().map(|pair| {
                let rounds = loads.funds(&shelf, &code, &pair.recipient, extent);
                async move { rounds.await.map(|rounds| (pair, rounds)) }
            });
            let found = try_join_all(each).await.map_err(error::report)?;
            let one = |(pair, rounds): (&FundPair, Arc<[RecipientRound]>)| {
                let all = RecipientFunds::all(&shelf, &code, &rounds);
                let mut all = all.into_iter();
                all.find(|one| one.found().round == pair.round)
                    .expect("who has a row of money in a round has a line of it")
            };
            Ok(found.into_iter().map(one).collect())
        };
        let asked = (first, after, last, before);
        super::page::loaded(FUNDS, &pairs, place, asked, load)
            .await
            .map(Some)
    }
}

fn place(pair: &FundPair) -> Place {
    Place {
        connection: FUNDS.into(),
        sort_key: sort_key(pair.round.as_str()),
        code: pair.recipient.to_string(),
    }
}

/// What a recipient has said that it used, of one round (återrapportering).
pub struct UsageReport {
    shelf: Shelf,
    assignment: entity::RegistryNumber,
    row_id: i64,
    reported_on: NaiveDate,
    on_time: bool,
}

/// What a recipient has said that it used, of one round (återrapportering).
#[Object]
impl UsageReport {
    /// The day of the report (redovisat datum).
    async fn reported_on(&self) -> Date {
        Date(self.reported_on)
    }

    /// Whether it came by the round's last day (i tid).
    async fn on_time(&self) -> bool {
        self.on_time
    }

    /// Where it is known from (källa).
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<Source>> {
        source::source(ctx, &self.shelf, self.row_id, Some(&self.assignment)).await
    }
}
