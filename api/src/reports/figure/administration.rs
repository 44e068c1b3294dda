//! Figures of administration: fields of a year, of a kind of cost, and of an organisation.

use std::sync::Arc;

use analytics::administration::AdministrationYear;
use entity::RegistryNumber;

use super::definition::{Basis, Definition, Of, Takes};
use super::key::{FigureKey, GroupKind};
use super::value::{Unit, Value};
use super::{Found, Place};
use crate::reports::{Error, Reports};
use crate::store::{Cited, Dataset, Passage, funds};

/// What of a year of administration.
#[derive(Debug)]
pub(super) enum AdministrationFigure {
    /// A field of the year.
    Year(&'static str, fn(&AdministrationYear) -> Value),
    /// The costs of a kind.
    CostKind,
    /// The costs of an organisation.
    Organisation,
}

const TAKES: Takes = Takes {
    year: true,
    all_years: false,
    kind: false,
    all_kinds: false,
    must: &[],
    groups: &[],
};

const fn figure(
    code: &'static str,
    title: [&'static str; 2],
    formula: [&'static str; 2],
    unit: Unit,
    takes: Takes,
    of: AdministrationFigure,
) -> Definition {
    Definition {
        code,
        title,
        formula,
        unit,
        takes,
        basis: Basis::Deliverable,
        of: Of::Administration(of),
    }
}

/// The definitions of administration.
#[rustfmt::skip]
pub(super) const DEFINITIONS: &[Definition] = &[
    figure("administration.costs", ["Administrativa kostnader", "Administrative costs"], ["Σ administrativa kostnader.", "Σ administrative costs."],
        Unit::Kronor, TAKES, AdministrationFigure::Year("amount", |year| Value::some(year.amount))),
    figure("administration.paid", ["Utbetalt till mottagare av alla slag", "Paid to recipients of all kinds"], ["Σ utbetalningar i årets omgångar.", "Σ payments in the year's rounds."],
        Unit::Kronor, TAKES, AdministrationFigure::Year("paidAmount", |year| Value::some(year.paid))),
    figure("administration.share", ["Administrationens andel", "Administrative share"], ["Kostnader / (kostnader + utbetalt till mottagare av alla slag).", "Costs / (costs + paid to recipients of all kinds)."],
        Unit::Share, TAKES, AdministrationFigure::Year("share", |year| Value::Rate(year.share.clone()))),
    figure("administration.costs_of_kind", ["Administrativa kostnader per slag", "Administrative costs by kind"], ["Σ kostnader av slaget.", "Σ costs of the kind."],
        Unit::Kronor, Takes { must: &[GroupKind::CostKind], groups: &[GroupKind::CostKind], ..TAKES }, AdministrationFigure::CostKind),
    figure("administration.costs_of_organisation", ["Administrativa kostnader per myndighet", "Administrative costs by organisation"], ["Σ myndighetens kostnader.", "Σ costs of the organisation."],
        Unit::Kronor, Takes { must: &[GroupKind::Organisation], groups: &[GroupKind::Organisation], ..TAKES }, AdministrationFigure::Organisation),
];

impl Reports {
    /// The value of a figure of administration.
    pub(super) async fn administration_figure(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
        figure: &AdministrationFigure,
    ) -> Result<Option<Found>, Error> {
        let found = self.administrative_costs(dataset, assignment).await?;
        let mut years = found.answer.iter();
        let Some(line) = years.position(|year| Some(year.year) == key.year) else {
            return Ok(None);
        };
        let year = &found.answer[line];
        let amount = |all: &[(String, rust_decimal::Decimal)], wanted: Option<&str>| {
            let part = all
                .iter()
                .position(|(code, _)| Some(code.as_str()) == wanted)?;
            Some((Value::some(all[part].1), Some(part)))
        };
        let value = match figure {
            AdministrationFigure::Year(_, value) => Some((value(year), None)),
            AdministrationFigure::CostKind => {
                amount(&year.by_cost_kind, key.of(GroupKind::CostKind))
            }
            AdministrationFigure::Organisation => {
                amount(&year.by_organisation, key.of(GroupKind::Organisation))
            }
        };
        Ok(value.map(|(value, part)| Found {
            value,
            place: Place {
                line: Some(line),
                part,
            },
            synthetic: found.synthetic,
        }))
    }

    /// The rows of costs behind a figure of administration; the payments of the year stand behind fund usage.
    pub(super) async fn administration_figure_sources(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
    ) -> Result<Arc<[Passage]>, Error> {
        let rows = funds::administrative_costs(&self.store, dataset, assignment).await?;
        let is_of = |wanted: Option<&str>, own: &str| wanted.is_none_or(|wanted| wanted == own);
        let own = rows.iter().filter(|one| {
            key.year.map(i64::from) == Some(one.year)
                && is_of(key.of(GroupKind::CostKind), &one.cost_kind)
                && is_of(
                    key.of(GroupKind::Organisation),
                    one.organisation_code.as_str(),
                )
        });
        let cited = Cited::load(&self.store).await?;
        Ok(cited.passages(own.map(|one| one.row_id).collect()))
    }
}
