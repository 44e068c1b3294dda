//! The extent of an analysis: through which day facts are counted, and under which codes and where recipients stand.

use analytics::register::Succession;
use chrono::NaiveDate;

use super::through::Through;
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
    /// The succession of recipients that it asks for.
    pub(super) fn succession(&self, catalogue: &Catalogue) -> Option<Succession> {
        let day = self.current_on?;
        let links = super::register_rows::links(catalogue);
        Some(Succession::new(day, links))
    }

    /// Whether a link that it may follow is synthetic.
    pub(super) fn is_synthetic(&self, catalogue: &Catalogue) -> bool {
        let mut links = catalogue.open_links();
        self.current_on.is_some() && links.any(|one| catalogue.natures.is_synthetic(one.row_id))
    }
}
