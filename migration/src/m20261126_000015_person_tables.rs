//! Releases of tables of persons: which version each shows, and what each hides for ever.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::engine;
use crate::guard::{self, Allowed};

/// Tables of this change of which no row is ever changed or deleted, the last made first.
pub const IMMUTABLE: &[&str] = &["person_table_hidden", "person_table_release"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        engine::run(manager, UP).await?;
        for table in IMMUTABLE {
            guard::set(manager, table, Allowed::Nothing).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in IMMUTABLE {
            guard::take_away(manager, table).await?;
        }
        engine::drop_tables(manager, IMMUTABLE).await
    }
}

const UP: &str = "
-- The counts are those of the version; none are kept here. Where nothing is shown, no place is listed as hidden.
CREATE TABLE person_table_release (
    id BIGINT NOT NULL PRIMARY KEY,
    indicator TEXT NOT NULL,
    version BIGINT NOT NULL REFERENCES dataset_version (version),
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    threshold BIGINT NOT NULL CHECK (threshold > 0),
    by_sex BOOLEAN NOT NULL,
    whole BOOLEAN NOT NULL,
    UNIQUE (indicator, at)
);

-- A hidden place: a count, or a total where county or year is null.
CREATE TABLE person_table_hidden (
    release_id BIGINT NOT NULL REFERENCES person_table_release (id),
    ordinal BIGINT NOT NULL,
    sex TEXT NOT NULL,
    county_code TEXT,
    year BIGINT,
    PRIMARY KEY (release_id, ordinal)
);
";
