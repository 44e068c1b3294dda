//! How far an activity has come on a day, in the schema: as a whole, and by those responsible.

use std::sync::Arc;

use analytics::plan as analysed;
use async_graphql::{Context, Object, Result};
use entity::activity_report;

use super::organisation::Organisation;
use super::plan_shelf::{PlanShelf, Written};
use super::scalars::Date;
use super::source::{Source, of_rows, sources};
use super::vocabulary::{Absent, ActivityState};
use crate::reports::Computed;

/// How far an activity has come on a day (läge).
pub struct ActivityStatus {
    of: Arc<PlanShelf>,
    standing: Arc<Computed<analysed::Standing>>,
    index: usize,
}

impl ActivityStatus {
    pub(crate) fn new(
        of: &Arc<PlanShelf>,
        standing: &Arc<Computed<analysed::Standing>>,
        row: i64,
    ) -> Option<Self> {
        let mut all = standing.answer.activities.iter();
        let index = all.position(|one| one.activity.row == row)?;
        Some(Self {
            of: Arc::clone(of),
            standing: Arc::clone(standing),
            index,
        })
    }

    fn found(&self) -> &analysed::ActivityStatus {
        &self.standing.answer.activities[self.index]
    }

    /// What the organisation says that decides the state.
    fn deciding(&self) -> Option<OrganisationStatus> {
        self.found().decided_by.map(|own| self.own(own))
    }

    fn own(&self, own: usize) -> OrganisationStatus {
        OrganisationStatus {
            of: Arc::clone(&self.of),
            standing: Arc::clone(&self.standing),
            place: (self.index, own),
        }
    }

    async fn deviation_written(&self) -> Result<Written> {
        match self.deciding() {
            Some(own) => own.written(|report| report.deviation_id).await,
            None => Ok(Written::NOTHING),
        }
    }

    async fn proposal_written(&self) -> Result<Written> {
        match self.deciding() {
            Some(own) => own.written(|report| report.proposed_action_id).await,
            None => Ok(Written::NOTHING),
        }
    }
}

/// Why there is no day of completion.
fn not_completed(
    state: analysed::ActivityState,
    completed_on: Option<chrono::NaiveDate>,
) -> Option<Absent> {
    let reason = if state == analysed::ActivityState::Completed {
        Absent::NotReported
    } else {
        Absent::NotApplicable
    };
    completed_on.is_none().then_some(reason)
}

/// How far an activity has come on a day (läge). Of several organisations the least advanced decides; of several equal
/// ones that whose report is the latest, else the first named in the plan.
#[Object]
impl ActivityStatus {
    /// How far it has come (läge).
    async fn state(&self) -> ActivityState {
        self.found().state.into()
    }

    /// The day of the report that decides the state; null where none has come (per datum).
    async fn status_date(&self) -> Option<Date> {
        let own = self.deciding()?;
        own.found().report.map(|(_, day)| Date(day))
    }

    /// Whose report decides the state; null where none has come (redovisad av).
    async fn reported_by(&self) -> Option<Organisation> {
        let own = self.deciding()?;
        own.found().report?;
        Organisation::of(&self.of.shelf, &own.found().organisation)
    }

    /// The last day of completion, where all have completed their part (klar).
    async fn completed_on(&self) -> Option<Date> {
        self.found().completed_on.map(Date)
    }

    /// Why there is no day: `NOT_APPLICABLE` where it is not completed, `NOT_REPORTED` where somebody completed it and said
    /// no day (orsak till att dag saknas).
    async fn completed_on_absent(&self) -> Option<Absent> {
        not_completed(self.found().state, self.found().completed_on)
    }

    /// Whether it was completed on or before 31 December of its last year in this version (klar i tid).
    async fn on_time(&self) -> bool {
        self.found().on_time
    }

    /// Days after 31 December of its last year until it was completed, else until the day; 0 where in time (dagar sen).
    async fn days_late(&self) -> Option<i64> {
        self.found().late.days
    }

    /// Why there is no number: `NOT_DUE`, `NOT_APPLICABLE` where it is cancelled, `NOT_REPORTED` where no day of completion
    /// was said (orsak till att dagar saknas).
    async fn days_late_absent(&self) -> Option<Absent> {
        self.found().late.absent.map(Into::into)
    }

    /// Whether the deciding report tells of a deviation (har avvikelse).
    async fn has_deviation(&self) -> bool {
        self.deciding()
            .and_then(|own| own.report().map(|report| report.deviation_id.is_some()))
            .unwrap_or(false)
    }

    /// What the deciding report says of a deviation, for those who may read free texts (avvikelse).
    async fn deviation(&self) -> Result<Option<String>> {
        Ok(self.deviation_written().await?.text)
    }

