//! Figures of an allocation key, under the decision's own rule.

use std::sync::Arc;

use entity::RegistryNumber;

use super::definition::{Basis, Definition, Of, Takes};
use super::key::FigureKey;
use super::value::{Unit, Value};
use super::{Found, Place};
use crate::reports::{Error, KeyAnswer, KeyQuestion, Reports, WhatIf, stored};
use crate::store::{Cited, Dataset, Passage};

/// A field of an allocation key.
#[derive(Debug)]
pub(super) struct KeyFigure {
    pub(super) path: KeyPath,
    value: fn(&KeyAnswer) -> Value,
}

/// Where a figure stands in the schema's allocation key.
#[derive(Clone, Copy, Debug)]
pub(super) enum KeyPath {
    /// A field of the key.
    Field(&'static str),
    /// The Gini coefficient of one of its two equalities, by place.
    Gini(usize),
}

const TAKES: Takes = Takes {
    year: true,
    all_years: false,
    kind: true,
    all_kinds: false,
    must: &[],
    groups: &[],
};

const fn figure(
    code: &'static str,
    title: [&'static str; 2],
    formula: [&'static str; 2],
    unit: Unit,
    path: KeyPath,
    value: fn(&KeyAnswer) -> Value,
) -> Definition {
    Definition {
        code,
        title,
        formula,
        unit,
        takes: TAKES,
        basis: Basis::AllocationRule,
        of: Of::AllocationKey(KeyFigure { path, value }),
    }
}

/// The definitions of allocation keys.
#[rustfmt::skip]
pub(super) const DEFINITIONS: &[Definition] = &[
    figure("allocation_key.pool", ["Summa att fördela", "Pool"], ["Enligt beslutet.", "As decided."],
        Unit::Kronor, KeyPath::Field("pool"), |key| Value::some(key.pool.kronor())),
    figure("allocation_key.base", ["Grundbelopp", "Base"], ["Enligt beslutet, till mottagare under gränsen.", "As decided, for recipients below the threshold."],
        Unit::Kronor, KeyPath::Field("base"), |key| Value::some(key.base.kronor())),
    figure("allocation_key.residue", ["Avrundningsrest", "Residue"], ["Σ avrundade belopp − summan; tas av de tre folkrikaste.", "Σ rounded amounts − pool; taken off the three most populous."],
        Unit::Kronor, KeyPath::Field("residue"), |key| Value::some(key.key.residue)),
    figure("allocation_key.rate_per_inhabitant", ["Belopp per invånare utöver grundbeloppet", "Amount per inhabitant above the base"], ["(Summan − grundbelopp × mottagare under gränsen) / Σ befolkning.", "(Pool − base × recipients below the threshold) / Σ population."],
        Unit::KronorPerInhabitant, KeyPath::Field("ratePerInhabitant"), |key| Value::Rate(key.key.rate_per_inhabitant.clone())),
    figure("allocation_key.gini", ["Ginikoefficient för nyckelns belopp", "Gini coefficient of the key's amounts"], ["Σ |x − y| över alla par av värden / (2 n² medelvärde), ovägd.", "Σ |x − y| over all pairs of values / (2 n² mean), unweighted."],
        Unit::Number, KeyPath::Gini(0), |key| Value::or_absent(key.key.amount_equality.gini, key.key.amount_equality.absent)),
    figure("allocation_key.gini_per_inhabitant", ["Ginikoefficient för nyckelns belopp per invånare", "Gini coefficient of the key's amounts per inhabitant"], ["Σ |x − y| över alla par av värden / (2 n² medelvärde), ovägd.", "Σ |x − y| over all pairs of values / (2 n² mean), unweighted."],
        Unit::Number, KeyPath::Gini(1), |key| Value::or_absent(key.key.amount_per_inhabitant_equality.gini, key.key.amount_per_inhabitant_equality.absent)),
];

impl Reports {
    /// The key that figures are of; none where the decisions print none for that year and kind.
    async fn figures_key(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
    ) -> Result<Option<Arc<crate::reports::Computed<KeyAnswer>>>, Error> {
        let (Some(year), Some(kind)) = (key.year, key.kind) else {
            return Ok(None);
        };
        let question = KeyQuestion {
            assignment: assignment.clone(),
            recipient_kind: stored(kind),
            year,
            what_if: WhatIf::default(),
        };
        match self.allocation_key(dataset, question).await {
            Ok(found) => Ok(Some(found)),
            Err(Error::NoKey) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The value of a figure of an allocation key.
    pub(super) async fn allocation_key_figure(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
        figure: &KeyFigure,
    ) -> Result<Option<Found>, Error> {
        let found = self.figures_key(dataset, assignment, key).await?;
        Ok(found.map(|found| Found {
            value: (figure.value)(&found.answer),
            place: Place::default(),
            synthetic: found.synthetic,
        }))
    }

    /// The rule and the rows of the key behind a figure.
    pub(super) async fn allocation_key_figure_sources(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
    ) -> Result<Arc<[Passage]>, Error> {
        let Some(found) = self.figures_key(dataset, assignment, key).await? else {
            return Ok(Arc::default());
        };
        let rows = found.answer.rows.iter().map(|row| row.printed.row_id);
        let rows = std::iter::once(found.answer.rule.row_id).chain(rows);
        let cited = Cited::load(&self.store).await?;
        Ok(cited.passages(rows.collect()))
    }
}
