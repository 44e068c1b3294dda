//! Figures of indicators: the change from a baseline year to a follow-up year over the whole country. What counts persons
//! has no figures: it is published in tables of its own.

use std::sync::Arc;

use analytics::figure::RecipientKind;
use analytics::indicators::{ShiftLine, ShiftQuestion};
use entity::{IndicatorCode, IndicatorUnit, RegistryNumber, Sex};
use rust_decimal::Decimal;

use super::definition::{Basis, Definition, Of, Takes};
use super::key::{FigureKey, GroupKind};
use super::value::{Unit, Value};
use super::{Found, Place};
use crate::reports::{Error, Reports};
use crate::store::{Catalogue, Dataset, Passage};

/// A field of the change of an indicator.
#[derive(Debug)]
pub(super) struct IndicatorFigure {
    pub(super) field: &'static str,
    value: fn(&ShiftLine) -> Value,
}

const GROUPS: &[GroupKind] = &[GroupKind::FromYear, GroupKind::Indicator];

const TAKES: Takes = Takes {
    year: true,
    all_years: false,
    kind: true,
    all_kinds: false,
    must: GROUPS,
    groups: GROUPS,
};

const fn figure(
    code: &'static str,
    title: [&'static str; 2],
    formula: [&'static str; 2],
    unit: Unit,
    field: &'static str,
    value: fn(&ShiftLine) -> Value,
) -> Definition {
    Definition {
        code,
        title,
        formula,
        unit,
        takes: TAKES,
        basis: Basis::Indicator,
        of: Of::Indicator(IndicatorFigure { field, value }),
    }
}

fn number(line: &ShiftLine, value: Option<Decimal>) -> Value {
    Value::or_absent(value, line.absent)
}

/// The definitions of indicators.
#[rustfmt::skip]
pub(super) const DEFINITIONS: &[Definition] = &[
    figure("indicator.pairs", ["Mottagare med värde båda åren", "Recipients with a value in both years"], ["Mottagare av slaget med värde i basåret och i uppföljningsåret.", "Recipients of the kind with a value in the baseline year and in the follow-up year."],
        Unit::Count, "pairCount", |line| Value::count(line.pair_count)),
    figure("indicator.baseline_mean", ["Medelvärde i basåret", "Mean of the baseline year"], ["Ovägt medelvärde över paren, i indikatorns enhet.", "Unweighted mean over the pairs, in the indicator's unit."],
        Unit::Number, "baselineMean", |line| number(line, line.baseline_mean)),
    figure("indicator.follow_up_mean", ["Medelvärde i uppföljningsåret", "Mean of the follow-up year"], ["Ovägt medelvärde över paren, i indikatorns enhet.", "Unweighted mean over the pairs, in the indicator's unit."],
        Unit::Number, "followUpMean", |line| number(line, line.follow_up_mean)),
    figure("indicator.mean_change", ["Förändring, medelvärde", "Change, mean"], ["Medelvärdet av parens förändringar; en skillnad, ingen effekt.", "Mean of the pairs' changes; a difference, no effect."],
        Unit::Number, "meanChange", |line| number(line, line.mean_change)),
    figure("indicator.median_change", ["Förändring, median", "Change, median"], ["Medianen av parens förändringar.", "Median of the pairs' changes."],
        Unit::Number, "medianChange", |line| number(line, line.median_change)),
    figure("indicator.improved", ["Andel förbättrade", "Share improved"], ["Förbättrade / par, efter indikatorns riktning.", "Improved / pairs, by the indicator's direction."],
        Unit::Share, "improved", |line| Value::Rate(line.improved_share.clone())),
    figure("indicator.worse", ["Andel försämrade", "Share worse"], ["Försämrade / par, efter indikatorns riktning.", "Worse / pairs, by the indicator's direction."],
        Unit::Share, "worse", |line| Value::Rate(line.worse_share.clone())),
];

/// The unit of a figure of an indicator: percent, or percentage points of a change, where the indicator is in percent.
pub(super) fn unit(catalogue: &Catalogue, key: &FigureKey, definition: &Definition) -> Unit {
    let last = indicator(catalogue, key).and_then(|code| catalogue.indicator(&code).last());
    let is_percent = last.is_some_and(|one| one.unit == IndicatorUnit::Percent);
    match definition.code {
        "indicator.baseline_mean" | "indicator.follow_up_mean" if is_percent => Unit::Percent,
        "indicator.mean_change" | "indicator.median_change" if is_percent => Unit::PercentagePoints,
        _ => definition.unit,
    }
}

/// The indicator of a key, where it has figures.
fn indicator(catalogue: &Catalogue, key: &FigureKey) -> Option<IndicatorCode> {
    let code = IndicatorCode::parse(key.of(GroupKind::Indicator)?).ok()?;
    let is_known = catalogue.indicator(&code).next().is_some();
    (is_known && !catalogue.counts_persons(&code)).then_some(code)
}

impl Reports {
    /// The change that a key is of: one line, of the whole country.
    async fn figures_shift(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
    ) -> Result<Option<(ShiftLine, bool)>, Error> {
        let catalogue = self.catalogue(dataset).await?;
        let from: Option<i32> = key
            .of(GroupKind::FromYear)
            .and_then(|year| year.parse().ok());
        let (Some(code), Some(from), Some(to), Some(kind)) =
            (indicator(&catalogue, key), from, key.year, key.kind)
        else {
            return Ok(None);
        };
        let is_own = catalogue
            .indicator(&code)
            .any(|one| one.assignment.as_ref() == Some(assignment));
        let has_inhabitants = matches!(kind, RecipientKind::Municipality | RecipientKind::Region);
        if from >= to || !is_own || !has_inhabitants {
            return Ok(None);
        }
        let question = ShiftQuestion {
            from,
            to,
            kind,
            group_by: Vec::new(),
            today: dataset.today,
        };
        let found = self
            .indicator_shift(dataset, &(code, Sex::Total), &question)
            .await?;
        let line = found.answer.lines.first().cloned();
        Ok(line.map(|line| (line, found.synthetic)))
    }

    /// The value of a figure of an indicator.
    pub(super) async fn indicator_figure(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
        figure: &IndicatorFigure,
    ) -> Result<Option<Found>, Error> {
        let found = self.figures_shift(dataset, assignment, key).await?;
        Ok(found.map(|(line, synthetic)| Found {
            value: (figure.value)(&line),
            place: Place::default(),
            synthetic,
        }))
    }

    /// The values behind a figure of an indicator.
    pub(super) async fn indicator_figure_sources(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
    ) -> Result<Arc<[Passage]>, Error> {
        match self.figures_shift(dataset, assignment, key).await? {
            None => Ok(Arc::default()),
            Some((line, _)) => self.passages_of(dataset, line.rows).await,
        }
    }
}
