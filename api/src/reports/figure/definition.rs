//! The register of figures: one definition each, in both languages, from which values, documents and questions come.

use super::administration::AdministrationFigure;
use super::allocation_key::KeyFigure;
use super::coverage::CoverageFigure;
use super::equality::EqualityFigure;
use super::fund::{FundFigure, UseAreaFigure};
use super::indicator::IndicatorFigure;
use super::key::GroupKind;
use super::plan::PlanFigure;
use super::published::PublishedMeasure;
use super::value::Unit;
use super::{administration, allocation_key, coverage, equality, fund, indicator, plan, published};

/// A definition: what a figure is, whatever assignment, year and group it is of.
#[derive(Debug)]
pub struct Definition {
    /// Its code, the first part of every code of such a figure.
    pub code: &'static str,
    /// Swedish and English title.
    pub title: [&'static str; 2],
    /// Swedish and English formula.
    pub formula: [&'static str; 2],
    /// Its unit.
    pub unit: Unit,
    /// What its key holds.
    pub takes: Takes,
    /// What in the decisions it rests on.
    pub basis: Basis,
    /// How its value is found.
    pub(super) of: Of,
}

/// What the key of a definition holds after the assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Takes {
    /// A year, or `ALL` where that is allowed.
    pub year: bool,
    /// Whether it can be of all years.
    pub all_years: bool,
    /// A kind of recipient.
    pub kind: bool,
    /// Whether it can be of all kinds.
    pub all_kinds: bool,
    /// The groups that it must be of.
    pub must: &'static [GroupKind],
    /// All groups that it can be of, in the order of the key.
    pub groups: &'static [GroupKind],
}

/// What in the reference data a definition rests on; the first of its rows is the definition's source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The money that the decisions set aside.
    Appropriation,
    /// What the decisions ask to be accounted for.
    Deliverable,
    /// The rule of the allocation key.
    AllocationRule,
    /// The main activities, or the goals, that support is given for.
    Support,
    /// The joint plan.
    Plan,
    /// The definition of the indicator.
    Indicator,
    /// The published figures.
    Published,
}

/// How the value of a definition is found.
#[derive(Debug)]
pub(super) enum Of {
    Fund(FundFigure),
    UseArea(UseAreaFigure),
    Equality(EqualityFigure),
    Administration(AdministrationFigure),
    Coverage(CoverageFigure),
    Plan(PlanFigure),
    Indicator(IndicatorFigure),
    AllocationKey(KeyFigure),
    Published(PublishedMeasure),
}

/// Every definition, in the order of the register.
pub fn definitions() -> impl Iterator<Item = &'static Definition> {
    [
        fund::DEFINITIONS,
        equality::DEFINITIONS,
        administration::DEFINITIONS,
        allocation_key::DEFINITIONS,
        coverage::DEFINITIONS,
        plan::DEFINITIONS,
        indicator::DEFINITIONS,
        published::DEFINITIONS,
    ]
    .into_iter()
    .flatten()
}

/// The definition with a code.
#[must_use]
pub fn definition(code: &str) -> Option<&'static Definition> {
    definitions().find(|one| one.code == code)
}

impl Takes {
    /// Whether a key is complete: it says what the definition must be told.
    pub(super) fn is_satisfied(&self, key: &super::FigureKey) -> bool {
        (!self.year || self.all_years || key.year.is_some())
            && (!self.kind || self.all_kinds || key.kind.is_some())
            && self.must.iter().all(|must| key.of(*must).is_some())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_every_text_is_there_in_both_languages() {
        let codes: Vec<&str> = definitions().map(|one| one.code).collect();
        let unique: BTreeSet<&&str> = codes.iter().collect();
        assert_eq!(unique.len(), codes.len());
        for one in definitions() {
            let texts = one.title.iter().chain(&one.formula);
            assert!(texts.clone().all(|text| !text.is_empty()), "{}", one.code);
            let is_code = |byte: u8| byte.is_ascii_lowercase() || b"._0123456789".contains(&byte);
            assert!(one.code.bytes().all(is_code), "{}", one.code);
        }
    }
}
