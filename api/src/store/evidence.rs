//! Evidence: what a transaction writes, hashed while it is in memory, for the audit event that vouches for it.
//!
//! Rows are hashed in the order of their keys, one run of keys after the other, so that they can be hashed again from
//! the database in one pass over a table. What the database lets change later (an interval's end, a redacted content) is
//! left out of a row and vouched for by itself.

use std::collections::BTreeMap;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ColumnType, DbErr, EntityTrait, IdenStatic, Iterable,
    PrimaryKeyToColumn, Value,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::intake::hex;

/// Tables that no event vouches for: the chains themselves, whose events hold each other's hashes, and the instants that
/// were answered for, which readers note without writing anything.
pub(crate) const APART: &[&str] = &["answered", "audit_event", "read_event"];

/// Where a row stands in its table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Key {
    /// A number.
    One(i64),
    /// Two numbers.
    Two(i64, i64),
    /// A text, in no order that both engines share.
    Text(String),
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::One(number) => write!(f, "{number}"),
            Self::Two(first, second) => write!(f, "{first}/{second}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// One thing that an audit event vouches for; a line of its detail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "vouches", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Vouched {
    /// All rows of a table from one key to another.
    Rows {
        table: String,
        from: Key,
        to: Key,
        count: u64,
        sha256: String,
    },
    /// All intervals that close in a version.
    Closed {
        version: i64,
        count: u64,
        sha256: String,
    },
    /// The head of the other chain at that moment: neither can be cut without the other.
    Head {
        chain: String,
        id: i64,
        hash: String,
    },
}

/// What was written since the last audit event.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    runs: BTreeMap<String, Run>,
    rows: Vec<Vouched>,
    closed: BTreeMap<i64, Vec<i64>>,
}

impl Evidence {
    /// Whether nothing was written.
    pub(crate) fn is_empty(&self) -> bool {
        self.runs.is_empty() && self.rows.is_empty() && self.closed.is_empty()
    }

    /// Notes a row that is being inserted.
    pub(crate) fn row(&mut self, table: &str, row: Row) -> Result<(), DbErr> {
        if APART.contains(&table) {
            return Ok(());
        }
        match self.runs.get_mut(table) {
            Some(run) if !matches!(row.key, Key::Text(_)) => {
                if row.key < run.to {
                    return Err(DbErr::Custom(format!(
                        "rows of {table} are not kept in the order of their keys"
                    )));
                }
                run.add(row);
            }
            _ => {
                if let Some(run) = self.runs.insert(table.to_owned(), Run::of(row)) {
                    self.rows.push(run.vouched(table));
                }
            }
        }
        Ok(())
    }

    /// Notes intervals that are being closed.
    pub(crate) fn closed(&mut self, version: i64, ids: &[i64]) {
        self.closed.entry(version).or_default().extend(ids);
    }

    /// Everything noted, which leaves nothing noted.
    pub(crate) fn take(&mut self) -> Vec<Vouched> {
        let mut vouched = std::mem::take(&mut self.rows);
        for (table, run) in std::mem::take(&mut self.runs) {
            vouched.push(run.vouched(&table));
        }
        for (version, mut ids) in std::mem::take(&mut self.closed) {
            ids.sort_unstable();
            let (count, sha256) = hash_of_closed(&ids);
            vouched.push(Vouched::Closed {
                version,
                count,
                sha256,
            });
        }
        vouched
    }
}

/// Number and hash of the intervals that close in a version, in the order of their ids.
pub(crate) fn hash_of_closed(ids: &[i64]) -> (u64, String) {
    let mut hasher = Sha256::new();
    ids.iter().for_each(|id| hasher.update(id.to_be_bytes()));
    (ids.len() as u64, hex(&hasher.finalize()))
}

/// Rows of a table one after the other, hashed.
#[derive(Debug)]
pub(crate) struct Run {
    from: Key,
    to: Key,
    count: u64,
    hasher: Sha256,
    /// Rows of the last key: where a table's parts share a number, the number alone does not order them.
    last: Vec<Vec<u8>>,
}

impl Run {
    /// A run that begins with a row.
    pub(crate) fn of(row: Row) -> Self {
        Self {
            from: row.key.clone(),
            to: row.key,
            count: 1,
            hasher: Sha256::new(),
            last: vec![row.content],
        }
    }

    /// The next row, of the same key or a later one.
    pub(crate) fn add(&mut self, row: Row) {
        if row.key != self.to {
            self.settle();
            self.to = row.key;
        }
        self.last.push(row.content);
        self.count += 1;
    }

    fn settle(&mut self) {
        self.last.sort_unstable();
        for content in self.last.drain(..) {
            self.hasher.update((content.len() as u64).to_be_bytes());
            self.hasher.update(content);
        }
    }

    /// Number of rows, and the hash over them.
    pub(crate) fn finish(mut self) -> (u64, String) {
        self.settle();
        (self.count, hex(&self.hasher.finalize()))
    }

    fn vouched(self, table: &str) -> Vouched {
        let (from, to) = (self.from.clone(), self.to.clone());
        let (count, sha256) = self.finish();
        Vouched::Rows {
            table: table.to_owned(),
            from,
            to,
            count,
            sha256,
        }
    }
}

