//! The frame that fund questions are asked of: one row per pair (round, recipient).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use polars::frame::DataFrame;
use polars::frame::column::Column;
use polars::prelude::{DataType, IntoLazy, LazyFrame, col, lit};

use super::measure::Measure;
use super::pair::{Pair, absolute_amounts, pairs};
use super::{FundFilter, FundRows};
use crate::Error;
use crate::frame::{absolute_sum, integers, one_after_the_other, optional_integers, texts};
use crate::key::{EVERYTHING, KeyColumn};
use crate::register::Place;

pub(super) const YEAR: KeyColumn = KeyColumn::number("year");
pub(super) const KIND: KeyColumn = KeyColumn::kind("kind");
pub(super) const ROUND: KeyColumn = KeyColumn::text("round");
pub(super) const RECIPIENT: KeyColumn = KeyColumn::text("recipient");
/// The recipient's code as it stands in the rows; [`RECIPIENT`] is as what it is grouped.
pub(super) const AS_RECEIVED: &str = "recipient_as_received";
/// The last day for a usage report, in days of the common era.
const REPORT_BY: &str = "report_by";
/// The recipient's inhabitants at the round's population date; null where unknown.
pub(super) const POPULATION: &str = "population";
/// The pair's number: its place among all pairs.
pub(super) const PAIR: &str = "pair";
/// The first day of the register's period, and the day of the population, in days of the common era.
pub(super) const VALID_FROM: &str = "valid_from";
pub(super) const POPULATION_DATE: &str = "population_date";
/// The use area of a row of the second frame, and the öre used in it.
pub(super) const AREA: &str = "area";
pub(super) const USED_IN_AREA: &str = "used_in_area";

/// Fund rows, ready for many questions.
#[derive(Debug, Clone)]
pub struct FundFrame {
    pub(super) pairs: DataFrame,
    used: DataFrame,
    use_areas: Vec<String>,
    /// How many of the use areas, from the first, were given.
    areas_given: usize,
    /// What amounts, and populations a hundred times, add up to without their signs.
    absolute: [i64; 2],
    paid_by_year: BTreeMap<i32, i64>,
    divided: Vec<String>,
    /// The links behind the pairs that have any, by the number of the pair.
    pub(super) links: BTreeMap<usize, Vec<i64>>,
    /// Whether recipients stand under the codes of a later day.
    pub(super) by_succession: bool,
}

impl FundFrame {
    /// Puts the rows together: one pair per round and recipient that is eligible or has a fact.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownRound`] for a fact of a round that is not among the rounds,
    /// [`Error::AmountsTooLarge`] where amounts or populations could not be summed in i64,
    /// [`Error::Frame`] where the engine fails.
    pub fn build(rows: &FundRows) -> Result<Self, Error> {
        let pairs = pairs(rows)?;
        // A hundred times, since kronor per inhabitant are compared in öre.
        let populations = pairs.iter().filter_map(|pair| pair.population);
        let people = populations.map(|population| population.saturating_mul(100));
        let absolute = [absolute_amounts(rows)?, absolute_sum(people)?];
        let mut paid_by_year: BTreeMap<i32, i64> =
            rows.rounds.iter().map(|round| (round.year, 0)).collect();
        for pair in &pairs {
            *paid_by_year.entry(pair.round.year).or_default() += pair.paid;
        }
        Ok(Self {
            used: used_frame(&pairs)?,
            use_areas: use_areas(rows),
            areas_given: rows.use_areas.len(),
            absolute,
            pairs: pair_frame(&pairs)?,
            divided: divided(&pairs),
            links: links(&pairs),
            by_succession: rows.succession.is_some(),
            paid_by_year,
        })
    }

    /// Puts frames of different rounds together, built with the same registers, succession and use
    /// areas: the frame that all their rows together would make. Rows are shared, not copied.
    ///
    /// # Errors
    ///
    /// [`Error::AmountsTooLarge`] where amounts or populations could not be summed in i64,
    /// [`Error::Frame`] where the engine fails.
    pub fn join(parts: &[Arc<Self>]) -> Result<Self, Error> {
        let absolute = |which: usize| absolute_sum(parts.iter().map(|part| part.absolute[which]));
        let mut first = 0_usize;
        let (mut pairs, mut links) = (Vec::with_capacity(parts.len()), BTreeMap::new());
        for part in parts {
            let of_part = part.links.iter();
            links.extend(of_part.map(|(pair, links)| (first + pair, links.clone())));
            pairs.push(numbered(
                &part.pairs,
                i64::try_from(first).unwrap_or(i64::MAX),
            )?);
            first += part.pairs.height();
        }
        let given = parts.first().map_or(0, |part| part.areas_given);
        let others = parts
            .iter()
            .flat_map(|part| &part.use_areas[part.areas_given..]);
        let others: BTreeSet<&String> = others.collect();
        let areas = parts
            .first()
            .map_or(&[][..], |part| &part.use_areas[..given]);
        let divided: BTreeSet<&String> = parts.iter().flat_map(|part| &part.divided).collect();
        let mut paid_by_year: BTreeMap<i32, i64> = BTreeMap::new();
        for (year, paid) in parts.iter().flat_map(|part| &part.paid_by_year) {
            *paid_by_year.entry(*year).or_default() += paid;
        }
        Ok(Self {
            absolute: [absolute(0)?, absolute(1)?],
            pairs: one_after_the_other(pairs)?,
            used: one_after_the_other(parts.iter().map(|part| part.used.clone()))?,
            use_areas: areas.iter().chain(others).cloned().collect(),
            areas_given: given,
            divided: divided.into_iter().cloned().collect(),
            links,
            by_succession: parts.iter().any(|part| part.by_succession),
            paid_by_year,
        })
    }

