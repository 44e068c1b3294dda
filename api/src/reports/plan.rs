//! The plans of an assignment: which versions there are, how far one has come on a day, what one changed of another.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use analytics::plan::{
    Activity, ActivityState, Comparison, Deviation, DeviationRow, PlanRows, Report, Standing,
    deviations,
};
use chrono::NaiveDate;
use entity::{ActivityStatus, RegistryNumber, activity_plan, activity_report, deviation_decision};

use super::{Computed, Error, Reports};
use crate::kept::Share;
use crate::store::{Catalogue, Dataset, Kinds, plans};

/// Everything that counts of the plans of an assignment.
#[derive(Debug)]
pub struct Plan {
    /// The versions by number.
    pub versions: Vec<PlanVersion>,
    /// Reports on all of them, in order of receipt.
    pub reports: Vec<activity_report::Model>,
    /// Decisions on deviations that they tell of, in order of receipt.
    pub decisions: Vec<deviation_decision::Model>,
    rows: Arc<PlanRows>,
}

/// A version of a plan: a whole file.
#[derive(Debug)]
pub struct PlanVersion {
    /// Its number.
    pub number: i64,
    /// The day it was decided; none of a draft, and of a printed plan that does not say it.
    pub decided_on: Option<NaiveDate>,
    /// Whether it is among the reference data: printed in a document that was decided, whatever day it prints.
    pub is_printed: bool,
    /// Its activities by row.
    pub activities: Vec<activity_plan::Model>,
}

impl PlanVersion {
    /// Whether it is decided by a day; a version that is not is a draft.
    #[must_use]
    pub fn is_decided(&self, today: NaiveDate) -> bool {
        self.decided_on
            .map_or(self.is_printed, |decided| decided <= today)
    }
}

impl Plan {
    /// How many activities its versions have together.
    pub(super) fn activities(&self) -> usize {
        let versions = self.versions.iter();
        versions.map(|one| one.activities.len()).sum()
    }

    /// The version with a number.
    #[must_use]
    pub fn version(&self, number: i64) -> Option<&PlanVersion> {
        self.versions.iter().find(|one| one.number == number)
    }

    /// The version that was decided last by a day: by the day of decision, one without a day before all others, and of
    /// several of one day the highest number.
    #[must_use]
    pub fn latest_decided(&self, today: NaiveDate) -> Option<&PlanVersion> {
        let decided = self.versions.iter().filter(|one| one.is_decided(today));
        decided.max_by_key(|one| (one.decided_on, one.number))
    }

    /// The report in a stored row.
    #[must_use]
    pub fn report(&self, row_id: i64) -> Option<&activity_report::Model> {
        let found = self.reports.binary_search_by_key(&row_id, |one| one.row_id);
        self.reports.get(found.ok()?)
    }

    /// The decision in a stored row.
    #[must_use]
    pub fn decision(&self, row_id: i64) -> Option<&deviation_decision::Model> {
        let found = self
            .decisions
            .binary_search_by_key(&row_id, |one| one.row_id);
        self.decisions.get(found.ok()?)
    }

    /// The reports that tell of deviations, each with the decision on it. A decision on what tells of none is left out.
    fn deviations(&self) -> Vec<DeviationRow> {
        let decided: HashMap<_, _> = self
            .decisions
            .iter()
            .map(|one| {
                let key = (one.plan_version, one.number, &one.organisation_code);
                ((key, one.per_date), (one.row_id, one.decided_on))
            })
            .collect();
        let told = self.reports.iter().filter(|one| one.deviation_id.is_some());
        told.map(|one| {
            let key = (one.plan_version, one.number, &one.organisation_code);
            DeviationRow {
                row_id: one.row_id,
                version: one.plan_version,
                row: one.number,
                organisation: one.organisation_code.to_string(),
                per_date: one.per_date,
                decision: decided.get(&(key, one.per_date)).copied(),
            }
        })
        .collect()
    }

    /// Whether a row of a version is synthetic, or of a report on it that speaks of the day or an earlier one.
    fn is_synthetic(&self, catalogue: &Catalogue, version: i64, on: NaiveDate) -> bool {
        let synthetic = |row_id| catalogue.submissions.is_synthetic(row_id);
        let mut own = self.version(version).into_iter();
        own.any(|one| one.activities.iter().any(|one| synthetic(one.row_id)))
            || self.reports.iter().any(|one| {
                one.plan_version == version && one.per_date <= on && synthetic(one.row_id)
            })
    }
}

