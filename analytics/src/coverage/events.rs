//! The events that a question is about, and the values that its lines are made for.

use std::collections::BTreeSet;

use polars::frame::DataFrame;

use super::activity::main_number;
use super::frame::{ACTIVITY, CoverageFrame, FORM, ORGANISATION, YEAR};
use super::{CoverageDimension, CoverageFilter, CoverageQuestion};
use crate::Error;
use crate::frame::{read_integers, read_texts};
use crate::key::{KeyColumn, KeyValue};

/// Years that can be asked for: each has its own register of recipients.
const MOST_YEARS: usize = 100;

/// The events that pass the filter on events, and the values that they carry.
pub(super) struct Events {
    pub(super) frame: DataFrame,
    /// The years of lines by event year: those asked for, else those seen.
    pub(super) years: BTreeSet<i32>,
    /// The year whose recipients are counted elsewhere.
    pub(super) reference_year: i32,
}

impl Events {
    pub(super) fn of(frame: &CoverageFrame, question: &CoverageQuestion) -> Result<Self, Error> {
        let frame = frame.events(&question.filter).collect()?;
        let seen: BTreeSet<i32> = read_integers(&frame, YEAR.name)?
            .into_iter()
            .filter_map(|year| i32::try_from(year?).ok())
            .collect();
        let asked = question.filter.event_years.as_ref();
        if let Some(asked) = asked.filter(|asked| asked.len() > MOST_YEARS) {
            return Err(Error::TooManyLines(asked.len()));
        }
        Ok(Self {
            frame,
            reference_year: seen.last().copied().unwrap_or(question.reference_year),
            years: asked.map_or(seen, |asked| asked.iter().copied().collect()),
        })
    }

    /// The values of a dimension of events that lines are made for, in any order.
    pub(super) fn values(
        &self,
        main_activities: &BTreeSet<String>,
        filter: &CoverageFilter,
        dimension: CoverageDimension,
    ) -> Result<BTreeSet<KeyValue>, Error> {
        let seen = |column: KeyColumn| read_texts(&self.frame, column.name);
        let texts = |texts: Vec<Option<String>>| texts.into_iter().flatten().map(KeyValue::Text);
        let planned = main_activities
            .iter()
            .filter(|activity| filter.takes(activity));
        Ok(match dimension {
            CoverageDimension::Form => texts(seen(FORM)?).collect(),
            CoverageDimension::Organisation => texts(seen(ORGANISATION)?).collect(),
            CoverageDimension::EventYear => {
                let years = self.years.iter();
                years.map(|year| KeyValue::Number((*year).into())).collect()
            }
            CoverageDimension::MainActivityCode => planned
                .map(|activity| KeyValue::Text(activity.clone()))
                .chain(texts(seen(ACTIVITY)?))
                .collect(),
            CoverageDimension::MainActivity => planned
                .cloned()
                .chain(seen(ACTIVITY)?.into_iter().flatten())
                .map(|activity| KeyValue::Text(main_number(&activity).to_owned()))
                .collect(),
            CoverageDimension::County | CoverageDimension::PopulationGroup => BTreeSet::new(),
        })
    }
}
