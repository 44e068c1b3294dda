//! The header of a table matched to the columns of a kind.

use super::column::Column;
use super::finding::{Fault, Findings};
use super::named::{Names, in_swedish, letter, word};
use super::quotes;
use super::rule::Rule;
use super::table::{Cell, Record, Table};

/// Records below the header among which another one is looked for.
const LOOKED_AT: usize = 20;

/// For each column of the kind, where it stands in the file.
#[derive(Debug)]
pub(super) struct Header {
    places: Vec<Option<usize>>,
    /// The places of the sender's own columns.
    own: Vec<usize>,
    /// The places of columns that nobody knows: the header is not sound then.
    strange: Vec<usize>,
    width: usize,
    row: i64,
}

impl Header {
    /// Matches a table's header; what does not fit is noted. Where that is no more than columns that the kind does not have,
    /// the rows can still be read, so that one report names as many faults as possible; else there is no header.
    pub(super) fn of(
        table: &Table<'_>,
        columns: &[&Column],
        findings: &mut Findings,
    ) -> Option<Self> {
        let mut places: Vec<Option<usize>> = vec![None; columns.len()];
        let (mut own, mut strange) = (Vec::new(), Vec::new());
        let mut faults = Vec::new();
        let mut meant_by_unit: Vec<&str> = Vec::new();
        let row = table.header_row;
        for (at, written) in table.header.iter().enumerate() {
            let name = header_name(written);
            if entity::looks_like_personal_number(written) {
                faults.push(Fault::row(Rule::PersonalNumber, row));
            }
            if name.starts_with("flex_") || (name.is_empty() && column_is_blank(table, at)) {
                own.push(at);
                continue;
            }
            match columns.iter().position(|column| is_called(column, &name)) {
                None => {
                    let meant = with_unit(&name, columns);
                    meant_by_unit.extend(meant.map(|(column, _)| column.name));
                    faults.push(unknown(row, at, written, &name, meant));
                    strange.push(at);
                }
                Some(index) if places[index].is_some() => {
                    let first = places[index].and_then(|at| table.header.get(at));
                    let first = first.map_or_else(String::new, |first| word(first));
                    let named = match first == word(written) {
                        true => first,
                        false => format!("{first} = {}", word(written)),
                    };
                    let fault = Fault::row(Rule::DuplicateHeader, row).about(columns[index].name);
                    faults.push(fault.saying(&named));
                }
                Some(index) => places[index] = Some(at),
            }
        }
        for (index, column) in columns.iter().enumerate() {
            let is_meant = meant_by_unit.contains(&column.name);
            if column.required && places[index].is_none() && !is_meant {
                let detail = (in_swedish(column).to_owned(), column.name.to_owned());
                let fault = Fault::row(Rule::MissingHeader, row).about(column.name);
                faults.push(Fault { detail, ..fault });
            }
        }
        let found = places.iter().flatten().count();
        if !faults.is_empty()
            && let Some(fault) = elsewhere(table, columns, found)
        {
            // What else does not fit comes of it.
            faults = vec![fault];
        }
        let is_sheet = table.sheet.is_some();
        findings.name(Names::of(columns, &places, &table.header, is_sheet));
        let is_readable = (faults.iter()).all(|fault| fault.rule == Rule::UnknownHeader)
            && (columns.iter().zip(&places)).all(|(column, at)| !column.required || at.is_some());
        faults.into_iter().for_each(|fault| findings.fault(fault));
        is_readable.then_some(Self {
            places,
            own,
            width: table.header.len(),
            row,
            strange,
        })
    }

    /// Whether nothing of it was noted.
    pub(super) const fn is_sound(&self) -> bool {
        self.strange.is_empty()
    }

    /// Whether what stands at a place is none of the kind's.
    pub(super) fn is_beside(&self, place: usize) -> bool {
        [&self.own, &self.strange]
            .iter()
            .any(|places| places.binary_search(&place).is_ok())
    }

    /// Where the column with an index stands; none where the file does not have it.
    pub(super) fn place(&self, index: usize) -> Option<usize> {
        self.places[index]
    }

