//! What the Government decided: assignments, decisions, money, programmes, goals, deliverables, code lists.

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
            &[
                "source_conflict",
                "source_document",
                "code_list_item",
                "published_figure",
                "allocation_rule",
                "allocation_key",
                "support_form",
                "deliverable",
                "main_activity",
                "goal",
                "role",
                "organisation",
                "programme",
                "appropriation",
                "decision",
                "assignment",
            ],
        )
        .await
    }
}

const UP: &str = "
CREATE TABLE assignment (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    period_start_year BIGINT NOT NULL,
    period_end_year BIGINT NOT NULL,
    predecessors TEXT NOT NULL,
    coordinator TEXT NOT NULL,
    evaluator TEXT,
    appropriation_item TEXT
);

-- A decision prints one or more registry numbers; an assignment is found by any of them.
CREATE TABLE decision (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    registry_number TEXT NOT NULL,
    printed_numbers TEXT NOT NULL,
    issuer TEXT NOT NULL,
    decided_on DATE,
    amends TEXT
);

CREATE TABLE appropriation (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    decision TEXT NOT NULL,
    year BIGINT NOT NULL,
    item TEXT NOT NULL,
    recipient_kinds TEXT NOT NULL,
    recipient TEXT,
    distribution_method TEXT,
    amount BIGINT NOT NULL,
    condition TEXT
);

CREATE TABLE programme (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    code TEXT NOT NULL,
    assignment TEXT NOT NULL,
    recipient_kind TEXT,
    title TEXT NOT NULL
);

CREATE TABLE organisation (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT,
    kind TEXT NOT NULL,
    county_code TEXT,
    website TEXT,
    valid_from DATE,
    valid_to DATE
);

CREATE TABLE role (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    organisation_code TEXT NOT NULL,
    role TEXT NOT NULL,
    position BIGINT NOT NULL,
    responsibility TEXT
);

CREATE TABLE goal (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    code TEXT NOT NULL,
    level TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT
);

CREATE TABLE main_activity (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    number TEXT NOT NULL,
    development_area TEXT NOT NULL,
    title TEXT NOT NULL
);

CREATE TABLE deliverable (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    due_on DATE,
    responsible TEXT NOT NULL,
    receiver TEXT,
    must_contain TEXT
);

CREATE TABLE support_form (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    listing TEXT NOT NULL,
    quote TEXT
);

-- The key as the decision prints it, for one assignment, recipient kind and year.
CREATE TABLE allocation_key (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    recipient_kind TEXT NOT NULL,
    year BIGINT NOT NULL,
    recipient_code TEXT NOT NULL,
    printed_name TEXT NOT NULL,
    population_date DATE NOT NULL,
    population BIGINT NOT NULL,
    population_group BIGINT NOT NULL,
    amount BIGINT NOT NULL
);

-- The rule behind the key: a base below a threshold, the rest by population, the residue off the most populous.
CREATE TABLE allocation_rule (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    recipient_kind TEXT NOT NULL,
    from_year BIGINT NOT NULL,
    to_year BIGINT NOT NULL,
    pool BIGINT NOT NULL,
    base BIGINT NOT NULL,
    threshold BIGINT NOT NULL
);

CREATE TABLE published_figure (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    year BIGINT NOT NULL,
    measure TEXT NOT NULL,
    value TEXT NOT NULL,
    unit TEXT NOT NULL
);

-- Lists that a decision defines: use areas, audiences, roles, cost kinds, appropriation items.
CREATE TABLE code_list_item (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    list TEXT NOT NULL,
    code TEXT NOT NULL,
    valid_from DATE,
    position BIGINT NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT
);

CREATE TABLE source_document (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    file TEXT NOT NULL,
    title TEXT NOT NULL,
    registry_number TEXT
);

-- Where documents contradict each other, both statements are kept.
CREATE TABLE source_conflict (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    subject TEXT NOT NULL,
    position BIGINT NOT NULL,
    statement TEXT NOT NULL
);
";
