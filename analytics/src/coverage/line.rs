//! The answer to a question about coverage: one line per group, and the total.

use std::collections::BTreeMap;

use super::member::Member;
use super::{CoverageDimension, CoverageKey};
use crate::figure::{Absent, Rate, Reach, RecipientKind};
use crate::frame;

/// Coverage by group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The dimensions, without repetitions.
    pub grouped_by: Vec<CoverageDimension>,
    /// Every group of recipients by every value of events, sorted by the keys in the order of the
    /// dimensions.
    pub lines: Vec<CoverageLine>,
    /// Everything that passes the filter, with an empty key. Counts of events and participants
    /// are not additive over counties and population groups.
    pub total: CoverageLine,
    /// Recipients that events have reached and that were divided since; they are reached as nobody. Sorted.
    pub divided: Vec<String>,
}

/// The coverage of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageLine {
    /// Which group.
    pub key: CoverageKey,
    /// Recipients reached by at least one event / recipients of the kind.
    pub coverage: Rate,
    /// The same by population; not applicable to kinds without inhabitants. Recipients of unknown
    /// population are left out.
    pub coverage_by_population: Rate,
    /// Pairs of event and recipient reached / recipients of the kind.
    pub events_per_recipient: Rate,
    /// Events that pass; by recipients' groups or filters, those that reached one of them.
    pub event_count: u64,
    /// Who took part in those events.
    pub participant_count: i64,
    /// The codes of the recipients that no event has reached, sorted.
    pub unreached: Vec<String>,
    /// The codes of the others, sorted.
    pub reached: Vec<String>,
}

/// What the events of a group have reached.
#[derive(Debug, Clone, Default)]
pub(super) struct Reached {
    /// How many events reached each recipient, by code; above 0.
    pub(super) events_by_recipient: BTreeMap<String, i64>,
    pub(super) events: i64,
    pub(super) participants: i64,
}

impl CoverageLine {
    /// Takes the rates away: nothing is known of whom was reached.
    pub(super) fn not_available(&mut self) {
        for rate in [
            &mut self.coverage,
            &mut self.coverage_by_population,
            &mut self.events_per_recipient,
        ] {
            *rate = Rate::absent(Absent::NotAvailable, rate.of);
        }
    }

    pub(super) fn new(
        key: CoverageKey,
        kind: RecipientKind,
        members: &[&Member<'_>],
        reached: &Reached,
    ) -> Self {
        let is_reached =
            |member: &&&Member<'_>| reached.events_by_recipient.contains_key(member.code);
        let unreached = members.iter().filter(|member| !is_reached(member));
        let pairs = reached.events_by_recipient.values().sum();
        let all = count(members.iter());
        let reach = || Reach::all(members.len() as u64);
        Self {
            key,
            coverage: Rate::of_counts(count(members.iter().filter(is_reached)), all, reach()),
            coverage_by_population: by_population(kind, members, is_reached),
            events_per_recipient: Rate::of_counts(pairs, all, reach()),
            event_count: frame::count(reached.events),
            participant_count: reached.participants,
            unreached: unreached.map(|member| member.code.to_owned()).collect(),
            reached: (members.iter().filter(is_reached))
                .map(|member| member.code.to_owned())
                .collect(),
        }
    }
}

fn by_population(
    kind: RecipientKind,
    members: &[&Member<'_>],
    is_reached: impl Fn(&&&Member<'_>) -> bool,
) -> Rate {
    let of = members.len() as u64;
    if !kind.has_population() {
        return Rate::absent(Absent::NotApplicable, of);
    }
    let known = members.iter().filter_map(|member| member.population);
    let reached = members
        .iter()
        .filter(is_reached)
        .filter_map(|member| member.population);
    let n = known.clone().count() as u64;
    let reach = Reach::some(n, of, &[(Absent::NotAvailable, of - n)]);
    Rate::of_counts(reached.sum(), known.sum(), reach)
}

fn count<T>(items: impl Iterator<Item = T>) -> i64 {
    items.map(|_| 1).sum()
}
