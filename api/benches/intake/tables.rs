//! The tables that a file of usage reports fills, in the order in which their constraints let them be filled.

use std::fmt;

/// A table and the condition that its rows came after a mark; `{}` stands for the mark.
pub(crate) struct Filled {
    /// Its name.
    pub(crate) table: &'static str,
    /// What rises with each row.
    pub(crate) rises: &'static str,
}

const fn filled(table: &'static str, rises: &'static str) -> Filled {
    Filled { table, rises }
}

/// All of them.
pub(crate) const FILLED: &[Filled] = &[
    filled("submission", "id"),
    filled("file_content", "byte_count"),
    filled("submission_event", "id"),
    filled("received_row", "id"),
    filled("free_text", "id"),
    filled("usage_report", "row_id"),
    filled("usage_line", "row_id"),
    filled("dataset_version", "version"),
    filled("counted", "id"),
    filled("finding", "submission_id"),
];

impl Filled {
    /// The greatest value so far.
    pub(crate) fn mark(&self) -> String {
        format!(
            "SELECT COALESCE(MAX({}), 0) FROM {}",
            self.rises, self.table
        )
    }

    /// The rows after a mark in their order, from a table with a prefix.
    pub(crate) fn after(&self, prefix: &str, mark: i64) -> String {
        let (table, rises) = (self.table, self.rises);
        format!("SELECT * FROM {prefix}{table} WHERE {rises} > {mark} ORDER BY {rises}")
    }
}

/// Whether the triggers that keep stored facts are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Triggers {
    /// As the migrations made them: each of them runs for each row of the bulk load too.
    AsMigrated,
    /// None; indexes and constraints stay.
    Off,
}

impl fmt::Display for Triggers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AsMigrated => "triggers as migrated",
            Self::Off => "triggers off",
        })
    }
}
