//! Figures of equality over the country: every one a field of equality by county.

use std::sync::Arc;

use analytics::fund_usage::{
    Equality, EqualityMeasure, EqualityQuestion, FundDimension, FundFilter, FundQuestion,
};
use entity::RegistryNumber;
use rust_decimal::Decimal;

use super::definition::{Basis, Definition, Of, Takes};
use super::key::FigureKey;
use super::value::{Unit, Value};
use super::{Found, Place};
use crate::reports::{Error, Extent, FundMeasure, Reports};
use crate::store::{Dataset, Passage};

/// A field of equality.
#[derive(Debug)]
pub(super) struct EqualityFigure {
    pub(super) measure: EqualityMeasure,
    /// The field in the schema.
    pub(super) fields: &'static [&'static str],
    value: fn(&Equality) -> Value,
}

const TAKES: Takes = Takes {
    year: true,
    all_years: false,
    kind: true,
    all_kinds: false,
    must: &[],
    groups: &[],
};

fn inequality(found: &Equality, value: Option<Decimal>) -> Value {
    Value::or_absent(value, found.inequality.absent)
}

fn spread(found: &Equality, value: Option<Decimal>) -> Value {
    Value::or_absent(value, found.distribution.absent)
}

macro_rules! measured {
    ($code:literal, $measure:expr, $sv:literal, $en:literal, $unit:expr, $([$($field:literal),+], $part:literal, $title_sv:literal, $title_en:literal, $formula_sv:literal, $formula_en:literal, $own:expr, $value:expr;)+) => {
        [$(Definition {
            code: concat!($code, ".", $part),
            title: [concat!($sv, ", ", $title_sv), concat!($en, ", ", $title_en)],
            formula: [$formula_sv, $formula_en],
            unit: match $own { Some(unit) => unit, None => $unit },
            takes: TAKES,
            basis: Basis::Appropriation,
            of: Of::Equality(EqualityFigure { measure: $measure, fields: &[$($field),+], value: $value }),
        }),+]
    };
}

macro_rules! all_of {
    ($code:literal, $measure:expr, $sv:literal, $en:literal, $unit:expr, $gap:expr) => {
        measured!($code, $measure, $sv, $en, $unit,
            ["distribution", "mean"], "mean", "ovägt medelvärde", "unweighted mean", "Medelvärdet av mottagarnas värden.", "Mean of the recipients' values.", None, |found| spread(found, found.distribution.mean);
            ["distribution", "median"], "median", "median", "median", "Medianen av mottagarnas värden.", "Median of the recipients' values.", None, |found| spread(found, found.distribution.median);
            ["distribution", "p10"], "p10", "tionde percentilen", "tenth percentile", "Tionde percentilen av mottagarnas värden, linjärt interpolerad.", "Tenth percentile of the recipients' values, by linear interpolation.", None, |found| spread(found, found.distribution.p10);
            ["distribution", "p90"], "p90", "nittionde percentilen", "ninetieth percentile", "Nittionde percentilen av mottagarnas värden, linjärt interpolerad.", "Ninetieth percentile of the recipients' values, by linear interpolation.", None, |found| spread(found, found.distribution.p90);
            ["gini"], "gini", "Ginikoefficient", "Gini coefficient", "Σ |x − y| över alla par av värden / (2 n² medelvärde), ovägd.", "Σ |x − y| over all pairs of values / (2 n² mean), unweighted.", Some(Unit::Number), |found| inequality(found, found.inequality.gini);
            ["theil"], "theil", "Theils T", "Theil's T", "Medelvärdet av (x / medelvärde) · ln(x / medelvärde), ovägt.", "Mean of (x / mean) · ln(x / mean), unweighted.", Some(Unit::Number), |found| inequality(found, found.inequality.theil);
            ["coefficientOfVariation"], "coefficient_of_variation", "variationskoefficient", "coefficient of variation", "Populationens standardavvikelse / medelvärde.", "Population standard deviation / mean.", Some(Unit::Number), |found| inequality(found, found.inequality.coefficient_of_variation);
            ["p90ToP10"], "p90_to_p10", "nittionde genom tionde percentilen", "ninetieth by tenth percentile", "p90 / p10.", "p90 / p10.", Some(Unit::Number), |found| inequality(found, found.inequality.p90_to_p10);
            ["gap", "difference"], "county_gap", "skillnad mellan högsta och lägsta län", "difference between the highest and the lowest county", "Högsta länets vägda värde − lägsta länets; län utan värde är inte med.", "The highest county's weighted value − the lowest's; counties without a value are left out.", Some($gap), |found| Value::or_absent(found.gap.as_ref().map(|gap| gap.difference), found.gap_absent);
        )
    };
}

/// The definitions of equality.
#[rustfmt::skip]
pub(super) const DEFINITIONS: &[Definition] = {
    const ALL: &[Definition] = &{
        let [a, b, c, d, e, f, g, h, i] = all_of!("equality.usage_rate", EqualityMeasure::UsageRate, "Likvärdighet i nyttjandegrad", "Equality of usage rate", Unit::Share, Unit::ShareDifference);
        let [j, k, l, m, n, o, p, q, r] = all_of!("equality.paid_per_inhabitant", EqualityMeasure::PaidPerInhabitant, "Likvärdighet i utbetalt per invånare", "Equality of paid per inhabitant", Unit::KronorPerInhabitant, Unit::KronorPerInhabitant);
        [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r]
    };
    ALL
};

impl Reports {
    /// The value of a figure of equality.
    pub(super) async fn equality_figure(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
        figure: &EqualityFigure,
    ) -> Result<Option<Found>, Error> {
        let catalogue = self.catalogue(dataset).await?;
        let (Some(year), Some(kind)) = (key.year, key.kind) else {
            return Ok(None);
        };
        let mut rounds = catalogue.rounds.iter();
        let has_round = rounds.any(|one| {
            one.assignment == *assignment
                && one.year == i64::from(year)
                && one.recipient_kind == crate::reports::stored(kind)
        });
        if !has_round {
            return Ok(None);
        }
        let question = EqualityQuestion {
            measure: figure.measure,
            filter: filter(key),
            group_by: vec![FundDimension::County],
            today: dataset.today,
        };
        let found = self
            .equality(dataset, assignment, question, Extent::default())
            .await?;
        Ok(Some(Found {
            value: (figure.value)(&found.answer),
            place: Place::default(),
            synthetic: found.synthetic,
        }))
    }

    /// The rows behind a figure of equality.
    pub(super) async fn equality_figure_sources(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
        figure: &EqualityFigure,
    ) -> Result<Arc<[Passage]>, Error> {
        let question = FundQuestion {
            group_by: vec![FundDimension::County],
            filter: filter(key),
            today: dataset.today,
        };
        let measure = match figure.measure {
            EqualityMeasure::UsageRate => FundMeasure::UsageRate,
            EqualityMeasure::PaidPerInhabitant => FundMeasure::PaidPerInhabitant,
            EqualityMeasure::PaidPerInhabitantAllEligible => {
                FundMeasure::PaidPerInhabitantAllEligible
            }
        };
        let question = (question, Extent::default());
        let behind = self
            .fund_sources(dataset, assignment, question, Some(measure))
            .await?;
        Ok(behind.of(None).into())
    }
}

fn filter(key: &FigureKey) -> FundFilter {
    FundFilter {
        grant_years: key.year.map(|year| vec![year]),
        recipient_kinds: key.kind.map(|kind| vec![kind]),
        ..FundFilter::default()
    }
}
