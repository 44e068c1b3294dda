//! The change of an indicator for recipients by what they received of an assignment's money and support.

use std::collections::BTreeSet;
use std::sync::Arc;

use analytics::coverage::{CoverageFilter, CoverageQuestion};
use analytics::fund_usage::{FundDimension, FundFilter, FundLine, FundQuestion};
use analytics::indicators::{Chance, Comparison, ComparisonQuestion, ShiftQuestion, quartiles};
use entity::RegistryNumber;
use rust_decimal::Decimal;

use super::{Computed, Error, Extent, IndicatorOf, Reports, stored};
use crate::kept::Share;
use crate::store::{Dataset, Kinds};

/// What recipients are told apart by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Received {
    /// Whether they requisitioned or were granted something, in a year or in all.
    Requisitioned(Option<i32>),
    /// The quartile of what they were paid per inhabitant in a year.
    PaidPerInhabitant(i32),
    /// Whether any support event that passes reached them.
    Reached(CoverageFilter),
}

/// What is asked beside the indicator.
#[derive(Clone, Debug)]
pub struct ReceivedQuestion {
    /// Whose money and support.
    pub assignment: RegistryNumber,
    /// What recipients are told apart by.
    pub received: Received,
    /// The years, the kind and the day.
    pub shift: ShiftQuestion,
    /// How chance is drawn.
    pub chance: Chance,
    /// The year whose recipients coverage counts where no event says it.
    pub reference_year: i32,
}

/// What recipients are put in.
struct Groups {
    /// The groups by code.
    named: Vec<(String, BTreeSet<String>)>,
    /// The code of the rest.
    rest: &'static str,
    /// Those that are in none of it.
    left_out: BTreeSet<String>,
}

impl Reports {
    /// The change of an indicator for recipients by what they received.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn indicator_comparison(
        &self,
        dataset: &Dataset,
        of: &IndicatorOf,
        question: ReceivedQuestion,
    ) -> Result<Computed<Arc<Comparison>>, Error> {
        let groups = self.received(dataset, &question).await?;
        let Groups {
            named,
            rest,
            left_out,
        } = groups.answer;
        let kind = question.shift.kind;
        let question = ComparisonQuestion {
            shift: question.shift,
            groups: named,
            rest: rest.to_owned(),
            left_out,
            chance: question.chance,
        };
        let dataset = &self.resting_on(Kinds::INDICATORS, dataset).await?;
        let series = self.indicator_series(dataset, of).await?;
        let compute = async {
            let (series, question) = (Arc::clone(&series), question.clone());
            let found = self.compute(move || series.answer.comparison(&question));
            Ok(Arc::new(found.await?))
        };
        let key = (dataset.key(), of.clone(), question.clone());
        let answer = self
            .once(Share::Answers, "indicator comparison", key, compute)
            .await?;
        let synthetic = self.is_synthetic(dataset, &series, kind).await? || groups.synthetic;
        Ok(Computed { answer, synthetic })
    }

    async fn received(
        &self,
        dataset: &Dataset,
        question: &ReceivedQuestion,
    ) -> Result<Computed<Groups>, Error> {
        let (assignment, kind) = (&question.assignment, question.shift.kind);
        let groups = |codes: Vec<(&str, BTreeSet<String>)>, rest| {
            let named = codes.into_iter().map(|(code, own)| (code.to_owned(), own));
            Groups {
                named: named.collect(),
                rest,
                left_out: BTreeSet::new(),
            }
        };
        let year = match &question.received {
            Received::Reached(filter) => {
                let asked = CoverageQuestion {
                    recipient_kind: kind,
                    group_by: Vec::new(),
                    filter: filter.clone(),
                    reference_year: question.reference_year,
                };
                let found = self.coverage(dataset, assignment, asked, Extent::default());
                let found = found.await?;
                let reached = found.answer.total.reached.iter().cloned().collect();
                // Nobody is told whether support reached a protected location: it is not among the rest either.
                let catalogue = self.catalogue(dataset).await?;
                let protected = catalogue.protected_of(stored(kind)).into_iter();
                return Ok(Computed {
                    answer: Groups {
                        left_out: protected.map(ToString::to_string).collect(),
                        ..groups(vec![("REACHED", reached)], "NOT_REACHED")
                    },
                    synthetic: found.synthetic,
                });
            }
            Received::PaidPerInhabitant(year) => Some(*year),
            Received::Requisitioned(year) => *year,
        };
        let asked = FundQuestion {
            group_by: vec![FundDimension::Recipient],
            filter: FundFilter {
                grant_years: year.map(|year| vec![year]),
                recipient_kinds: Some(vec![kind]),
                ..FundFilter::default()
            },
            today: question.shift.today,
        };
        let found = self.fund_usage(dataset, assignment, asked, Extent::default());
        let found = found.await?;
        let lines = found.answer.lines.iter();
        let named = lines.filter_map(|line| Some((line.key.recipient.clone()?, line)));
        let answer = if let Received::Requisitioned(_) = question.received {
            let holding = named.filter(|(_, line)| line.requisitioning_count > 0);
            let codes = holding.map(|(code, _)| code).collect();
            groups(vec![("REQUISITIONED", codes)], "NOT_REQUISITIONED")
        } else {
            let is_paid = |line: &FundLine| line.paid > Decimal::ZERO;
            let paid: Vec<_> = named
                .filter(|(_, line)| is_paid(line))
                .map(|(code, line)| (code, line.paid_per_inhabitant.clone()))
                .collect();
            let [first, second, third, fourth] = quartiles(&paid);
            let unknown = paid.iter().filter(|(_, rate)| rate.value.is_none());
            let unknown: BTreeSet<String> = unknown.map(|(code, _)| code.clone()).collect();
            let mut codes = vec![
                ("QUARTILE_1", first),
                ("QUARTILE_2", second),
                ("QUARTILE_3", third),
                ("QUARTILE_4", fourth),
            ];
            if !unknown.is_empty() {
                codes.push(("PAID_POPULATION_UNKNOWN", unknown));
            }
            groups(codes, "NOT_PAID")
        };
        Ok(Computed {
            answer,
            synthetic: found.synthetic,
        })
    }
}
