//! Enumerations: what our own code switches on, in the words of the schema.

mod calendar;
mod change;
mod coverage;
mod dataset;
mod decision;
mod figure;
mod fund;
mod fund_row;
mod indicator;
mod ledger;
mod person_table;
mod plan;
mod register;
mod report;
mod submission;

pub use calendar::{CalendarEvent, DeliverableState};
pub use change::Comparability;
pub use coverage::{CoverageDimension, CoverageMeasure};
pub use dataset::{DatasetBasis, Nature};
pub use decision::{DeliverableKind, DistributionMethod};
pub use figure::{Absent, FigureUnit};
pub use fund::{AllocationMeasure, EqualityMeasure, FundDimension, FundMeasure};
pub use fund_row::FundRowKind;
pub use indicator::{
    AreaKind, IndicatorChange, IndicatorDimension, IndicatorDirection, IndicatorUnit,
    ReceivedDimension, Sex,
};
pub use ledger::{AgeBucket, ClaimStanding, LedgerPart, LedgerRows, OpenMoney};
pub use person_table::{PersonTableColumns, PersonTableRows};
pub use plan::{
    ActivityState, DeviationOutcome, DeviationState, OrphanKind, PlanChangeKind, PlanDimension,
    StateReading,
};
pub use register::{LinkKind, RecipientKind};
pub use report::TextLanguage;
pub use submission::{Severity, SubmissionEventKind, SubmissionState, Verdict};
