//! `samsyn diff`: what differs between the figures of two sealed releases, and by how much each cause.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{Outcome, print, release};
use crate::config::{DiffOptions, ReportFormat};
use crate::releases::{Change, Comparability, Opened};

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
    let is_said = |one: &&Change| options.all || is_another(one);
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
            let count = changes.iter().filter(|one| is_another(one)).count();
            print(&format!(
                "{} → {}: {count} of {} figures are others; every difference is the sum of its parts\n",
                earlier.name,
                opened.manifest.name,
                changes.len()
            ))?;
        }
    }
    // What the last line says is looked at, not believed.
    let off = changes
        .iter()
        .find(|one| one.parts.map(|parts| parts.sum()) != one.difference);
    if let Some(off) = off {
        print(&format!(
            "{}: the parts do not sum to the difference\n",
            off.code
        ))?;
        return Ok(Outcome::Refused);
    }
    Ok(Outcome::Done)
}

fn is_another(one: &Change) -> bool {
    one.from != one.to || one.comparability == Comparability::AnotherUnit
}

const fn word(comparability: Comparability) -> &'static str {
    match comparability {
        Comparability::Comparable => "COMPARABLE",
        Comparability::AnotherUnit => "ANOTHER_UNIT",
        Comparability::NoValue => "NO_VALUE",
        Comparability::OnlyLater => "ONLY_LATER",
        Comparability::OnlyEarlier => "ONLY_EARLIER",
    }
}

fn as_json(one: &Change) -> Value {
    let number = |value: &Result<rust_decimal::Decimal, String>| {
        value.as_ref().ok().map(ToString::to_string)
    };
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
        "from": number(&one.from),
        "to": number(&one.to),
        "difference": one.difference.map(|number| number.to_string()),
        "comparability": word(one.comparability),
        "parts": parts,
    })
}

fn as_text(one: &Change) -> String {
    let said = |value: &Result<rust_decimal::Decimal, String>| match value {
        Ok(number) => number.to_string(),
        Err(why) if why.is_empty() => "–".to_owned(),
        Err(why) => why.clone(),
    };
    let mut text = format!("{}\n  {} → {}", one.code, said(&one.from), said(&one.to));
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
        _ => {
            let _ = write!(text, " ({})", word(one.comparability));
        }
    }
    text.push('\n');
    text
}
