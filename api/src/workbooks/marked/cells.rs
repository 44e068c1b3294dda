//! What is marked in the cells of a sheet.

use std::collections::BTreeMap;

use entity::Severity;

pub(super) use crate::intake::address::{
    At as Cell, LAST_COLUMN, LAST_ROW, address, cell, letters,
};

/// What is marked in a sheet, by cell.
pub(super) type Marks = BTreeMap<Cell, Mark>;

/// A cell's mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The gravest finding's.
    pub(super) severity: Severity,
    /// What is told beside the cell.
    pub(super) note: String,
}
