//! docs/INTAKE.md and the program say the same: the tables of examples are run, and the table of kinds is looked up.

use std::path::Path;

use entity::{Kind, Verdict};
use samsyn::intake::{FileReport, columns_sent};

use super::files::{FUNDS, SUPPORT, said};
use crate::harness::{Sent, TestApp, on_both_engines};

/// Columns with the same aliases wherever they stand: the document says them once.
const SHARED: [&str; 9] = [
    "round",
    "recipient_code",
    "organisation_code",
    "year",
    "main_activity",
    "registry_number",
    "action",
    "per_date",
    "plan_version",
];

fn document() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/INTAKE.md");
    std::fs::read_to_string(path).expect("docs/INTAKE.md")
}

/// The rows of the table below a header, each as its cells.
fn table(header: &str) -> Vec<Vec<String>> {
    let document = document();
    let mut lines = document.lines().skip_while(|line| *line != header);
    assert_eq!(lines.next(), Some(header), "docs/INTAKE.md has the table");
    let rows = lines.skip(1).take_while(|line| line.starts_with('|'));
    let cells = |row: &str| {
        let row = row.trim_matches('|').replace("\\|", "\u{1}");
        row.split('|')
            .map(|cell| cell.trim().replace('\u{1}', "|"))
            .collect()
    };
    rows.map(cells).collect()
}

/// The values that a cell of a table shows, those behind which something unseen stands with it.
fn shown(cell: &str) -> Vec<String> {
    let mut parts = cell.split('`');
    let mut values = Vec::new();
    while let (Some(_), Some(value)) = (parts.next(), parts.next()) {
        values.push(value.to_owned());
    }
    if let Some((_, rest)) = cell.split_once("with U+") {
        let number = rest
            .split(' ')
            .next()
            .and_then(|code| u32::from_str_radix(code, 16).ok());
        let unseen = number.and_then(char::from_u32).expect("a character");
        values.iter_mut().for_each(|value| value.push(unseen));
    }
    assert!(!values.is_empty(), "{cell}");
    values
}

/// Whether a value is read as the document says: refused by the rule, or equal to the value that counts for its key.
async fn check(
    app: &TestApp,
    written: &str,
    read_as: &str,
    file: impl Fn(&str) -> Sent,
) -> Vec<String> {
    if let Some(rule) = read_as
        .strip_prefix('`')
        .and_then(|rest| rest.strip_suffix('`'))
    {
        let report = app.dry_run(&file(written)).await;
        let rules: Vec<&str> = report.findings.iter().map(|one| one.rule.code()).collect();
        let as_said = report.verdict == Verdict::Rejected && rules == [rule];
        return (!as_said)
            .then(|| format!("{written} is {read_as}: {}", said(&report)))
            .into_iter()
            .collect();
    }
    let plain: String = read_as.chars().filter(|one| !one.is_whitespace()).collect();
    let kept = app.send(&file(&plain)).await;
    let is_kept = matches!(kept.verdict, Verdict::Accepted | Verdict::Unchanged);
    let report: FileReport = app.dry_run(&file(written)).await;
    let same = report.verdict == Verdict::Unchanged
        || (report.verdict == Verdict::Accepted && report.unchanged == 1);
    (!is_kept || !same)
        .then(|| {
            format!(
                "{written} is {read_as}: {} and {}",
                said(&kept),
                said(&report)
            )
        })
        .into_iter()
        .collect()
}

fn cost(value: &str) -> Sent {
    let text =
        format!("year;organisation_code;cost_kind;amount\n2017;socialstyrelsen;OTHER;{value}\n");
    Sent::csv(Kind::AdministrativeCosts, &text).assignment(FUNDS)
}

fn event(participants: &str) -> Sent {
    let text = format!(
        "event_code;organisation_code;held_on;form;main_activity;title;audience;participants;reached\n\
         E1;lansstyrelsen_uppsala;2022-03-01;training;5;Utbildning;OTHER;{participants};0380\n"
    );
    Sent::csv(Kind::SupportEvents, &text).assignment(SUPPORT)
}

fn value(value: &str) -> Sent {
    let text = format!(
        "indicator;definition_version;area_code;year;value\nprov_index;1;0380;2022;{value}\n"
    );
    Sent::csv(Kind::IndicatorValues, &text).assignment(SUPPORT)
}

on_both_engines! {
    async fn the_documents_examples_of_numbers_are_read_as_it_says(app: Reference) {
        let definition = "indicator;definition_version;name_sv;unit;direction;concerns_persons;valid_from_year\n\
            prov_index;1;Provindex;INDEX;NEUTRAL;nej;2020\n";
        let report = app.send(&Sent::csv(Kind::IndicatorDefinitions, definition).assignment(SUPPORT)).await;
        assert_eq!(report.verdict, Verdict::Accepted, "{}", said(&report));
        let mut faults = Vec::new();
        let amounts = table("| written | read as | why |");
        assert!(amounts.len() >= 9, "{amounts:?}");
        for row in &amounts {
            for written in shown(&row[0]) {
                faults.extend(check(&app, &written, &row[1], cost).await);
            }
        }
        let others = table("| written | as a count | as an indicator value |");
        assert!(others.len() >= 4, "{others:?}");
        for row in &others {
            for written in shown(&row[0]) {
                faults.extend(check(&app, &written, &row[1], event).await);
                faults.extend(check(&app, &written, &row[2], value).await);
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[test]
fn the_document_names_every_column_and_alias_of_every_kind() {
    let rows = table("| kind | columns |");
    let mut faults = Vec::new();
    for kind in Kind::ALL.iter().copied() {
        let Some(columns) = columns_sent(kind) else {
            continue;
        };
        let name = format!("`{}`", kind.code());
        let row = rows.iter().find(|row| row[0] == name);
        let Some(row) = row else {
            faults.push(format!("{name} has no row"));
            continue;
        };
        let told = row[1..].join(" ");
        let words: Vec<&str> = told
            .split(|one: char| !one.is_alphanumeric() && one != '_')
            .collect();
        for column in columns.into_iter().filter(|column| column.name != "action") {
            if !words.contains(&column.name) {
                faults.push(format!("{name} does not name {}", column.name));
            }
            for alias in column
                .aliases
                .iter()
                .filter(|_| !SHARED.contains(&column.name))
            {
                if !words.contains(alias) {
                    faults.push(format!(
                        "{name}: {} does not name its alias {alias}",
                        column.name
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
