//! Orphans: what was planned and got no support event, what was held and not planned, areas with neither. None is an error.
//!
//! Definition: docs/STATISTICS.md, Orphans.

use std::collections::{BTreeMap, BTreeSet};

use crate::coverage::main_number;

/// An activity as orphans look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The stored row.
    pub row_id: i64,
    /// Number of the main activity, as the plan has it.
    pub main_activity: String,
    /// Codes of those responsible.
    pub responsible: Vec<String>,
}

/// A support event as orphans look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The stored row.
    pub row_id: i64,
    /// Number of the main activity, as the event has it.
    pub main_activity: String,
    /// Code of the organisation that held it.
    pub organisation: String,
}

/// What orphans are looked for in.
#[derive(Debug, Clone, Default)]
pub struct OrphanRows {
    /// The activities of one version of the plan.
    pub planned: Vec<Planned>,
    /// The events.
    pub held: Vec<Held>,
    /// Main activities with the development area of each, where it has one.
    pub main_activities: Vec<(String, Option<String>)>,
    /// Codes of development areas.
    pub development_areas: Vec<String>,
    /// The code under which some are responsible together, and the codes of those.
    pub together: (String, BTreeSet<String>),
}

/// On which side something is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrphanKind {
    /// Planned, and no support event.
    Planned,
    /// Support events, and nothing planned.
    Held,
}

/// A main activity of an organisation with one side missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphan {
    /// Number of the main activity without its letter: 4a, 4b and 4c are parts of 4.
    pub main_activity: String,
    /// Code of the organisation.
    pub organisation: String,
    /// Which side there is.
    pub kind: OrphanKind,
    /// The stored rows of that side, in order.
    pub rows: Vec<i64>,
}

/// Everything without its counterpart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Orphans {
    /// By main activity in number order, organisation and kind.
    pub pairs: Vec<Orphan>,
    /// Development areas of whose main activities none is planned and none has an event, by code.
    pub development_areas: Vec<String>,
}

/// The number first, then what stands after it: 4 before 12.
type Number = (u64, String);
type Sides = BTreeMap<(Number, String), Vec<i64>>;

impl OrphanRows {
    /// The orphans among the rows. Who is responsible together is planned for with each of them, and has support where one
    /// of them held an event.
    #[must_use]
    pub fn orphans(&self) -> Orphans {
        let (mut planned, mut held) = (Sides::new(), Sides::new());
        for one in &self.planned {
            for organisation in &one.responsible {
                let key = (number(&one.main_activity), organisation.clone());
                planned.entry(key).or_default().push(one.row_id);
            }
        }
        for one in &self.held {
            let key = (number(&one.main_activity), one.organisation.clone());
            held.entry(key).or_default().push(one.row_id);
        }
        let without = |side: &Sides, other: &Sides, kind| {
            side.iter()
                .filter(|(key, _)| !self.answers(other, key))
                .map(|(key, rows)| orphan(key, rows, kind))
                .collect::<Vec<_>>()
        };
        let mut pairs = without(&planned, &held, OrphanKind::Planned);
        pairs.extend(without(&held, &planned, OrphanKind::Held));
        pairs.sort_by_cached_key(|one| {
            (
                number(&one.main_activity),
                one.organisation.clone(),
                one.kind,
            )
        });
        Orphans {
            pairs,
            development_areas: self.empty_areas(&planned, &held),
        }
    }

    /// Whether the other side has the pair: its own code, or that of those who act together with it.
    fn answers(&self, other: &Sides, (number, organisation): &(Number, String)) -> bool {
        let (code, members) = &self.together;
        let has = |code: &String| other.contains_key(&(number.clone(), code.clone()));
        has(organisation)
            || (members.contains(organisation) && has(code))
            || (organisation == code && members.iter().any(has))
    }

    fn empty_areas(&self, planned: &Sides, held: &Sides) -> Vec<String> {
        let touched: BTreeSet<&Number> = planned
            .keys()
            .chain(held.keys())
            .map(|(number, _)| number)
            .collect();
        let with_some: BTreeSet<&String> = self
            .main_activities
            .iter()
            .filter(|(activity, _)| touched.contains(&number(activity)))
            .filter_map(|(_, area)| area.as_ref())
            .collect();
        let all: BTreeSet<&String> = self.development_areas.iter().collect();
        all.difference(&with_some).copied().cloned().collect()
    }
}

fn number(activity: &str) -> Number {
    let main = main_number(activity);
    (main.parse().unwrap_or(u64::MAX), main.to_owned())
}

fn orphan((number, organisation): &(Number, String), rows: &[i64], kind: OrphanKind) -> Orphan {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    Orphan {
        main_activity: number.1.clone(),
        organisation: organisation.clone(),
        kind,
        rows,
    }
}
