//! What was planned and how it went: activity plans, reports on them, indicators and their values.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::engine;
use crate::guard::{self, Allowed};

/// Tables of this change of which no row is ever changed or deleted.
pub const IMMUTABLE: &[&str] = &[
    "activity_plan",
    "activity_report",
    "indicator_definition",
    "indicator_value",
];

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
-- A row of a version of an activity plan; the file is the whole version.
CREATE TABLE activity_plan (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    plan_version BIGINT NOT NULL,
    decided_on DATE,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    responsible TEXT NOT NULL,
    start_year BIGINT NOT NULL,
    end_year BIGINT NOT NULL,
    main_activity TEXT NOT NULL,
    change_note_id BIGINT REFERENCES free_text (id)
);
CREATE INDEX ix_activity_plan_version ON activity_plan (assignment, plan_version);

CREATE TABLE activity_report (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    plan_version BIGINT NOT NULL,
    number BIGINT NOT NULL,
    organisation_code TEXT NOT NULL,
    per_date DATE NOT NULL,
    status TEXT NOT NULL,
    completed_on DATE,
    deviation_id BIGINT REFERENCES free_text (id),
    proposed_action_id BIGINT REFERENCES free_text (id)
);
CREATE INDEX ix_activity_report_version ON activity_report (assignment, plan_version, number);

-- organisation_code owns the indicator: it sent the code first, for the assignment named.
CREATE TABLE indicator_definition (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    indicator TEXT NOT NULL,
    definition_version BIGINT NOT NULL,
    organisation_code TEXT NOT NULL,
    assignment TEXT,
    name_sv TEXT NOT NULL,
    name_en TEXT,
    unit TEXT NOT NULL,
    direction TEXT NOT NULL,
    goal TEXT,
    concerns_persons BOOLEAN NOT NULL,
    source_organisation TEXT,
    valid_from_year BIGINT NOT NULL,
    valid_to_year BIGINT,
    comparable_with_previous BOOLEAN,
    definition_sv TEXT
);
CREATE INDEX ix_indicator_definition_code ON indicator_definition (indicator, definition_version);

-- Values are decimals as text: SQLite has no exact decimal, and the decimals written say how exact a value is.
CREATE TABLE indicator_value (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    indicator TEXT NOT NULL,
    definition_version BIGINT NOT NULL,
    area_code TEXT NOT NULL,
    year BIGINT NOT NULL,
    sex TEXT NOT NULL,
    value TEXT,
    numerator TEXT,
    denominator TEXT,
    missing_reason TEXT,
    source TEXT
);
CREATE INDEX ix_indicator_value_code ON indicator_value (indicator, year);
";
