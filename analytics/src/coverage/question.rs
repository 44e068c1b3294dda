//! What can be asked of coverage: dimensions to group by, and filters.

use polars::prelude::Expr;

use super::activity::is_part_of;
use super::frame::{ACTIVITY, FORM, MAIN_ACTIVITY, ORGANISATION, YEAR};
use crate::figure::RecipientKind;
use crate::frame;
use crate::key::KeyColumn;
use crate::register::{COUNTY, POPULATION_GROUP};

/// What lines can be grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoverageDimension {
    /// The recipient's county.
    County,
    /// The event's main activity by number: 4a, 4b and 4c are counted under 4.
    MainActivity,
    /// The event's main activity as it stands.
    MainActivityCode,
    /// The event's form.
    Form,
    /// The organisation that held it.
    Organisation,
    /// The year it was held in.
    EventYear,
    /// The recipient's population group.
    PopulationGroup,
}

impl CoverageDimension {
    pub(super) const fn column(self) -> KeyColumn {
        match self {
            Self::County => COUNTY,
            Self::MainActivity => MAIN_ACTIVITY,
            Self::MainActivityCode => ACTIVITY,
            Self::Form => FORM,
            Self::Organisation => ORGANISATION,
            Self::EventYear => YEAR,
            Self::PopulationGroup => POPULATION_GROUP,
        }
    }

    /// Whether it groups recipients, not events.
    pub(super) const fn is_of_recipient(self) -> bool {
        matches!(self, Self::County | Self::PopulationGroup)
    }
}

/// What is counted. None: everything; an empty list: nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct CoverageFilter {
    /// The years events were held in.
    pub event_years: Option<Vec<i32>>,
    /// Main activities; a number without letter includes its parts.
    pub main_activities: Option<Vec<String>>,
    /// Codes of forms.
    pub forms: Option<Vec<String>>,
    /// Codes of the organisations that held events.
    pub organisations: Option<Vec<String>>,
    /// Codes of counties. They restrict the recipients; then only events count that reached one.
    pub counties: Option<Vec<String>>,
    /// Population groups, likewise.
    pub population_groups: Option<Vec<u8>>,
}

impl CoverageFilter {
    /// The condition on events. `seen` are the main activities that events carry.
    pub(super) fn condition<'a>(&self, seen: impl Iterator<Item = &'a String>) -> Expr {
        let years = self
            .event_years
            .as_deref()
            .map(|years| frame::is_one_of(YEAR.name, years.iter().copied().map(i64::from)));
        let activities = self.main_activities.as_ref().map(|_| {
            let passing: Vec<String> = seen.filter(|seen| self.takes(seen)).cloned().collect();
            frame::is_text_of(ACTIVITY.name, &passing)
        });
        let texts =
            [(FORM, &self.forms), (ORGANISATION, &self.organisations)].map(|(column, codes)| {
                let codes = codes.as_deref()?;
                Some(frame::is_text_of(column.name, codes))
            });
        frame::all_of([years, activities].into_iter().chain(texts).flatten())
    }

    /// Whether events of the main activity pass.
    pub(super) fn takes(&self, activity: &str) -> bool {
        let asked = self.main_activities.as_ref();
        asked.is_none_or(|asked| asked.iter().any(|asked| is_part_of(activity, asked)))
    }

    /// Whether it restricts recipients.
    pub(super) const fn is_of_recipient(&self) -> bool {
        self.counties.is_some() || self.population_groups.is_some()
    }
}

/// A question about coverage.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CoverageQuestion {
    /// The recipients that should be reached.
    pub recipient_kind: RecipientKind,
    /// The dimensions of a line, in the order of sorting; repetitions are ignored. Without any
    /// there is one line.
    pub group_by: Vec<CoverageDimension>,
    /// What is counted.
    pub filter: CoverageFilter,
    /// The year whose recipients are counted where no event says it.
    pub reference_year: i32,
}
