//! Whether the releases of a series give nothing away.

use super::protect::Need;
use super::series::Series;
use super::shift::{Reach, Shift};
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
    /// Hidden places through which no shift goes that leaves everything shown as it is; none is as it must be.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        let stays = |need: Need| {
            let (release, at, _) = need;
            let ways = [Reach::Plain, Reach::Crossed];
            let mut shifts = ways
                .into_iter()
                .flat_map(|reach| Shift::through(self, need, reach));
            shifts.any(|shift| {
                let Some(effect) = shift.effect(self) else {
                    return false;
                };
                effect[release].iter().any(|(one, _)| *one == at) && self.is_unseen(&effect)
            })
        };
        let open = self.needs().into_iter().filter(|need| !stays(*need));
        open.map(|(release, at, _)| Gap {
            release,
            place: self.place(at),
        })
        .collect()
    }

    /// Whether a change shows nowhere, and leaves each place what it may hold.
    fn is_unseen(&self, effect: &[Vec<(usize, i64)>]) -> bool {
        self.releases.iter().zip(effect).all(|(release, changes)| {
            changes.iter().all(|(at, delta)| {
                let (lowest, highest) = release.bounds(*at);
                let shifted = release.value[*at].map(|value| value + delta);
                release.hidden[*at]
                    && shifted.is_some_and(|value| (lowest..=highest).contains(&value))
            })
        })
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
