//! From a table to rows of one kind: header, cells, keys; everything that can be said without the store.

use std::collections::HashMap;

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
    fn complete(_values: &mut Values) {}

    /// The fact of a row whose cells have no fault of form.
    ///
    /// # Errors
    /// The columns do not hold what is asked of them: a mistake in the program.
    fn fact(values: &Values) -> Result<Self::Fact, Misread>;
}

/// Reads the rows of a table. Where the form has faults, the rows without any are still given, so that one report names
/// as many faults as possible.
///
/// # Errors
/// A mistake in the kind's own table of columns.
pub(crate) fn read<F: Form>(
    table: &Table,
    assignment: Option<&RegistryNumber>,
    findings: &mut Findings,
) -> Result<Vec<Row<F::Fact>>, Misread> {
    let columns: Vec<&Column> = F::COLUMNS.iter().chain([&ACTION, &SOURCE]).collect();
    let Some(header) = Header::of(table, &columns, findings) else {
        return Ok(Vec::new());
    };
    if table.records.is_empty() {
        findings.fault(super::finding::Fault::file(Rule::NoRows));
        return Ok(Vec::new());
    }
    let owner = match F::KIND.key_owner() {
        KeyOwner::Assignment => assignment,
        KeyOwner::Register | KeyOwner::Itself => None,
    };
    let mut seen: HashMap<String, i64> = HashMap::with_capacity(table.records.len());
    let mut rows = Vec::with_capacity(table.records.len());
    for record in &table.records {
        let Some(mut values) = read_record(record, &header, &columns, owner, findings) else {
            continue;
        };
        F::complete(&mut values);
        let head = head_of::<F>(record, &values)?;
        if let Some(first) = seen.get(&head.key) {
            let place = Place {
                row: record.number,
                key: Some(&head.key),
            };
            findings.row(place, Rule::DuplicateKey, None, &first.to_string());
            continue;
        }
        seen.insert(head.key.clone(), record.number);
        let fact = match head.action {
            RowAction::Set => Some(F::fact(&values)?),
            RowAction::Remove => None,
        };
        rows.push(Row { head, fact });
    }
    Ok(rows)
}

fn head_of<F: Form>(record: &Record, values: &Values) -> Result<RowHead, Misread> {
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
fn read_record(
    record: &Record,
    header: &Header,
    columns: &[&Column],
    owner: Option<&RegistryNumber>,
    findings: &mut Findings,
) -> Option<Values> {
    let place = Place {
        row: record.number,
        key: None,
    };
    if record.cells.len() > header.width() {
        findings.row(
            place,
            Rule::RaggedRow,
            None,
            &record.cells.len().to_string(),
        );
        return None;
    }
    let cell_at = |index: usize| {
        header
            .place(index)
            .and_then(|at| record.cells.get(at))
            .unwrap_or(&Cell::Blank)
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
    sound.then(|| Values::new(read, owner.cloned()))
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
