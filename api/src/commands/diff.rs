//! `samsyn diff`: what differs between the figures of two sealed releases, and by how much each cause.

use std::fmt::Write;

use analytics::figure::Absent;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{Outcome, print, release};
use crate::config::{DiffOptions, ReportFormat};
use crate::releases::{Change, Comparability, Opened};
use crate::reports::Language;
use crate::reports::figure::{absent_code, absent_label};

pub(super) async fn run(options: DiffOptions) -> anyhow::Result<Outcome> {
    let read = |folder| release::read(folder, None);
    let both = read(&options.from).and_then(|from| Ok((from, read(&options.to)?)));
    let ((from, earlier, _), (to, later, _)) = match both {
        Ok(both) => both,
        Err(error) => {
            print(&format!("{error:#}\n"))?;
            return Ok(Outcome::Refused);
        }
    };
    let opened = Opened::of(&to, later).await?;
    let changes = opened.changes_since(&from, &earlier).await?;
    let is_said = |one: &&Change| options.all || one.differs();
    let said: Vec<&Change> = changes.iter().filter(is_said).collect();
    match options.format {
        ReportFormat::Json => {
            let text = json!({
                "from": earlier.name,
                "to": opened.manifest.name,
                "figures": changes.len(),
                "changes": said.iter().map(|one| as_json(one)).collect::<Vec<Value>>(),
            });
            print(&format!("{text:#}\n"))?;
        }
        ReportFormat::Text => {
            for one in &said {
                print(&as_text(one))?;
            }
            print(&summary((&earlier.name, &opened.manifest.name), &changes))?;
        }
    }
    Ok(Outcome::Done)
}

fn summary((from, to): (&str, &str), changes: &[Change]) -> String {
    let count = changes.iter().filter(|one| one.differs()).count();
    let is_undivided = |one: &&Change| one.comparability == Comparability::TooManyDigits;
    let undivided = match changes.iter().filter(is_undivided).count() {
        0 => String::new(),
        undivided => format!("; {undivided} are not divided, for numbers do not hold their digits"),
    };
    format!(
        "{from} → {to}: {count} of {} figures are others; every difference that is divided is the sum of its parts{undivided}\n",
        changes.len()
    )
}

const fn word(comparability: Comparability) -> &'static str {
    match comparability {
        Comparability::Comparable => "COMPARABLE",
        Comparability::TooManyDigits => "TOO_MANY_DIGITS",
        Comparability::AnotherUnit => "ANOTHER_UNIT",
        Comparability::NoValue => "NO_VALUE",
        Comparability::OnlyLater => "ONLY_LATER",
        Comparability::OnlyEarlier => "ONLY_EARLIER",
    }
}

fn as_json(one: &Change) -> Value {
    let number = |value: Result<Decimal, Absent>| value.ok().map(|number| number.to_string());
    let absent = |value: Result<Decimal, Absent>| value.err().map(absent_code);
    let parts = one.parts.map(|parts| {
        json!({
            "lateReports": parts.late_reports.to_string(),
            "corrections": parts.corrections.to_string(),
            "newPopulation": parts.new_population.to_string(),
            "changedRules": parts.changed_rules.to_string(),
            "passageOfTime": parts.passage_of_time.to_string(),
        })
    });
    json!({
        "code": one.code,
        "title": one.title,
        "unit": one.unit,
        "from": number(one.from),
        "fromAbsent": absent(one.from),
        "to": number(one.to),
        "toAbsent": absent(one.to),
        "difference": one.difference.map(|number| number.to_string()),
        "comparability": word(one.comparability),
        "parts": parts,
    })
}

fn as_text(one: &Change) -> String {
    let said = |value: Result<Decimal, Absent>| match value {
        Ok(number) => number.to_string(),
        Err(why) => format!("no value, {}", absent_label(why, Language::English)),
    };
    let mut text = format!("{}\n  {} → {}", one.code, said(one.from), said(one.to));
    match (one.difference, one.parts) {
        (Some(difference), Some(parts)) => {
            let parts = [
                ("late reports", parts.late_reports),
                ("corrections", parts.corrections),
                ("new population", parts.new_population),
                ("changed rules", parts.changed_rules),
                ("passage of time", parts.passage_of_time),
            ];
            // Writing into a String cannot fail.
            let _ = write!(text, " = {difference:+} {}:", one.unit.to_lowercase());
            let parts = parts.iter().filter(|(_, part)| !part.is_zero());
            let parts: Vec<String> = parts
                .map(|(name, part)| format!(" {name} {part:+}"))
                .collect();
            text.push_str(&parts.join(","));
        }
        (Some(difference), None) => {
            let unit = one.unit.to_lowercase();
            let _ = write!(
                text,
                " = {difference:+} {unit} ({})",
                word(one.comparability)
            );
        }
        _ => {
            let _ = write!(text, " ({})", word(one.comparability));
        }
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::releases::Parts;

    fn change(from: Result<i64, Absent>, to: Result<i64, Absent>) -> Change {
        Change {
            code: "fund.paid|A".to_owned(),
            title: "Utbetalat".to_owned(),
            unit: "KRONOR".to_owned(),
            from: from.map(Decimal::from),
            to: to.map(Decimal::from),
            difference: None,
            parts: None,
            comparability: Comparability::NoValue,
        }
    }

    #[test]
    fn a_value_that_is_missing_is_said_with_its_reason() {
        let one = change(Err(Absent::NotDue), Err(Absent::NotReported));
        assert_eq!(
            as_text(&one),
            "fund.paid|A\n  no value, not due yet → no value, not reported (NO_VALUE)\n"
        );
        let found = as_json(&one);
        assert_eq!(found["from"], Value::Null);
        assert_eq!(found["fromAbsent"], "NOT_DUE");
        assert_eq!(found["toAbsent"], "NOT_REPORTED");
        let found = as_json(&change(Ok(1), Err(Absent::NotReported)));
        assert_eq!(found["from"], "1");
        assert_eq!(found["fromAbsent"], Value::Null);
    }

    #[test]
    fn a_difference_is_said_by_its_parts_or_that_it_is_not_divided() {
        let mut one = change(Ok(1), Ok(4));
        one.difference = Some(Decimal::from(3));
        one.comparability = Comparability::TooManyDigits;
        assert_eq!(
            as_text(&one),
            "fund.paid|A\n  1 → 4 = +3 kronor (TOO_MANY_DIGITS)\n"
        );
        let said = summary(("one", "two"), std::slice::from_ref(&one));
        assert!(said.contains("1 of 1 figures are others"), "{said}");
        assert!(said.contains("1 are not divided"), "{said}");
        one.comparability = Comparability::Comparable;
        one.parts = Some(Parts {
            late_reports: Decimal::from(5),
            passage_of_time: Decimal::from(-2),
            ..Parts::default()
        });
        assert_eq!(
            as_text(&one),
            "fund.paid|A\n  1 → 4 = +3 kronor: late reports +5, passage of time -2\n"
        );
        let said = summary(("one", "two"), &[one]);
        assert!(!said.contains("not divided"), "{said}");
    }

    #[test]
    fn another_unit_counts_as_another_figure() {
        let mut one = change(Ok(1), Ok(1));
        one.comparability = Comparability::AnotherUnit;
        let said = summary(("one", "two"), &[one]);
        assert!(said.contains("1 of 1 figures are others"), "{said}");
    }
}
