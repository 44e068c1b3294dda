//! Deviations in the schema: the list that goes to the coordination group, and what it decided.

use std::sync::Arc;

use analytics::plan as analysed;
use async_graphql::{Context, InputObject, Object, Result};
use entity::{activity_report, deviation_decision};

use super::activity::Activity;
use super::assignment;
use super::error;
use super::fund_filter::known;
use super::fund_usage::whole_or_refused;
use super::guard::Require;
use super::organisation::Organisation;
use super::page::{self, Node, PageOf, Place};
use super::plan_shelf::{PlanShelf, Written};
use super::reading::Reading;
use super::scalars::{Date, OrganisationCode, RegistryNumber};
use super::source::{Source, sources};
use super::vocabulary::{Absent, ActivityState, DeviationOutcome, DeviationState};
use crate::policy::Action;

/// Figures of a deviation.
const CELLS_A_DEVIATION: usize = 12;

/// Which deviations (urval av avvikelser). What is left out is not restricted.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DeviationFilter {
    /// Where they stand (lägen).
    states: Option<Vec<DeviationState>>,
    /// Versions of the plan (planversioner).
    versions: Option<Vec<i32>>,
    /// Whose reports tell of them (myndigheter).
    organisations: Option<Vec<OrganisationCode>>,
}

/// A deviation that an organisation reported (avvikelse), with what it proposes and what was decided.
pub struct Deviation {
    of: Arc<PlanShelf>,
    found: analysed::Deviation,
}

impl Deviation {
    fn report(&self) -> Option<&activity_report::Model> {
        self.of.plan.report(self.found.told.row_id)
    }

    async fn written(&self, id: fn(&activity_report::Model) -> Option<i64>) -> Result<Written> {
        match self.report() {
            Some(report) => self.of.written(id(report), &report.organisation_code).await,
            None => Ok(Written::NOTHING),
        }
    }
}

impl Node for Deviation {
    const CONNECTION: &'static str = "deviations";

    /// By the day that the report speaks of, then version, row and organisation.
    fn place(&self) -> Place {
        let told = &self.found.told;
        let mut sort_key = told.per_date.to_string().into_bytes();
        sort_key.extend(told.version.to_be_bytes());
        sort_key.extend(told.row.to_be_bytes());
        Place {
            connection: Self::CONNECTION.into(),
            sort_key,
            code: told.organisation.clone(),
        }
    }
}

/// A deviation that an organisation reported (avvikelse), with what it proposes and what was decided.
#[Object]
impl Deviation {
    /// Version of the plan (planversion).
    async fn plan_version(&self) -> i64 {
        self.found.told.version
    }

    /// Number of the activity's row (rad).
    async fn row(&self) -> i64 {
        self.found.told.row
    }

    /// The activity; null where the version has no such row any more (delaktivitet).
    async fn activity(&self) -> Option<Activity> {
        let told = &self.found.told;
        let mut versions = self.of.plan.versions.iter();
        let version = versions.position(|one| one.number == told.version)?;
        Activity::in_row(&self.of, version, told.row)
    }

    /// Whose report it is (redovisad av).
    async fn organisation(&self) -> Option<Organisation> {
        Organisation::of(&self.of.shelf, &self.found.told.organisation)
    }

    /// The day that the report speaks of (per datum).
    async fn per_date(&self) -> Date {
        Date(self.found.told.per_date)
    }

    /// How far the report says that the activity has come (delaktivitetens läge).
    async fn reported_state(&self) -> Option<ActivityState> {
        let report = self.report()?;
        Some(crate::reports::activity_state(report.status).into())
    }

    /// What it says of the deviation, for those who may read free texts (avvikelse).
    async fn deviation(&self) -> Result<Option<String>> {
        Ok(self.written(|report| report.deviation_id).await?.text)
    }

    /// Why it is not here: `NOT_AVAILABLE` where it is redacted or not for this viewer (orsak till att avvikelse saknas).
    async fn deviation_absent(&self) -> Result<Option<Absent>> {
        Ok(self.written(|report| report.deviation_id).await?.absent)
    }

    /// What the organisation or the working group proposes, for those who may read free texts (förslag till åtgärd).
    async fn proposed_action(&self) -> Result<Option<String>> {
        Ok(self.written(|report| report.proposed_action_id).await?.text)
    }

    /// Why it is not here: `NOT_APPLICABLE` where nothing is proposed, else as for the deviation (orsak till att förslag
    /// saknas).
    async fn proposed_action_absent(&self) -> Result<Option<Absent>> {
        Ok(self
            .written(|report| report.proposed_action_id)
            .await?
            .absent)
    }

    /// Where it stands on the day asked about (läge).
    async fn state(&self) -> DeviationState {
        self.found.state.into()
    }

    /// Days from the day that the report speaks of until the decision, else until the day asked about (dagar öppen).
    async fn days_open(&self) -> i64 {
        self.found.days_open
    }

    /// What the coordination group decided by the day asked about; null while it is open (beslut).
    async fn decision(&self) -> Option<DeviationDecision> {
        let (row, _) = self.found.told.decision?;
        let decided = self.found.state == analysed::DeviationState::Decided;
        let model = self.of.plan.decision(row).filter(|_| decided)?;
        self.of.shelf.used_row(row);
        Some(DeviationDecision {
            of: Arc::clone(&self.of),
            model: model.clone(),
        })
    }

