//! Store rows → analytics rows: the only bridge; computed off the runtime's workers, cached by dataset version.

mod administration;
mod allocation_key;
mod behind;
mod cache;
mod coverage;
mod coverage_sources;
pub(crate) mod deliverable;
mod equality;
mod extent;
pub mod figure;
mod fund_frame;
mod fund_ledger;
mod fund_row;
mod fund_sources;
mod fund_stock;
mod fund_usage;
mod indicator_comparison;
mod indicator_series;
mod indicators;
mod kind;
mod missing_report;
mod narrative;
mod now;
mod origin;
mod orphan;
mod person_table;
mod plan;
mod recipient_funds;
mod register_rows;
pub mod report;
mod through;
mod weights;

pub use allocation_key::{KeyAnswer, KeyQuestion, KeyRowAnswer, WhatIf};
pub use behind::Behind;
pub use cache::{Computed, Reports};
pub use coverage_sources::{CoverageBehind, CoverageMeasure};
pub use extent::Extent;
pub use figure::{Figure, FigureCode, FigureKey, FigureQuery, Language};
pub use fund_row::FundRowQuestion;
pub use fund_sources::{FundMeasure, FundPair};
pub use indicator_comparison::{Received, ReceivedQuestion};
pub use indicator_series::IndicatorOf;
pub use indicators::absent_of;
pub use kind::{analysed, label_sv, stored};
pub use narrative::{Narrative, Texts};
pub use now::Now;
pub use orphan::{PaidUnreached, PlanOrphans};
pub use person_table::PersonRelease;
pub(crate) use person_table::{counts as person_counts, pattern as person_pattern};
pub use plan::{Plan, PlanVersion, activity_state};
pub use recipient_funds::{RecipientFunds, RecipientRound};

/// Why there is no report.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error("the database could not be used")]
    Database(#[source] std::sync::Arc<sea_orm::DbErr>),
    /// The database, or a sealed release's own, could not be used now.
    #[error("the database could not be used")]
    Trouble(#[source] crate::store::Trouble),
    /// The numbers could not be computed.
    #[error(transparent)]
    Analytics(#[from] std::sync::Arc<analytics::Error>),
    /// The dataset's time has not come.
    #[error("the time {asked} has not come: it is {now}")]
    Future {
        /// The instant asked for.
        asked: chrono::DateTime<chrono::Utc>,
        /// The present instant.
        now: chrono::DateTime<chrono::Utc>,
    },
    /// The viewer's role does not reach what is asked.
    #[error("the viewer does not reach what is asked")]
    NotAllowed(crate::policy::Action),
    /// Something else than what is accepted was asked of a sealed release.
    #[error("a release is sealed: it is asked for without asOf, and of what is accepted")]
    SealedBasis,
    /// A sealed release cannot be read.
    #[error("the sealed release cannot be read: {0}")]
    Sealed(String),
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

impl From<crate::store::NoDataset> for Error {
    fn from(error: crate::store::NoDataset) -> Self {
        use crate::store::NoDataset;
        match error {
            NoDataset::Future { asked, now } => Self::Future { asked, now },
            NoDataset::Database(error) => error.into(),
        }
    }
}

impl From<analytics::Error> for Error {
    fn from(error: analytics::Error) -> Self {
        Self::Analytics(std::sync::Arc::new(error))
    }
}
