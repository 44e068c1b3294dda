//! Whether the releases of a series give no more away than they may.

use super::series::Series;
use super::shift::{Room, width};
use super::{Counts, Pattern, Place};

/// A hidden place that may follow from what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// In which release, from 0.
    pub release: usize,
    /// Which place.
    pub place: Place,
}

impl Series {
    /// Hidden places whose values lie closer together than they may, as far as shifts tell; none is as it must be.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        let needs = self.needs().into_iter();
        let narrow = needs.filter(|need| {
            let wanted = width(self.releases[need.0].threshold, self.by_sex);
            self.room(*need, Room::default(), wanted).span() < wanted
        });
        narrow
            .map(|(release, at, _)| Gap {
                release,
                place: self.place(at),
            })
            .collect()
    }

    /// The same series with a further release.
    #[must_use]
    pub fn and(&self, counts: &Counts, pattern: &Pattern) -> Self {
        let mut releases: Vec<(Counts, Pattern)> = (0..self.releases.len())
            .map(|number| (self.releases[number].counts().clone(), self.pattern(number)))
            .collect();
        releases.push((counts.clone(), pattern.clone()));
        Self::of(&releases)
    }
}
