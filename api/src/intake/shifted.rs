//! Rows whose cells stand beside their columns: by a decimal comma that parted a number, or by a cell too many or too few.

use super::column::{Column, Holds};
use super::named::letter;
use super::record::Reading;
use super::table::{Cell, Record};
use super::values::CellFault;

/// Faults of one row from which on it is asked whether they have one cause.
pub(super) const CASCADE: usize = 3;

/// A column's canonical name, and what to tell: Swedish, English.
type Told = (&'static str, String, String);

/// The column whose number a comma parted into two cells, where reading the two as one makes as sound a row: what stands
/// behind the comma then fell into a column that takes anything.
pub(super) fn decimals(reading: &Reading<'_>, record: Record<'_>) -> Option<Told> {
    if !reading.by_commas || !reading.header.is_sound() {
        return None;
    }
    let last = record.filled_width().checked_sub(1)?;
    let pairs: Vec<usize> = (0..last)
        .filter(|at| is_parted(reading, record, *at))
        .collect();
    let each = pairs.iter().map(|at| vec![*at]);
    let merged = each.chain([apart(&pairs)]).find(|merged| {
        // As many cells less; what they leave must have stood in columns that take anything.
        let left = last + 1 - merged.len()..=last;
        left.into_iter().all(|at| takes_anything(reading, at))
            && fits(reading, |at| merged_cell(record, merged, at))
    })?;
    let first = *merged.first()?;
    let column = reading.columns[reading.header.index(first)?];
    let (word, next) = (reading.word(first), reading.word(first + 1));
    Some((
        column.name,
        format!("{word} och {next}"),
        format!("{word} and {next}"),
    ))
}

/// The pairs that share no cell.
fn apart(pairs: &[usize]) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for at in pairs {
        if kept.last().is_none_or(|last| last + 1 < *at) {
            kept.push(*at);
        }
    }
    kept
}

/// Whether the cells at a place and the next may be one number: whole kronor and its öre, or a whole and its decimals.
fn is_parted(reading: &Reading<'_>, record: Record<'_>, at: usize) -> bool {
    let (Cell::Text(whole), Cell::Text(decimals)) = (record.cell(at), record.cell(at + 1)) else {
        return false;
    };
    let whole = whole.trim();
    let whole = whole.strip_prefix(['-', '−']).unwrap_or(whole);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let blank = |sign: char| sign.is_whitespace();
    if !is_digits(decimals) || !is_digits(&whole.replace(blank, "")) {
        return false;
    }
    let most = match reading
        .header
        .index(at)
        .map(|index| reading.columns[index].holds)
    {
        Some(Holds::Money) => 2,
        Some(Holds::Decimal | Holds::Answer | Holds::Quantity) => 6,
        _ => return false,
    };
    decimals.len() <= most
}

/// A cell of a record in which pairs have become one.
fn merged_cell<'r>(record: Record<'r>, merged: &[usize], at: usize) -> Cell<&'r str> {
    let mut from = at;
    for pair in merged {
        if *pair < from {
            from += 1;
        }
    }
    // The whole stands for the number: its decimals change nothing of whether it can be read.
    record.cell(from)
}

/// Whether any text may stand in the column at a place: the sender's own, or a text that is not needed.
fn takes_anything(reading: &Reading<'_>, at: usize) -> bool {
    match reading.header.index(at).map(|index| reading.columns[index]) {
        None => true,
        Some(column) => {
            !column.required
                && matches!(
                    column.holds,
                    Holds::Text | Holds::FreeText | Holds::PlainCode
                )
        }
    }
}

/// Where the faults of a row have one cause, a cell too many or too few before them: the column from which on the cells
/// stand beside theirs.
pub(super) fn explains(
    reading: &Reading<'_>,
    record: Record<'_>,
    faults: &[(&Column, CellFault)],
) -> Option<Told> {
    if faults.len() < CASCADE {
        return None;
    }
    let place = |column: &Column| {
        let index = reading
            .columns
            .iter()
            .position(|one| one.name == column.name)?;
        reading.header.place(index)
    };
    let from = faults
        .iter()
        .filter_map(|(column, _)| place(column))
        .min()?;
    let too_many = fits(reading, |at| {
        record.cell(if at < from { at } else { at + 1 })
    });
    let too_few = !too_many
        && (from.saturating_sub(1)..=from).any(|from| {
            almost_fits(reading, |at| match at.cmp(&from) {
                std::cmp::Ordering::Less => record.cell(at),
                std::cmp::Ordering::Equal => Cell::Blank,
                std::cmp::Ordering::Greater => record.cell(at - 1),
            })
        });
    let (sv, en) = match (too_many, too_few) {
        (true, _) => ("till höger", "right"),
        (_, true) => ("till vänster", "left"),
        _ => return None,
    };
    let column = reading.columns[reading.header.index(from)?];
    let letter = letter(from);
    Some((
        column.name,
        format!("kolumn {letter} står ett steg för långt {sv}"),
        format!("column {letter} stand one step too far to the {en}"),
    ))
}

fn fits<'r>(reading: &Reading<'_>, cell: impl Fn(usize) -> Cell<&'r str>) -> bool {
    reading.values(&cell).1.is_empty()
}

/// Whether cells fit but for one, which is missing.
fn almost_fits<'r>(reading: &Reading<'_>, cell: impl Fn(usize) -> Cell<&'r str>) -> bool {
    reading.values(&cell).1.len() <= 1
}
