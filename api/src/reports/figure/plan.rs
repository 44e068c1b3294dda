//! Figures of a plan: how far a decided version has come on the dataset's day.

use std::sync::Arc;

use analytics::plan::{ActivityState, ActivityStatus, Progress, ProgressGroup, Standing};
use entity::RegistryNumber;

use super::definition::{Basis, Definition, Of, Takes};
use super::key::{FigureKey, GroupKind};
use super::value::{Unit, Value};
use super::{Found, Place};
use crate::reports::{Error, Reports};
use crate::store::{Cited, Dataset, Passage};

/// A field of the progress of a plan.
#[derive(Debug)]
pub(super) struct PlanFigure {
    pub(super) field: &'static str,
    value: fn(&Progress, Option<ActivityState>) -> Option<Value>,
}

const GROUPS: &[GroupKind] = &[
    GroupKind::Version,
    GroupKind::MainActivity,
    GroupKind::Organisation,
    GroupKind::DevelopmentArea,
    GroupKind::State,
];

const TAKES: Takes = Takes {
    year: false,
    all_years: false,
    kind: false,
    all_kinds: false,
    must: &[GroupKind::Version],
    groups: GROUPS,
};

const OF_STATE: Takes = Takes {
    must: &[GroupKind::Version, GroupKind::State],
    ..TAKES
};