    /// Why it is not here: `NOT_APPLICABLE` where nothing was written, `NOT_AVAILABLE` where it is redacted or not for this
    /// viewer (orsak till att avvikelse saknas).
    async fn deviation_absent(&self) -> Result<Option<Absent>> {
        Ok(self.deviation_written().await?.absent)
    }

    /// What the deciding report proposes, for those who may read free texts (förslag till åtgärd).
    async fn proposed_action(&self) -> Result<Option<String>> {
        Ok(self.proposal_written().await?.text)
    }

    /// Why it is not here, as for the deviation (orsak till att förslag saknas).
    async fn proposed_action_absent(&self) -> Result<Option<Absent>> {
        Ok(self.proposal_written().await?.absent)
    }

    /// The state of each that is responsible, in the plan's order (läge per ansvarig).
    async fn by_organisation(&self) -> Vec<OrganisationStatus> {
        let each = 0..self.found().own.len();
        each.map(|own| self.own(own)).collect()
    }

    /// The reports behind it (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let own = self.found().own.iter();
        let rows: Vec<i64> = own
            .filter_map(|one| one.report.map(|(row, _)| row))
            .collect();
        of_rows(ctx, &self.of.shelf, &rows, Some(&self.of.assignment)).await
    }
}

/// How far an organisation has come with its part of an activity (läge per ansvarig).
pub struct OrganisationStatus {
    of: Arc<PlanShelf>,
    standing: Arc<Computed<analysed::Standing>>,
    place: (usize, usize),
}

impl OrganisationStatus {
    fn found(&self) -> &analysed::OwnStatus {
        &self.standing.answer.activities[self.place.0].own[self.place.1]
    }

    fn report(&self) -> Option<&activity_report::Model> {
        self.found()
            .report
            .and_then(|(row, _)| self.of.plan.report(row))
    }

    async fn written(&self, id: fn(&activity_report::Model) -> Option<i64>) -> Result<Written> {
        match self.report() {
            Some(report) => self.of.written(id(report), &report.organisation_code).await,
            None => Ok(Written::NOTHING),
        }
    }
}

/// How far an organisation has come with its part of an activity (läge per ansvarig).
#[Object]
impl OrganisationStatus {
    /// The organisation (myndighet).
    async fn organisation(&self) -> Option<Organisation> {
        Organisation::of(&self.of.shelf, &self.found().organisation)
    }

    /// How far it has come (läge).
    async fn state(&self) -> ActivityState {
        self.found().state.into()
    }

    /// The day of its last report by the day; null where none has come (per datum).
    async fn status_date(&self) -> Option<Date> {
        self.found().report.map(|(_, day)| Date(day))
    }

    /// The day it completed its part (klar).
    async fn completed_on(&self) -> Option<Date> {
        self.found().completed_on.map(Date)
    }

    /// Why there is no day: `NOT_APPLICABLE` where it is not completed, `NOT_REPORTED` where no day was said (orsak till att
    /// dag saknas).
    async fn completed_on_absent(&self) -> Option<Absent> {
        not_completed(self.found().state, self.found().completed_on)
    }

    /// Whether it completed its part on or before 31 December of the activity's last year (klar i tid).
    async fn on_time(&self) -> bool {
        self.found().on_time
    }

    /// Days after 31 December of the last year until completion, else until the day; 0 where in time (dagar sen).
    async fn days_late(&self) -> Option<i64> {
        self.found().late.days
    }

    /// Why there is no number, as for the activity (orsak till att dagar saknas).
    async fn days_late_absent(&self) -> Option<Absent> {
        self.found().late.absent.map(Into::into)
    }

    /// Whether its report tells of a deviation (har avvikelse).
    async fn has_deviation(&self) -> bool {
        self.report()
            .is_some_and(|report| report.deviation_id.is_some())
    }

    /// What it says of a deviation, for those who may read free texts (avvikelse).
    async fn deviation(&self) -> Result<Option<String>> {
        Ok(self.written(|report| report.deviation_id).await?.text)
    }

    /// Why it is not here, as for the activity (orsak till att avvikelse saknas).
    async fn deviation_absent(&self) -> Result<Option<Absent>> {
        Ok(self.written(|report| report.deviation_id).await?.absent)
    }

    /// What it proposes, for those who may read free texts (förslag till åtgärd).
    async fn proposed_action(&self) -> Result<Option<String>> {
        Ok(self.written(|report| report.proposed_action_id).await?.text)
    }

    /// Why it is not here, as for the activity (orsak till att förslag saknas).
    async fn proposed_action_absent(&self) -> Result<Option<Absent>> {
        Ok(self
            .written(|report| report.proposed_action_id)
            .await?
            .absent)
    }

    /// The report; none where none has come (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let Some((row, _)) = self.found().report else {
            return Ok(Vec::new());
        };
        sources(ctx, &self.of.shelf, row, Some(&self.of.assignment)).await
    }
}
