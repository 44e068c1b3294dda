//! Store rows → analytics rows: the only bridge; computed off the runtime's workers, cached by dataset version.

mod administration;
mod allocation_key;
mod cache;
mod coverage;
mod equality;
mod fund_usage;
mod kind;
mod register_rows;

pub use allocation_key::{KeyAnswer, KeyQuestion, KeyRowAnswer, WhatIf};
pub use cache::{Computed, Reports};
pub use kind::{analysed, label_sv, stored};

/// Why there is no report.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error("the database could not be used")]
    Database(#[source] std::sync::Arc<sea_orm::DbErr>),
    /// The numbers could not be computed.
    #[error(transparent)]
    Analytics(#[from] std::sync::Arc<analytics::Error>),
    /// The computation was ended.
    #[error("the computation was ended")]
    Ended,
    /// There is no key for the assignment, kind and year.
    #[error("there is no allocation key for that assignment, kind of recipient and year")]
    NoKey,
    /// There is no population on the day asked for.
    #[error("there is no population on {0} for every recipient of the key")]
    NoPopulation(chrono::NaiveDate),
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(std::sync::Arc::new(error))
    }
}

impl From<analytics::Error> for Error {
    fn from(error: analytics::Error) -> Self {
        Self::Analytics(std::sync::Arc::new(error))
    }
}
