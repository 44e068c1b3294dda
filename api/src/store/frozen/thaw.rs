//! A sealed release as a store of its own: an SQLite file that is thrown away, with the tables as they were sealed.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, FromQueryResult, Statement, Value};

use super::super::bulk;
use super::super::{Store, Writer};
use super::tables::Frozen;

/// A store that is being filled.
pub(crate) struct Thawing {
    writer: Writer,
}

#[derive(FromQueryResult)]
struct Named {
    name: String,
}

impl Thawing {
    /// Begins to fill an empty SQLite store. Its guards are taken away first: they keep what happens in its order, and
    /// here all of it has happened.
    pub(crate) async fn begin(store: &Store) -> Result<Self, DbErr> {
        let writer = store.begin_write().await?;
        let db = writer.transaction();
        db.execute_unprepared("PRAGMA defer_foreign_keys = ON")
            .await?;
        for trigger in triggers(db).await? {
            let sql = format!("DROP TRIGGER \"{trigger}\"");
            db.execute_unprepared(&sql).await?;
        }
        Ok(Self { writer })
    }

    /// Puts rows into a table.
    pub(crate) async fn put(&self, table: &Frozen, rows: Vec<Vec<Value>>) -> Result<(), DbErr> {
        let db = self.writer.transaction();
        let columns: Vec<&str> = table.columns.iter().map(|one| one.name).collect();
        let most = bulk::most_rows(columns.len());
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let some: Vec<Vec<Value>> = rows.by_ref().take(most).collect();
            let backend = db.get_database_backend();
            let sql = bulk::insert(backend, &table.table, &columns, some.len());
            let values: Vec<Value> = some.into_iter().flatten().collect();
            let statement = Statement::from_sql_and_values(backend, sql, values);
            db.execute_raw(statement).await?;
        }
        Ok(())
    }

    /// Makes it a store to read from.
    pub(crate) async fn finish(self) -> Result<(), DbErr> {
        self.writer.commit().await
    }
}

async fn triggers(db: &DatabaseTransaction) -> Result<Vec<String>, DbErr> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'";
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let found = Named::find_by_statement(statement).all(db).await?;
    Ok(found.into_iter().map(|one| one.name).collect())
}
