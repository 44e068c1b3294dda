//! Indicators over the years: values → series → values of groups, changes, and how even they are.

use std::collections::BTreeSet;
use std::sync::Arc;

use analytics::figure::RecipientKind;
use analytics::indicators::{
    Definition, Direction, GroupValue, GroupValueQuestion, IndicatorEquality,
    IndicatorEqualityQuestion, IndicatorRows, IndicatorSeries, Measured, RecipientChanges, Shift,
    ShiftQuestion, Unit,
};
use analytics::register::RecipientPeriod;
use entity::{
    IndicatorCode, IndicatorDirection, IndicatorUnit, Sex, indicator_definition, indicator_value,
};

use super::{Computed, Error, Reports, absent_of, register_rows, stored};
use crate::kept::Share;
use crate::store::{Catalogue, Cited, Dataset, Kinds, Passage};

/// One indicator, and whose values of it.
pub type IndicatorOf = (IndicatorCode, Sex);

pub(super) type Series = Arc<Computed<IndicatorSeries>>;
impl Reports {
    /// The change of an indicator between two years, by group.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn indicator_shift(
        &self,
        dataset: &Dataset,
        of: &IndicatorOf,
        question: &ShiftQuestion,
    ) -> Result<Computed<Arc<Shift>>, Error> {
        let dataset = &self.resting_on(Kinds::INDICATORS, dataset).await?;
        let series = self.indicator_series(dataset, of).await?;
        let compute = async {
            let (series, question) = (Arc::clone(&series), question.clone());
            let found = self.compute(move || series.answer.shift(&question)).await?;
            Ok(Arc::new(found))
        };
        let key = (dataset.key(), of.clone(), question.clone());
        let answer = self
            .once(Share::Answers, "indicator shift", key, compute)
            .await?;
        let synthetic = self.is_synthetic(dataset, &series, question.kind).await?;
        Ok(Computed { answer, synthetic })
    }

    /// The change of an indicator that counts persons as everybody may be told it: in the dataset that its table was last
    /// released from, with the threshold of the release. None before the first release, of other recipients than
    /// municipalities, where the country's count of a year is hidden, and where releases before would tell with it by how much a few municipalities' counts changed.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn released_shift(
        &self,
        dataset: &Dataset,
        of: &IndicatorOf,
        question: &ShiftQuestion,
    ) -> Result<Option<(Computed<Arc<Shift>>, u64)>, Error> {
        let Some(release) = self.person_table(dataset, &of.0).await? else {
            return Ok(None);
        };
        // The table is of municipalities, and so is what is protected together with the releases before.
        let is_of_table = question.kind == RecipientKind::Municipality;
        let years = [question.from, question.to];
        // With all paired, a level's change would tell a total that is hidden by one that is shown.
        let shown = years.into_iter().all(|year| release.shows_year(year));
        if !is_of_table || !shown || !release.may_tell_change(years) {
            return Ok(None);
        }
        let catalogue = self.catalogue(dataset).await?;
        let released = Dataset::of_version(release.version, release.at);
        let released = released.withholding(catalogue.withheld());
        let shift = self.indicator_shift(&released, of, question).await?;
        Ok(Some((shift, release.threshold.unsigned_abs())))
    }

    /// The change of an indicator between two years, recipient by recipient, and which way is better.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn indicator_changes(
        &self,
        dataset: &Dataset,
        of: &IndicatorOf,
        question: &ShiftQuestion,
    ) -> Result<Computed<Arc<RecipientChanges>>, Error> {
        let dataset = &self.resting_on(Kinds::INDICATORS, dataset).await?;
        let series = self.indicator_series(dataset, of).await?;
        let compute = async {
            let (series, question) = (Arc::clone(&series), question.clone());
            let found = self.compute(move || Ok(series.answer.changes(&question)));
            Ok(Arc::new(found.await?))
        };
        let key = (dataset.key(), of.clone(), question.clone());
        let answer = self
            .once(Share::Answers, "indicator changes", key, compute)
            .await?;
        let synthetic = self.is_synthetic(dataset, &series, question.kind).await?;
        Ok(Computed { answer, synthetic })
    }

    /// The values of an indicator by group and year.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn indicator_group_values(
        &self,
        dataset: &Dataset,
        of: &IndicatorOf,
        question: &GroupValueQuestion,
    ) -> Result<Computed<Arc<[GroupValue]>>, Error> {
        let dataset = &self.resting_on(Kinds::INDICATORS, dataset).await?;
        let series = self.indicator_series(dataset, of).await?;
        let compute = async {
            let (series, question) = (Arc::clone(&series), question.clone());
            let found = self.compute(move || series.answer.group_values(&question));
            Ok(found.await?.into())
        };
        let key = (dataset.key(), of.clone(), question.clone());
        let answer = self
            .once(Share::Answers, "indicator group values", key, compute)
            .await?;
        let synthetic = self.is_synthetic(dataset, &series, question.kind).await?;
        Ok(Computed { answer, synthetic })
    }

    /// How even an indicator is over recipients and groups.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn indicator_equality(
        &self,
        dataset: &Dataset,
        of: &IndicatorOf,
        question: &IndicatorEqualityQuestion,
    ) -> Result<Computed<Arc<IndicatorEquality>>, Error> {
        let dataset = &self.resting_on(Kinds::INDICATORS, dataset).await?;
        let series = self.indicator_series(dataset, of).await?;
        let compute = async {
            let (series, question) = (Arc::clone(&series), question.clone());
            let found = self.compute(move || series.answer.equality(&question));
            Ok(Arc::new(found.await?))
        };
        let key = (dataset.key(), of.clone(), question.clone());
        let answer = self
            .once(Share::Answers, "indicator equality", key, compute)
            .await?;
        let synthetic = self.is_synthetic(dataset, &series, question.kind).await?;
        Ok(Computed { answer, synthetic })
    }

    /// The passages of some rows, each row once, in order of receipt.
    ///
    /// # Errors
    /// The database fails.
    pub async fn passages_of(
        &self,
        dataset: &Dataset,
        rows: Vec<i64>,
    ) -> Result<Arc<[Passage]>, Error> {
        let load = async { Ok(Arc::new(Cited::load(&self.store).await?)) };
        let cited = self
            .once(Share::Bases, "cited", dataset.key(), load)
            .await?;
        Ok(cited.passages(rows))
    }

    /// The values of one indicator and sex, with the register; built once a version.
    pub(super) async fn indicator_series(
        &self,
        dataset: &Dataset,
        of: &IndicatorOf,
    ) -> Result<Series, Error> {
        let dataset = &self.resting_on(Kinds::INDICATORS, dataset).await?;
        let build = async {
            let catalogue = self.catalogue(dataset).await?;
            let codes = BTreeSet::from([of.0.clone()]);
            let values = self.indicator_values(dataset, &codes).await?;
            let own = values.values().flat_map(|own| own.iter());
            let own: Vec<&indicator_value::Model> = own.filter(|one| one.sex == of.1).collect();
            let definitions: Vec<_> = catalogue.indicator(&of.0).collect();
            let submissions = catalogue.submissions.now();
            let is = |row_id: i64| submissions.is_synthetic(row_id);
            let synthetic = own.iter().any(|one| is(one.row_id))
                || definitions.iter().any(|one| is(one.row_id));
            let rows = IndicatorRows {
                definitions: definitions.into_iter().map(definition).collect(),
                values: own.into_iter().map(measured).collect(),
                recipients: self.recipient_periods(dataset, &catalogue).await?,
            };
            let answer = self
                .compute(move || Ok(IndicatorSeries::build(rows)))
                .await?;
            Ok(Arc::new(Computed { answer, synthetic }))
        };
        let key = (dataset.key(), of.clone(), ());
        self.once(Share::Bases, "indicator series", key, build)
            .await
    }

    async fn recipient_periods(
        &self,
        dataset: &Dataset,
        catalogue: &Catalogue,
    ) -> Result<Arc<Vec<RecipientPeriod>>, Error> {
        let dataset = &self.resting_on(Kinds::REGISTERS, dataset).await?;
        let build = async { Ok(Arc::new(register_rows::recipients(catalogue))) };
        self.once(Share::Bases, "recipient periods", dataset.key(), build)
            .await
    }

    pub(super) async fn is_synthetic(
        &self,
        dataset: &Dataset,
        series: &Series,
        kind: analytics::figure::RecipientKind,
    ) -> Result<bool, Error> {
        let catalogue = self.catalogue(dataset).await?;
        Ok(series.synthetic || catalogue.is_synthetic_kind(&[stored(kind)]))
    }
}

