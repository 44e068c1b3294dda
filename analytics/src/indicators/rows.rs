//! The rows that figures of one indicator are computed from.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::figure::Absent;
use crate::register::RecipientPeriod;

/// What values are given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Percent; changes are in percentage points.
    Percent,
    /// A count.
    Count,
    /// Per 10 000.
    Per10000,
    /// Yes is 1 and no is 0.
    YesNo,
    /// An index.
    Index,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// A higher value is better.
    HigherIsBetter,
    /// A lower value is better.
    LowerIsBetter,
    /// Neither is better.
    Neutral,
}

impl Unit {
    /// What numerator / denominator is multiplied by in this unit.
    #[must_use]
    pub const fn factor(self) -> i128 {
        match self {
            Self::Percent => 100,
            Self::Per10000 => 10_000,
            Self::Count | Self::YesNo | Self::Index => 1,
        }
    }

    /// Whether values are quotients by nature, so that a group's value needs numerators and denominators. The values of
    /// other units weigh the same each.
    #[must_use]
    pub const fn is_quotient(self) -> bool {
        matches!(self, Self::Percent | Self::Per10000)
    }
}

/// A version of the indicator's definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Its number.
    pub version: i64,
    /// First year.
    pub from: i32,
    /// Last year; None = still.
    pub to: Option<i32>,
    /// Whether values compare with those of the version before; None = not said, which is no.
    pub comparable: Option<bool>,
    /// Unit of the values.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
}

/// What was sent of an area and a year: a value, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// The stored row.
    pub row_id: i64,
    /// The area: a recipient's code, or another that no recipient has.
    pub area: String,
    /// The year.
    pub year: i32,
    /// The version of the definition that it follows.
    pub version: i64,
    /// The value as it was sent, in the indicator's unit.
    pub value: Option<Decimal>,
    /// What the value divides.
    pub numerator: Option<Decimal>,
    /// By what.
    pub denominator: Option<Decimal>,
    /// Why there is no value.
    pub absent: Option<Absent>,
}

/// All rows of one indicator and one sex.
#[derive(Debug, Clone, Default)]
pub struct IndicatorRows {
    /// The versions of its definition.
    pub definitions: Vec<Definition>,
    /// Its values.
    pub values: Vec<Measured>,
    /// Every period of every recipient.
    pub recipients: Arc<Vec<RecipientPeriod>>,
}
