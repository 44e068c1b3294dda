//! Organisations in the schema.

use analytics::coverage::{CoverageFilter, CoverageQuestion};
use async_graphql::{Context, InputObject, Object, Result};
use entity::{organisation, role};

use super::county::County;
use super::coverage::Coverage;
use super::fund_filter::known;
use super::guard::Require;
use super::page::{Node, PageOf, Place};
use super::reading::{Reading, Shelf};
use super::role::Role;
use super::scalars::{CountyCode, OrganisationCode, RegistryNumber};
use super::source::{Source, sources};
use super::support_event::SupportEvent;
use super::vocabulary::{CoverageDimension, RecipientKind};
use super::{assignment, error, support_event};
use crate::intake::sort_key;
use crate::policy::Action;
use crate::reports::{Extent, analysed};

/// An organisation that has a part in an assignment (myndighet eller annan aktör).
pub struct Organisation {
    shelf: Shelf,
    model: organisation::Model,
}

/// A recipient that reports for itself, as an organisation.
fn recipient(shelf: &Shelf, code: &str) -> Option<organisation::Model> {
    let own = entity::RecipientCode::parse(code).ok()?;
    let found = shelf.catalogue.recipient(&own, shelf.dataset.today)?;
    Some(organisation::Model {
        row_id: found.row_id,
        code: entity::OrganisationCode::parse(code).ok()?,
        name: found.name.clone(),
        short_name: None,
        kind: found.kind.code().to_owned(),
        county_code: found.county_code.clone(),
        website: None,
        valid_from: found.valid_from,
        valid_to: found.valid_to,
    })
}

/// Whether an organisation is a recipient with a protected location: then its county is told nowhere.
fn is_protected(shelf: &Shelf, code: &entity::OrganisationCode) -> bool {
    let own = entity::RecipientCode::parse(code.as_str());
    own.is_ok_and(|own| shelf.catalogue.is_protected(&own))
}

impl Organisation {
    /// The organisation with a code.
    pub(crate) fn of(shelf: &Shelf, code: &str) -> Option<Self> {
        let known = shelf.catalogue.organisation(code).cloned();
        let mut model = known.or_else(|| recipient(shelf, code))?;
        if is_protected(shelf, &model.code) {
            model.county_code = None;
        }
        shelf.used_row(model.row_id);
        Some(Self {
            shelf: shelf.clone(),
            model,
        })
    }
}

impl Node for Organisation {
    const CONNECTION: &'static str = "organisations";

    /// By name.
    fn place(&self) -> Place {
        Place {
            connection: Self::CONNECTION.into(),
            sort_key: sort_key(&self.model.name),
            code: self.model.code.to_string(),
        }
    }
}

/// An organisation that has a part in an assignment (myndighet eller annan aktör).
#[Object]
impl Organisation {
    /// Code (kod).
    async fn code(&self) -> OrganisationCode {
        OrganisationCode(self.model.code.clone())
    }

    /// Name (namn).
    async fn name(&self) -> &str {
        &self.model.name
    }

    /// Short name (kortnamn).
    async fn short_name(&self) -> Option<&str> {
        self.model.short_name.as_deref()
    }

    /// Samsyn's own classification (slag).
    async fn kind(&self) -> &str {
        &self.model.kind
    }

    /// A county board's county (län).
    async fn county(&self) -> Option<County> {
        County::of(&self.shelf, self.model.county_code.as_ref()?.as_str())
    }

    /// What it has to do in each assignment, by assignment and role (roller).
    async fn roles(&self) -> Vec<Role> {
        let roles = self.shelf.catalogue.roles.iter();
        let own = roles.filter(|one| one.organisation_code == self.model.code);
        let mut own: Vec<&role::Model> = own.collect();
        own.sort_by_key(|one| (&one.assignment, &one.role));
        let role = |model: &role::Model| Role {
            shelf: self.shelf.clone(),
            model: model.clone(),
        };
        own.into_iter().map(role).collect()
    }

