//! The database past the service: a connection without any of the service's settings, and the engine's own catalogue.

use std::collections::BTreeMap;

use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, QueryResult, Statement,
};

use crate::harness::TestApp;

/// A plain connection, as any other program would open it.
pub(crate) struct Raw(pub DatabaseConnection);

/// A column as the engine's catalogue has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// Name.
    pub name: String,
    /// Whether NULL may stand in it.
    pub nullable: bool,
    /// Whether it belongs to the primary key.
    pub key: bool,
}

/// The library's own list of what has been migrated.
const MIGRATIONS: &str = "seaql_migrations";

impl Raw {
    /// Connects to a story's store.
    pub(crate) async fn of(app: &TestApp) -> Self {
        Self(
            Database::connect(app.url.as_str())
                .await
                .expect("the store can be opened by another program"),
        )
    }

    /// Which engine it is.
    pub(crate) fn is_postgres(&self) -> bool {
        self.0.get_database_backend() == DbBackend::Postgres
    }

    /// Runs a statement; gives the rows it touched.
    pub(crate) async fn run(&self, sql: &str) -> Result<u64, DbErr> {
        let statement = Statement::from_string(self.0.get_database_backend(), sql);
        self.0
            .execute_raw(statement)
            .await
            .map(|done| done.rows_affected())
    }

    /// The rows of a question.
    pub(crate) async fn rows(&self, sql: &str) -> Vec<QueryResult> {
        let statement = Statement::from_string(self.0.get_database_backend(), sql);
        self.0
            .query_all_raw(statement)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// The first column of a question as texts, NULL as nothing.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        let text = |row: QueryResult| {
            row.try_get_by_index::<Option<String>>(0)
                .expect("a text")
                .unwrap_or_default()
        };
        self.rows(sql).await.into_iter().map(text).collect()
    }

    /// The one whole number that a question has for an answer.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let rows = self.rows(sql).await;
        rows.first()
            .expect("a row")
            .try_get_by_index(0)
            .expect("a number")
    }

    /// Every table but the library's own, with its columns in order.
    pub(crate) async fn tables(&self) -> BTreeMap<String, Vec<Column>> {
        let sql = if self.is_postgres() {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"
        } else {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        };
        let mut tables = BTreeMap::new();
        for name in self
            .texts(sql)
            .await
            .into_iter()
            .filter(|name| name != MIGRATIONS)
        {
            let columns = self.columns(&name).await;
            tables.insert(name, columns);
        }
        tables
    }

    async fn columns(&self, table: &str) -> Vec<Column> {
        let sql = if self.is_postgres() {
            format!(
                "SELECT a.attname::text AS name, CASE WHEN a.attnotnull THEN 0 ELSE 1 END AS nullable,
                        CASE WHEN i.indrelid IS NULL THEN 0 ELSE 1 END AS key
                 FROM pg_attribute a LEFT JOIN pg_index i
                      ON i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey)
                 WHERE a.attrelid = '{table}'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"
            )
        } else {
            format!(
                "SELECT name, 1 - \"notnull\" AS nullable, pk > 0 AS key FROM pragma_table_info('{table}') ORDER BY cid"
            )
        };
        let flag =
            |row: &QueryResult, name: &str| row.try_get::<i32>("", name).expect("a flag") == 1;
        let column = |row: &QueryResult| Column {
            name: row.try_get("", "name").expect("a name"),
            nullable: flag(row, "nullable"),
            key: flag(row, "key"),
        };
        self.rows(&sql).await.iter().map(column).collect()
    }

    /// Everything that a table holds, as one text a row.
    pub(crate) async fn content(&self, table: &str, columns: &[Column]) -> Vec<String> {
        let values: Vec<String> = columns
            .iter()
            .map(|column| self.printed(&column.name))
            .collect();
        self.texts(&format!(
            "SELECT {} AS row FROM {table} ORDER BY 1",
            values.join(" || ',' || ")
        ))
        .await
    }

    fn printed(&self, column: &str) -> String {
        if self.is_postgres() {
            format!("coalesce(encode(convert_to({column}::text, 'UTF8'), 'hex'), '-')")
        } else {
            format!("CASE WHEN {column} IS NULL THEN '-' ELSE hex({column}) END")
        }
    }
}
