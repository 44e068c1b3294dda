//! From a table to rows of one kind: header, cells, keys; everything that can be said without the store.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, RandomState};

use chrono::NaiveDate;
use entity::{KeyOwner, Kind, OrganisationCode, RegistryNumber, RowAction};

use super::column::{ACTION, Column, DECIDED_ON, PLAN_VERSION, SENDER, SOURCE};
use super::finding::{Findings, Place};
use super::header::Header;
use super::hidden;
use super::odd_row::FormulaRows;
use super::record::Reading;
use super::row::{Misread, Row, RowHead, Values};
use super::rule::Rule;
use super::table::{Record, Table};
use super::values::Value;

/// What a kind says of its own form.
pub trait Form: Send + Sync + 'static {
    /// The fact that a row becomes.
    type Fact: Send + Sync + 'static;
    /// The kind.
    const KIND: Kind;
    /// Its columns; the key columns in the order of the key.
    const COLUMNS: &'static [Column];
    /// What belongs to every row and is said beside the file, not in it; it comes before the columns in the key.
    const BESIDE: &'static [Column] = &[];

    /// The columns of a file by its header, in the order of the kind's: its own, where they have no other shape.
    fn columns(_header: &[String]) -> &'static [Column] {
        Self::COLUMNS
    }

    /// Fills blanks whose meaning is not blank, before contents are compared.
    fn complete(_values: &mut Values<'_>) {}

    /// The fact of a row whose cells have no fault of form.
    ///
    /// # Errors
    /// The columns do not hold what is asked of them: a mistake in the program.
    fn fact(values: &Values<'_>) -> Result<Self::Fact, Misread>;
}

/// What is said of a file beside it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beside<'a> {
    /// Whose data it is.
    pub(crate) sender: &'a OrganisationCode,
    /// The assignment that it is sent for.
    pub(crate) assignment: Option<&'a RegistryNumber>,
    /// The plan version that it is.
    pub(crate) plan_version: Option<i64>,
    /// The day that version was decided.
    pub(crate) decided_on: Option<NaiveDate>,
}

impl Beside<'_> {
    /// What a column that is said beside the file holds.
    fn value(&self, column: &Column) -> Value<'static> {
        match column.name {
            PLAN_VERSION => self.plan_version.map(Value::Whole),
            DECIDED_ON => self.decided_on.map(Value::Date),
            _ => None,
        }
        .unwrap_or(Value::Blank)
    }
}

/// Reads the rows of a table. Where the form has faults, the rows without any are still given, so that one report names
/// as many faults as possible.
///
/// # Errors
/// A mistake in the kind's own table of columns.
pub(crate) fn read<F: Form>(
    table: &Table<'_>,
    beside: Beside<'_>,
    findings: &mut Findings,
) -> Result<Vec<Row<F::Fact>>, Misread> {
    // A kind whose facts have a source of their own cites no documents with it.
    let cites = F::COLUMNS.iter().all(|column| column.name != SOURCE.name);
    let more = [&ACTION].into_iter().chain(cites.then_some(&SOURCE));
    let columns = F::columns(&table.header).iter().chain(more);
    let columns: Vec<&Column> = columns.collect();
    let facts: Vec<Column> = [F::BESIDE, F::COLUMNS].concat();
    let Some(header) = Header::of(table, &columns, findings) else {
        return Ok(Vec::new());
    };
    hidden::note(table, &header, &columns, findings);
    let owner = match F::KIND.key_owner() {
        KeyOwner::Assignment => beside.assignment,
        KeyOwner::Register | KeyOwner::Itself | KeyOwner::FirstSender => None,
    };
    let mut read = 0_usize;
    let mut rows = Vec::new();
    let mut seen = Seen::default();
    let reading = Reading::of(table, &header, &columns);
    let mut formulas = FormulaRows::default();
    table.each(|record| {
        if formulas.take(record, &header) {
            return Ok(());
        }
        read += 1;
        let Some(mut values) = reading.read(record, owner, findings) else {
            return Ok(());
        };
        if F::KIND.key_owner() == KeyOwner::FirstSender {
            values.add(SENDER, Value::Text(beside.sender.to_string().into()));
        }
        for column in F::BESIDE {
            values.add(column.name, beside.value(column));
        }
        if !header.is_sound() {
            // A column that nobody knows may be one that keys or meanings need: what rows mean together is not looked at.
            return Ok(());
        }
        F::complete(&mut values);
        let head = head_of(record, &values, &facts, cites)?;
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
    let has_formulas = formulas.note(findings);
    if read == 0 && !has_formulas {
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

fn head_of(
    record: Record<'_>,
    values: &Values<'_>,
    facts: &[Column],
    cites: bool,
) -> Result<RowHead, Misread> {
    let source = match cites {
        true => values.text_or_none(SOURCE.name)?,
        false => None,
    };
    Ok(RowHead {
        number: record.number,
        key: values.key(facts),
        content_sha256: values.content_sha256(facts),
        action: values
            .choice_or_none("action", RowAction::of)?
            .unwrap_or(RowAction::Set),
        citations: source.map(|source| citations(&source)).unwrap_or_default(),
    })
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