impl Reports {
    /// The plans of an assignment; without versions where it has none.
    ///
    /// # Errors
    /// The database fails.
    pub async fn plan(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
    ) -> Result<Arc<Plan>, Error> {
        let dataset = &self.resting_on(Kinds::PLANS, dataset).await?;
        let load = async {
            let catalogue = self.catalogue(dataset).await?;
            let activities = plans::activities(&self.store, dataset, assignment).await?;
            let reports = plans::reports(&self.store, dataset, assignment).await?;
            let decisions = plans::decisions(&self.store, dataset, assignment).await?;
            let undated = activities.iter().filter(|one| one.decided_on.is_none());
            let undated: Vec<i64> = undated.map(|one| one.row_id).collect();
            let printed = plans::of_reference(&self.store, &undated).await?;
            let rows = Arc::new(PlanRows {
                activities: activities
                    .iter()
                    .map(|one| activity(&catalogue, one))
                    .collect(),
                reports: reports.iter().map(report).collect(),
            });
            let mut versions: BTreeMap<i64, PlanVersion> = BTreeMap::new();
            for one in activities {
                let version = versions
                    .entry(one.plan_version)
                    .or_insert_with(|| PlanVersion {
                        number: one.plan_version,
                        decided_on: None,
                        is_printed: false,
                        activities: Vec::new(),
                    });
                version.decided_on = version.decided_on.max(one.decided_on);
                version.is_printed |= printed.contains(&one.row_id);
                version.activities.push(one);
            }
            Ok(Arc::new(Plan {
                versions: versions.into_values().collect(),
                reports,
                decisions,
                rows,
            }))
        };
        let key = (dataset.key(), assignment.clone(), ());
        self.once(Share::Bases, "plans", key, load).await
    }

    /// How far a version of the plan has come on a day.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn plan_standing(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        (version, on): (i64, NaiveDate),
    ) -> Result<Arc<Computed<Standing>>, Error> {
        let dataset = &self.resting_on(Kinds::PLANS, dataset).await?;
        let compute = async {
            let plan = self.plan(dataset, assignment).await?;
            let catalogue = self.catalogue(dataset).await?;
            let synthetic = plan.is_synthetic(&catalogue, version, on);
            let rows = Arc::clone(&plan.rows);
            let answer = self
                .compute(move || Ok(Standing::of(&rows, version, on)))
                .await?;
            Ok(Arc::new(Computed { answer, synthetic }))
        };
        let key = (dataset.key(), assignment.clone(), (version, on));
        self.once(Share::Answers, "plan standing", key, compute)
            .await
    }

    /// What a version of the plan changed of another.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn plan_comparison(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        (from, to): (i64, i64),
    ) -> Result<Arc<Comparison>, Error> {
        let dataset = &self.resting_on(Kinds::PLANS, dataset).await?;
        let compute = async {
            let plan = self.plan(dataset, assignment).await?;
            let rows = Arc::clone(&plan.rows);
            let answer = self
                .compute(move || Ok(Comparison::of(&rows, from, to)))
                .await?;
            Ok(Arc::new(answer))
        };
        let key = (dataset.key(), assignment.clone(), (from, to));
        self.once(Share::Answers, "plan comparison", key, compute)
            .await
    }

    /// The deviations from every version of the plan that were reported by a day.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn plan_deviations(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        on: NaiveDate,
    ) -> Result<Arc<[Deviation]>, Error> {
        let dataset = &self.resting_on(Kinds::PLANS, dataset).await?;
        let compute = async {
            let plan = self.plan(dataset, assignment).await?;
            let found = self.compute(move || Ok(deviations(&plan.deviations(), on)));
            Ok(Arc::from(found.await?))
        };
        let key = (dataset.key(), assignment.clone(), on);
        self.once(Share::Answers, "plan deviations", key, compute)
            .await
    }
}

fn activity(catalogue: &Catalogue, model: &activity_plan::Model) -> Activity {
    let year = |year: i64| i32::try_from(year).unwrap_or(i32::MAX);
    let mut main = catalogue.main_activities.iter();
    let main =
        main.find(|one| one.assignment == model.assignment && one.number == model.main_activity);
    Activity {
        version: model.plan_version,
        row: model.number,
        title: model.title.clone(),
        responsible: model.responsible.iter().map(str::to_owned).collect(),
        start_year: year(model.start_year),
        end_year: year(model.end_year),
        main_activity: model.main_activity.clone(),
        development_area: main.map(|one| one.development_area.clone()),
    }
}

fn report(model: &activity_report::Model) -> Report {
    Report {
        row_id: model.row_id,
        version: model.plan_version,
        row: model.number,
        organisation: model.organisation_code.to_string(),
        per_date: model.per_date,
        state: activity_state(model.status),
        completed_on: model.completed_on,
    }
}

/// The state that a report says, as the analyses have it.
#[must_use]
pub const fn activity_state(status: ActivityStatus) -> ActivityState {
    match status {
        ActivityStatus::NotStarted => ActivityState::NotStarted,
        ActivityStatus::Ongoing => ActivityState::Ongoing,
        ActivityStatus::Completed => ActivityState::Completed,
        ActivityStatus::Delayed => ActivityState::Delayed,
        ActivityStatus::Cancelled => ActivityState::Cancelled,
    }
}
