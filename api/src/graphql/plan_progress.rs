//! Progress of a plan in the schema: how many activities stand in each state, by group, and who is silent.

use std::sync::Arc;

use analytics::plan as analysed;
use async_graphql::SimpleObject;

use super::activity::Activity;
use super::goal::{Goal, MainActivity};
use super::organisation::Organisation;
use super::plan_shelf::PlanShelf;
use super::rate::Rate;
use super::scalars::Date;
use super::vocabulary::{Absent, ActivityState, PlanDimension};

/// How many activities stand in a state (läge för planen).
#[derive(SimpleObject)]
pub struct PlanStateShare {
    /// The state (läge).
    state: ActivityState,
    /// How many activities (antal delaktiviteter).
    activity_count: u64,
    /// Those / all activities of the version or group (andel).
    share: Rate,
}

impl From<&analysed::StateShare> for PlanStateShare {
    fn from(one: &analysed::StateShare) -> Self {
        Self {
            state: one.state.into(),
            activity_count: one.count,
            share: (&one.share).into(),
        }
    }
}

/// How far some activities have come (läge för planen).
#[derive(SimpleObject)]
pub struct PlanProgress {
    /// How many activities (antal delaktiviteter).
    activity_count: u64,
    /// Completed on or before 31 December of their last year (antal klara i tid).
    completed_on_time_count: u64,
    /// Completed later than that, or past it and neither completed nor cancelled (antal sena).
    late_count: u64,
    /// Every state in the order of advance; the shares add up to 1 (lägen).
    states: Vec<PlanStateShare>,
}

impl From<&analysed::Progress> for PlanProgress {
    fn from(progress: &analysed::Progress) -> Self {
        Self {
            activity_count: progress.activity_count,
            completed_on_time_count: progress.completed_on_time,
            late_count: progress.late,
            states: progress.states.iter().map(Into::into).collect(),
        }
    }
}

/// The progress of a group of activities (läge för en grupp). A field of the group is null unless it is grouped by.
#[derive(SimpleObject)]
pub struct PlanProgressGroup {
    /// Code of the organisation or development area, or number of the main activity; null for activities without a known
    /// development area (kod).
    code: Option<String>,
    /// Organisation (myndighet).
    organisation: Option<Organisation>,
    /// Main activity (huvudaktivitet).
    main_activity: Option<MainActivity>,
    /// Development area (utvecklingsområde).
    development_area: Option<Goal>,
    /// How far its activities have come (läge).
    progress: PlanProgress,
}

impl PlanProgressGroup {
    pub(crate) fn new(
        of: &PlanShelf,
        dimension: PlanDimension,
        group: &analysed::ProgressGroup,
    ) -> Self {
        let code = |asked| group.code.as_deref().filter(|_| dimension == asked);
        let shelf = &of.shelf;
        Self {
            organisation: code(PlanDimension::Organisation)
                .and_then(|code| Organisation::of(shelf, code)),
            main_activity: code(PlanDimension::MainActivity)
                .and_then(|number| MainActivity::of(shelf, &of.assignment, number)),
            development_area: code(PlanDimension::DevelopmentArea)
                .and_then(|code| Goal::of(shelf, &of.assignment, code)),
            code: group.code.clone(),
            progress: (&group.progress).into(),
        }
    }
}

/// An organisation that has not reported on an activity (tyst myndighet).
#[derive(SimpleObject)]
pub struct SilentOrganisation {
    /// The activity (delaktivitet).
    activity: Activity,
    /// The organisation that is responsible for it (ansvarig).
    organisation: Option<Organisation>,
    /// The day of its last report, where it is before the time asked about (senaste redovisning).
    last_report_on: Option<Date>,
    /// `NOT_DUE` where the activity's first year has not begun on the day, else `NOT_REPORTED` (orsak).
    reason: Absent,
}

impl SilentOrganisation {
    pub(crate) fn new(
        of: &Arc<PlanShelf>,
        version: usize,
        one: &analysed::Silence,
    ) -> Option<Self> {
        Some(Self {
            activity: Activity::in_row(of, version, one.row)?,
            organisation: Organisation::of(&of.shelf, &one.organisation),
            last_report_on: one.last_report.map(Date),
            reason: one.reason.into(),
        })
    }
}
