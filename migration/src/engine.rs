//! Runs SQL that both engines read, with the few words in which they differ filled in.

use sea_orm_migration::prelude::{ConnectionTrait, DbErr, SchemaManager};
use sea_orm_migration::sea_orm::DbBackend;

/// Runs several statements; `{bytes}` becomes the engine's type for raw bytes.
pub(crate) async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let bytes = match manager.get_database_backend() {
        DbBackend::Postgres => "BYTEA",
        _ => "BLOB",
    };
    manager
        .get_connection()
        .execute_unprepared(&sql.replace("{bytes}", bytes))
        .await?;
    Ok(())
}

/// Drops tables in the order given.
pub(crate) async fn drop_tables(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    for table in tables {
        run(manager, &format!("DROP TABLE IF EXISTS {table};")).await?;
    }
    Ok(())
}
