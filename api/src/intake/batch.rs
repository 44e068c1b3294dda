//! From a table to rows of one kind: header, cells, keys; everything that can be said without the store.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, RandomState};

use entity::{KeyOwner, Kind, RegistryNumber, RowAction};

use super::column::{ACTION, Column, SOURCE};
use super::finding::{Findings, Place};
use super::header::Header;
use super::row::{Misread, Row, RowHead, Values};
use super::rule::Rule;
use super::table::{Cell, Record, Table};
use super::values::{self, Value};

/// What a kind says of its own form.
pub trait Form: Send + Sync + 'static {
    /// The fact that a row becomes.
    type Fact: Send + Sync + 'static;
    /// The kind.
    const KIND: Kind;
    /// Its columns; the key columns in the order of the key.
    const COLUMNS: &'static [Column];

    /// Fills blanks whose meaning is not blank, before contents are compared.
    fn complete(_values: &mut Values<'_>) {}

    /// The fact of a row whose cells have no fault of form.
    ///
    /// # Errors
    /// The columns do not hold what is asked of them: a mistake in the program.
    fn fact(values: &Values<'_>) -> Result<Self::Fact, Misread>;
}

/// Reads the rows of a table. Where the form has faults, the rows without any are still given, so that one report names
/// as many faults as possible.
///
/// # Errors
/// A mistake in the kind's own table of columns.
pub(crate) fn read<F: Form>(
    table: &Table<'_>,
    assignment: Option<&RegistryNumber>,
    findings: &mut Findings,
) -> Result<Vec<Row<F::Fact>>, Misread> {
    let columns: Vec<&Column> = F::COLUMNS.iter().chain([&ACTION, &SOURCE]).collect();
    let Some(header) = Header::of(table, &columns, findings) else {
        return Ok(Vec::new());
    };
    let owner = match F::KIND.key_owner() {
        KeyOwner::Assignment => assignment,
        KeyOwner::Register | KeyOwner::Itself => None,
    };
    let mut read = 0_usize;
    let mut rows = Vec::new();
    let mut seen = Seen::default();
    table.each(|record| {
        read += 1;
        let Some(mut values) = read_record(record, &header, &columns, owner, findings) else {
            return Ok(());
        };
        F::complete(&mut values);
        let head = head_of::<F>(record, &values)?;
        if let Some(first) = seen.before(&head.key, head.number, &rows) {
            let place = Place {
                row: record.number,
                key: Some(&head.key),
            };
            findings.row(place, Rule::DuplicateKey, None, &first.to_string());
            return Ok(());
        }
        let fact = match head.action {
            RowAction::Set => Some(F::fact(&values)?),
            RowAction::Remove => None,
        };
        rows.push(Row { head, fact });
        Ok(())
    })?;
    if read == 0 {
        findings.fault(super::finding::Fault::file(Rule::NoRows));
    }
    rows.shrink_to_fit();
    Ok(rows)
}

/// Keys seen so far, by their hash and without copies of them: a file may have a million.
#[derive(Default)]
struct Seen {
    hasher: RandomState,
    at: HashMap<u64, usize>,
    /// Keys that share their hash with another.
    rest: HashMap<String, i64>,
}

impl Seen {
    /// The number of the row that has a key already. A new key must be that of the row that is pushed next.
    fn before<F>(&mut self, key: &str, number: i64, rows: &[Row<F>]) -> Option<i64> {
        match self.at.entry(self.hasher.hash_one(key)) {
            Entry::Vacant(place) => {
                place.insert(rows.len());
                None
            }
            Entry::Occupied(at) if rows[*at.get()].head.key == key => {
                Some(rows[*at.get()].head.number)
            }
            Entry::Occupied(_) => match self.rest.get(key) {
                Some(first) => Some(*first),
                None => {
                    self.rest.insert(key.to_owned(), number);
                    None
                }
            },
        }
    }
}

fn head_of<F: Form>(record: Record<'_>, values: &Values<'_>) -> Result<RowHead, Misread> {
    Ok(RowHead {
        number: record.number,
        key: values.key(F::COLUMNS),
        content_sha256: values.content_sha256(F::COLUMNS),
        action: values
            .choice_or_none("action", RowAction::of)?
            .unwrap_or(RowAction::Set),
        citations: values
            .text_or_none("source")?
            .map(|source| citations(&source))
            .unwrap_or_default(),
    })
}

/// The values of a record, or none where a cell has a fault.
fn read_record<'a>(
    record: Record<'a>,
    header: &Header,
    columns: &[&Column],
    owner: Option<&'a RegistryNumber>,
    findings: &mut Findings,
) -> Option<Values<'a>> {
    let place = Place {
        row: record.number,
        key: None,
    };
    let width = record.width();
    if width > header.width() {
        findings.row(place, Rule::RaggedRow, None, &width.to_string());
        return None;
    }
    let cell_at = |index: usize| {
        header
            .place(index)
            .map_or(Cell::Blank, |at| record.cell(at))
    };
    let removes = columns.iter().position(|column| column.name == ACTION.name).is_some_and(|index| {
        matches!(values::read(&ACTION, cell_at(index)), Ok(Value::Text(action)) if action == RowAction::Remove.code())
    });
    let mut read = Vec::with_capacity(columns.len());
    let mut sound = true;
    for (index, column) in columns.iter().enumerate() {
        // A row that removes needs its key alone.
        if removes && !column.key && column.name != ACTION.name {
            continue;
        }
        match values::read(column, cell_at(index)) {
            Ok(value) => read.push((column.name, value)),
            Err(values::CellFault(rule, (sv, en))) => {
                findings.detailed(place, rule, rule.severity(), Some(column.name), (&sv, &en));
                sound = false;
            }
        }
    }
    sound.then(|| Values::new(read, owner))
}

/// The sources of a row of the reference data: `document: section`, several separated by ` | `.
fn citations(source: &str) -> Vec<(String, Option<String>)> {
    source
        .split(" | ")
        .map(|part| match part.split_once(".txt: ") {
            Some((file, section)) => (format!("{file}.txt"), Some(section.to_owned())),
            None => (part.to_owned(), None),
        })
        .collect()
}
