//! Checks that several kinds share: does the code exist, may the sender report for it, is it of the right kind.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use entity::{
    IndicatorCode, KeyOwner, Kind, OrganisationCode, RecipientCode, RegistryNumber, RoundCode,
    round,
};

use super::basis::{Basis, Validity};
use super::column::RECIPIENT_KINDS;
use super::finding::{Findings, Place};
use super::row::{Row, RowHead};
use super::rule::Rule;

/// Where a row stands, for its findings.
pub(super) fn place(head: &RowHead) -> Place<'_> {
    Place {
        row: head.number,
        key: Some(&head.key),
    }
}

/// The rows that set a fact, each with its fact.
pub(super) fn facts<F>(rows: &[Row<F>]) -> impl Iterator<Item = (&RowHead, &F)> {
    rows.iter()
        .filter_map(|row| row.fact.as_ref().map(|fact| (&row.head, fact)))
}

/// What counts of a kind, by natural key, once the rows count.
pub(super) fn after<F: Clone>(
    rows: &[Row<F>],
    counting: &HashMap<String, F>,
) -> HashMap<String, F> {
    let mut after = counting.clone();
    for row in rows {
        match &row.fact {
            Some(fact) => after.insert(row.head.key.clone(), fact.clone()),
            None => after.remove(&row.head.key),
        };
    }
    after
}

/// The round of a row whose round and recipient exist, fit together and may be reported by the sender.
pub(super) fn round_and_recipient<'a>(
    basis: &'a Basis,
    at: Place<'_>,
    round: &RoundCode,
    recipient: &RecipientCode,
    findings: &mut Findings,
) -> Option<&'a round::Model> {
    let found = basis
        .register
        .rounds
        .get(round)
        .filter(|found| in_assignment(basis, &found.assignment));
    let Some(found) = found else {
        findings.row(at, Rule::UnknownCode, Some("round"), round.as_str());
        return None;
    };
    let Some(kind) = basis.register.recipient_kind(recipient, year_of(found)) else {
        findings.row(
            at,
            Rule::UnknownCode,
            Some("recipient_code"),
            recipient.as_str(),
        );
        return None;
    };
    if kind != found.recipient_kind {
        let rule = Rule::WrongRecipientKind;
        let code = found.recipient_kind.code();
        let known = RECIPIENT_KINDS.iter().find(|(kind, _)| *kind == code);
        let detail = (known.map_or(code, |(_, alias)| *alias), code);
        let column = Some("recipient_code");
        findings.detailed(at, rule, rule.severity(), column, detail);
        return None;
    }
    if !basis
        .sender
        .may_report_for(Some(&found.assignment), recipient.as_str())
    {
        findings.row(
            at,
            Rule::NotYourData,
            Some("recipient_code"),
            recipient.as_str(),
        );
        return None;
    }
    Some(found)
}

/// The year of a round as a calendar year.
pub(super) fn year_of(round: &round::Model) -> i32 {
    i32::try_from(round.year).unwrap_or(i32::MAX)
}

/// Whether a round's assignment is the one that the file was sent for, where one was said.
fn in_assignment(basis: &Basis, assignment: &RegistryNumber) -> bool {
    basis
        .assignment
        .as_ref()
        .is_none_or(|asked| asked == assignment)
}

/// Whether an organisation exists in a year and the sender may report for it.
pub(super) fn organisation(
    basis: &Basis,
    at: Place<'_>,
    code: &OrganisationCode,
    year: i32,
    findings: &mut Findings,
) -> bool {
    if !basis.register.has_organisation(code, year) {
        findings.row(
            at,
            Rule::UnknownCode,
            Some("organisation_code"),
            code.as_str(),
        );
        return false;
    }
    if !basis
        .sender
        .may_report_for(basis.assignment.as_ref(), code.as_str())
    {
        findings.row(
            at,
            Rule::NotYourData,
            Some("organisation_code"),
            code.as_str(),
        );
        return false;
    }
    true
}

