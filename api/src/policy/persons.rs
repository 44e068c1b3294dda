//! Counts of persons: the one place that says whether a viewer may see single values of an indicator.
//!
//! An indicator counts persons once any of its definitions that has ever counted says so, and for ever after.
//! Its single values are shown to viewers whose scope in [`Action::ReadPersons`] holds the submission that a value came
//! in: its owner, the coordinator of its assignment, and evaluators. Whoever shows one marks it as restricted and notes
//! it by `RequestContext::note_read` with [`what`]. Everybody else is told [`Sight::Hidden`]: `absent: SUPPRESSED` with
//! numerator, denominator and n in lists of several indicators, and the error code `DISCLOSURE` where the indicator was
//! asked for by name. The fixed tables of `personTable` alone are open to everybody.

use entity::IndicatorCode;

use super::{Action, Scope, Viewer};
use crate::store::Catalogue;

/// How a viewer is shown a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sight {
    /// It counts no persons: everybody sees it.
    Open,
    /// It counts persons and lies within the viewer's reach: shown, marked as restricted, and noted as a read.
    Restricted,
    /// It counts persons and lies outside it: not shown, nor anything that it can be computed from.
    Hidden,
}

/// What a viewer may see of single counts of persons, as the registers of a dataset say.
#[derive(Clone, Debug)]
pub struct Persons<'a> {
    scope: Scope,
    catalogue: &'a Catalogue,
}

impl<'a> Persons<'a> {
    /// For a viewer: whose reach is what the registers say that count now, in the values of a catalogue.
    #[must_use]
    pub fn of(viewer: &Viewer, catalogue: &'a Catalogue, registers: &Catalogue) -> Self {
        Self {
            scope: Scope::of(viewer, Action::ReadPersons, registers),
            catalogue,
        }
    }

    /// How one value of an indicator is shown, by the received row that holds it.
    #[must_use]
    pub fn sight(&self, indicator: &IndicatorCode, row_id: i64) -> Sight {
        self.sight_of_all(indicator, [row_id])
    }

    /// How a figure that rests on several values of an indicator is shown: it is hidden where one of them is. One that
    /// rests on none is hidden too where the indicator counts persons, but for those who see everything: that there is
    /// nothing is a count as well.
    #[must_use]
    pub fn sight_of_all(
        &self,
        indicator: &IndicatorCode,
        rows: impl IntoIterator<Item = i64>,
    ) -> Sight {
        if !self.catalogue.counts_persons(indicator) {
            return Sight::Open;
        }
        let submissions = self.catalogue.submissions.now();
        let within = |row_id: i64| {
            let sent = submissions.sent(row_id);
            sent.is_some_and(|sent| self.scope.holds(sent))
        };
        let mut rows = rows.into_iter().peekable();
        let seen = self.scope == Scope::Everything || (rows.peek().is_some() && rows.all(within));
        if seen {
            Sight::Restricted
        } else {
            Sight::Hidden
        }
    }
}

/// What a read of restricted values is noted as, such as `persons of indicator exempel`.
#[must_use]
pub fn what(indicator: &IndicatorCode) -> String {
    format!("persons of indicator {indicator}")
}