fn year(year: i64) -> i32 {
    i32::try_from(year).unwrap_or(i32::MAX)
}

fn definition(one: &indicator_definition::Model) -> Definition {
    Definition {
        version: one.definition_version,
        from: year(one.valid_from_year),
        to: one.valid_to_year.map(year),
        comparable: one.comparable_with_previous,
        unit: match one.unit {
            IndicatorUnit::Percent => Unit::Percent,
            IndicatorUnit::Count => Unit::Count,
            IndicatorUnit::Per10000 => Unit::Per10000,
            IndicatorUnit::YesNo => Unit::YesNo,
            IndicatorUnit::Index => Unit::Index,
        },
        direction: match one.direction {
            IndicatorDirection::HigherIsBetter => Direction::HigherIsBetter,
            IndicatorDirection::LowerIsBetter => Direction::LowerIsBetter,
            IndicatorDirection::Neutral => Direction::Neutral,
        },
    }
}

fn measured(one: &indicator_value::Model) -> Measured {
    let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse().ok());
    Measured {
        row_id: one.row_id,
        area: one.area_code.clone(),
        year: year(one.year),
        version: one.definition_version,
        value: number(&one.value),
        numerator: number(&one.numerator),
        denominator: number(&one.denominator),
        absent: one.missing_reason.map(absent_of),
    }
}
