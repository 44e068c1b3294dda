//! Where the money went: rounds, allocations, requisitions, applications, payments, reports, repayments, costs.

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
                "administrative_cost",
                "repayment",
                "usage_line",
                "usage_report",
                "payment",
                "application",
                "requisition",
                "allocation",
                "round",
            ],
        )
        .await
    }
}

const UP: &str = "
CREATE TABLE round (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    code TEXT NOT NULL,
    programme TEXT NOT NULL,
    assignment TEXT NOT NULL,
    year BIGINT NOT NULL,
    recipient_kind TEXT NOT NULL,
    available_amount BIGINT NOT NULL,
    opens_on DATE,
    closes_on DATE,
    use_by DATE NOT NULL,
    report_by DATE NOT NULL
);
CREATE INDEX ix_round_code ON round (code);

CREATE TABLE allocation (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    round TEXT NOT NULL,
    recipient_code TEXT NOT NULL,
    amount BIGINT NOT NULL
);
CREATE INDEX ix_allocation_round ON allocation (round, recipient_code);

CREATE TABLE requisition (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    round TEXT NOT NULL,
    recipient_code TEXT NOT NULL,
    amount BIGINT NOT NULL,
    requisitioned_on DATE NOT NULL,
    wants_redistribution BOOLEAN NOT NULL,
    registry_number TEXT
);
CREATE INDEX ix_requisition_round ON requisition (round, recipient_code);

CREATE TABLE application (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    round TEXT NOT NULL,
    recipient_code TEXT NOT NULL,
    applied_amount BIGINT NOT NULL,
    applied_on DATE NOT NULL,
    decision TEXT,
    granted_amount BIGINT,
    decided_on DATE,
    purpose_id BIGINT REFERENCES free_text (id),
    registry_number TEXT
);
CREATE INDEX ix_application_round ON application (round, recipient_code);

-- A reversal names the payment it takes back and counts as minus its amount.
CREATE TABLE payment (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    reference TEXT NOT NULL,
    round TEXT NOT NULL,
    recipient_code TEXT NOT NULL,
    amount BIGINT NOT NULL,
    paid_on DATE NOT NULL,
    reverses TEXT
);
CREATE INDEX ix_payment_round ON payment (round, recipient_code);

CREATE TABLE usage_report (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    round TEXT NOT NULL,
    recipient_code TEXT NOT NULL,
    reported_on DATE NOT NULL,
    unused_amount BIGINT NOT NULL,
    comment_id BIGINT REFERENCES free_text (id)
);
CREATE INDEX ix_usage_report_round ON usage_report (round, recipient_code);

-- Usage by area as lines: a form brings its own areas.
CREATE TABLE usage_line (
    row_id BIGINT NOT NULL REFERENCES usage_report (row_id),
    area TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (row_id, area)
);

CREATE TABLE repayment (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    reference TEXT NOT NULL,
    round TEXT NOT NULL,
    recipient_code TEXT NOT NULL,
    amount BIGINT NOT NULL,
    repaid_on DATE NOT NULL,
    reverses TEXT
);
CREATE INDEX ix_repayment_round ON repayment (round, recipient_code);

CREATE TABLE administrative_cost (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    year BIGINT NOT NULL,
    organisation_code TEXT NOT NULL,
    cost_kind TEXT NOT NULL,
    amount BIGINT NOT NULL
);
";
