//! A connection past the guards, which can put back what it did.

use samsyn::service::audit::{Verification, verify};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};

use crate::harness::TestApp;

/// A connection as an intruder opens it: guards taken away, references unchecked.
pub(super) struct Intruder(DatabaseConnection);

impl Intruder {
    /// Opens it and takes the guards away.
    pub(super) async fn into(app: &TestApp) -> Self {
        let mut options = ConnectOptions::new(app.url.as_str());
        // One connection: what is set on it stays set.
        options
            .max_connections(1)
            .map_sqlx_sqlite_opts(|options| options.foreign_keys(false));
        let intruder = Self(Database::connect(options).await.expect("a connection"));
        let guards = if intruder.is_postgres() {
            "SELECT 'ALTER TABLE ' || tablename || ' DISABLE TRIGGER ALL' FROM pg_tables WHERE schemaname = 'public'"
        } else {
            "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'"
        };
        for take_away in intruder.texts(guards).await {
            intruder.run(&take_away).await;
        }
        intruder
    }

    fn is_postgres(&self) -> bool {
        self.0.get_database_backend() == DbBackend::Postgres
    }

    /// Runs a statement; gives the rows it touched.
    pub(super) async fn run(&self, sql: &str) -> u64 {
        self.tried(sql)
            .await
            .unwrap_or_else(|said| panic!("{said}"))
    }

    async fn tried(&self, sql: &str) -> Result<u64, String> {
        let statement = Statement::from_string(self.0.get_database_backend(), sql);
        let done = self.0.execute_raw(statement).await;
        done.map(|done| done.rows_affected())
            .map_err(|error| format!("{sql}: {error}"))
    }

    async fn texts(&self, sql: &str) -> Vec<String> {
        let statement = Statement::from_string(self.0.get_database_backend(), sql);
        let rows = self.0.query_all_raw(statement).await;
        let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
        rows.iter()
            .map(|row| row.try_get_by_index(0).expect("a text"))
            .collect()
    }

    /// Runs statements on tables, and gives what a verification says before everything is put back.
    pub(super) async fn tamper(
        &self,
        app: &TestApp,
        tables: &[&str],
        sql: &str,
    ) -> Result<Verification, String> {
        for table in tables {
            self.run(&format!(
                "CREATE TABLE kept_{table} AS SELECT * FROM {table}"
            ))
            .await;
        }
        let mut touched = Ok(0);
        for one in sql.split(';') {
            touched = match (touched, self.tried(one).await) {
                (Ok(before), Ok(more)) => Ok(before + more),
                (Err(said), _) | (_, Err(said)) => Err(said),
            };
        }
        let found = verify(&app.store, &[]).await.expect("a verification");
        for table in tables {
            self.run(&format!("DELETE FROM {table}")).await;
            self.run(&format!("INSERT INTO {table} SELECT * FROM kept_{table}"))
                .await;
            self.run(&format!("DROP TABLE kept_{table}")).await;
        }
        match touched? {
            0 => Err(format!("nothing was changed by: {sql}")),
            _ => Ok(found),
        }
    }
}
