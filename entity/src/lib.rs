//! Facts: the tables, the value types, and which change of a fact is legal.
//!
//! Every table of facts is keyed by the row that was received (`row_id`); what counts of it in a dataset is said by
//! [`counted`]. Money is [`Sek`], codes are types of their own.
#![expect(
    clippy::disallowed_methods,
    reason = "SeaORM's derives write calls of find and begin into every table; who may call them is the store's matter"
)]

pub mod activity_plan;
pub mod activity_report;
pub mod administrative_cost;
pub mod allocation;
pub mod allocation_key;
pub mod allocation_rule;
pub mod answered;
pub mod application;
pub mod appropriation;
pub mod assignment;
pub mod audit_event;
pub mod citation;
pub mod code_list_item;
pub mod counted;
pub mod county;
pub mod dataset_version;
pub mod decision;
pub mod deliverable;
pub mod delivery;
pub mod deviation_decision;
pub mod file_content;
pub mod finding;
pub mod free_text;
pub mod goal;
pub mod indicator_definition;
pub mod indicator_value;
pub mod knowledge_product;
pub mod main_activity;
pub mod narrative;
pub mod organisation;
pub mod payment;
pub mod person_table_hidden;
pub mod person_table_release;
pub mod population;
pub mod programme;
pub mod published_figure;
pub mod published_query;
pub mod read_event;
pub mod received_row;
pub mod recipient;
pub mod recipient_link;
pub mod redaction;
pub mod repayment;
pub mod repayment_claim;
pub mod report_content;
pub mod requisition;
pub mod role;
pub mod round;
pub mod saved_query;
pub mod sealed_file;
pub mod sealed_release;
pub mod source_conflict;
pub mod source_document;
pub mod submission;
pub mod submission_event;
pub mod support_event;
pub mod support_event_reach;
pub mod support_form;
pub mod upload;
pub mod usage_line;
pub mod usage_report;

mod claim;
mod claim_state;
mod code;
mod error;
mod kind;
mod list;
mod moment;
mod money;
mod normal_form;
mod organisation_number;
mod personal_number;
mod report_section;
mod submission_state;
mod vocabulary;

pub use claim::{Claim, Claims, IllegalStep, net_repayments};
pub use claim_state::{ClaimChange, ClaimState, IllegalChange};
pub use code::{
    COUNTY_BOARDS, CountyCode, IndicatorCode, OrganisationCode, RecipientCode, RegistryNumber,
    RoundCode,
};
pub use error::Error;
pub use kind::{Fact, KeyOwner, Kind};
pub use list::CodeList;
pub use moment::{INSTANT_COLUMNS, Moment};
pub use money::{MONEY_COLUMNS, Sek};
pub use normal_form::{file_name, invisible, is_invisible, normal_form};
pub use organisation_number::OrganisationNumber;
pub use personal_number::{file_name_holds_personal_number, looks_like_personal_number};
pub use report_section::ReportSection;
pub use submission_state::{IllegalEvent, SubmissionState};
pub use vocabulary::{
    ActivityStatus, ApplicationDecision, ClaimStep, DeliverableKind, DeviationOutcome,
    DistributionMethod, IndicatorDirection, IndicatorUnit, LinkKind, MissingReason, Nature,
    RecipientKind, RowAction, Severity, Sex, SubmissionEvent, TextLanguage, Verdict,
};
