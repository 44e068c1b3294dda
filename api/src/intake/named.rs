//! What the sender calls a column, and where a finding stands in the sender's own file.

use super::address::{address, letters};
use super::column::Column;
use super::finding::quiet;

/// Letters of a header that are told, at most.
const MOST_LETTERS: usize = 60;

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
                name: quiet(written.trim()),
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

/// A header as it may be told.
pub(super) fn word(written: &str) -> String {
    let written = quiet(written.trim());
    match written.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => format!("{}…", &written[..end]),
        None => written,
    }
}

/// The letters of a column, counted from 0.
pub(super) fn letter(at: usize) -> String {
    letters(u32::try_from(at + 1).unwrap_or(u32::MAX))
}
