//! Which sheet of a workbook holds the rows of a kind: the one with its name, the only one, or the only one with its headers.

use entity::Kind;

use super::column::Column;
use super::finding::Fault;
use super::header::{header_name, is_called};
use super::kinds;
use super::kolada;
use super::workbook::{SheetHeader, unreadable};

/// Names of sheets that are told.
const MOST_NAMES: usize = 8;

/// Whether a sheet is named after a kind.
pub(super) fn is_named(sheet: &str, kind: Kind) -> bool {
    sheet.trim().eq_ignore_ascii_case(kind.code())
}

/// The sheet that is meant.
///
/// # Errors
/// Several sheets may be meant, or none: the finding says which name the right one must have.
pub(super) fn chosen(kind: Kind, sheets: &[SheetHeader]) -> Result<&str, Fault> {
    let named = sheets.iter().find(|one| is_named(&one.sheet, kind));
    let only = sheets.first().filter(|_| sheets.len() == 1);
    if let Some(found) = named.or(only) {
        return Ok(&found.sheet);
    }
    // A sheet of another kind's name is that kind's.
    let free = || {
        let sheets = sheets.iter();
        sheets.filter(|one| !Kind::ALL.iter().any(|other| is_named(&one.sheet, *other)))
    };
    let most = free().map(|one| matches(kind, one)).max().unwrap_or(0);
    let mut best = free().filter(|one| matches(kind, one) == most);
    let code = kind.code();
    match (best.next(), best.next()) {
        (Some(found), None) if most > 0 && most * 2 >= required(kind, found) => Ok(&found.sheet),
        (Some(_), Some(_)) if most > 0 => {
            let names = names(free().filter(|one| matches(kind, one) == most));
            Err(unreadable(
                &format!("flera blad kan vara det som gäller: {names}. Döp det till {code}"),
                &format!("several sheets may be the one that is meant: {names}. Name it {code}"),
            ))
        }
        _ => {
            let names = names(sheets.iter());
            Err(unreadable(
                &format!(
                    "inget blad har slagets rubriker överst: {names}. Döp bladet med uppgifterna till {code}"
                ),
                &format!(
                    "no sheet begins with the headers of the kind: {names}. Name the sheet with the data {code}"
                ),
            ))
        }
    }
}

/// Sheets that have all headers of a kind, and are neither the chosen one nor named after a kind.
pub(super) fn also<'s>(kind: Kind, sheets: &'s [SheetHeader], chosen: &str) -> Vec<&'s str> {
    let others = sheets.iter().filter(|one| {
        one.sheet != chosen
            && !Kind::ALL.iter().any(|other| is_named(&one.sheet, *other))
            && required(kind, one) == matches(kind, one)
            && one.header.is_some()
    });
    others.map(|one| one.sheet.as_str()).collect()
}

fn columns(kind: Kind, sheet: &SheetHeader) -> &'static [Column] {
    let names = sheet.header.iter().flatten().map(String::as_str);
    if kind == Kind::IndicatorValues && kolada::is_it(names) {
        return kolada::COLUMNS;
    }
    kinds::columns(kind)
}

/// Columns that a kind must have.
fn required(kind: Kind, sheet: &SheetHeader) -> usize {
    let columns = columns(kind, sheet).iter();
    columns.filter(|column| column.required).count()
}

/// How many of them the first row of a sheet names.
fn matches(kind: Kind, sheet: &SheetHeader) -> usize {
    let names: Vec<String> = sheet
        .header
        .iter()
        .flatten()
        .map(|name| header_name(name))
        .collect();
    let is_there = |column: &&Column| names.iter().any(|name| is_called(column, name));
    let columns = columns(kind, sheet).iter();
    columns
        .filter(|column| column.required)
        .filter(is_there)
        .count()
}

/// The names of sheets, those past a few left out.
fn names<'s>(sheets: impl Iterator<Item = &'s SheetHeader>) -> String {
    let cut = |name: &str| -> String { name.chars().take(31).collect() };
    let mut names: Vec<String> = sheets
        .take(MOST_NAMES + 1)
        .map(|one| cut(&one.sheet))
        .collect();
    if names.len() > MOST_NAMES {
        names.truncate(MOST_NAMES);
        names.push("…".to_owned());
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(name: &str, header: &[&str]) -> SheetHeader {
        let names: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        SheetHeader {
            sheet: name.to_owned(),
            header: Some(names).filter(|names| !names.is_empty()),
        }
    }

    const HEADER: [&str; 4] = ["omgång", "kod", "rekvirerat_belopp", "rekvirerat_datum"];

    fn choice(sheets: &[SheetHeader]) -> Result<String, String> {
        let chosen = chosen(Kind::Requisitions, sheets);
        chosen.map(str::to_owned).map_err(|fault| fault.detail.0)
    }

    #[test]
    fn the_sheet_with_the_kinds_name_the_only_one_or_the_only_one_with_its_headers_is_meant() {
        let data = |name: &str| sheet(name, &HEADER);
        let ok = |name: &str| Ok(name.to_owned());
        assert_eq!(
            choice(&[data("Blad1"), sheet("Requisitions", &["x"])]),
            ok("Requisitions")
        );
        assert_eq!(choice(&[sheet("Blad1", &["x"])]), ok("Blad1"));
        assert_eq!(
            choice(&[data("Blad1"), sheet("Blad2", &[]), sheet("Blad3", &[])]),
            ok("Blad1")
        );
        assert_eq!(
            choice(&[sheet("Info", &["Läs mig"]), data("rekvisitioner")]),
            ok("rekvisitioner")
        );
        assert_eq!(
            choice(&[sheet("Info", &["kod"]), sheet("Data", &HEADER[..3])]),
            ok("Data")
        );
        assert_eq!(choice(&[data("allocations"), data("Blad1")]), ok("Blad1"));
    }

    #[test]
    fn where_it_cannot_be_told_the_name_that_it_must_have_is() {
        let both = choice(&[sheet("2016", &HEADER), sheet("2017", &HEADER)]);
        assert!(
            both.is_err_and(|said| said.contains("2016, 2017") && said.contains("requisitions"))
        );
        let none = choice(&[sheet("A", &["x"]), sheet("B", &[])]);
        assert!(none.is_err_and(|said| said.contains("A, B") && said.contains("requisitions")));
        let little = choice(&[sheet("A", &["kod", "y"]), sheet("B", &[])]);
        assert!(little.is_err());
    }

    #[test]
    fn another_sheet_with_all_headers_is_not_left_in_silence() {
        let sheets = [
            sheet("requisitions", &HEADER),
            sheet("Mer", &HEADER),
            sheet("C", &["kod"]),
        ];
        assert_eq!(also(Kind::Requisitions, &sheets, "requisitions"), ["Mer"]);
    }
}
