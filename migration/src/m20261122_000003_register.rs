//! Who can receive money, in time: counties, recipients, populations, links between codes.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::engine;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        engine::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        engine::drop_tables(
            manager,
            &["recipient_link", "population", "recipient", "county"],
        )
        .await
    }
}

const UP: &str = "
CREATE TABLE county (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    code TEXT NOT NULL,
    valid_from DATE,
    valid_to DATE,
    name TEXT NOT NULL,
    iso_code TEXT NOT NULL,
    region_name TEXT NOT NULL
);

CREATE TABLE recipient (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    code TEXT NOT NULL,
    valid_from DATE,
    valid_to DATE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    sort_key {bytes} NOT NULL,
    county_code TEXT,
    municipality_code TEXT,
    organisation_number TEXT,
    protected_location BOOLEAN NOT NULL
);
CREATE INDEX ix_recipient_code ON recipient (code);
CREATE INDEX ix_recipient_sort ON recipient (sort_key, code);

CREATE TABLE population (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    recipient_code TEXT NOT NULL,
    date DATE NOT NULL,
    count BIGINT NOT NULL
);
CREATE INDEX ix_population_recipient ON population (recipient_code);

-- RENAMED, MERGED, SPLIT or MOVED_COUNTY: from one code to another on a day.
CREATE TABLE recipient_link (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    link TEXT NOT NULL,
    from_code TEXT NOT NULL,
    to_code TEXT NOT NULL,
    date DATE NOT NULL
);
";
