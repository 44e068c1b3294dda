//! What is behind a line: its pairs of round and recipient, from which a figure is followed to its rows.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::frame::{AS_RECEIVED, FundFrame, PAIR, POPULATION_DATE, RECIPIENT, ROUND, VALID_FROM};
use super::measure::Measure;
use super::{FundDimension, FundQuestion};
use crate::Error;
use crate::frame::{read_integers, read_sums, read_texts};
use crate::key::{self, Key, KeyColumn, distinct};

/// A recipient in a round, and what of the register was used for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePair {
    /// The round's code.
    pub round: String,
    /// The recipient's code as it stands in the rows.
    pub recipient: String,
    /// The code that it is grouped under, of which the period is.
    pub classified_as: String,
    /// The stored rows of the links between the two.
    pub links: Vec<i64>,
    /// Whether it could have taken part.
    pub eligible: bool,
    /// Whether it was paid something, reversals taken off.
    pub is_paid: bool,
    /// Whether more was paid than it requisitioned, where that counts as redistributed.
    pub is_redistributed: bool,
    /// The first day of the period whose county and group are used; None too for the beginning.
    pub valid_from: Option<NaiveDate>,
    /// The day of the population that is used.
    pub population_date: Option<NaiveDate>,
}

impl FundFrame {
    /// Every pair; its place in the list is its number.
    ///
    /// # Errors
    ///
    /// [`Error::Frame`] where the engine fails.
    pub fn line_pairs(&self) -> Result<Vec<LinePair>, Error> {
        let texts = |name| read_texts(&self.pairs, name);
        let above_0 = |measure: Measure| -> Result<_, Error> {
            let sums = read_sums(&self.pairs, measure.name())?;
            Ok(sums.into_iter().map(|sum| sum > 0))
        };
        let days = |name| -> Result<_, Error> {
            let days = read_integers(&self.pairs, name)?;
            Ok(days.into_iter().map(|day| day.and_then(date)))
        };
        let recipients = texts(AS_RECEIVED)?.into_iter().zip(texts(RECIPIENT.name)?);
        let codes = texts(ROUND.name)?.into_iter().zip(recipients);
        let flags = above_0(Measure::Eligible)?
            .zip(above_0(Measure::Paid)?)
            .zip(above_0(Measure::Redistributed)?);
        let register = days(VALID_FROM)?.zip(days(POPULATION_DATE)?);
        Ok(codes
            .zip(flags)
            .zip(register)
            .enumerate()
            .map(
                |(number, (((round, codes), ((eligible, is_paid), is_redistributed)), dates))| {
                    LinePair {
                        round: round.unwrap_or_default(),
                        recipient: codes.0.unwrap_or_default(),
                        classified_as: codes.1.unwrap_or_default(),
                        links: self.links.get(&number).cloned().unwrap_or_default(),
                        eligible,
                        is_paid,
                        is_redistributed,
                        valid_from: dates.0,
                        population_date: dates.1,
                    }
                },
            )
            .collect())
    }

    /// The numbers of the pairs behind each line of the answer to the question, rising, in the
    /// order of the lines. All of them together are behind the total.
    ///
    /// # Errors
    ///
    /// [`Error::Frame`] where the engine fails.
    pub fn pairs_of_lines(&self, question: &FundQuestion) -> Result<Vec<Vec<usize>>, Error> {
        let dimensions: Vec<FundDimension> = distinct(&question.group_by);
        let columns: Vec<KeyColumn> = dimensions.iter().map(|asked| asked.column()).collect();
        let pairs = self.pairs(&question.filter, question.today).collect()?;
        let numbers = read_sums(&pairs, PAIR)?;
        let mut lines: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        for (key, number) in key::read(&pairs, &columns)?.into_iter().zip(numbers) {
            let number = usize::try_from(number).expect("pairs are numbered from 0");
            lines.entry(key).or_default().push(number);
        }
        Ok(lines.into_values().collect())
    }
}

fn date(days: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(days).ok()?)
}
