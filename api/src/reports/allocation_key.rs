//! The allocation key: as printed, and as it would be under another rule.

use std::collections::HashMap;
use std::sync::Arc;

use analytics::allocation_key::{AllocationKey, KeyRow, KeyRule, allocate};
use analytics::figure::Rate;
use chrono::NaiveDate;
use entity::{RecipientCode, RecipientKind, RegistryNumber, Sek, allocation_key, allocation_rule};
use rust_decimal::Decimal;

use super::{Computed, Error, Reports};
use crate::store::{Catalogue, Dataset};

/// Which key, and under which rule.
#[derive(Clone, Debug)]
pub struct KeyQuestion {
    /// The assignment.
    pub assignment: RegistryNumber,
    /// Kind of recipient.
    pub recipient_kind: RecipientKind,
    /// Year.
    pub year: i32,
    /// Another rule, where one is tried.
    pub what_if: WhatIf,
}

/// What is tried instead of the decision's own rule; what is left out stays as decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// Another pool.
    pub pool: Option<Sek>,
    /// Another base.
    pub base: Option<Sek>,
    /// Another threshold.
    pub threshold: Option<i64>,
    /// The populations of another day.
    pub population_date: Option<NaiveDate>,
}

/// A key computed.
#[derive(Debug)]
pub struct KeyAnswer {
    /// The decision's own rule.
    pub rule: allocation_rule::Model,
    /// Whether another rule was tried.
    pub hypothetical: bool,
    /// The pool shared out.
    pub pool: Sek,
    /// The base.
    pub base: Sek,
    /// The threshold.
    pub threshold: i64,
    /// Rate, residue and inequality; its amounts are in the rows.
    pub key: AllocationKey,
    /// One row a recipient, in Swedish alphabetical order.
    pub rows: Vec<KeyRowAnswer>,
}

/// A recipient's row.
#[derive(Clone, Debug)]
pub struct KeyRowAnswer {
    /// The row as printed.
    pub printed: allocation_key::Model,
    /// Inhabitants that were used.
    pub population: i64,
    /// The day they were counted.
    pub population_date: NaiveDate,
    /// Amount in kronor.
    pub amount: Decimal,
    /// Amount by inhabitants.
    pub amount_per_inhabitant: Rate,
}

impl Reports {
    /// Computes a key.
    ///
    /// # Errors
    /// There is no such key, no population on the day, or the rule cannot be followed.
    pub async fn allocation_key(
        &self,
        dataset: &Dataset,
        question: KeyQuestion,
    ) -> Result<Arc<Computed<KeyAnswer>>, Error> {
        let catalogue = self.catalogue(dataset).await?;
        let rule = rule_of(&catalogue, &question).ok_or(Error::NoKey)?.clone();
        let printed = printed(&catalogue, &rule);
        if printed.is_empty() {
            return Err(Error::NoKey);
        }
        let synthetic = printed
            .iter()
            .any(|one| catalogue.submissions.is_synthetic(one.row_id));
        let populations = populations(&catalogue, &printed, question.what_if.population_date)?;
        let answer = self
            .compute(move || answer(rule, question.what_if, printed, &populations))
            .await?;
        Ok(Arc::new(Computed { answer, synthetic }))
    }
}

fn rule_of<'a>(
    catalogue: &'a Catalogue,
    question: &KeyQuestion,
) -> Option<&'a allocation_rule::Model> {
    let year = i64::from(question.year);
    catalogue.allocation_rules.iter().find(|rule| {
        rule.assignment == question.assignment
            && rule.recipient_kind == question.recipient_kind
            && (rule.from_year..=rule.to_year).contains(&year)
    })
}

/// The printed rows of a rule, in the order of the recipients' names.
fn printed(catalogue: &Catalogue, rule: &allocation_rule::Model) -> Vec<allocation_key::Model> {
    let places: HashMap<&RecipientCode, usize> = catalogue
        .recipients
        .iter()
        .enumerate()
        .map(|(place, one)| (&one.code, place))
        .collect();
    let mut rows: Vec<_> = catalogue
        .allocation_keys
        .iter()
        .filter(|one| {
            one.assignment == rule.assignment
                && one.recipient_kind == rule.recipient_kind
                && one.year == rule.from_year
        })
        .cloned()
        .collect();
    rows.sort_by_key(|one| {
        (
            places.get(&one.recipient_code).copied(),
            one.recipient_code.clone(),
        )
    });
    rows
}

/// Inhabitants and their day, row by row: as printed, or of another day.
fn populations(
    catalogue: &Catalogue,
    printed: &[allocation_key::Model],
    day: Option<NaiveDate>,
) -> Result<Vec<(i64, NaiveDate)>, Error> {
    let Some(day) = day else {
        return Ok(printed
            .iter()
            .map(|one| (one.population, one.population_date))
            .collect());
    };
    let of_day: HashMap<&RecipientCode, i64> = catalogue
        .populations
        .iter()
        .filter(|one| one.date == day)
        .map(|one| (&one.recipient_code, one.count))
        .collect();
    printed
        .iter()
        .map(|one| {
            of_day
                .get(&one.recipient_code)
                .map(|count| (*count, day))
                .ok_or(Error::NoPopulation(day))
        })
        .collect()
}

fn answer(
    rule: allocation_rule::Model,
    what_if: WhatIf,
    printed: Vec<allocation_key::Model>,
    populations: &[(i64, NaiveDate)],
) -> Result<KeyAnswer, analytics::Error> {
    let pool = what_if.pool.unwrap_or(rule.pool);
    let base = what_if.base.unwrap_or(rule.base);
    let threshold = what_if.threshold.unwrap_or(rule.threshold);
    let key_rows: Vec<KeyRow> = printed
        .iter()
        .zip(populations)
        .map(|(one, (population, _))| KeyRow {
            recipient: one.recipient_code.to_string(),
            population: *population,
        })
        .collect();
    let key = allocate(
        &key_rows,
        &KeyRule {
            pool_ore: pool.ore(),
            base_ore: base.ore(),
            threshold,
        },
    )?;
    let rows = printed
        .into_iter()
        .zip(populations)
        .zip(key.amounts.iter().zip(&key.amounts_per_inhabitant))
        .map(
            |((printed, (population, population_date)), (amount, rate))| KeyRowAnswer {
                printed,
                population: *population,
                population_date: *population_date,
                amount: *amount,
                amount_per_inhabitant: rate.clone(),
            },
        )
        .collect();
    Ok(KeyAnswer {
        rule,
        hypothetical: what_if != WhatIf::default(),
        pool,
        base,
        threshold,
        key,
        rows,
    })
}
