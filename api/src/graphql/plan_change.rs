//! Two versions of a plan beside each other, in the schema.

use analytics::plan as analysed;
use async_graphql::SimpleObject;

use super::organisation::Organisation;
use super::plan_shelf::PlanShelf;
use super::rate::Rate;
use super::vocabulary::PlanChangeKind;

/// A change of an activity between two versions (ändring). What it was is null where it is added, what it is where it is
/// dropped.
#[derive(SimpleObject)]
pub struct PlanChange {
    /// Number of the activity's row (rad).
    row: i64,
    /// Its title; the former one where it is dropped (titel).
    title: String,
    /// What changed (slag av ändring).
    kind: PlanChangeKind,
    /// Title in the version compared with (titel före).
    from_title: Option<String>,
    /// Title now (titel efter).
    to_title: Option<String>,
    /// First year in the version compared with (startår före).
    from_start_year: Option<i32>,
    /// First year now (startår efter).
    to_start_year: Option<i32>,
    /// Last year in the version compared with (slutår före).
    from_end_year: Option<i32>,
    /// Last year now (slutår efter).
    to_end_year: Option<i32>,
    /// Those responsible in the version compared with (ansvariga före).
    from_responsible: Option<Vec<Organisation>>,
    /// Those responsible now (ansvariga efter).
    to_responsible: Option<Vec<Organisation>>,
    /// Number of the main activity in the version compared with (huvudaktivitet före).
    from_main_activity: Option<String>,
    /// Number of the main activity now (huvudaktivitet efter).
    to_main_activity: Option<String>,
}

impl PlanChange {
    pub(crate) fn new(of: &PlanShelf, change: &analysed::PlanChange) -> Self {
        let (before, after) = (change.before.as_ref(), change.after.as_ref());
        let title = |one: &analysed::Activity| one.title.clone();
        let number = |one: &analysed::Activity| one.main_activity.clone();
        let responsible = |one: &analysed::Activity| {
            let codes = one.responsible.iter();
            codes
                .filter_map(|code| Organisation::of(&of.shelf, code))
                .collect()
        };
        Self {
            row: change.row,
            title: after.or(before).map(title).unwrap_or_default(),
            kind: change.kind.into(),
            from_title: before.map(title),
            to_title: after.map(title),
            from_start_year: before.map(|one| one.start_year),
            to_start_year: after.map(|one| one.start_year),
            from_end_year: before.map(|one| one.end_year),
            to_end_year: after.map(|one| one.end_year),
            from_responsible: before.map(responsible),
            to_responsible: after.map(responsible),
            from_main_activity: before.map(number),
            to_main_activity: after.map(number),
        }
    }
}

/// How far the last years of activities slipped that both versions have (förskjutning).
#[derive(SimpleObject)]
pub struct PlanSlip {
    /// Activities that both versions have (antal gemensamma).
    common_count: u64,
    /// Those with a later last year (antal senarelagda).
    later_count: u64,
    /// Those with an earlier last year (antal tidigarelagda).
    earlier_count: u64,
    /// Those with the same last year (antal oförändrade).
    unmoved_count: u64,
    /// Activities that the version compared with does not have (antal tillkomna).
    added_count: u64,
    /// Activities that only the version compared with has (antal utgångna).
    dropped_count: u64,
    /// Sum of the changes of last years, later above 0 (summa år).
    sum_of_years: i64,
    /// That sum / the activities that both have, in years (genomsnittlig förskjutning).
    mean_years: Rate,
}

impl From<&analysed::Slip> for PlanSlip {
    fn from(slip: &analysed::Slip) -> Self {
        Self {
            common_count: slip.common,
            later_count: slip.later,
            earlier_count: slip.earlier,
            unmoved_count: slip.unmoved,
            added_count: slip.added,
            dropped_count: slip.dropped,
            sum_of_years: slip.sum_of_years,
            mean_years: (&slip.mean_years).into(),
        }
    }
}
