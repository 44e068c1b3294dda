//! What a store holds, looked at from outside: a second connection and plain SQL.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use crate::harness::TestApp;

/// A second connection to a test's store.
pub(crate) struct Stored(DatabaseConnection);

impl Stored {
    /// Connects to the store of an app.
    pub(crate) async fn of(app: &TestApp) -> Self {
        Self(
            Database::connect(&app.url)
                .await
                .expect("a second connection"),
        )
    }

    /// The number of rows of every table there is.
    pub(crate) async fn counts(&self) -> BTreeMap<String, i64> {
        let tables = match self.0.get_database_backend() {
            DbBackend::Postgres => {
                "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
            }
            _ => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        };
        let count = |table: String| format!("SELECT '{table}' AS name, COUNT(*) AS n FROM {table}");
        let each: Vec<String> = self.texts(tables).await.into_iter().map(count).collect();
        assert!(each.len() > 30, "the tables are found");
        self.numbers(&each.join(" UNION ALL ")).await
    }

    /// The column `name` of a question.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        let rows = self.rows(sql).await;
        rows.iter()
            .map(|row| row.try_get("", "name").expect("a column called name"))
            .collect()
    }

    /// The columns `name` and `n` of a question.
    pub(crate) async fn numbers(&self, sql: &str) -> BTreeMap<String, i64> {
        let rows = self.rows(sql).await;
        let pair = |row: &sea_orm::QueryResult| {
            Ok::<_, sea_orm::DbErr>((row.try_get("", "name")?, row.try_get("", "n")?))
        };
        rows.iter()
            .map(|row| pair(row).expect("columns called name and n"))
            .collect()
    }

    /// The one number `n` that a question gives.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let rows = self.rows(sql).await;
        assert_eq!(rows.len(), 1, "{sql}");
        rows[0].try_get("", "n").expect("a column called n")
    }

    async fn rows(&self, sql: &str) -> Vec<sea_orm::QueryResult> {
        let statement = Statement::from_string(self.0.get_database_backend(), sql);
        self.0
            .query_all_raw(statement)
            .await
            .expect("the question is understood")
    }
}

/// The part of a statement that keeps the rows of a table `t` which count.
pub(crate) const COUNTS: &str =
    "JOIN counted ON counted.row_id = t.row_id AND counted.closed_version IS NULL";