    /// The report (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let row = self.found.told.row_id;
        sources(ctx, &self.of.shelf, row, Some(&self.of.assignment)).await
    }
}

/// What the coordination group decided on a deviation (beslut om avvikelse).
pub struct DeviationDecision {
    of: Arc<PlanShelf>,
    model: deviation_decision::Model,
}

impl DeviationDecision {
    async fn written(&self) -> Result<Written> {
        let model = &self.model;
        self.of
            .written(model.note_id, &model.organisation_code)
            .await
    }

    /// The version that the decision led to, where the viewer sees it.
    fn version(&self) -> Option<i64> {
        let led_to = self.model.new_plan_version?;
        let mut seen = self.of.seen();
        seen.any(|one| one.number == led_to).then_some(led_to)
    }
}

/// What the coordination group decided on a deviation (beslut om avvikelse).
#[Object]
impl DeviationDecision {
    /// What was decided (beslut).
    async fn outcome(&self) -> DeviationOutcome {
        self.model.decision.into()
    }

    /// The day of the decision (beslutsdatum).
    async fn decided_on(&self) -> Date {
        Date(self.model.decided_on)
    }

    /// The version of the plan that it led to (ny planversion).
    async fn new_plan_version(&self) -> Option<i64> {
        self.version()
    }

    /// Why there is no version: `NOT_APPLICABLE` where the plan was not revised, `NOT_AVAILABLE` where none is named or it
    /// is no decided one (orsak till att version saknas).
    async fn new_plan_version_absent(&self) -> Option<Absent> {
        let reason = if self.model.decision == entity::DeviationOutcome::PlanRevised {
            Absent::NotAvailable
        } else {
            Absent::NotApplicable
        };
        self.version().is_none().then_some(reason)
    }

    /// Note on the decision, for those who may read free texts (anteckning).
    async fn note(&self) -> Result<Option<String>> {
        Ok(self.written().await?.text)
    }

    /// Why it is not here: `NOT_APPLICABLE` where nothing was noted, `NOT_AVAILABLE` where it is redacted or not for this
    /// viewer (orsak till att anteckning saknas).
    async fn note_absent(&self) -> Result<Option<Absent>> {
        Ok(self.written().await?.absent)
    }

    /// Where it is known from (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let row = self.model.row_id;
        sources(ctx, &self.of.shelf, row, Some(&self.of.assignment)).await
    }
}

/// Reading deviations.
#[derive(Default)]
pub struct DeviationQuery(pub Reading);

/// Reading deviations.
#[Object(guard = "Require(Action::ReadFigures)")]
impl DeviationQuery {
    /// The deviations from the plan of an assignment that were reported by a day, by the day that the report speaks of, with
    /// what is proposed and what the coordination group decided (avvikelser).
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an argument of the field"
    )]
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn deviations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(
            desc = "The day; the dataset's today where left out. What was reported and decided by it counts (per datum)."
        )]
        on_date: Option<Date>,
        #[graphql(name = "where", desc = "Which deviations (urval).")] filter: Option<
            DeviationFilter,
        >,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<Deviation>>> {
        let shelf = self.0.open(ctx).await?;
        let code = assignment::code(&shelf, &assignment, "assignment")?;
        let of = PlanShelf::open(shelf, code).await?;
        let filter = filter.unwrap_or_default();
        let organisations = known(
            filter.organisations,
            "where.organisations",
            |code| of.shelf.catalogue.organisation(code.0.as_str()).is_some(),
            |code| code.0.to_string(),
        )?;
        let versions = match filter.versions {
            None => of.seen().map(|one| one.number).collect(),
            Some(asked) => {
                let each = asked.iter().enumerate();
                let each = each.map(|(index, number)| {
                    of.version(i64::from(*number), &format!("where.versions[{index}]"))
                });
                each.map(|found| Ok(found?.number))
                    .collect::<Result<Vec<i64>>>()?
            }
        };
        let (dataset, reports) = (&of.shelf.dataset, &of.shelf.request.reports);
        let found = reports.plan_deviations(dataset, &of.assignment, of.day(on_date));
        let found = found.await.map_err(error::report)?;
        let passes = |one: &&analysed::Deviation| {
            let state = DeviationState::from(one.state);
            let organisation = &one.told.organisation;
            versions.contains(&one.told.version)
                && filter
                    .states
                    .as_ref()
                    .is_none_or(|all| all.contains(&state))
                && organisations
                    .as_ref()
                    .is_none_or(|all| all.contains(organisation))
        };
        let node = |one: &analysed::Deviation| Deviation {
            of: Arc::clone(&of),
            found: one.clone(),
        };
        let nodes = found.iter().filter(passes).map(node).collect();
        let page = page::of(nodes, first, after, last, before).await?;
        whole_or_refused(
            &of.shelf,
            page.edges.len().saturating_mul(CELLS_A_DEVIATION),
        )?;
        for edge in &page.edges {
            edge.node.shown();
        }
        Ok(Some(page))
    }
}

impl Deviation {
    /// Notes that it is shown: whether it is synthetic, and where the version that it deviates from is a draft.
    fn shown(&self) {
        self.of.shelf.used_row(self.found.told.row_id);
        if let Some(version) = self.of.plan.version(self.found.told.version)
            && self.of.is_draft(version)
        {
            self.of.shown(version);
        }
    }
}
