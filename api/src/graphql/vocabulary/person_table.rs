//! Words of tables of persons.

use async_graphql::Enum;

/// What the rows of a table of persons are (rader).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PersonTableRows {
    /// Counties (län).
    County,
}

/// What the columns of a table of persons are (kolumner).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PersonTableColumns {
    /// Years (år).
    Year,
}
