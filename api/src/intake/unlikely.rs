//! What can be, and mostly is a slip of the pen: days that lie ahead or years from their round, amounts in thousands.

use chrono::{Datelike, NaiveDate};
use entity::{Sek, round};

use super::basis::Basis;
use super::check::{kronor, year_of};
use super::finding::{Findings, Place};
use super::rule::Rule;

/// Years from its round that a day may lie, before it is doubted: the money of a round is used, reported on and paid back
/// within them.
const YEARS_FROM_ROUND: i32 = 5;

/// How many times smaller an amount in thousands is.
const A_THOUSAND: i128 = 1_000;
/// Hundredths of what it is measured by between which an amount in thousands lies: half of it or the whole, rounded.
const HUNDREDTHS: std::ops::RangeInclusive<i128> = 49..=101;

/// Notes a day on which something is said to have happened, where it has not come yet.
pub(super) fn ahead(
    basis: &Basis,
    at: Place<'_>,
    column: &str,
    day: NaiveDate,
    findings: &mut Findings,
) -> bool {
    let is_ahead = day > basis.today;
    if is_ahead {
        let sv = format!("{day} har inte varit än");
        let en = format!("{day} has not come yet");
        note(at, column, (&sv, &en), findings);
    }
    is_ahead
}

/// Notes the same, and a day that lies years from the round that it is about.
pub(super) fn day(
    basis: &Basis,
    at: Place<'_>,
    column: &str,
    (day, round): (NaiveDate, &round::Model),
    findings: &mut Findings,
) {
    if ahead(basis, at, column, day, findings) {
        return;
    }
    let years = day.year() - year_of(round);
    if years.abs() > YEARS_FROM_ROUND {
        let year = round.year;
        let sv = format!("{day} ligger långt från omgångens år, {year}");
        let en = format!("{day} is far from the year of the round, {year}");
        note(at, column, (&sv, &en), findings);
    }
}

fn note(at: Place<'_>, column: &str, detail: (&str, &str), findings: &mut Findings) {
    let rule = Rule::UnlikelyDay;
    findings.detailed(at, rule, rule.severity(), Some(column), detail);
}

/// What an amount is measured by: its name in Swedish and English, and how much it is.
pub(super) type Measure = ([&'static str; 2], Sek);

/// Notes an amount that would be about what it is measured by, or half of it and more, had it been written in kronor
/// instead of thousands of kronor.
pub(super) fn amount(at: Place<'_>, sent: Sek, (named, of): Measure, findings: &mut Findings) {
    let (sent, of) = (i128::from(sent.ore()), i128::from(of.ore()));
    let hundredths = sent * A_THOUSAND * 100;
    if of <= 0 || !HUNDREDTHS.contains(&(hundredths / of)) {
        return;
    }
    let ([sv, en], [of_sv, of_en]) = (named, kronor(of));
    let sv = format!("{sv}, som är {of_sv} kr");
    let en = format!("{en}, which is SEK {of_en}");
    let rule = Rule::UnlikelyAmount;
    findings.detailed(at, rule, rule.severity(), Some("amount"), (&sv, &en));
}
