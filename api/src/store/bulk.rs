//! Many rows of a table in one statement, as each engine takes them best.
//!
//! SQLite binds the values of a few hundred rows; more would only make the statement dearer to read. PostgreSQL takes one
//! array a column, so that the statement is short however many rows there are; the arrays are written as text, since the
//! library's own hold no NULL.

use std::fmt::Write;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ColumnType, DbBackend, DbErr, EntityTrait, IdenStatic, Iterable, Statement, Value,
};

/// Values bound in one statement: below SQLite's limit of 32,766.
const MOST_BINDS: usize = 4_000;

/// Rows of one statement where a column is one value.
const MOST_ROWS: usize = 10_000;

/// Ids or keys bound in one statement, beside a few other values: SQLite binds 32,766, PostgreSQL 65,535.
const MOST_IDS: usize = 10_000;

/// A list of ids or keys in portions that every engine binds. Each list that grows with the data is bound so.
pub(crate) fn portions<T>(ids: &[T]) -> std::slice::Chunks<'_, T> {
    ids.chunks(MOST_IDS)
}

/// A statement under way: its rows are added one by one.
pub(super) struct Bulk<E: EntityTrait> {
    backend: DbBackend,
    columns: Vec<E::Column>,
    most: usize,
    rows: usize,
    given: Given,
}

