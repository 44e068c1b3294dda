//! What a sheet hides, and what its cells show otherwise than they store: it counts, and the sender is told.

use super::address::letters;
use super::column::{Column, Holds};
use super::finding::{Findings, Place};
use super::header::Header;
use super::rule::Rule;
use super::table::{How, Otherwise, Table};

/// Ranges of rows that are told.
const MOST_RANGES: usize = 10;

/// Notes hidden rows and columns, and numbers and days that are shown in part.
pub(super) fn note(
    table: &Table<'_>,
    header: &Header,
    columns: &[&Column],
    findings: &mut Findings,
) {
    if let Some((first, _)) = table.hidden_rows.first() {
        let place = Place {
            row: *first,
            key: None,
        };
        let rows = ranges(&table.hidden_rows);
        let (sv, en) = (format!("rader ({rows})"), format!("rows ({rows})"));
        let severity = Rule::HiddenCells.severity();
        findings.detailed(place, Rule::HiddenCells, severity, None, (&sv, &en));
    }
    let places = (0..columns.len()).filter_map(|index| header.place(index));
    let mut hidden: Vec<usize> = places
        .filter(|at| table.hidden_columns.contains(at))
        .collect();
    hidden.sort_unstable();
    if !hidden.is_empty() {
        let letters = hidden
            .iter()
            .map(|at| letters(u32::try_from(at + 1).unwrap_or(u32::MAX)));
        let letters = letters.collect::<Vec<_>>().join(", ");
        let (sv, en) = (
            format!("kolumner ({letters})"),
            format!("columns ({letters})"),
        );
        let place = Place {
            row: table.header_row,
            key: None,
        };
        let severity = Rule::HiddenCells.severity();
        findings.detailed(place, Rule::HiddenCells, severity, None, (&sv, &en));
    }
    for (index, column) in columns.iter().enumerate() {
        let Some(at) = header.place(index) else {
            continue;
        };
        for one in table.otherwise.iter().filter(|one| one.column == at) {
            note_otherwise(one, column, findings);
        }
    }
}

fn note_otherwise(one: &Otherwise, column: &Column, findings: &mut Findings) {
    let is_number = matches!(
        column.holds,
        Holds::Money
            | Holds::Whole
            | Holds::Decimal
            | Holds::Answer
            | Holds::Quantity
            | Holds::Year
    );
    let (sv, en) = match one.how {
        How::Rounded if !is_number => return,
        How::Rounded if one.shown.is_empty() => (
            format!("inget men har talet {}", comma(&one.stored)),
            format!("nothing but holds the number {}", one.stored),
        ),
        How::Rounded => (
            format!("{} men har talet {}", comma(&one.shown), comma(&one.stored)),
            format!("{} but holds the number {}", one.shown, one.stored),
        ),
        How::PartOfDay if !matches!(column.holds, Holds::Date) => return,
        How::PartOfDay => (
            format!("bara en del av datumet {}", one.stored),
            format!("only a part of the date {}", one.stored),
        ),
    };
    let (more_sv, more_en) = match one.count - 1 {
        0 => Default::default(),
        more => (
            format!(" (och {more} celler till i kolumnen)"),
            format!(" (and {more} more cells of the column)"),
        ),
    };
    let place = Place {
        row: one.row,
        key: None,
    };
    let (sv, en) = (format!("{sv}{more_sv}"), format!("{en}{more_en}"));
    let severity = Rule::ShownOtherwise.severity();
    findings.detailed(
        place,
        Rule::ShownOtherwise,
        severity,
        Some(column.name),
        (&sv, &en),
    );
}

/// Ranges of rows as they are told: `3, 7–9`.
pub(super) fn ranges(all: &[(i64, i64)]) -> String {
    let range = |(from, to): &(i64, i64)| match from == to {
        true => from.to_string(),
        false => format!("{from}–{to}"),
    };
    let mut told: Vec<String> = all.iter().take(MOST_RANGES).map(range).collect();
    if all.len() > MOST_RANGES {
        told.push("…".to_owned());
    }
    told.join(", ")
}

/// A number as it is written in Swedish.
pub(super) fn comma(number: &str) -> String {
    number.replace('.', ",")
}
