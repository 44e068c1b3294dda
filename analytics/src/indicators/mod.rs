//! What is measured of recipients from year to year: values of groups, changes between two years, and how even they are.
//!
//! A difference between years or groups is a difference, never an effect.

mod answer;
mod comparison;
mod equality;
mod exact;
mod group_value;
mod key;
mod line;
mod permutation;
mod persons;
mod rows;
mod series;
mod shift;
mod sign_test;

pub use comparison::{Comparison, ComparisonQuestion, GroupChange, GroupDifference, quartiles};
pub use equality::{IndicatorEquality, IndicatorEqualityQuestion};
pub use group_value::{GroupValue, GroupValueQuestion};
pub use key::{IndicatorDimension, IndicatorKey, IndicatorKeyPart};
pub use permutation::{Chance, PermutationTest};
pub use rows::{Definition, Direction, IndicatorRows, Measured, Unit};
pub use series::{Break, IndicatorSeries};
pub use shift::{Change, RecipientChange, RecipientChanges, Shift, ShiftLine, ShiftQuestion};
pub use sign_test::SignTest;
