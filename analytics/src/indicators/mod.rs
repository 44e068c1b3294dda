//! What is measured of recipients from year to year: values of groups, changes between two years, and how even they are.
//!
//! A difference between years or groups is a difference, never an effect.

mod answer;
mod equality;
mod exact;
mod group_value;
mod key;
mod line;
mod persons;
mod rows;
mod series;
mod shift;

pub use equality::{IndicatorEquality, IndicatorEqualityQuestion};
pub use group_value::{GroupValue, GroupValueQuestion};
pub use key::{IndicatorDimension, IndicatorKey, IndicatorKeyPart};
pub use rows::{Definition, Direction, IndicatorRows, Measured, Unit};
pub use series::{Break, IndicatorSeries};
pub use shift::{Change, RecipientChange, Shift, ShiftLine, ShiftQuestion};
