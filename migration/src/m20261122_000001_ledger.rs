//! What was received and what counts: submissions, rows, intervals of dataset versions, audit.

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
                "audit_event",
                "citation",
                "finding",
                "counted",
                "dataset_version",
                "submission_event",
                "received_row",
                "submission",
                "file_content",
                "free_text",
            ],
        )
        .await
    }
}

const UP: &str = "
-- A text somebody wrote; a decided redaction takes the body and leaves the hash.
CREATE TABLE free_text (
    id BIGINT NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL,
    body TEXT,
    redacted_at BIGINT,
    CHECK ((body IS NULL) = (redacted_at IS NOT NULL))
);

-- The bytes of a file as received, once per content.
CREATE TABLE file_content (
    sha256 TEXT NOT NULL PRIMARY KEY,
    byte_count BIGINT NOT NULL,
    bytes {bytes},
    redacted_at BIGINT,
    CHECK ((bytes IS NULL) = (redacted_at IS NOT NULL))
);

-- One file that somebody sent. Its rows have the ids first_row_id .. first_row_id + row_count - 1.
CREATE TABLE submission (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    assignment TEXT,
    organisation_code TEXT NOT NULL,
    actor TEXT NOT NULL,
    nature TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    registered_on DATE,
    plan_version BIGINT,
    decided_on DATE,
    verdict TEXT NOT NULL,
    first_row_id BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    new_count BIGINT NOT NULL,
    corrected_count BIGINT NOT NULL,
    unchanged_count BIGINT NOT NULL
);
CREATE INDEX ix_submission_sender ON submission (kind, assignment, organisation_code, id);

-- A row as received; it never changes. Its typed columns lie in the kind's own table under the same id.
CREATE TABLE received_row (
    id BIGINT NOT NULL PRIMARY KEY,
    submission_id BIGINT NOT NULL REFERENCES submission (id),
    kind TEXT NOT NULL,
    sheet TEXT,
    row_number BIGINT NOT NULL,
    natural_key TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    action TEXT NOT NULL
);
CREATE INDEX ix_received_row_key ON received_row (kind, natural_key);
CREATE INDEX ix_received_row_submission ON received_row (submission_id);

-- The life of a submission: received, accepted, returned, withdrawn; one row an event.
CREATE TABLE submission_event (
    id BIGINT NOT NULL PRIMARY KEY,
    submission_id BIGINT NOT NULL REFERENCES submission (id),
    event TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    reason_id BIGINT REFERENCES free_text (id)
);
CREATE INDEX ix_submission_event_submission ON submission_event (submission_id);

-- Every write that changes what counts takes the next version.
CREATE TABLE dataset_version (
    version BIGINT NOT NULL PRIMARY KEY,
    committed_at BIGINT NOT NULL UNIQUE,
    submission_event_id BIGINT NOT NULL REFERENCES submission_event (id)
);

-- The interval of versions in which a row counts: opened_version <= v < closed_version.
CREATE TABLE counted (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    natural_key TEXT NOT NULL,
    row_id BIGINT NOT NULL REFERENCES received_row (id),
    opened_version BIGINT NOT NULL REFERENCES dataset_version (version),
    closed_version BIGINT REFERENCES dataset_version (version),
    CHECK (closed_version IS NULL OR closed_version > opened_version)
);
CREATE UNIQUE INDEX uq_counted_open ON counted (kind, natural_key) WHERE closed_version IS NULL;
CREATE INDEX ix_counted_row ON counted (row_id);
CREATE INDEX ix_counted_kind ON counted (kind, opened_version, closed_version);

-- What the rules said of a submission.
CREATE TABLE finding (
    submission_id BIGINT NOT NULL REFERENCES submission (id),
    ordinal BIGINT NOT NULL,
    severity TEXT NOT NULL,
    rule TEXT NOT NULL,
    sheet TEXT,
    row_number BIGINT,
    column_name TEXT,
    natural_key TEXT,
    message_sv TEXT NOT NULL,
    message_en TEXT NOT NULL,
    PRIMARY KEY (submission_id, ordinal)
);

-- Document and section that a row of the reference data rests on.
CREATE TABLE citation (
    row_id BIGINT NOT NULL REFERENCES received_row (id),
    ordinal BIGINT NOT NULL,
    document TEXT NOT NULL,
    section TEXT,
    PRIMARY KEY (row_id, ordinal)
);

-- Who did what; each event holds the hash of the one before.
CREATE TABLE audit_event (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
);
";
