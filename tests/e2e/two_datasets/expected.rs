//! The definitions of STATISTICS.md once more, the simplest way: loops over the facts, sums of i128, one division.

use std::collections::{BTreeMap, BTreeSet};

use super::world::{Recipient, Round, What, World};

/// What lines can be grouped by, as the schema names it.
pub(crate) type Dimension = &'static str;

/// A recipient in a round, added up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pair {
    /// Whether it could have taken part.
    pub eligible: bool,
    /// Öre by name of the schema's field, but for the sums that need a report.
    pub ore: BTreeMap<&'static str, i128>,
    /// Used by area.
    pub used: [i128; 4],
    /// Whether there is a report, and whether it came by the last day.
    pub report: Option<bool>,
    /// Inhabitants.
    pub population: Option<i128>,
}

/// Pairs by round and recipient.
pub(crate) type Pairs<'a> = Vec<(&'a Round, &'a str, Pair)>;

impl Pair {
    fn add(&mut self, name: &'static str, ore: i128) {
        *self.ore.entry(name).or_default() += ore;
    }

    /// Öre of a field; nothing where no row is behind it.
    pub(crate) fn get(&self, name: &str) -> i128 {
        self.ore.get(name).copied().unwrap_or_default()
    }

    /// What it asked for and may have.
    pub(crate) fn asked(&self, round: &Round) -> i128 {
        self.get(if round.kind == "NGO" {
            "grantedAmount"
        } else {
            "requisitionedAmount"
        })
    }
}

/// Every pair that is eligible or has a fact.
pub(crate) fn pairs(world: &World) -> Pairs<'_> {
    let mut found = Vec::new();
    for round in &world.rounds {
        for (code, recipient) in &world.recipients {
            let facts: Vec<&What> = world
                .facts
                .iter()
                .filter(|fact| fact.round == round.code && fact.recipient == *code)
                .map(|fact| &fact.what)
                .collect();
            let last_day = format!("{}-12-31", round.year);
            let is_there = recipient.kind == round.kind
                && recipient.valid_between(&last_day, &last_day).is_some();
            let mut pair = Pair {
                eligible: is_there && round.kind != "NGO",
                population: population(recipient, &last_day),
                ..Pair::default()
            };
            for what in &facts {
                happen(&mut pair, round, what);
            }
            if pair.eligible || !facts.is_empty() {
                settle(&mut pair, round);
                found.push((round, code.as_str(), pair));
            }
        }
    }
    found
}

fn happen(pair: &mut Pair, round: &Round, what: &What) {
    let signed = |ore: i128, reverses: &str| if reverses.is_empty() { ore } else { -ore };
    match what {
        What::Allocated(ore) => pair.add("allocatedAmount", *ore),
        What::Requisitioned(ore, _) => pair.add("requisitionedAmount", *ore),
        What::Applied(_, decision, granted) => {
            pair.eligible = true;
            pair.add(
                "grantedAmount",
                if decision.ends_with("GRANTED") {
                    *granted
                } else {
                    0
                },
            );
        }
        What::Paid { ore, reverses, .. } => pair.add("paidAmount", signed(*ore, reverses)),
        What::Repaid { ore, reverses, .. } => pair.add("repaidAmount", signed(*ore, reverses)),
        What::Reported(on, used, unused) => {
            pair.report = Some(*on <= round.report_by);
            pair.used = *used;
            pair.add("usedAmount", used.iter().sum());
            pair.add("reportedUnusedAmount", *unused);
        }
    }
}

/// The amounts that follow from the others.
fn settle(pair: &mut Pair, round: &Round) {
    let [paid, used, unused, repaid] = [
        "paidAmount",
        "usedAmount",
        "reportedUnusedAmount",
        "repaidAmount",
    ]
    .map(|name| pair.get(name));
    pair.add("outstandingAmount", unused - repaid);
    if pair.report.is_some() {
        pair.add("unexplainedAmount", paid - used - unused);
    } else {
        pair.add("unreportedAmount", paid);
    }
    if ["MUNICIPALITY", "REGION"].contains(&round.kind) {
        pair.add(
            "redistributedAmount",
            (paid - pair.get("requisitionedAmount")).max(0),
        );
    }
    assert_eq!(
        paid,
        used + repaid
            + ["outstandingAmount", "unreportedAmount", "unexplainedAmount"]
                .map(|name| pair.get(name))
                .iter()
                .sum::<i128>()
    );
}

/// Of the day nearest before or on the last of the year; else of the first day there is.
fn population(recipient: &Recipient, last_day: &str) -> Option<i128> {
    let before = recipient
        .populations
        .iter()
        .rfind(|(day, _)| day.as_str() <= last_day);
    before
        .or(recipient.populations.first_key_value())
        .map(|(_, count)| *count)
}

/// The pairs by the codes of their groups, or why they have none.
pub(crate) fn grouped<'a>(
    world: &World,
    pairs: &Pairs<'a>,
    by: &[Dimension],
) -> BTreeMap<Vec<String>, Pairs<'a>> {
    let mut groups: BTreeMap<Vec<String>, Pairs<'a>> = BTreeMap::new();
    for (round, code, pair) in pairs {
        let key = by.iter().map(|dimension| match *dimension {
            "GRANT_YEAR" => round.year.to_string(),
            "RECIPIENT_KIND" => round.kind.to_owned(),
            "ROUND" => round.code.to_owned(),
            "RECIPIENT" => (*code).to_owned(),
            "COUNTY" => county(&world.recipients[*code], round.year),
            other => panic!("no grouping by {other} here"),
        });
        groups
            .entry(key.collect())
            .or_default()
            .push((*round, *code, pair.clone()));
    }
    groups
}

fn county(recipient: &Recipient, year: i32) -> String {
    let (first, last) = (format!("{year}-01-01"), format!("{year}-12-31"));
    let period = recipient
        .valid_between(&last, &last)
        .or_else(|| recipient.valid_between(&first, &last))
        .or(recipient.periods.last());
    let period = period.expect("a recipient has a period");
    match (period.protected, period.county.as_str()) {
        (true, _) => "PROTECTED".to_owned(),
        (false, "") => "NOT_APPLICABLE".to_owned(),
        (false, county) => county.to_owned(),
    }
}

/// Whether a group spans several years, and how many kinds it has.
pub(crate) fn span(group: &Pairs<'_>) -> (bool, usize) {
    let years: BTreeSet<i32> = group.iter().map(|(round, ..)| round.year).collect();
    let kinds: BTreeSet<&str> = group.iter().map(|(round, ..)| round.kind).collect();
    (years.len() > 1, kinds.len())
}

/// Numerator / denominator in units of 10⁻¹², half away from zero; nothing below zero comes here.
pub(crate) fn quotient(numerator: i128, denominator: i128) -> Option<i128> {
    (denominator != 0)
        .then(|| (2 * numerator * 1_000_000_000_000 + denominator) / (2 * denominator))
}