const fn figure(
    code: &'static str,
    title: [&'static str; 2],
    formula: [&'static str; 2],
    unit: Unit,
    (field, takes): (&'static str, Takes),
    value: fn(&Progress, Option<ActivityState>) -> Option<Value>,
) -> Definition {
    Definition {
        code,
        title,
        formula,
        unit,
        takes,
        basis: Basis::Plan,
        of: Of::Plan(PlanFigure { field, value }),
    }
}

/// The definitions of plans.
#[rustfmt::skip]
pub(super) const DEFINITIONS: &[Definition] = &[
    figure("plan.activities", ["Delaktiviteter i planen", "Activities of the plan"], ["Delaktiviteter i versionen eller gruppen.", "Activities of the version or group."],
        Unit::Count, ("activityCount", TAKES), |progress, state| state.is_none().then(|| Value::count(progress.activity_count))),
    figure("plan.completed_on_time", ["Delaktiviteter klara i tid", "Activities completed on time"], ["Klara senast den 31 december det sista året.", "Completed by 31 December of the last year."],
        Unit::Count, ("completedOnTimeCount", TAKES), |progress, state| state.is_none().then(|| Value::count(progress.completed_on_time))),
    figure("plan.late", ["Sena delaktiviteter", "Late activities"], ["Klara efter den 31 december det sista året, eller förbi det och varken klara eller inställda.", "Completed after 31 December of the last year, or past it and neither completed nor cancelled."],
        Unit::Count, ("lateCount", TAKES), |progress, state| state.is_none().then(|| Value::count(progress.late))),
    figure("plan.activities_in_state", ["Delaktiviteter i läget", "Activities in the state"], ["Delaktiviteter i läget på datauttagets dag.", "Activities in the state on the dataset's day."],
        Unit::Count, ("activityCount", OF_STATE), |progress, state| share(progress, state?).map(|one| Value::count(one.count))),
    figure("plan.state_share", ["Andel av delaktiviteterna i läget", "Share of activities in the state"], ["Delaktiviteter i läget / delaktiviteter.", "Activities in the state / activities."],
        Unit::Share, ("share", OF_STATE), |progress, state| share(progress, state?).map(|one| Value::Rate(one.share.clone()))),
];

fn share(progress: &Progress, state: ActivityState) -> Option<&analytics::plan::StateShare> {
    progress.states.iter().find(|one| one.state == state)
}

/// The states with their words in codes, and with both titles.
pub(crate) const STATES: [(ActivityState, &str, [&str; 2]); 6] = [
    (
        ActivityState::NotReported,
        "NOT_REPORTED",
        ["ej redovisad", "not reported"],
    ),
    (
        ActivityState::NotStarted,
        "NOT_STARTED",
        ["ej påbörjad", "not started"],
    ),
    (ActivityState::Delayed, "DELAYED", ["försenad", "delayed"]),
    (ActivityState::Ongoing, "ONGOING", ["pågår", "ongoing"]),
    (ActivityState::Completed, "COMPLETED", ["klar", "completed"]),
    (
        ActivityState::Cancelled,
        "CANCELLED",
        ["inställd", "cancelled"],
    ),
];

impl Reports {
    /// The value of a figure of a plan. Only what is decided has figures: a draft is for those who read what waits.
    pub(super) async fn plan_figure(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
        figure: &PlanFigure,
    ) -> Result<Option<Found>, Error> {
        let plan = self.plan(dataset, assignment).await?;
        let number = key
            .of(GroupKind::Version)
            .and_then(|code| code.parse().ok());
        let version = number.and_then(|number| plan.version(number));
        let Some(version) = version.filter(|one| one.is_decided(dataset.today)) else {
            return Ok(None);
        };
        let at = (version.number, dataset.today);
        let standing = self.plan_standing(dataset, assignment, at).await?;
        let state = match key.of(GroupKind::State) {
            None => None,
            Some(word) => match STATES.iter().find(|(_, own, _)| *own == word) {
                None => return Ok(None),
                found => found.map(|(state, ..)| *state),
            },
        };
        let Some((progress, line)) = progress(&standing.answer, key) else {
            return Ok(None);
        };
        let part = state.and_then(|state| {
            let mut states = progress.states.iter();
            states.position(|one| one.state == state)
        });
        Ok((figure.value)(progress, state).map(|value| Found {
            value,
            place: Place { line, part },
            synthetic: standing.synthetic,
        }))
    }

    /// The rows of the plan behind a figure, and the reports that decide the states.
    pub(super) async fn plan_figure_sources(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
    ) -> Result<Arc<[Passage]>, Error> {
        let plan = self.plan(dataset, assignment).await?;
        let number = key
            .of(GroupKind::Version)
            .and_then(|code| code.parse().ok());
        let Some(version) = number.and_then(|number| plan.version(number)) else {
            return Ok(Arc::default());
        };
        let at = (version.number, dataset.today);
        let standing = self.plan_standing(dataset, assignment, at).await?;
        let own = standing
            .answer
            .activities
            .iter()
            .filter(|one| is_in(one, key));
        let mut rows = Vec::new();
        for one in own {
            let mut activities = version.activities.iter();
            let activity = activities.find(|known| known.number == one.activity.row);
            rows.extend(activity.map(|known| known.row_id));
            rows.extend(
                one.own
                    .iter()
                    .filter_map(|own| own.report)
                    .map(|(row, _)| row),
            );
        }
        let cited = Cited::load(&self.store).await?;
        Ok(cited.passages(rows))
    }
}

/// The groups of a key's standing; none of the whole plan.
fn groups<'a>(standing: &'a Standing, key: &FigureKey) -> Option<(&'a [ProgressGroup], String)> {
    let found = [
        (GroupKind::Organisation, &standing.by_organisation),
        (GroupKind::MainActivity, &standing.by_main_activity),
        (GroupKind::DevelopmentArea, &standing.by_development_area),
    ];
    let mut found = found.into_iter();
    found.find_map(|(kind, groups)| Some((groups.as_slice(), key.of(kind)?.to_owned())))
}

/// The progress that a key is of, and its place among the groups. A figure is of one group at most.
fn progress<'a>(standing: &'a Standing, key: &FigureKey) -> Option<(&'a Progress, Option<usize>)> {
    let asked = |kind: &&GroupKind| key.of(**kind).is_some();
    let of_groups = [
        GroupKind::Organisation,
        GroupKind::MainActivity,
        GroupKind::DevelopmentArea,
    ];
    if of_groups.iter().filter(asked).count() > 1 {
        return None;
    }
    let Some((groups, code)) = groups(standing, key) else {
        return Some((&standing.progress, None));
    };
    let mut all = groups.iter();
    let place = all.position(|group| group.code.as_deref() == Some(code.as_str()))?;
    Some((&groups.get(place)?.progress, Some(place)))
}

/// Whether an activity is counted in a figure.
fn is_in(one: &ActivityStatus, key: &FigureKey) -> bool {
    let activity = &one.activity;
    let word = |state: ActivityState| {
        let found = STATES.iter().find(|(own, ..)| *own == state);
        found.map(|(_, word, _)| *word)
    };
    let number = activity.main_activity.trim_end_matches(char::is_alphabetic);
    key.groups.iter().all(|(kind, code)| match kind {
        GroupKind::State => word(one.state) == Some(code.as_str()),
        GroupKind::Organisation => one.own.iter().any(|own| own.organisation == *code),
        GroupKind::MainActivity => number == code,
        GroupKind::DevelopmentArea => activity.development_area.as_deref() == Some(code.as_str()),
        _ => true,
    })
}
