//! Under which codes and where recipients stand in an analysis: those of their time, or the present ones.

use async_graphql::Enum;

use super::reading::Shelf;
use super::scalars::Date;
use crate::reports::Extent;

/// Under which codes and where recipients stand (mottagarindelning).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum Classification {
    /// The codes that were sent, with the county of 31 December of the round's or event's year (dåvarande indelning).
    #[default]
    AtTime,
    /// The codes and counties of the dataset's today, or of the day through which is counted: whoever was renamed, merged
    /// or moved stands under its successor. Whoever was divided keeps its former code and is told (nuvarande indelning).
    Current,
}

impl Classification {
    /// What an analysis takes in.
    pub(crate) fn extent(self, shelf: &Shelf, through: Option<Date>) -> Extent {
        let through = through.map(|day| day.0);
        let today = shelf.dataset.today;
        let day = through.map_or(today, |day| day.min(today));
        Extent {
            through,
            current_on: (self == Self::Current).then_some(day),
        }
    }
}