    /// The support events of an assignment that it has held, by day (insatser).
    #[graphql(complexity = "super::page::cost(first, last, child_complexity)")]
    async fn support_events(
        &self,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<SupportEvent>>> {
        let code = assignment::code(&self.shelf, &assignment, "assignment")?;
        let mut held = support_event::of_assignment(&self.shelf, &code).await?;
        held.retain(|one| one.is_held_by(&self.model.code));
        super::page::of(held, first, after, last, before)
            .await
            .map(Some)
    }

    /// Whom its support in an assignment has reached, by group; no protected location (täckning).
    #[graphql(complexity = "10 * child_complexity + 1")]
    async fn coverage(
        &self,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "Kind of recipient that should be reached (mottagartyp).")] recipient_kind: RecipientKind,
        #[graphql(desc = "What to group by, in this order (indelning).", default)] group_by: Vec<
            CoverageDimension,
        >,
    ) -> Result<Option<Coverage>> {
        let shelf = self.shelf.clone();
        let code = assignment::code(&shelf, &assignment, "assignment")?;
        let question = CoverageQuestion {
            recipient_kind: analysed(recipient_kind.into()),
            group_by: group_by.into_iter().map(Into::into).collect(),
            filter: CoverageFilter {
                organisations: Some(vec![self.model.code.to_string()]),
                ..CoverageFilter::default()
            },
            reference_year: assignment::last_year(&shelf, &code),
        };
        let answer = Coverage::answer(shelf, code, question, Extent::default());
        answer.await.map(Some)
    }

    /// Where it is known from; nothing of a recipient with a protected location (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        if is_protected(&self.shelf, &self.model.code) {
            return Ok(Vec::new());
        }
        sources(ctx, &self.shelf, self.model.row_id, None).await
    }
}

/// Which organisations (urval av aktörer).
#[derive(Clone, Debug, Default, InputObject)]
pub struct OrganisationFilter {
    /// Samsyn's own classification, such as `COUNTY_BOARD` (slag).
    kinds: Option<Vec<String>>,
    /// Counties of county boards (län).
    counties: Option<Vec<CountyCode>>,
    /// Those with a role in one of these assignments (uppdrag).
    assignments: Option<Vec<RegistryNumber>>,
}

/// Reading organisations.
#[derive(Default)]
pub struct OrganisationQuery(pub Reading);

/// Reading organisations.
#[Object(guard = "Require(Action::ReadFigures)")]
impl OrganisationQuery {
    /// An organisation by its code (myndighet eller annan aktör).
    async fn organisation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Code (kod).")] code: OrganisationCode,
    ) -> Result<Option<Organisation>> {
        let shelf = self.0.open(ctx).await?;
        let found = Organisation::of(&shelf, code.0.as_str());
        found
            .map(Some)
            .ok_or_else(|| error::unknown("code", code.0.as_str()))
    }

    /// Organisations in Swedish alphabetical order (aktörer). A page holds 500 at most.
    #[graphql(complexity = "super::page::cost(first, last, child_complexity)")]
    async fn organisations(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Which organisations (urval).")] filter: Option<
            OrganisationFilter,
        >,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<Organisation>>> {
        let shelf = self.0.open(ctx).await?;
        let found = filter.unwrap_or_default().select(&shelf)?;
        super::page::of(found, first, after, last, before)
            .await
            .map(Some)
    }
}

impl OrganisationFilter {
    fn select(&self, shelf: &Shelf) -> Result<Vec<Organisation>> {
        let all: Vec<&organisation::Model> = shelf.catalogue.organisations().collect();
        let is_kind = |kind: &String| all.iter().any(|one| one.kind == *kind);
        let kinds = known(self.kinds.clone(), "where.kinds", is_kind, Clone::clone)?;
        let is_county = |code: &CountyCode| shelf.catalogue.county(code.0.as_str()).is_some();
        let counties = known(self.counties.clone(), "where.counties", is_county, |code| {
            code.0.to_string()
        })?;
        let assignments = match &self.assignments {
            Some(asked) => Some(assignment::codes(shelf, asked, "where.assignments")?),
            None => None,
        };
        let has_role = |one: &organisation::Model| {
            assignments.as_ref().is_none_or(|assignments| {
                let mut roles = shelf.catalogue.roles.iter();
                roles.any(|role| {
                    role.organisation_code == one.code && assignments.contains(&role.assignment)
                })
            })
        };
        let lies_in = |one: &organisation::Model, counties: &Vec<String>| {
            let own = one.county_code.as_ref();
            own.is_some_and(|own| counties.iter().any(|county| county == own.as_str()))
                && !is_protected(shelf, &one.code)
        };
        let passes = |one: &&&organisation::Model| {
            kinds.as_ref().is_none_or(|kinds| kinds.contains(&one.kind))
                && (counties.as_ref()).is_none_or(|counties| lies_in(one, counties))
                && has_role(one)
        };
        let codes = all.iter().filter(passes).map(|one| one.code.as_str());
        let mut found: Vec<Organisation> = codes
            .filter_map(|code| Organisation::of(shelf, code))
            .collect();
        found.sort_by_cached_key(Organisation::place);
        Ok(found)
    }
}