/// Whether an assignment has a main activity.
pub(super) fn has_activity(basis: &Basis, assignment: &RegistryNumber, number: &str) -> bool {
    basis
        .register
        .main_activities
        .contains(&(assignment.clone(), number.to_owned()))
}

/// Notes rows that take the place of another recipient's: the key does not say whose the row is.
pub(super) fn replaced<'a, F>(
    rows: &[Row<F>],
    basis: &Basis,
    recipient_before: impl Fn(&str) -> Option<&'a RecipientCode>,
    findings: &mut Findings,
) {
    for row in rows.iter().filter(|row| row.fact.is_some()) {
        let round = round_of(&row.head).and_then(|code| basis.register.rounds.get(&code));
        let assignment = round.map(|round| &round.assignment);
        if let Some(before) = recipient_before(&row.head.key)
            && !basis.sender.may_report_for(assignment, before.as_str())
        {
            let (at, column) = (place(&row.head), Some("reference"));
            findings.row(at, Rule::NotYourData, column, &row.head.key);
        }
    }
}

/// Who may remove a row whose key begins with a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remover {
    /// The coordinator alone: the key does not say whose the row is.
    Coordinator,
    /// The recipient too, whose code is the key's second part.
    Recipient,
}

/// Notes rows that remove what is not the sender's to remove.
pub(super) fn removals<F>(
    rows: &[Row<F>],
    basis: &Basis,
    remover: Remover,
    findings: &mut Findings,
) {
    for row in rows.iter().filter(|row| row.fact.is_none()) {
        let round = round_of(&row.head).and_then(|code| basis.register.rounds.get(&code));
        let owner = row
            .head
            .key
            .split('|')
            .nth(1)
            .filter(|_| remover == Remover::Recipient);
        let allowed = round.is_some_and(|round| {
            in_assignment(basis, &round.assignment)
                && basis
                    .sender
                    .may_report_for(Some(&round.assignment), owner.unwrap_or_default())
        });
        if !allowed {
            findings.row(place(&row.head), Rule::NotYourData, None, &row.head.key);
        }
    }
}

/// Notes rows that remove what another organisation reported within the assignment.
///
/// `organisation_at` says which part of the key is the organisation; the first is the assignment.
pub(super) fn owned_removals<F>(
    rows: &[Row<F>],
    basis: &Basis,
    organisation_at: usize,
    findings: &mut Findings,
) {
    for row in rows.iter().filter(|row| row.fact.is_none()) {
        let organisation = row
            .head
            .key
            .split('|')
            .nth(organisation_at)
            .unwrap_or_default();
        if !basis
            .sender
            .may_report_for(basis.assignment.as_ref(), organisation)
        {
            findings.row(place(&row.head), Rule::NotYourData, None, &row.head.key);
        }
    }
}

/// The round that a natural key begins with.
pub(super) fn round_of(head: &RowHead) -> Option<RoundCode> {
    RoundCode::parse(first_part(head)).ok()
}

/// The codes with which the keys of a file begin: no more than what belongs to them is looked at.
#[derive(Debug, Default)]
pub(crate) struct Named {
    /// Rounds.
    pub(crate) rounds: HashSet<RoundCode>,
    /// Indicators.
    pub(crate) indicators: HashSet<IndicatorCode>,
}

impl Named {
    /// What the rows of a kind name.
    pub(crate) fn of<F>(kind: Kind, rows: &[Row<F>]) -> Self {
        let mut named = Self::default();
        match kind.key_owner() {
            KeyOwner::Itself => named.rounds = rounds_of(rows),
            KeyOwner::FirstSender => {
                named.indicators = rows
                    .iter()
                    .filter_map(|row| indicator_of(&row.head))
                    .collect();
            }
            KeyOwner::Register | KeyOwner::Assignment => {}
        }
        named
    }
}