    /// The memory that its rows take, in bytes, shared ones included.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.pairs.estimated_size() + self.used.estimated_size()
    }

    /// What was paid in each grant year to all kinds of recipients, in öre: the denominator's
    /// second half in the share of administration. Every year that has a round is there.
    #[must_use]
    pub fn paid_by_year(&self) -> BTreeMap<i32, i64> {
        self.paid_by_year.clone()
    }

    /// Recipients with rows that were divided since, and stand under their former codes; sorted.
    pub(super) fn divided(&self) -> &[String] {
        &self.divided
    }

    /// The use areas that every line lists: those given, then others that reports carry.
    pub(super) fn use_areas(&self) -> &[String] {
        &self.use_areas
    }

    /// The pairs that pass the filter; what is not due is known as of the day.
    pub(super) fn pairs(&self, filter: &FundFilter, today: NaiveDate) -> LazyFrame {
        let due = lit(i64::from(today.num_days_from_ce()));
        let not_due = col(REPORT_BY).gt_eq(due).cast(DataType::Int64);
        self.pairs
            .clone()
            .lazy()
            .filter(filter.condition())
            .with_column((col(Measure::Awaited.name()) * not_due).alias(Measure::NotDue.name()))
    }

    /// What was used by area in the pairs that pass the filter.
    pub(super) fn used(&self, filter: &FundFilter) -> LazyFrame {
        self.used.clone().lazy().filter(filter.condition())
    }
}

pub(crate) fn divided(pairs: &[Pair<'_>]) -> Vec<String> {
    let divided = pairs.iter().filter(|pair| pair.classified.is_divided);
    let codes: BTreeSet<&str> = divided.map(|pair| pair.classified.code).collect();
    codes.into_iter().map(ToOwned::to_owned).collect()
}

/// The same pairs with other numbers, rising from the first.
fn numbered(pairs: &DataFrame, first: i64) -> Result<DataFrame, Error> {
    let numbers = integers(PAIR, (first..).take(pairs.height()));
    let mut pairs = pairs.clone();
    pairs.with_column(numbers)?;
    Ok(pairs)
}

fn links(pairs: &[Pair<'_>]) -> BTreeMap<usize, Vec<i64>> {
    let of = |pair: &Pair<'_>| pair.classified.links.clone();
    let links = pairs.iter().map(of).enumerate();
    links.filter(|(_, links)| !links.is_empty()).collect()
}

fn use_areas(rows: &FundRows) -> Vec<String> {
    let reported = rows.usage_reports.iter().flat_map(|report| &report.used);
    let mut others: Vec<&String> = reported
        .map(|(area, _)| area)
        .filter(|area| !rows.use_areas.contains(area))
        .collect();
    others.sort_unstable();
    others.dedup();
    rows.use_areas.iter().chain(others).cloned().collect()
}

fn pair_frame(pairs: &[Pair<'_>]) -> Result<DataFrame, Error> {
    let mut columns = dimensions(pairs.iter());
    let report_by = pairs
        .iter()
        .map(|pair| pair.round.report_by.num_days_from_ce());
    columns.push(integers(REPORT_BY, report_by.map(i64::from)));
    let population = pairs.iter().map(|pair| pair.population);
    columns.push(optional_integers(POPULATION, population));
    columns.push(integers(PAIR, (0..).take(pairs.len())));
    let days = |day: Option<NaiveDate>| day.map(|day| i64::from(day.num_days_from_ce()));
    let received = pairs.iter().map(|pair| pair.recipient);
    columns.push(texts(AS_RECEIVED, received));
    let from = pairs.iter().map(|pair| days(pair.classified.valid_from));
    columns.push(optional_integers(VALID_FROM, from));
    let counted = pairs.iter().map(|pair| days(pair.population_date));
    columns.push(optional_integers(POPULATION_DATE, counted));
    for measure in Measure::ALL {
        let values = pairs.iter().map(|pair| measure.of(pair));
        columns.push(integers(measure.name(), values));
    }
    Ok(DataFrame::new_infer_height(columns)?)
}

fn used_frame(pairs: &[Pair<'_>]) -> Result<DataFrame, Error> {
    let used: Vec<(&Pair<'_>, &str, i64)> = pairs
        .iter()
        .filter_map(|pair| Some((pair, pair.report.as_ref()?)))
        .flat_map(|(pair, report)| {
            let areas = report.used_by_area.iter();
            areas.map(move |(area, ore)| (pair, *area, *ore))
        })
        .collect();
    let mut columns = dimensions(used.iter().map(|(pair, _, _)| *pair));
    columns.push(texts(AREA, used.iter().map(|(_, area, _)| *area)));
    columns.push(integers(USED_IN_AREA, used.iter().map(|(_, _, ore)| *ore)));
    Ok(DataFrame::new_infer_height(columns)?)
}

/// The columns that questions filter and group by, one row per pair.
fn dimensions<'a, 'b: 'a>(pairs: impl Iterator<Item = &'a Pair<'b>> + Clone) -> Vec<Column> {
    let years = pairs.clone().map(|pair| pair.round.year.into());
    let kinds = pairs.clone().map(|pair| pair.round.kind as i64);
    let rounds = pairs.clone().map(|pair| pair.round.code.as_str());
    let recipients = pairs.clone().map(|pair| pair.classified.code);
    let mut columns = vec![
        integers(EVERYTHING, pairs.clone().map(|_| 0)),
        integers(YEAR.name, years),
        integers(KIND.name, kinds),
        texts(ROUND.name, rounds),
        texts(RECIPIENT.name, recipients),
    ];
    columns.extend(Place::columns(pairs.map(|pair| &pair.classified.place)));
    columns
}
