//! The plan on a day: the state of every activity, by those responsible and as a whole.

use chrono::NaiveDate;

use super::progress::{Progress, ProgressGroup};
use super::{Activity, ActivityState, PlanRows, Report};
use crate::figure::Absent;

/// A version of the plan on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The version.
    pub version: i64,
    /// The day.
    pub on: NaiveDate,
    /// Every activity, by row.
    pub activities: Vec<ActivityStatus>,
    /// How far all of them have come.
    pub progress: Progress,
    /// The same by organisation: the states of the activities that it is responsible for. By code.
    pub by_organisation: Vec<ProgressGroup>,
    /// The same by the organisation's own states of them. By code.
    pub by_own_state: Vec<ProgressGroup>,
    /// The same by main activity; 4a, 4b and 4c are counted under 4. By number.
    pub by_main_activity: Vec<ProgressGroup>,
    /// The same by development area. By code; activities without one last.
    pub by_development_area: Vec<ProgressGroup>,
}

/// How far an activity has come on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityStatus {
    /// The activity.
    pub activity: Activity,
    /// The least advanced of its organisations' states.
    pub state: ActivityState,
    /// Which of `own` decides the state: of several equal ones that whose report is the latest, else the first named.
    pub decided_by: Option<usize>,
    /// The last day of completion of those that completed it; set where the activity is completed and each said a day.
    pub completed_on: Option<NaiveDate>,
    /// Whether it was completed on or before 31 December of its last year.
    pub on_time: bool,
    /// How late it is.
    pub late: Lateness,
    /// The states of those responsible, in the plan's order.
    pub own: Vec<OwnStatus>,
}

/// What an organisation's last report by the day says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnStatus {
    /// Its code.
    pub organisation: String,
    /// Its state.
    pub state: ActivityState,
    /// The stored row and the day of the report; none where there is no report by the day.
    pub report: Option<(i64, NaiveDate)>,
    /// The day of completion; set where it is completed and a day was said.
    pub completed_on: Option<NaiveDate>,
    /// Whether it was completed on or before 31 December of the activity's last year.
    pub on_time: bool,
    /// How late the organisation itself is.
    pub late: Lateness,
}

/// Days after 31 December of the last year: until completion, else until the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lateness {
    /// How many; 0 where it was completed in time.
    pub days: Option<i64>,
    /// Why there is no number: `NOT_DUE` before the last year has passed, `NOT_APPLICABLE` where it is cancelled, `NOT_REPORTED`
    /// where it was completed on a day that nobody said. Set if and only if `days` is none.
    pub absent: Option<Absent>,
}

/// An organisation that has not reported on an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// The row of the activity.
    pub row: i64,
    /// The code of the organisation.
    pub organisation: String,
    /// The day of its last report, before the time asked about.
    pub last_report: Option<NaiveDate>,
    /// `NOT_DUE` where the activity's first year has not begun on the day, else `NOT_REPORTED`.
    pub reason: Absent,
}

impl Standing {
    /// A version on a day; without activities where there is no such version.
    #[must_use]
    pub fn of(rows: &PlanRows, version: i64, on: NaiveDate) -> Self {
        let activities: Vec<ActivityStatus> = rows
            .of_version(version)
            .into_iter()
            .map(|activity| status(activity, &rows.reports, on))
            .collect();
        Self {
            version,
            on,
            progress: Progress::of(activities.iter().map(Into::into)),
            by_organisation: ProgressGroup::by_organisation(&activities),
            by_own_state: ProgressGroup::by_own_state(&activities),
            by_main_activity: ProgressGroup::by_main_activity(&activities),
            by_development_area: ProgressGroup::by_development_area(&activities),
            activities,
        }
    }

