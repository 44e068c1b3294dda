//! The key of a figure: year, kind of recipient, and the group that it is of.

use analytics::figure::RecipientKind;

use super::definition::Takes;
use crate::reports::{analysed, stored};

/// What stands where a figure is of all years or of all kinds.
pub(super) const ALL: &str = "ALL";

/// A group that a figure can be of; its word stands before its code in a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GroupKind {
    /// Version of a plan.
    Version,
    /// Round.
    Round,
    /// County.
    County,
    /// Population group.
    PopulationGroup,
    /// Recipient.
    Recipient,
    /// Use area.
    UseArea,
    /// Kind of cost.
    CostKind,
    /// Main activity, by number.
    MainActivity,
    /// Form of support.
    Form,
    /// Organisation.
    Organisation,
    /// Development area.
    DevelopmentArea,
    /// State of activities.
    State,
    /// Baseline year of a change.
    FromYear,
    /// Indicator.
    Indicator,
    /// Measure of a published figure.
    Measure,
}

impl GroupKind {
    const WORDS: [(Self, &'static str); 15] = [
        (Self::Version, "VERSION"),
        (Self::Round, "ROUND"),
        (Self::County, "COUNTY"),
        (Self::PopulationGroup, "POPULATION_GROUP"),
        (Self::Recipient, "RECIPIENT"),
        (Self::UseArea, "USE_AREA"),
        (Self::CostKind, "COST_KIND"),
        (Self::MainActivity, "MAIN_ACTIVITY"),
        (Self::Form, "FORM"),
        (Self::Organisation, "ORGANISATION"),
        (Self::DevelopmentArea, "DEVELOPMENT_AREA"),
        (Self::State, "STATE"),
        (Self::FromYear, "FROM_YEAR"),
        (Self::Indicator, "INDICATOR"),
        (Self::Measure, "MEASURE"),
    ];

    /// The word of it in a code.
    #[must_use]
    pub fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(kind, _)| *kind == self);
        found.map_or("", |(_, word)| word)
    }

    fn of(word: &str) -> Option<Self> {
        let found = Self::WORDS.iter().find(|(_, own)| *own == word);
        found.map(|(kind, _)| *kind)
    }
}

/// The key of a figure.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct FigureKey {
    /// The year; none of all years.
    pub year: Option<i32>,
    /// The kind of recipient; none of all kinds.
    pub kind: Option<RecipientKind>,
    /// The groups, in the order that the definition names them.
    pub groups: Vec<(GroupKind, String)>,
}

impl FigureKey {
    /// Of a year, or of all of them.
    #[must_use]
    pub fn year(year: Option<i32>) -> Self {
        Self {
            year,
            ..Self::default()
        }
    }

    /// Of a kind of recipient.
    #[must_use]
    pub const fn kind(mut self, kind: Option<RecipientKind>) -> Self {
        self.kind = kind;
        self
    }

    /// Of a group.
    #[must_use]
    pub fn group(mut self, kind: GroupKind, code: impl Into<String>) -> Self {
        self.groups.push((kind, code.into()));
        self
    }

    /// The code of the group of a kind.
    #[must_use]
    pub fn of(&self, kind: GroupKind) -> Option<&str> {
        let found = self.groups.iter().find(|(own, _)| *own == kind);
        found.map(|(_, code)| code.as_str())
    }

    /// The key that parts of a code say; none where a definition does not take such a key.
    pub(super) fn read(takes: &Takes, parts: &[&str]) -> Option<Self> {
        let mut key = Self::default();
        let mut parts = parts.iter();
        if takes.year {
            let part = *parts.next()?;
            key.year = if part == ALL {
                None
            } else {
                Some(part.parse().ok()?)
            };
        }
        if takes.kind {
            let part = *parts.next()?;
            key.kind = if part == ALL {
                None
            } else {
                Some(kind_of(part)?)
            };
        }
        let mut last = None;
        for part in parts {
            let (word, code) = part.split_once(':')?;
            let kind = GroupKind::of(word)?;
            let place = takes.groups.iter().position(|own| *own == kind);
            if place.is_none() || place <= last {
                return None;
            }
            last = place;
            key.groups.push((kind, code.to_owned()));
        }
        Some(key)
    }

    /// The parts of a code that say it.
    pub(super) fn parts(&self, takes: &Takes) -> Vec<String> {
        let mut parts = Vec::new();
        if takes.year {
            parts.push(self.year.map_or(ALL.to_owned(), |year| year.to_string()));
        }
        if takes.kind {
            let kind = self.kind.map(|kind| stored(kind).code());
            parts.push(kind.unwrap_or(ALL).to_owned());
        }
        let groups = self.groups.iter();
        parts.extend(groups.map(|(kind, code)| format!("{}:{code}", kind.word())));
        parts
    }
}

fn kind_of(code: &str) -> Option<RecipientKind> {
    entity::RecipientKind::of(code).map(analysed)
}
