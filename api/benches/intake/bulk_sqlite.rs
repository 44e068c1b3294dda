//! SQLite's own bulk load of the same rows in one transaction, with the pragmas of the store.

use std::fmt;
use std::path::Path;
use std::time::{Duration, Instant};

use samsyn::store::sqlite_settings;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};
use sea_orm::sqlx::{
    self, AssertSqlSafe, Connection, Executor, Row, SqlSafeStr, Statement, TypeInfo, ValueRef,
};

use crate::tables::{FILLED, Triggers};

/// How rows come into the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// One prepared statement a table, bound and run once a row.
    Prepared,
    /// One `INSERT … SELECT` a table from the filled store: nothing is bound, the engine alone works.
    Within,
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Prepared => "prepared inserts",
            Self::Within => "INSERT … SELECT",
        })
    }
}

/// What is measured.
pub(crate) const WAYS: &[(How, Triggers)] = &[
    (How::Prepared, Triggers::AsMigrated),
    (How::Prepared, Triggers::Off),
    (How::Within, Triggers::AsMigrated),
    (How::Within, Triggers::Off),
];

/// Rows that are read before the clock runs on.
const PORTION: usize = 50_000;

async fn open(path: &Path) -> anyhow::Result<SqliteConnection> {
    let options = sqlite_settings(SqliteConnectOptions::new().filename(path));
    Ok(SqliteConnection::connect_with(&options).await?)
}

/// How far each table has come.
pub(crate) async fn marks(path: &Path) -> anyhow::Result<Vec<i64>> {
    let mut connection = open(path).await?;
    let mut marks = Vec::new();
    for filled in FILLED {
        let sql = AssertSqlSafe(filled.mark());
        marks.push(sqlx::query_scalar(sql).fetch_one(&mut connection).await?);
    }
    connection.close().await?;
    Ok(marks)
}

/// Loads the rows that a filled store has after the marks into another; gives how long that took, reading left out.
pub(crate) async fn load(
    how: How,
    triggers: Triggers,
    into: &Path,
    from: &Path,
    marks: &[i64],
) -> anyhow::Result<Duration> {
    let mut connection = open(into).await?;
    if triggers == Triggers::Off {
        let names = "SELECT name FROM sqlite_master WHERE type = 'trigger'";
        let names: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut connection).await?;
        for name in names {
            let sql = AssertSqlSafe(format!("DROP TRIGGER {name}"));
            connection.execute(sql).await?;
        }
    }
    let attach = AssertSqlSafe(format!("ATTACH '{}' AS filled", from.display()));
    connection.execute(attach).await?;
    let mut source = open(from).await?;
    let mut took = timed(&mut connection, "BEGIN IMMEDIATE").await?;
    for (filled, mark) in FILLED.iter().zip(marks) {
        took += match how {
            How::Prepared => {
                let rows = filled.after("", *mark);
                prepared(&mut connection, &mut source, filled.table, &rows).await?
            }
            How::Within => {
                let rows = filled.after("filled.", *mark);
                timed(
                    &mut connection,
                    &format!("INSERT INTO main.{} {rows}", filled.table),
                )
                .await?
            }
        };
    }
    took += timed(&mut connection, "COMMIT").await?;
    source.close().await?;
    connection.close().await?;
    Ok(took)
}

async fn timed(connection: &mut SqliteConnection, sql: &str) -> anyhow::Result<Duration> {
    let began = Instant::now();
    connection.execute(AssertSqlSafe(sql)).await?;
    Ok(began.elapsed())
}

/// What is bound.
enum Bound {
    Nothing,
    Number(i64),
    Text(String),
    Bytes(Vec<u8>),
}

async fn prepared(
    connection: &mut SqliteConnection,
    source: &mut SqliteConnection,
    table: &str,
    rows: &str,
) -> anyhow::Result<Duration> {
    let (mut took, mut offset) = (Duration::ZERO, 0);
    loop {
        let portion = AssertSqlSafe(format!("{rows} LIMIT {PORTION} OFFSET {offset}"));
        let read = source.fetch_all(portion).await?;
        let rows: Vec<Vec<Bound>> = read.iter().map(bound).collect::<Result<_, _>>()?;
        let Some(first) = rows.first() else {
            return Ok(took);
        };
        offset += rows.len();
        let places = vec!["?"; first.len()].join(", ");
        let sql = format!("INSERT INTO {table} VALUES ({places})");
        let began = Instant::now();
        let statement = connection
            .prepare(AssertSqlSafe(sql).into_sql_str())
            .await?;
        for row in &rows {
            let mut query = statement.query();
            for value in row {
                query = match value {
                    Bound::Nothing => query.bind(None::<i64>),
                    Bound::Number(number) => query.bind(*number),
                    Bound::Text(text) => query.bind(text.as_str()),
                    Bound::Bytes(bytes) => query.bind(bytes.as_slice()),
                };
            }
            query.execute(&mut *connection).await?;
        }
        took += began.elapsed();
    }
}

fn bound(row: &SqliteRow) -> Result<Vec<Bound>, sqlx::Error> {
    let value = |at: usize| {
        let raw = row.try_get_raw(at)?;
        if raw.is_null() {
            return Ok(Bound::Nothing);
        }
        Ok(match raw.type_info().name() {
            "INTEGER" => Bound::Number(row.try_get_unchecked(at)?),
            "BLOB" => Bound::Bytes(row.try_get_unchecked(at)?),
            _ => Bound::Text(row.try_get_unchecked(at)?),
        })
    };
    (0..row.len()).map(value).collect()
}