    /// Who is silent: those responsible without a report by the day, or without one from a day on. By row, then in the
    /// plan's order.
    #[must_use]
    pub fn silent(&self, since: Option<NaiveDate>) -> Vec<Silence> {
        let is_silent = |own: &&OwnStatus| {
            own.report
                .is_none_or(|(_, day)| since.is_some_and(|since| day < since))
        };
        let of_activity = |one: &ActivityStatus| {
            let begins = NaiveDate::from_ymd_opt(one.activity.start_year, 1, 1);
            let reason = if begins.is_some_and(|begins| self.on < begins) {
                Absent::NotDue
            } else {
                Absent::NotReported
            };
            let silence = |own: &OwnStatus| Silence {
                row: one.activity.row,
                organisation: own.organisation.clone(),
                last_report: own.report.map(|(_, day)| day),
                reason,
            };
            let silent = one.own.iter().filter(is_silent);
            silent.map(silence).collect::<Vec<_>>()
        };
        self.activities.iter().flat_map(of_activity).collect()
    }
}

/// The last day of a year; the calendar's last where the year is beyond it.
fn last_day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX)
}

fn status(activity: &Activity, reports: &[Report], on: NaiveDate) -> ActivityStatus {
    let mut own: Vec<OwnStatus> = Vec::new();
    for code in &activity.responsible {
        if own.iter().all(|known| known.organisation != *code) {
            own.push(own_status(activity, code, reports, on));
        }
    }
    let state = ActivityState::least_advanced(own.iter().map(|one| one.state));
    let completed_on = completed_on(state, &own);
    let on_time = completed_on.is_some_and(|day| day <= last_day(activity.end_year));
    let decided_by = (0..own.len())
        .filter(|index| own[*index].state == state)
        .max_by_key(|index| (own[*index].report.map(|(_, day)| day), usize::MAX - index));
    ActivityStatus {
        state,
        decided_by,
        completed_on,
        on_time,
        late: lateness(state, completed_on, activity.end_year, on),
        own,
        activity: activity.clone(),
    }
}

fn own_status(activity: &Activity, code: &str, reports: &[Report], on: NaiveDate) -> OwnStatus {
    let is_own = |report: &&Report| {
        report.version == activity.version
            && report.row == activity.row
            && report.organisation == code
            && report.per_date <= on
    };
    let last = reports.iter().filter(is_own);
    let last = last.max_by_key(|report| (report.per_date, report.row_id));
    let state = last.map_or(ActivityState::NotReported, |report| report.state);
    let completed_on = last.and_then(|report| report.completed_on);
    let completed_on = completed_on.filter(|_| state == ActivityState::Completed);
    OwnStatus {
        organisation: code.to_owned(),
        state,
        report: last.map(|report| (report.row_id, report.per_date)),
        completed_on,
        on_time: completed_on.is_some_and(|day| day <= last_day(activity.end_year)),
        late: lateness(state, completed_on, activity.end_year, on),
    }
}

/// The last day of completion, where everybody who has not cancelled completed it on a day that is said.
fn completed_on(state: ActivityState, own: &[OwnStatus]) -> Option<NaiveDate> {
    if state != ActivityState::Completed {
        return None;
    }
    let done = own.iter().filter(|one| one.state == state);
    let days: Option<Vec<NaiveDate>> = done.map(|one| one.completed_on).collect();
    days?.into_iter().max()
}

fn lateness(
    state: ActivityState,
    completed_on: Option<NaiveDate>,
    end_year: i32,
    on: NaiveDate,
) -> Lateness {
    let last = last_day(end_year);
    let after = |day: NaiveDate| day.signed_duration_since(last).num_days().max(0);
    let (days, absent) = match (state, completed_on) {
        (ActivityState::Completed, Some(day)) => (Some(after(day)), None),
        (ActivityState::Completed, None) => (None, Some(Absent::NotReported)),
        (ActivityState::Cancelled, _) => (None, Some(Absent::NotApplicable)),
        _ if on > last => (Some(after(on)), None),
        _ => (None, Some(Absent::NotDue)),
    };
    Lateness { days, absent }
}