/// The rounds that rows name.
pub(super) fn rounds_of<F>(rows: &[Row<F>]) -> HashSet<RoundCode> {
    let named: HashSet<&str> = rows.iter().map(|row| first_part(&row.head)).collect();
    named
        .into_iter()
        .filter_map(|code| RoundCode::parse(code).ok())
        .collect()
}

fn first_part(head: &RowHead) -> &str {
    head.key
        .split_once('|')
        .map_or(head.key.as_str(), |(first, _)| first)
}

/// The indicator that a natural key begins with.
pub(super) fn indicator_of(head: &RowHead) -> Option<IndicatorCode> {
    part(head, 0).and_then(|code| IndicatorCode::parse(code).ok())
}

/// A part of a natural key.
pub(super) fn part(head: &RowHead, at: usize) -> Option<&str> {
    head.key.split('|').nth(at)
}

/// Notes a period that ends before it begins, and each of the code's other periods that it overlaps.
///
/// `periods` are all periods of the code as they will count, each with its natural key.
pub(super) fn validity<'a>(
    at: Place<'_>,
    own: Validity,
    periods: impl IntoIterator<Item = &'a (String, Validity)>,
    columns: [&str; 2],
    findings: &mut Findings,
) {
    if own.from.zip(own.to).is_some_and(|(from, to)| from > to) {
        findings.row(
            at,
            Rule::OverlappingValidity,
            Some(columns[1]),
            "giltig_till < giltig_från",
        );
    }
    for (key, other) in periods {
        if at.key != Some(key.as_str()) && own.overlaps(*other) {
            let from = other.from.map(|day| day.to_string()).unwrap_or_default();
            findings.row(
                at,
                Rule::OverlappingValidity,
                Some(columns[0]),
                &format!("{from}–"),
            );
        }
    }
}

/// The calendar year of a day.
pub(super) fn year_of_day(day: NaiveDate) -> i32 {
    day.year()
}

/// Öre in kronor with two decimals, for messages: Swedish, English.
pub(super) fn kronor(ore: i128) -> [String; 2] {
    let sign = if ore < 0 { "-" } else { "" };
    let (kronor, ore) = (ore.unsigned_abs() / 100, ore.unsigned_abs() % 100);
    [',', '.'].map(|mark| format!("{sign}{kronor}{mark}{ore:02}"))
}

/// Whether an NGO's text names a cost that the money must not be used for: staff, or rent for sheltered housing.
///
/// Source: S2016/00633/FST, guidelines: "Medel kan dock inte sökas för att täcka personalkostnader eller lokalhyra för
/// skyddat boende."
pub(super) fn names_forbidden_cost(text: &str) -> bool {
    let text = text.to_lowercase();
    let staff = [
        "personalkostnad",
        "lönekostnad",
        "kostnader för personal",
        "löner till personal",
    ];
    let housing = [
        "skyddat boende",
        "skyddade boende",
        "skyddat boendet",
        "jourboende",
    ];
    let rent = [
        "lokalhyra",
        "lokalhyror",
        "hyra för",
        "hyran för",
        "hyreskostnad",
    ];
    let names = |words: &[&str]| words.iter().any(|word| text.contains(word));
    names(&staff) || (names(&rent) && names(&housing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_and_rent_for_sheltered_housing_are_found() {
        for text in [
            "Personalkostnader samt lokalhyra för skyddat boende",
            "lönekostnad för en samordnare",
            "Hyra för skyddat boende",
        ] {
            assert!(names_forbidden_cost(text), "{text}");
        }
        for text in [
            "Lokalhyra för utbildning",
            "Utbildning av personal",
            "Stöd i skyddat boende",
            "",
        ] {
            assert!(!names_forbidden_cost(text), "{text}");
        }
    }

    #[test]
    fn kronor_are_written_with_two_decimals() {
        assert_eq!(kronor(-5), ["-0,05", "-0.05"]);
        assert_eq!(kronor(123_456), ["1234,56", "1234.56"]);
    }
}
