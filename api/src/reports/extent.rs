//! The extent of an analysis: through which day facts are counted, and under which codes and where recipients stand.

use analytics::register::Succession;
use chrono::NaiveDate;

use super::through::Through;
use crate::kept::Share;
use crate::store::Catalogue;

/// What an analysis takes in beside its question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Extent {
    /// Through which day facts are counted; none = all of them.
    pub through: Through,
    /// The day whose codes and places recipients are grouped by; none = each round's or event's own year.
    pub current_on: Option<NaiveDate>,
}

impl Extent {
    /// In which part of the memory what has this extent is kept: what is counted through a day that somebody chose, or by
    /// its codes, is asked for by few.
    pub(super) const fn share(&self) -> Share {
        match (self.through, self.current_on) {
            (None, None) => Share::Bases,
            _ => Share::Answers,
        }
    }

    /// The succession of recipients that it asks for.
    pub(super) fn succession(&self, catalogue: &Catalogue) -> Option<Succession> {
        let day = self.current_on?;
        let links = super::register_rows::links(catalogue);
        Some(Succession::new(day, links))
    }

    /// Whether a link that it may follow is synthetic.
    pub(super) fn is_synthetic(&self, catalogue: &Catalogue) -> bool {
        let mut links = catalogue.open_links();
        self.current_on.is_some() && links.any(|one| catalogue.submissions.is_synthetic(one.row_id))
    }
}