/// A row as it is vouched for.
#[derive(Debug)]
pub(crate) struct Row {
    /// Where it stands.
    pub(crate) key: Key,
    /// Its columns in one unambiguous text of bytes; what is empty is left out, so that a column that a later migration
    /// adds leaves the hashes of older rows as they are.
    pub(crate) content: Vec<u8>,
    /// The columns that may change later; of a redactable content also its hash.
    pub(crate) loose: Vec<(&'static str, Value)>,
}

/// How the rows of a table become [`Row`]s.
pub(crate) struct Shape<E: EntityTrait> {
    /// Name of the table.
    pub(crate) table: String,
    /// The numbers that order its rows; none where the key is a text.
    pub(crate) order: Vec<E::Column>,
    columns: Vec<E::Column>,
    /// Places of the numbers that order its rows; of the key; of what stays; of what may change.
    order_at: Vec<usize>,
    key_at: Option<usize>,
    fixed_at: Vec<usize>,
    loose_at: Vec<usize>,
}

impl<E> Shape<E>
where
    E: EntityTrait,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    /// The shape of a table.
    pub(crate) fn new() -> Self {
        let table = E::default().table_name().to_owned();
        let key: Vec<E::Column> = E::PrimaryKey::iter()
            .map(PrimaryKeyToColumn::into_column)
            .collect();
        let whole =
            |column: &&E::Column| matches!(column.def().get_column_type(), ColumnType::BigInteger);
        let order: Vec<E::Column> = key.iter().take_while(whole).take(2).copied().collect();
        let may_change = may_change(&table);
        let columns: Vec<E::Column> = E::Column::iter().collect();
        let at = |wanted: &E::Column| {
            let name = wanted.as_str();
            columns.iter().position(|column| column.as_str() == name)
        };
        let among = |names: &[&str]| {
            let named = |at: &usize| names.contains(&columns[*at].as_str());
            (0..columns.len()).filter(named).collect::<Vec<usize>>()
        };
        let mut loose_at = among(&may_change);
        let fixed_at = (0..columns.len())
            .filter(|at| !loose_at.contains(at))
            .collect();
        if may_change.contains(&"redacted_at") {
            loose_at.extend(among(&["sha256"]));
        }
        Self {
            table,
            order_at: order.iter().filter_map(at).collect(),
            key_at: key.first().and_then(at),
            order,
            columns,
            fixed_at,
            loose_at,
        }
    }

    /// The values of a whole row, in the order of the columns.
    pub(crate) fn values(&self, mut model: E::ActiveModel) -> Result<Vec<Value>, DbErr> {
        let value = |column: &E::Column| {
            let value = model.take(*column).into_value();
            value.ok_or_else(|| DbErr::AttrNotSet(format!("{}.{}", self.table, column.as_str())))
        };
        self.columns.iter().map(value).collect()
    }

    /// A row of the table, by its values.
    pub(crate) fn row(&self, values: &[Value]) -> Result<Row, DbErr> {
        let unfit_at = |at: usize| unfit(&self.table, self.columns[at].as_str());
        let whole = |at: usize| match &values[at] {
            Value::BigInt(Some(number)) => Ok(*number),
            _ => Err(unfit_at(at)),
        };
        let key = match self.order_at.as_slice() {
            [first] => Key::One(whole(*first)?),
            [first, second, ..] => Key::Two(whole(*first)?, whole(*second)?),
            [] => match self.key_at.map(|at| &values[at]) {
                Some(Value::String(Some(text))) => Key::Text(text.clone()),
                _ => return Err(unfit(&self.table, "key")),
            },
        };
        let mut content = Vec::with_capacity(48 * self.fixed_at.len());
        for at in &self.fixed_at {
            write(&mut content, self.columns[*at].as_str(), &values[*at])
                .ok_or_else(|| unfit_at(*at))?;
        }
        let loose = Vec::new();
        Ok(Row {
            key,
            content,
            loose,
        })
    }

    /// The same with what may change later: nobody needs it while a row is being inserted.
    pub(crate) fn row_as_it_is(&self, values: &[Value]) -> Result<Row, DbErr> {
        let loose = |at: &usize| (self.columns[*at].as_str(), values[*at].clone());
        Ok(Row {
            loose: self.loose_at.iter().map(loose).collect(),
            ..self.row(values)?
        })
    }
}

/// The columns of a table that the guards let change, once a row.
fn may_change(table: &str) -> Vec<&'static str> {
    if migration::CLOSED_ONCE.contains(&table) {
        return vec!["closed_version"];
    }
    let redacted = migration::REDACTED_ONCE
        .iter()
        .find(|(name, _)| *name == table);
    redacted.map_or_else(Vec::new, |(_, column)| vec![*column, "redacted_at"])
}

fn unfit(table: &str, column: &str) -> DbErr {
    DbErr::Custom(format!("{table}.{column} cannot be vouched for"))
}

/// Appends a column with its value; nothing where it is empty. `None` for a type that no table has.
fn write(content: &mut Vec<u8>, column: &str, value: &Value) -> Option<()> {
    let mut put = |tag: u8, bytes: &[u8]| {
        content.extend(column.as_bytes());
        content.push(0);
        content.push(tag);
        content.extend((bytes.len() as u64).to_be_bytes());
        content.extend(bytes);
    };
    match value {
        Value::Bool(held) => held.iter().for_each(|held| put(b'b', &[u8::from(*held)])),
        Value::Int(held) => {
            let held = held.map(i64::from);
            held.iter().for_each(|held| put(b'i', &held.to_be_bytes()));
        }
        Value::BigInt(held) => held.iter().for_each(|held| put(b'i', &held.to_be_bytes())),
        Value::String(held) => held.iter().for_each(|held| put(b's', held.as_bytes())),
        Value::Bytes(held) => held.iter().for_each(|held| put(b'y', held)),
        Value::ChronoDate(held) => held
            .iter()
            .for_each(|held| put(b'd', held.to_string().as_bytes())),
        _ => return None,
    }
    Some(())
}
