//! Writing: check → legal change → save → audit event, in one transaction.

pub mod audit;
pub mod example;
pub mod person_table;
pub mod published_query;
pub mod redaction;
pub mod reference;
pub mod release;
pub mod saved_query;
pub mod submission;
