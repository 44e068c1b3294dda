//! What can be asked: dimensions to group by, and filters.

use chrono::NaiveDate;
use polars::prelude::Expr;

use super::Pair;
use super::frame::{KIND, RECIPIENT, ROUND, YEAR};
use crate::figure::RecipientKind;
use crate::frame;
use crate::key::{KeyColumn, KeyValue};
use crate::register::{COUNTY, POPULATION_GROUP};

/// What lines can be grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FundDimension {
    /// The round's year.
    GrantYear,
    /// The round's kind of recipients.
    RecipientKind,
    /// The round.
    Round,
    /// The recipient's county, as of 31 December of the grant year, or by the succession.
    County,
    /// The recipient's population group, likewise.
    PopulationGroup,
    /// The recipient.
    Recipient,
}

impl FundDimension {
    pub(super) const fn column(self) -> KeyColumn {
        match self {
            Self::GrantYear => YEAR,
            Self::RecipientKind => KIND,
            Self::Round => ROUND,
            Self::County => COUNTY,
            Self::PopulationGroup => POPULATION_GROUP,
            Self::Recipient => RECIPIENT,
        }
    }
}

/// What is counted. None: everything; an empty list: nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct FundFilter {
    /// Grant years.
    pub grant_years: Option<Vec<i32>>,
    /// Kinds of recipients.
    pub recipient_kinds: Option<Vec<RecipientKind>>,
    /// Codes of counties. A recipient whose county is protected is in none.
    pub counties: Option<Vec<String>>,
    /// Population groups.
    pub population_groups: Option<Vec<u8>>,
    /// Codes of rounds.
    pub rounds: Option<Vec<String>>,
    /// Codes of recipients.
    pub recipients: Option<Vec<String>>,
}

impl FundFilter {
    pub(super) fn condition(&self) -> Expr {
        let years = self
            .grant_years
            .as_deref()
            .map(|years| frame::is_one_of(YEAR.name, years.iter().copied().map(i64::from)));
        let kinds = self
            .recipient_kinds
            .as_deref()
            .map(|kinds| frame::is_one_of(KIND.name, kinds.iter().map(|kind| *kind as i64)));
        let groups = self.population_groups.as_deref().map(|groups| {
            frame::is_one_of(POPULATION_GROUP.name, groups.iter().copied().map(i64::from))
        });
        let texts = [
            (COUNTY, &self.counties),
            (ROUND, &self.rounds),
            (RECIPIENT, &self.recipients),
        ]
        .map(|(column, codes)| {
            let codes = codes.as_deref()?;
            Some(frame::is_text_of(column.name, codes))
        });
        frame::all_of([years, kinds, groups].into_iter().chain(texts).flatten())
    }

    /// The same condition of one pair, for what is computed without a frame.
    pub(crate) fn passes(&self, pair: &Pair<'_>) -> bool {
        fn holds<T: PartialEq>(values: Option<&Vec<T>>, value: &T) -> bool {
            values.is_none_or(|values| values.contains(value))
        }
        let county = || match pair.classified.place.county() {
            KeyValue::Text(county) => county,
            _ => String::new(),
        };
        let group = || match pair.classified.place.population_group() {
            KeyValue::Number(group) => u8::try_from(group).ok(),
            _ => None,
        };
        let in_groups = |groups: &Vec<u8>| group().is_some_and(|group| groups.contains(&group));
        holds(self.grant_years.as_ref(), &pair.round.year)
            && holds(self.recipient_kinds.as_ref(), &pair.round.kind)
            && holds(self.rounds.as_ref(), &pair.round.code)
            && (self.counties.is_none() || holds(self.counties.as_ref(), &county()))
            && self.population_groups.as_ref().is_none_or(in_groups)
            && self
                .recipients
                .as_ref()
                .is_none_or(|codes| codes.iter().any(|code| code == pair.classified.code))
    }
}

/// A question about fund usage.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FundQuestion {
    /// The dimensions of a line, in the order of sorting; repetitions are ignored. Without any
    /// there is one line, or none where nothing passes the filter.
    pub group_by: Vec<FundDimension>,
    /// What is counted.
    pub filter: FundFilter,
    /// The day that decides whether a missing report is due.
    pub today: NaiveDate,
}
