//! What is withheld of a dataset: where the recipients with a protected location are, and how many persons the indicators
//! count that count persons.
//!
//! The registers that count now say it of every dataset, beside the dataset's own: what came to be protected is withheld of
//! the past and of what was sealed before too. It is part of a dataset's key, so that nothing kept from before is answered.

use std::collections::BTreeSet;
use std::sync::Arc;

use entity::{
    IndicatorCode, OrganisationCode, RecipientCode, RecipientKind, indicator_definition,
    indicator_value, recipient,
};

use super::Catalogue;

/// What registers withhold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Withheld {
    recipients: BTreeSet<RecipientCode>,
    indicators: BTreeSet<IndicatorCode>,
}

impl Withheld {
    /// What the registers of a dataset withhold by themselves.
    pub(super) fn own(
        recipients: &[recipient::Model],
        counting_persons: BTreeSet<IndicatorCode>,
        definitions: &[indicator_definition::Model],
    ) -> Self {
        let protected = recipients.iter().filter(|one| one.protected_location);
        let concerning = definitions.iter().filter(|one| one.concerns_persons);
        let concerning = concerning.map(|one| one.indicator.clone());
        Self::of(
            protected.map(|one| one.code.clone()),
            counting_persons.into_iter().chain(concerning),
        )
    }

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

impl Catalogue {
    /// What is withheld of the dataset, by its own registers and by those that count now.
    #[must_use]
    pub(crate) fn withheld(&self) -> Arc<Withheld> {
        Arc::clone(&self.withheld)
    }

    /// Whether it knows any recipient or indicator of which something is withheld.
    #[must_use]
    pub(crate) fn knows_any_of(&self, withheld: &Withheld) -> bool {
        let mut recipients = withheld.recipients();
        let mut indicators = withheld.indicators();
        recipients.any(|code| self.by_code.contains_key(code))
            || indicators.any(|code| self.indicator(code).next().is_some())
    }

    /// Whether an indicator counts persons: whether any of its definitions that has ever counted says so, by the dataset's
    /// time or by now.
    #[must_use]
    pub fn counts_persons(&self, code: &IndicatorCode) -> bool {
        self.withheld.holds_counts(code)
    }

    /// Whether the location of a recipient is protected: in any period, since a place told once is told; by the registers
    /// of the dataset or by those that count now, since whoever asks of the past asks now.
    #[must_use]
    pub fn is_protected(&self, code: &RecipientCode) -> bool {
        self.withheld.holds_place(code)
    }

    /// The recipients of a kind with a protected location.
    #[must_use]
    pub fn protected_of(&self, kind: RecipientKind) -> BTreeSet<&RecipientCode> {
        let of_kind = self.recipients.iter().filter(|one| one.kind == kind);
        let codes = of_kind.map(|one| &one.code);
        codes.filter(|code| self.is_protected(code)).collect()
    }

    /// Whether a value of an indicator tells where a protected recipient is: whoever sent it, or a definition of the
    /// indicator, is of a county that is told, be it a board, a municipality or a region.
    #[must_use]
    pub fn tells_place(&self, value: &indicator_value::Model) -> bool {
        let area = RecipientCode::parse(&value.area_code);
        if !area.is_ok_and(|area| self.is_protected(&area)) {
            return false;
        }
        let has_county = |row_id: i64| {
            let submissions = self.submissions.now();
            let sent = submissions.sent(row_id);
            sent.is_some_and(|sent| self.has_open_county(sent.sender))
        };
        has_county(value.row_id)
            || (self.indicator(&value.indicator)).any(|one| has_county(one.row_id))
    }

    /// Whether an organisation, or a recipient that sends for itself, is of a county that everybody is told.
    fn has_open_county(&self, sender: &OrganisationCode) -> bool {
        let organisation = self.organisation(sender.as_str());
        let recipient = RecipientCode::parse(sender.as_str()).ok();
        let recipient = recipient.filter(|code| !self.is_protected(code));
        organisation.is_some_and(|one| one.county_code.is_some())
            || recipient.is_some_and(|code| {
                let mut periods = self.periods(&code);
                periods.any(|one| one.county_code.is_some())
            })
    }
}
