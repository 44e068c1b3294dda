//! What is behind a line of coverage: the events counted, and those that reached its recipients.

use std::collections::{BTreeMap, HashMap};

use polars::frame::DataFrame;

use super::events::Events;
use super::frame::{CoverageFrame, EVENT};
use super::lines::{counts_those_that_reached, members_of};
use super::{CoverageDimension, CoverageKey, CoverageQuestion};
use crate::Error;
use crate::frame::read_sums;
use crate::key::{self, Key, KeyColumn, distinct};

/// The events behind a line, by their places among the rows; rising, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineEvents {
    /// Those that are counted.
    pub counted: Vec<usize>,
    /// Those that reached a recipient of the line.
    pub reached: Vec<usize>,
}

/// The events behind the lines of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CoverageEvents {
    /// By the line's key; a line that is not here has none.
    pub lines: HashMap<CoverageKey, LineEvents>,
    /// Those behind the total.
    pub total: LineEvents,
}

impl CoverageFrame {
    /// The events behind each line of the answer to the question.
    ///
    /// # Errors
    ///
    /// [`Error::Frame`] where the engine fails, [`Error::TooManyLines`] where the question asks for
    /// too many years.
    pub fn events_of_lines(&self, question: &CoverageQuestion) -> Result<CoverageEvents, Error> {
        let events = Events::of(self, question)?;
        let grouped_by = distinct(&question.group_by);
        let lines = self.behind(question, &events, &grouped_by)?.into_iter();
        let total = self.behind(question, &events, &[])?.into_values().next();
        Ok(CoverageEvents {
            lines: lines
                .map(|(key, behind)| (CoverageKey::new(&grouped_by, &key), behind))
                .collect(),
            total: total.unwrap_or_default(),
        })
    }

    fn behind(
        &self,
        question: &CoverageQuestion,
        events: &Events,
        dimensions: &[CoverageDimension],
    ) -> Result<BTreeMap<Key, LineEvents>, Error> {
        let columns: Vec<KeyColumn> = dimensions.iter().map(|asked| asked.column()).collect();
        let register = self.register();
        let members = members_of(self, &register, question, events, dimensions);
        let pairs = self.pairs(events, dimensions, &members)?.collect()?;
        let mut lines: BTreeMap<Key, LineEvents> = BTreeMap::new();
        for (key, event) in by_key(&pairs, &columns)? {
            lines.entry(key).or_default().reached.push(event);
        }
        if counts_those_that_reached(question, dimensions) {
            for line in lines.values_mut() {
                line.counted.clone_from(&line.reached);
            }
        } else {
            for (key, event) in by_key(&events.frame, &columns)? {
                lines.entry(key).or_default().counted.push(event);
            }
        }
        for line in lines.values_mut() {
            for events in [&mut line.counted, &mut line.reached] {
                events.sort_unstable();
                events.dedup();
            }
        }
        Ok(lines)
    }
}

fn by_key(
    frame: &DataFrame,
    columns: &[KeyColumn],
) -> Result<impl Iterator<Item = (Key, usize)> + use<>, Error> {
    let keys = key::read(frame, columns)?;
    let events = read_sums(frame, EVENT)?.into_iter();
    let events = events.map(|event| usize::try_from(event).expect("events are numbered from 0"));
    Ok(keys.into_iter().zip(events))
}
