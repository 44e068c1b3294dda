//! The header of a table matched to the columns of a kind.

use super::column::Column;
use super::finding::{Fault, Findings};
use super::rule::Rule;
use super::table::{Record, Table};

/// For each column of the kind, where it stands in the file.
#[derive(Debug)]
pub(super) struct Header {
    places: Vec<Option<usize>>,
    width: usize,
}

impl Header {
    /// Matches a table's header; what does not fit is noted, and then there is no header.
    pub(super) fn of(
        table: &Table<'_>,
        columns: &[&Column],
        findings: &mut Findings,
    ) -> Option<Self> {
        let mut places: Vec<Option<usize>> = vec![None; columns.len()];
        let mut faults = Vec::new();
        for (at, written) in table.header.iter().enumerate() {
            let name = plain(written);
            if name.starts_with("flex_") || (name.is_empty() && column_is_blank(table, at)) {
                continue;
            }
            match columns.iter().position(|column| is_called(column, &name)) {
                None => faults.push(Fault::header(Rule::UnknownHeader, written.trim(), None)),
                Some(index) if places[index].is_some() => {
                    faults.push(Fault::header(
                        Rule::DuplicateHeader,
                        columns[index].name,
                        Some(columns[index].name),
                    ));
                }
                Some(index) => places[index] = Some(at),
            }
        }
        for (index, column) in columns.iter().enumerate() {
            if column.required && places[index].is_none() {
                faults.push(Fault::header(
                    Rule::MissingHeader,
                    column.name,
                    Some(column.name),
                ));
            }
        }
        let sound = faults.is_empty();
        faults.into_iter().for_each(|fault| findings.fault(fault));
        sound.then_some(Self {
            places,
            width: table.header.len(),
        })
    }

    /// Where the column with an index stands; none where the file does not have it.
    pub(super) fn place(&self, index: usize) -> Option<usize> {
        self.places[index]
    }

    /// Number of headers.
    pub(super) const fn width(&self) -> usize {
        self.width
    }
}

/// A name as compared: without surrounding blanks, in lower case, with Swedish letters in one piece.
///
/// Some systems write ö as o and a combining mark.
pub(super) fn plain(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    lower
        .replace("a\u{30a}", "å")
        .replace("a\u{308}", "ä")
        .replace("o\u{308}", "ö")
}

pub(super) fn is_called(column: &Column, name: &str) -> bool {
    column.name == name || column.aliases.contains(&name)
}

pub(super) fn column_is_blank(table: &Table<'_>, at: usize) -> bool {
    let blank = |record: Record<'_>| {
        if record.cell(at).is_blank() {
            Ok(())
        } else {
            Err(())
        }
    };
    table.each(blank).is_ok()
}