enum Given {
    /// The values of the rows, one after the other.
    Values(Vec<Value>),
    /// For each column its type, and its values as the text of an array.
    Arrays(Vec<(&'static str, String)>),
}

impl<E: EntityTrait> Bulk<E> {
    /// A statement without rows.
    pub(super) fn new(backend: DbBackend) -> Self {
        let columns: Vec<E::Column> = E::Column::iter().collect();
        let types: Option<Vec<_>> = columns.iter().map(array_type).collect();
        match types.filter(|_| backend == DbBackend::Postgres) {
            Some(types) => Self {
                backend,
                columns,
                most: MOST_ROWS,
                rows: 0,
                given: Given::Arrays(
                    types
                        .into_iter()
                        .map(|name| (name, String::from("{")))
                        .collect(),
                ),
            },
            None => Self {
                backend,
                most: most_rows(columns.len()),
                columns,
                rows: 0,
                given: Given::Values(Vec::new()),
            },
        }
    }

    /// Adds a row: the values of all columns in their order.
    pub(super) fn add(&mut self, row: Vec<Value>) -> Result<(), DbErr> {
        match &mut self.given {
            Given::Values(values) => values.extend(row),
            Given::Arrays(arrays) => {
                for ((_, array), value) in arrays.iter_mut().zip(&row) {
                    if self.rows > 0 {
                        array.push(',');
                    }
                    write_element(array, value)?;
                }
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Whether it has as many rows as it should.
    pub(super) const fn is_full(&self) -> bool {
        self.rows >= self.most
    }

    /// The statement; none without rows.
    pub(super) fn statement(self) -> Option<Statement> {
        if self.rows == 0 {
            return None;
        }
        let columns: Vec<&str> = self.columns.iter().map(IdenStatic::as_str).collect();
        let mut sql = into(E::default().table_name(), &columns);
        let values = match self.given {
            Given::Values(values) => {
                write_places(&mut sql, self.backend, self.rows, self.columns.len());
                values
            }
            Given::Arrays(arrays) => {
                let casts: Vec<String> = (1..)
                    .zip(&arrays)
                    .map(|(number, (name, _))| format!("CAST(CAST(${number} AS text) AS {name}[])"))
                    .collect();
                sql.push_str("SELECT * FROM UNNEST(");
                sql.push_str(&casts.join(", "));
                sql.push(')');
                arrays
                    .into_iter()
                    .map(|(_, array)| Value::from(array + "}"))
                    .collect()
            }
        };
        Some(Statement::from_sql_and_values(self.backend, sql, values))
    }
}

/// Ids as they stand in a statement, for lists that cannot be bound in portions: the statement is about all of them at once.
pub(crate) fn written(ids: &[i64]) -> impl Iterator<Item = Expr> {
    ids.iter()
        .map(|id| Expr::Constant(Value::BigInt(Some(*id))))
}

/// That a column is one of some ids, which stand in the statement.
pub(crate) fn among<C: ColumnTrait>(column: C, ids: &[i64]) -> Expr {
    ExprTrait::is_in(Expr::col(column.as_column_ref()), written(ids))
}

/// Rows of one statement that binds each value.
pub(super) fn most_rows(columns: usize) -> usize {
    (MOST_BINDS / columns.max(1)).max(1)
}

/// The statement that inserts a number of rows and binds each value.
pub(super) fn insert(backend: DbBackend, table: &str, columns: &[&str], rows: usize) -> String {
    let mut sql = into(table, columns);
    write_places(&mut sql, backend, rows, columns.len());
    sql
}

fn into(table: &str, columns: &[&str]) -> String {
    let names: Vec<String> = columns.iter().map(|name| format!("\"{name}\"")).collect();
    format!("INSERT INTO \"{table}\" ({}) ", names.join(", "))
}

/// `VALUES (?, ?), (?, ?)`, in the words of the engine.
fn write_places(sql: &mut String, backend: DbBackend, rows: usize, columns: usize) {
    sql.push_str("VALUES ");
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            if column > 0 {
                sql.push_str(", ");
            }
            if backend == DbBackend::Postgres {
                // Writing into a String cannot fail.
                let _ = write!(sql, "${}", row * columns + column + 1);
            } else {
                sql.push('?');
            }
        }
        sql.push(')');
    }
}

/// PostgreSQL's name for the elements of a column's array; none for types that no table of many rows has.
fn array_type<C: ColumnTrait>(column: &C) -> Option<&'static str> {
    match column.def().get_column_type() {
        ColumnType::BigInteger => Some("bigint"),
        ColumnType::Text | ColumnType::String(_) => Some("text"),
        ColumnType::Date => Some("date"),
        ColumnType::Boolean => Some("boolean"),
        _ => None,
    }
}

/// Writes an element as the text of an array has it.
fn write_element(array: &mut String, value: &Value) -> Result<(), DbErr> {
    // Writing into a String cannot fail.
    let _ = match value {
        Value::BigInt(Some(number)) => write!(array, "{number}"),
        Value::Bool(Some(flag)) => write!(array, "{flag}"),
        Value::ChronoDate(Some(date)) => write!(array, "{date}"),
        Value::String(Some(text)) => {
            array.push('"');
            for part in text.split_inclusive(['"', '\\']) {
                match part.strip_suffix(['"', '\\']) {
                    Some(plain) => {
                        array.push_str(plain);
                        array.push('\\');
                        array.push_str(&part[plain.len()..]);
                    }
                    None => array.push_str(part),
                }
            }
            array.push('"');
            Ok(())
        }
        Value::BigInt(None) | Value::Bool(None) | Value::ChronoDate(None) | Value::String(None) => {
            array.write_str("NULL")
        }
        other => return Err(DbErr::Type(format!("{other:?} is no element of an array"))),
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_like_parts_of_an_array_stay_texts() {
        let written = |value: Value| {
            let mut array = String::new();
            write_element(&mut array, &value).expect("an element");
            array
        };
        assert_eq!(written("NULL".into()), r#""NULL""#);
        assert_eq!(written(r#"a,"b"{\}"#.into()), r#""a,\"b\"{\\}""#);
        assert_eq!(written("".into()), r#""""#);
        assert_eq!(written(Value::String(None)), "NULL");
        assert_eq!(written(Value::BigInt(Some(-5))), "-5");
        assert!(write_element(&mut String::new(), &Value::Bytes(None)).is_err());
    }

    #[test]
    fn places_are_numbered_where_the_engine_asks_for_it() {
        let places = |backend| {
            let mut sql = String::new();
            write_places(&mut sql, backend, 2, 2);
            sql
        };
        assert_eq!(places(DbBackend::Sqlite), "VALUES (?, ?), (?, ?)");
        assert_eq!(places(DbBackend::Postgres), "VALUES ($1, $2), ($3, $4)");
    }

    #[test]
    fn lists_of_ids_stay_below_what_an_engine_binds() {
        let ids: Vec<i64> = (0..100_000).collect();
        let longest = portions(&ids).map(<[i64]>::len).max();
        assert!(longest.is_some_and(|longest| longest + 100 < 32_766));
        assert_eq!(portions(&ids).map(<[i64]>::len).sum::<usize>(), 100_000);
        let statement = sea_orm::sea_query::Query::select()
            .column("id")
            .from("submission")
            .and_where(Expr::col("id").is_in(written(&ids)))
            .to_owned();
        for backend in [DbBackend::Sqlite, DbBackend::Postgres] {
            let built = backend.build(&statement);
            assert!(built.sql.contains("IN (0, 1, 2, "), "{}", &built.sql[..80]);
            assert!(
                built.values.is_none_or(|values| values.0.is_empty()),
                "nothing is bound"
            );
        }
    }
}
