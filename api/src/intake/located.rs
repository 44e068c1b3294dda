//! Where findings are in the sender's own file: which cell of the sheet, for copies with marks.

use entity::Kind;

use super::column::{ACTION, Column, SOURCE};
use super::finding::Finding;
use super::header::{column_is_blank, header_name, is_called};
use super::kolada;
use super::named::own_name;
use super::rule::Rule;
use super::sent::columns_sent;
use super::table::Table;

/// For each finding the row and the column (from 0) of the cell that it is about; none where there is no such cell.
///
/// A finding that concerns several cells of a row stands at the row's first column.
pub(crate) fn places(
    table: &Table<'_>,
    kind: Kind,
    findings: &[Finding],
) -> Vec<Option<(i64, usize)>> {
    let header_row = table.header_row;
    let names = table.header.iter().map(String::as_str);
    let columns: Vec<&Column> = match kind {
        Kind::IndicatorValues if kolada::is_it(names) => {
            kolada::COLUMNS.iter().chain([&ACTION]).collect()
        }
        _ => columns_sent(kind).unwrap_or_default(),
    };
    let is_known = !columns.is_empty();
    let columns: Vec<&Column> = columns.into_iter().chain([&SOURCE]).collect();
    let names: Vec<String> = table.header.iter().map(|name| header_name(name)).collect();
    let written: Vec<String> = table.header.iter().map(|name| own_name(name)).collect();
    let called = |name: &str| columns.iter().position(|column| is_called(column, name));
    let mut unknown = Vec::new();
    let mut twice = Vec::new();
    let mut first: Vec<Option<usize>> = vec![None; columns.len()];
    for (at, name) in names.iter().enumerate() {
        if name.starts_with("flex_") || (name.is_empty() && column_is_blank(table, at)) {
            continue;
        }
        match called(name) {
            // Of reference data the columns are not looked up: they are not sent.
            None if !is_known => {}
            None => unknown.push(at),
            Some(index) if first[index].is_some() => twice.push(at),
            Some(index) => first[index] = Some(at),
        }
    }
    let (mut unknown, mut twice) = (unknown.into_iter(), twice.into_iter());
    let begin = names.iter().position(|name| !name.is_empty()).unwrap_or(0);
    let place = |finding: &Finding| {
        let row = finding.row?;
        match finding.rule {
            // They were noted in the order of the headers.
            Rule::UnknownHeader => unknown.next().map(|at| (header_row, at)),
            Rule::DuplicateHeader => twice.next().map(|at| (header_row, at)),
            Rule::MissingHeader => None,
            Rule::RaggedRow => Some((row, names.len())),
            _ => {
                let named = finding.column.as_deref();
                let index = named.and_then(|name| columns.iter().position(|one| one.name == name));
                let own = || named.and_then(|name| written.iter().position(|one| *one == name));
                let at = index.and_then(|index| first[index]).or_else(own);
                Some((row, at.unwrap_or(begin)))
            }
        }
    };
    findings.iter().map(place).collect()
}
