//! The rows that figures of a plan are computed from.

use chrono::NaiveDate;

use super::ActivityState;

/// Everything that counts of the plans of an assignment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanRows {
    /// The activities of every version.
    pub activities: Vec<Activity>,
    /// What organisations report on them.
    pub reports: Vec<Report>,
}

/// An activity (delaktivitet): a row of a version of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// The version.
    pub version: i64,
    /// The number of its row; the same row of two versions is the same activity.
    pub row: i64,
    /// Its title.
    pub title: String,
    /// The codes of those responsible, in the plan's order.
    pub responsible: Vec<String>,
    /// The first year.
    pub start_year: i32,
    /// The last year.
    pub end_year: i32,
    /// The number of its main activity, with the letter where it has one.
    pub main_activity: String,
    /// The code of the main activity's development area; none where the main activity is not known.
    pub development_area: Option<String>,
}

/// What an organisation says of an activity on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The stored row.
    pub row_id: i64,
    /// The version of the plan.
    pub version: i64,
    /// The number of the activity's row.
    pub row: i64,
    /// The code of the organisation, as the plan names it.
    pub organisation: String,
    /// The day that it speaks of.
    pub per_date: NaiveDate,
    /// How far the activity has come; never [`ActivityState::NotReported`].
    pub state: ActivityState,
    /// The day of completion.
    pub completed_on: Option<NaiveDate>,
}

impl PlanRows {
    /// The activities of a version, by row.
    pub(super) fn of_version(&self, version: i64) -> Vec<&Activity> {
        let own = self.activities.iter().filter(|one| one.version == version);
        let mut own: Vec<&Activity> = own.collect();
        own.sort_by_key(|one| one.row);
        own
    }
}
