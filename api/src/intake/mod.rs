//! Intake: from an agency's file to rows and findings; one reader for all kinds.
//!
//! `text` and `workbook` give tables, `header` and `values` read them by the columns of a kind, `batch` makes rows, the
//! files of `kinds` check them against the `basis`. Nothing here writes: that is `service::submission`.

pub(crate) mod address;
mod asked_for;
mod basis;
mod batch;
mod check;
mod codes;
mod collation;
mod column;
mod container;
mod day;
mod encoding;
mod finding;
mod header;
mod hidden;
mod indicator_owner;
mod keeper;
mod kinds;
mod kolada;
mod located;
mod mangled;
mod manifest;
mod named;
mod number;
mod odd_cell;
mod odd_row;
mod outlier;
mod quotes;
mod record;
mod report;
mod row;
mod rule;
mod rulebook;
mod search;
mod sent;
mod separator;
mod sheet_choice;
mod shifted;
mod source;
mod table;
mod text;
mod unknown;
mod unlikely;
mod values;
mod workbook;
mod written;

pub(crate) use basis::claimed_rounds;
pub use basis::{
    Basis, Indicators, Ledger, MoneyAsked, PairSums, Plan, Register, Sender, Validity,
};
pub(crate) use batch::{Beside, read as read_rows};
pub(crate) use check::Named;
pub use collation::sort_key;
pub use column::{CodeOf, Column, Holds};
pub use finding::{Finding, Findings};
pub(crate) use kinds::*;
pub(crate) use located::places;
pub use manifest::{Manifest, ManifestEntry};
pub use report::{FileReport, Report};
pub use row::Misread;
pub(crate) use row::{Row, hex};
pub use rule::Rule;
pub(crate) use rule::rule_text;
pub use rulebook::rulebook;
pub(crate) use search::{each_text, holds_text};
pub use sent::columns_sent;
pub use source::{Limits, Sheets, cells_of, table_of};
pub(crate) use source::{is_workbook, opens_within};
pub use table::{Cell, Table};
pub(crate) use workbook::{Metered, OWN_SHEETS, whole_name};