    /// The index of the column that stands at a place; none where it is none of the kind's.
    pub(super) fn index(&self, place: usize) -> Option<usize> {
        self.places.iter().position(|at| *at == Some(place))
    }

    /// Number of headers.
    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// Number of the row that was read as header.
    pub(super) const fn row(&self) -> i64 {
        self.row
    }
}

/// The column that a header with a unit would be without it, and the unit: another one than kronor changes what the
/// numbers mean.
fn with_unit<'c, 'n>(name: &'n str, columns: &[&'c Column]) -> Option<(&'c Column, &'n str)> {
    let (before, unit) = name.rsplit_once('(')?;
    let before = before.trim_end_matches('_');
    let column = columns.iter().find(|one| is_called(one, before))?;
    Some((*column, unit.trim_end_matches(')')))
}

/// A header that no column of the kind has; a blank one by the letter of its column.
fn unknown(
    row: i64,
    at: usize,
    written: &str,
    name: &str,
    meant: Option<(&Column, &str)>,
) -> Fault {
    let fault = Fault::row(Rule::UnknownHeader, row);
    let letter = letter(at);
    if name.is_empty() {
        return fault.telling(
            format!("Kolumn {letter} har ingen rubrik, men är ifylld. Skriv rubriken, börja den med flex_ om kolumnen är er egen, eller töm kolumnen."),
            format!("Column {letter} has no header, but is filled. Write the header, begin it with flex_ if the column is your own, or empty the column."),
        );
    }
    let written = word(written);
    if let Some((column, unit)) = meant {
        let sv = in_swedish(column);
        return fault.telling(
            format!("Rubriken {written} (kolumn {letter}) har enheten {unit}, som mallen inte har. Skriv beloppen i kronor under rubriken {sv}."),
            format!("The header {written} (column {letter}) has the unit {unit}, which the template does not have. Write the amounts in kronor below the header {}.", column.name),
        );
    }
    let detail = (
        format!("{written} (kolumn {letter})"),
        format!("{written} (column {letter})"),
    );
    Fault { detail, ..fault }
}

/// Where the header really is, or how the whole of it was written, where the row that was read as one is none.
fn elsewhere(table: &Table<'_>, columns: &[&Column], found: usize) -> Option<Fault> {
    let row = table.header_row;
    let filled = || table.header.iter().filter(|cell| !cell.trim().is_empty());
    let known = |cells: &mut dyn Iterator<Item = &str>| {
        let names = cells.map(header_name).filter(|name| !name.is_empty());
        names
            .filter(|name| columns.iter().any(|one| is_called(one, name)))
            .count()
    };
    if let (Some(only), 1) = (filled().next(), filled().count())
        && [';', ',', '\t']
            .iter()
            .any(|sign| known(&mut only.split(*sign)) > 1)
    {
        let detail = quotes::apart(table.sheet.is_none()).into();
        return Some(Fault {
            detail,
            ..Fault::row(Rule::QuotedRow, row)
        });
    }
    let mut below: Option<(i64, usize)> = None;
    let mut left = LOOKED_AT;
    let looked: Result<(), ()> = table.each(|record| {
        let count = known(&mut record.texts());
        if count > below.map_or(found, |(_, most)| most).max(1) {
            below = Some((record.number, count));
        }
        left -= 1;
        if left == 0 { Err(()) } else { Ok(()) }
    });
    // It ends early where the first rows are enough.
    let (Ok(()) | Err(())) = looked;
    let needed = columns.iter().filter(|column| column.required);
    let needed: Vec<&&Column> = needed.collect();
    let stands: Vec<String> = filled().take(8).map(|cell| word(cell)).collect();
    let stands = stands.join(" | ");
    if let Some((below, _)) = below {
        return Some(Fault::row(Rule::MissingHeader, row).telling(
            format!("Raden lästes som rubrikrad; där står: {stands}. Rubrikerna ser ut att stå på rad {below}. Ta bort raderna ovanför den, så att rubrikerna står överst."),
            format!("The row was read as the header; there stands: {stands}. The headers seem to stand in row {below}. Take away the rows above it, so that the headers come first."),
        ));
    }
    if found > 0 || stands.is_empty() {
        return None;
    }
    let sv: Vec<&str> = needed.iter().map(|column| in_swedish(column)).collect();
    let en: Vec<&str> = needed.iter().map(|column| column.name).collect();
    Some(Fault::row(Rule::MissingHeader, row).telling(
        format!("Raden lästes som rubrikrad; där står: {stands}. Ingen av dem är en rubrik i mallen. Skriv överst rubrikerna {}.", sv.join(", ")),
        format!("The row was read as the header; there stands: {stands}. None of them is a header of the template. Write the headers {} first.", en.join(", ")),
    ))
}

