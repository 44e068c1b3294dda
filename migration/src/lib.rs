//! History: the database's tables, one file a change, never edited after landing.
//!
//! The statements are plain SQL that both engines read; `engine.rs` holds the few words in which they differ.

mod engine;
mod guard;
mod m20261122_000001_ledger;
mod m20261122_000002_reference;
mod m20261122_000003_register;
mod m20261122_000004_funds;
mod m20261122_000005_support;
mod m20261122_000006_append_only;
mod m20261126_000007_life;
mod m20261126_000008_plans;
mod m20261126_000009_claims;
mod m20261126_000010_reads;
mod m20261126_000011_idempotency;
mod m20261126_000012_calendar;
mod m20261126_000014_indicator_areas;
mod m20261126_000015_person_tables;
mod m20261126_000016_deviations;
mod m20261126_000017_report_contents;
mod m20261126_000020_saved_queries;
mod m20261126_000021_narratives;
mod m20261126_000022_sealed_releases;
mod m20261126_000030_published_queries;

pub use sea_orm_migration::prelude::{DbErr, MigratorTrait};
use sea_orm_migration::prelude::{MigrationTrait, async_trait};

/// All changes in the order in which they apply.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_ledger::Migration),
            Box::new(m20261122_000002_reference::Migration),
            Box::new(m20261122_000003_register::Migration),
            Box::new(m20261122_000004_funds::Migration),
            Box::new(m20261122_000005_support::Migration),
            Box::new(m20261122_000006_append_only::Migration),
            Box::new(m20261126_000007_life::Migration),
            Box::new(m20261126_000008_plans::Migration),
            Box::new(m20261126_000009_claims::Migration),
            Box::new(m20261126_000010_reads::Migration),
            Box::new(m20261126_000011_idempotency::Migration),
            Box::new(m20261126_000012_calendar::Migration),
            Box::new(m20261126_000014_indicator_areas::Migration),
            Box::new(m20261126_000015_person_tables::Migration),
            Box::new(m20261126_000016_deviations::Migration),
            Box::new(m20261126_000017_report_contents::Migration),
            Box::new(m20261126_000020_saved_queries::Migration),
            Box::new(m20261126_000021_narratives::Migration),
            Box::new(m20261126_000022_sealed_releases::Migration),
            Box::new(m20261126_000030_published_queries::Migration),
        ]
    }
}

pub use m20261122_000006_append_only::{CLOSED_ONCE, REDACTED_ONCE};

/// Tables of which no row is ever changed or deleted, change by change.
pub const IMMUTABLE: &[&[&str]] = &[
    m20261122_000006_append_only::IMMUTABLE,
    m20261126_000007_life::IMMUTABLE,
    m20261126_000008_plans::IMMUTABLE,
    m20261126_000009_claims::IMMUTABLE,
    m20261126_000010_reads::IMMUTABLE,
    m20261126_000011_idempotency::IMMUTABLE,
    m20261126_000012_calendar::IMMUTABLE,
    m20261126_000015_person_tables::IMMUTABLE,
    m20261126_000016_deviations::IMMUTABLE,
    m20261126_000017_report_contents::IMMUTABLE,
    m20261126_000020_saved_queries::IMMUTABLE,
    m20261126_000021_narratives::IMMUTABLE,
    m20261126_000022_sealed_releases::IMMUTABLE,
    m20261126_000030_published_queries::IMMUTABLE,
];

/// Every table that a guard keeps, whatever it still allows.
pub fn guarded() -> impl Iterator<Item = &'static str> {
    let immutable = IMMUTABLE.iter().copied().flatten().copied();
    let redacted = REDACTED_ONCE.iter().map(|(table, _)| *table);
    immutable.chain(CLOSED_ONCE.iter().copied()).chain(redacted)
}
