//! Rows that are no data: sums below a table, formulas that were filled down past it, and cells outside of it.

use entity::Severity;

use super::address::address;
use super::column::{Column, Holds};
use super::finding::{Findings, Place};
use super::header::Header;
use super::hidden::ranges;
use super::rule::Rule;
use super::table::{Cell, Record};

/// Words with which the label of a row of sums begins.
const SUMS: [&str; 12] = [
    "summa",
    "sum",
    "totalt",
    "total",
    "totalsumma",
    "totalbelopp",
    "delsumma",
    "slutsumma",
    "subtotal",
    "sammanlagt",
    "s:a",
    "tot",
];

/// Addresses of cells that are told.
const MOST_ADDRESSES: usize = 3;

/// What to tell: Swedish, English.
type Told = (String, String);

/// Rows of nothing but formulas, gathered: they have one cause.
#[derive(Debug, Default)]
pub(super) struct FormulaRows {
    /// Those that show something where the kind has a column.
    shown: Vec<(i64, i64)>,
    /// Those that show nothing there.
    blank: Vec<(i64, i64)>,
}

impl FormulaRows {
    /// Takes a row of nothing but formulas; whether it is one.
    pub(super) fn take(&mut self, record: Record<'_>, header: &Header) -> bool {
        let (mut any, mut shown) = (false, false);
        for (at, cell) in record.filled_cells() {
            match cell {
                Cell::BlankFormula => {}
                Cell::Formula => shown |= header.index(at).is_some(),
                _ => return false,
            }
            any = true;
        }
        if any {
            let rows = if shown {
                &mut self.shown
            } else {
                &mut self.blank
            };
            match rows.last_mut() {
                Some((_, last)) if *last + 1 == record.number => *last = record.number,
                _ => rows.push((record.number, record.number)),
            }
        }
        any
    }

    /// Notes them, and whether there were any. What shows nothing is passed over with a word.
    pub(super) fn note(self, findings: &mut Findings) -> bool {
        let rule = Rule::FormulaCell;
        if let Some((row, _)) = self.shown.first() {
            let rows = ranges(&self.shown);
            let told = (
                format!(
                    "På rad {rows} står bara formler. Ta bort formlerna under uppgifterna; ska raderna räknas, klistra in dem som värden."
                ),
                format!(
                    "On row {rows} formulas stand alone. Take away the formulas below the data; if the rows are to count, paste them as values."
                ),
            );
            let place = Place {
                row: *row,
                key: None,
            };
            findings.telling(place, rule, Severity::Error, None, told);
        }
        if let Some((row, _)) = self.blank.first() {
            let rows = ranges(&self.blank);
            let told = (
                format!(
                    "På rad {rows} står bara formler som inte visar något. De lästes inte; ta bort formlerna under uppgifterna."
                ),
                format!(
                    "On row {rows} formulas stand alone that show nothing. They were not read; take away the formulas below the data."
                ),
            );
            let place = Place {
                row: *row,
                key: None,
            };
            findings.telling(place, rule, Severity::Warning, None, told);
        }
        !self.shown.is_empty() || !self.blank.is_empty()
    }
}

/// What to tell of a sheet's row with cells where there is no header.
pub(super) fn outside(record: Record<'_>, header: &Header) -> Option<Told> {
    if !record.is_of_sheet() {
        return None;
    }
    let row = u32::try_from(record.number).ok()?;
    let cells = record
        .filled_cells()
        .filter(|(at, _)| *at >= header.width());
    let addresses = cells.filter_map(|(at, _)| Some(address((row, u32::try_from(at + 1).ok()?))));
    let mut addresses: Vec<String> = addresses.take(MOST_ADDRESSES + 1).collect();
    if addresses.is_empty() {
        return None;
    }
    if addresses.len() > MOST_ADDRESSES {
        addresses[MOST_ADDRESSES] = "…".to_owned();
    }
    let cells = addresses.join(", ");
    Some((
        format!(
            "Utanför tabellen, där det inte finns någon rubrik, står något i {cells}. Ta bort det, eller ge kolumnen en rubrik som börjar med flex_ om den är er egen."
        ),
        format!(
            "Outside the table, where there is no header, something stands in {cells}. Take it away, or give the column a header that begins with flex_ if it is your own."
        ),
    ))
}

/// What to tell of a row of sums among rows that are to be received: it has a label that says so, or numbers and nothing
/// else.
pub(super) fn sums(record: Record<'_>, header: &Header, columns: &[&Column]) -> Option<Told> {
    // A free text may tell of a sum: it is no label.
    let is_free = |at: usize| {
        let column = header.index(at).map(|index| columns[index].holds);
        matches!(column, Some(Holds::Text | Holds::FreeText)) && at > 0
    };
    let has_label = record
        .filled_cells()
        .any(|(at, cell)| matches!(cell, Cell::Text(text) if is_label(text)) && !is_free(at));
    let is_sum = has_label || has_numbers_alone(record, header, columns);
    is_sum.then(|| {
        (
            "Raden ser ut att vara en summarad. Ta bort den: summor räknas ut av raderna."
                .to_owned(),
            "The row seems to be a row of sums. Take it away: sums are made of the rows."
                .to_owned(),
        )
    })
}

fn is_label(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    SUMS.iter().any(|word| {
        let rest = text.strip_prefix(word);
        let goes_on = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
        rest.is_some_and(|rest| !rest.starts_with(goes_on))
    })
}

/// Whether numbers stand in columns of amounts and counts, and nothing in any other of the kind.
fn has_numbers_alone(record: Record<'_>, header: &Header, columns: &[&Column]) -> bool {
    let mut any = false;
    for (index, column) in columns.iter().enumerate() {
        let cell = header
            .place(index)
            .map_or(Cell::Blank, |at| record.cell(at));
        if cell.is_blank() {
            continue;
        }
        let adds_up = matches!(
            column.holds,
            Holds::Money | Holds::Whole | Holds::Decimal | Holds::Answer | Holds::Quantity
        );
        let is_number = match cell {
            Cell::Number(_) | Cell::Scaled { .. } | Cell::Formula => true,
            Cell::Text(text) => text.bytes().any(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        if column.key || !adds_up || !is_number {
            return false;
        }
        any = true;
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_sums_are_known_and_other_words_are_not() {
        for text in [
            "Summa",
            "SUMMA:",
            " Totalt 2017",
            "Delsumma, kommuner",
            "s:a",
            "Total",
        ] {
            assert!(is_label(text), "{text}");
        }
        for text in [
            "Summering",
            "Totalförsvaret",
            "Total-1",
            "KOM-2017",
            "",
            "0180",
        ] {
            assert!(!is_label(text), "{text}");
        }
    }
}
