//! What is withheld of a dataset: where the recipients with a protected location are, and how many persons the indicators
//! count that count persons.
//!
//! The registers that count now say it of every dataset, beside the dataset's own: what came to be protected is withheld of
//! the past and of what was sealed before too. It is part of a dataset's key, so that nothing kept from before is answered.

use std::collections::BTreeSet;

use entity::{IndicatorCode, RecipientCode};

/// What registers withhold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Withheld {
    recipients: BTreeSet<RecipientCode>,
    indicators: BTreeSet<IndicatorCode>,
}

impl Withheld {
    /// Where these recipients are, and the counts of these indicators.
    pub(crate) fn of(
        recipients: impl IntoIterator<Item = RecipientCode>,
        indicators: impl IntoIterator<Item = IndicatorCode>,
    ) -> Self {
        Self {
            recipients: recipients.into_iter().collect(),
            indicators: indicators.into_iter().collect(),
        }
    }

    /// What either of two withholds.
    #[must_use]
    pub(crate) fn and(&self, other: &Self) -> Self {
        Self {
            recipients: &self.recipients | &other.recipients,
            indicators: &self.indicators | &other.indicators,
        }
    }

    /// What it withholds and another does not.
    #[must_use]
    pub(crate) fn beyond(&self, other: &Self) -> Self {
        Self {
            recipients: &self.recipients - &other.recipients,
            indicators: &self.indicators - &other.indicators,
        }
    }

    /// Whether it is withheld where a recipient is.
    #[must_use]
    pub(crate) fn holds_place(&self, code: &RecipientCode) -> bool {
        self.recipients.contains(code)
    }

    /// Whether the counts of an indicator are withheld.
    #[must_use]
    pub(crate) fn holds_counts(&self, code: &IndicatorCode) -> bool {
        self.indicators.contains(code)
    }

    /// The recipients.
    pub(crate) fn recipients(&self) -> impl Iterator<Item = &RecipientCode> {
        self.recipients.iter()
    }

    /// The indicators.
    pub(crate) fn indicators(&self) -> impl Iterator<Item = &IndicatorCode> {
        self.indicators.iter()
    }
}
