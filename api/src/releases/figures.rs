//! The figures of a sealed report: each with its code, its printed number, and everything behind its value.

use std::collections::BTreeMap;

use analytics::figure::Absent;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::reports::figure::{Value, absent_code};
use crate::reports::report::{Numbered, Report};

/// All figures of a report, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SealedFigures {
    /// The figures.
    pub figures: Vec<SealedFigure>,
}

/// A figure as it was sealed. Numbers are texts: no reader rounds them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SealedFigure {
    /// The number that it is printed under.
    pub number: String,
    /// Its code: the same from report to report.
    pub code: String,
    /// Swedish title.
    pub title: String,
    /// Its unit, as the schema names it.
    pub unit: String,
    /// The exact value.
    pub value: Option<String>,
    /// Why there is none.
    pub absent: Option<String>,
    /// Of a rate: its numerator.
    pub numerator: Option<String>,
    /// Of a rate: its denominator.
    pub denominator: Option<String>,
    /// Of a rate: how many are behind it.
    pub n: Option<u64>,
    /// Of a rate: how many were asked for.
    pub of: Option<u64>,
    /// Of a rate: how many are missing, by reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub missing: BTreeMap<String, u64>,
}

impl SealedFigures {
    /// The figures of a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let sections = report.parts.iter().flat_map(|part| &part.sections);
        let figures = sections.flat_map(|section| &section.figures);
        Self {
            figures: figures.map(SealedFigure::of).collect(),
        }
    }

    /// As they are written.
    pub(super) fn text(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("texts and numbers are JSON");
        text.push(b'\n');
        text
    }
}

impl SealedFigure {
    pub(super) fn of(one: &Numbered) -> Self {
        let figure = &one.figure;
        let value = figure.value.number();
        let rate = match &figure.value {
            Value::Rate(rate) => Some(rate),
            Value::Quantity(_) => None,
        };
        let text = |number: Decimal| number.to_string();
        let missing = rate.into_iter().flat_map(|rate| &rate.missing);
        let missing = missing.map(|one| (absent_code(one.reason).to_owned(), one.count));
        Self {
            number: one.number.clone(),
            code: figure.code.as_str().to_owned(),
            title: figure.title[0].clone(),
            unit: figure.unit.code().to_owned(),
            value: value.ok().map(text),
            absent: value.err().map(|why: Absent| absent_code(why).to_owned()),
            numerator: rate.and_then(|rate| rate.numerator).map(text),
            denominator: rate.and_then(|rate| rate.denominator).map(text),
            n: rate.map(|rate| rate.n),
            of: rate.map(|rate| rate.of),
            missing: missing.collect(),
        }
    }

    /// Whether another is the same figure with the same value and the same behind it, under whatever number and title.
    #[must_use]
    pub fn equals(&self, other: &Self) -> bool {
        Self {
            number: other.number.clone(),
            title: other.title.clone(),
            ..self.clone()
        } == *other
    }

    /// Its value in words of the register.
    #[must_use]
    pub fn said(&self) -> String {
        let behind = match (&self.numerator, &self.denominator) {
            (Some(numerator), Some(denominator)) => format!(" ({numerator} / {denominator})"),
            _ => String::new(),
        };
        let value = self.value.as_ref().or(self.absent.as_ref());
        format!("{}{behind}", value.map_or("", String::as_str))
    }
}
