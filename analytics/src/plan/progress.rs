//! Progress: how many activities stand in each state, of all and by group.

use std::collections::BTreeMap;

use super::{ActivityState, ActivityStatus};
use crate::coverage::main_number;
use crate::figure::{Rate, Reach};

/// How far some activities have come. The shares of the states add up to 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// How many activities.
    pub activity_count: u64,
    /// Every state, those without activities included, in the order of advance.
    pub states: Vec<StateShare>,
    /// Those completed on or before 31 December of their last year.
    pub completed_on_time: u64,
    /// Those completed later than that, or not completed and past it.
    pub late: u64,
}

/// How many activities stand in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateShare {
    /// The state.
    pub state: ActivityState,
    /// How many.
    pub count: u64,
    /// count / activities.
    pub share: Rate,
}

/// The progress of a group of activities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressGroup {
    /// The code of the organisation or development area, or the number of the main activity; none for activities of no
    /// known development area.
    pub code: Option<String>,
    /// How far they have come.
    pub progress: Progress,
}

/// What progress counts of an activity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    state: ActivityState,
    on_time: bool,
    is_late: bool,
}

impl From<&ActivityStatus> for Counted {
    fn from(status: &ActivityStatus) -> Self {
        Self {
            state: status.state,
            on_time: status.on_time,
            is_late: status.late.days.is_some_and(|days| days > 0),
        }
    }
}

impl Progress {
    pub(super) fn of(activities: impl Iterator<Item = Counted>) -> Self {
        let activities: Vec<Counted> = activities.collect();
        let count = |is: &dyn Fn(&Counted) -> bool| activities.iter().filter(|one| is(one)).count();
        let of = activities.len();
        let share = |state: ActivityState| {
            let count = count(&|one| one.state == state);
            StateShare {
                state,
                count: count as u64,
                share: Rate::of_counts(integer(count), integer(of), Reach::all(of as u64)),
            }
        };
        Self {
            activity_count: of as u64,
            states: ActivityState::ALL.map(share).to_vec(),
            completed_on_time: count(&|one| one.on_time) as u64,
            late: count(&|one| one.is_late) as u64,
        }
    }
}

fn integer(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

impl ProgressGroup {
    pub(super) fn by_organisation(activities: &[ActivityStatus]) -> Vec<Self> {
        let each = activities.iter().flat_map(|one| {
            let codes = one.own.iter().map(|own| Some(own.organisation.clone()));
            codes.map(|code| (code, one.into()))
        });
        grouped(each)
    }

    /// By the organisation's own states; late is what the organisation itself has not completed in time.
    pub(super) fn by_own_state(activities: &[ActivityStatus]) -> Vec<Self> {
        let each = activities.iter().flat_map(|one| {
            one.own.iter().map(|own| {
                let counted = Counted {
                    state: own.state,
                    on_time: own.on_time,
                    is_late: own.late.days.is_some_and(|days| days > 0),
                };
                (Some(own.organisation.clone()), counted)
            })
        });
        grouped(each)
    }

    pub(super) fn by_main_activity(activities: &[ActivityStatus]) -> Vec<Self> {
        let number = |one: &ActivityStatus| main_number(&one.activity.main_activity).to_owned();
        grouped(activities.iter().map(|one| (Some(number(one)), one.into())))
    }

    pub(super) fn by_development_area(activities: &[ActivityStatus]) -> Vec<Self> {
        let area = |one: &ActivityStatus| one.activity.development_area.clone();
        grouped(activities.iter().map(|one| (area(one), one.into())))
    }
}

/// Groups by code, those without one last.
fn grouped(each: impl Iterator<Item = (Option<String>, Counted)>) -> Vec<ProgressGroup> {
    let mut groups: BTreeMap<(bool, Option<String>), Vec<Counted>> = BTreeMap::new();
    for (code, one) in each {
        groups.entry((code.is_none(), code)).or_default().push(one);
    }
    let group = |((_, code), activities): (_, Vec<Counted>)| ProgressGroup {
        code,
        progress: Progress::of(activities.into_iter()),
    };
    groups.into_iter().map(group).collect()
}