/// Whether a record is one more row of headers: most of what it holds are names of columns.
pub(super) fn is_header(record: Record<'_>, columns: &[&Column]) -> bool {
    let is_name = |text: &str| {
        let name = header_name(text);
        columns.iter().any(|column| is_called(column, &name))
    };
    let (mut filled, mut names) = (0, 0);
    for (_, cell) in record.filled_cells() {
        filled += 1;
        names += usize::from(matches!(cell, Cell::Text(text) if is_name(text)));
    }
    names >= 2 && names * 2 >= filled
}

/// A name as compared: without surrounding blanks, in lower case, with Swedish letters in one piece.
///
/// Some systems write ö as o and a combining mark.
pub(super) fn plain(text: &str) -> String {
    entity::normal_form(text).to_lowercase()
}

/// A header as compared: as [`plain`], with `_` for blanks and hyphens between words, and without what people add to a
/// header: a star for what is required, a colon, and kronor as the unit of amounts.
pub(super) fn header_name(text: &str) -> String {
    let seen: String = text
        .chars()
        .map(|one| if one.is_control() { ' ' } else { one })
        .collect();
    let seen: String = seen
        .chars()
        .filter(|one| !entity::is_invisible(*one))
        .collect();
    let mut name = plain(&seen);
    loop {
        let trimmed = name.trim_end_matches(['*', ':', ' ', '_', '.']);
        let trimmed = ADDED
            .iter()
            .find_map(|added| trimmed.strip_suffix(added))
            .unwrap_or(trimmed);
        if trimmed.len() == name.len() {
            break;
        }
        name.truncate(trimmed.len());
    }
    name.trim_start_matches('*')
        .split([' ', '-', '_'])
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}

/// What people add to headers, without changing what they mean.
const ADDED: [&str; 15] = [
    "(kr)",
    "[kr]",
    "(kronor)",
    "(sek)",
    "(i kr)",
    "(i kronor)",
    ", kr",
    ", kronor",
    " kr",
    "_kr",
    " sek",
    "_sek",
    " i kronor",
    "(åååå-mm-dd)",
    "(antal)",
];

pub(super) fn is_called(column: &Column, name: &str) -> bool {
    column.name == name || column.aliases.contains(&name)
}

pub(super) fn column_is_blank(table: &Table<'_>, at: usize) -> bool {
    table.column_is_blank(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_as_people_write_them() {
        for written in [
            "rekvirerat_belopp",
            "Rekvirerat belopp",
            " REKVIRERAT  BELOPP ",
            "Rekvirerat-belopp",
            "Rekvirerat\u{a0}belopp",
            "Rekvirerat\nbelopp",
            "Rekvirerat belopp (kr)",
            "Rekvirerat belopp, kronor",
            "Rekvirerat belopp kr",
            "rekvirerat_belopp_kr",
            "Rekvirerat belopp [kr]",
            "Rekvirerat belopp (SEK)*",
            "Rekvirerat_belopp*:",
            "\u{feff}rekvirerat_belopp",
            "rekvirerat\u{ad}_belopp",
        ] {
            assert_eq!(header_name(written), "rekvirerat_belopp", "{written:?}");
        }
        assert_eq!(header_name("A\u{30a}r"), "år");
        assert_eq!(header_name("Flex notering"), "flex_notering");
        assert_eq!(header_name("  "), "");
        for written in ["Belopp (tkr)", "Belopp, mnkr", "Belopp (%)"] {
            assert_ne!(header_name(written), "belopp", "{written}");
        }
    }
}
