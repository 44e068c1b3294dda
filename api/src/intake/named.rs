//! What the sender calls a column, and where a finding stands in the sender's own file.

use super::address::{address, letters};
use super::column::Column;
use super::finding::quiet;

/// Letters of a header that are told, at most.
const MOST_LETTERS: usize = 60;

/// Letters of a header that names a column of the sender's own: it is kept with every finding.
const MOST_OF_A_NAME: usize = 200;

/// The words for the columns of one file.
#[derive(Debug, Default)]
pub(super) struct Names {
    columns: Vec<Named>,
    /// Whether its cells have addresses.
    is_sheet: bool,
}

#[derive(Debug)]
struct Named {
    /// The canonical name; of the sender's own columns the header.
    name: String,
    /// What the sender calls it: Swedish, English.
    words: [String; 2],
    /// Where it stands in the file, counted from 0.
    at: Option<usize>,
}

impl Names {
    /// The words of a file whose header is known: the sender's own, and for what it does not have those of the template.
    pub(super) fn of(
        columns: &[&Column],
        places: &[Option<usize>],
        header: &[String],
        is_sheet: bool,
    ) -> Self {
        let known = columns.iter().zip(places).map(|(column, at)| Named {
            name: column.name.to_owned(),
            words: match at.and_then(|at| header.get(at)) {
                Some(written) => [word(written), word(written)],
                None => [in_swedish(column).to_owned(), column.name.to_owned()],
            },
            at: *at,
        });
        let own = (header.iter().enumerate())
            .filter(|(at, _)| !places.contains(&Some(*at)))
            .map(|(at, written)| Named {
                name: own_name(written),
                words: [word(written), word(written)],
                at: Some(at),
            });
        Self {
            columns: known.chain(own).collect(),
            is_sheet,
        }
    }

    /// Where something stands, to begin a message with: Swedish and English. The cell of a sheet is told by its address.
    pub(super) fn place(&self, row: Option<i64>, column: Option<&str>) -> [String; 2] {
        let Some(row) = row else {
            return [String::new(), String::new()];
        };
        let named = column.and_then(|name| self.columns.iter().find(|one| one.name == name));
        let Some(named) = named else {
            return [format!("Rad {row}: "), format!("Row {row}: ")];
        };
        let cell = named.at.filter(|_| self.is_sheet).and_then(|at| {
            Some(address((
                u32::try_from(row).ok()?,
                u32::try_from(at + 1).ok()?,
            )))
        });
        let [sv, en] = &named.words;
        match cell {
            Some(cell) => [format!("{sv} ({cell}): "), format!("{en} ({cell}): ")],
            None => [format!("{sv}, rad {row}: "), format!("{en}, row {row}: ")],
        }
    }
}

/// The header that the template gives a column.
pub(super) fn in_swedish(column: &Column) -> &'static str {
    column.aliases.first().copied().unwrap_or(column.name)
}

/// The name of a column of the sender's own: its header, as far as it is told.
pub(super) fn own_name(written: &str) -> String {
    cut(quiet(written.trim()), MOST_OF_A_NAME)
}

/// A header as it may be told.
pub(super) fn word(written: &str) -> String {
    cut(quiet(written.trim()), MOST_LETTERS)
}

fn cut(text: String, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// The letters of a column, counted from 0.
pub(super) fn letter(at: usize) -> String {
    letters(u32::try_from(at + 1).unwrap_or(u32::MAX))
}
