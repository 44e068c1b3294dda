//! What support was given: events and whom they reached.

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
        engine::drop_tables(manager, &["support_event_reach", "support_event"]).await
    }
}

const UP: &str = "
CREATE TABLE support_event (
    row_id BIGINT NOT NULL PRIMARY KEY REFERENCES received_row (id),
    assignment TEXT NOT NULL,
    code TEXT NOT NULL,
    organisation_code TEXT NOT NULL,
    held_on DATE NOT NULL,
    form TEXT NOT NULL,
    main_activity TEXT NOT NULL,
    title TEXT NOT NULL,
    audience TEXT NOT NULL,
    participants BIGINT NOT NULL,
    digital BOOLEAN
);

CREATE TABLE support_event_reach (
    row_id BIGINT NOT NULL REFERENCES support_event (row_id),
    recipient_code TEXT NOT NULL,
    PRIMARY KEY (row_id, recipient_code)
);
CREATE INDEX ix_support_event_reach_recipient ON support_event_reach (recipient_code);
";
