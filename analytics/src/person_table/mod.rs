//! Fixed tables of counts of persons (antal personer): county × year, for all, women and men, with totals.
//!
//! Counts from 1 up to a threshold are hidden, totals among them too; 0 is shown.
//! Beside them others are hidden, so that of no hidden count more follows from what is shown, in this release of the
//! table and all before it, than an interval of values. What is shown and hidden is a [`Pattern`]; releases in order are a [`Series`].
//!
//! - `rows`, `counts`: what municipalities reported, added up by county and year.
//! - `series`: releases over one space of places; what a place may hold for those who know why it is hidden.
//! - `shift`: another filling that looks the same to every reader.
//! - `protect`: which places a new release hides.
//! - `tie`: the secret that breaks ties between patterns.
//! - `audit`: whether the releases of a series give no more away than they may.
//! - `table`: one table as it is shown.
//! - `change`: whether the whole country's change may be told beside earlier releases.

mod audit;
mod change;
mod counts;
mod pattern;
mod protect;
mod rows;
mod series;
mod shift;
mod table;
mod tie;

pub use audit::Gap;
pub use counts::Counts;
pub use pattern::{Pattern, Place};
pub use protect::Unprotectable;
pub use rows::{PersonRow, PersonRows, Sex};
pub use series::Series;
pub use table::{PersonLine, PersonTable};
pub use tie::TieKey;

/// Municipalities whose values must have changed before a published count shows that it has: with fewer, the
/// difference between two releases would be the row of one, or of two who know their own.
pub const ROWS_THAT_CHANGE: usize = 3;
