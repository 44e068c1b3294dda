//! Answering a question about coverage: which lines there are, and what each has reached.

use std::collections::{BTreeMap, BTreeSet};

use polars::frame::DataFrame;
use polars::prelude::{DataType, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, col, len};

use super::events::Events;
use super::frame::{CoverageFrame, EVENT, PARTICIPANTS, RECIPIENT, YEAR};
use super::line::Reached;
use super::member::{MEMBER_YEAR, Member, member_frame, members};
use super::product::product;
use super::{Coverage, CoverageDimension, CoverageKey, CoverageLine, CoverageQuestion};
use crate::Error;
use crate::frame::{read_sums, read_texts};
use crate::key::{self, Key, KeyColumn, distinct};
use crate::register::Register;

/// How many rows are behind a group.
const COUNT: &str = "count";

impl CoverageFrame {
    /// Answers a question about coverage.
    ///
    /// Recipients are those of the kind that are valid on 31 December of the year in question:
    /// the line's own where lines are by event year, else the greatest of the events that pass,
    /// else the reference year. Where no event was received at all, the rates are not available
    /// rather than 0.
    ///
    /// Where no event was received at all, the rates are not available rather than 0.
    ///
    /// # Errors
    ///
    /// [`Error::Frame`] where the engine fails.
    pub fn coverage(&self, question: &CoverageQuestion) -> Result<Coverage, Error> {
        let mut answer = self.answer(question)?;
        if self.is_without_events() {
            let lines = answer.lines.iter_mut();
            lines.for_each(CoverageLine::not_available);
            answer.total.not_available();
        }
        Ok(answer)
    }

    fn answer(&self, question: &CoverageQuestion) -> Result<Coverage, Error> {
        let events = Events::of(self, question)?;
        let grouped_by = distinct(&question.group_by);
        let total = self.lines(question, &events, &[])?.pop();
        Ok(Coverage {
            lines: self.lines(question, &events, &grouped_by)?,
            total: total.unwrap_or_else(|| {
                let key = CoverageKey::default();
                CoverageLine::new(key, question.recipient_kind, &[], &Reached::default())
            }),
            grouped_by,
            divided: self.divided().to_vec(),
        })
    }

    fn lines(
        &self,
        question: &CoverageQuestion,
        events: &Events,
        dimensions: &[CoverageDimension],
    ) -> Result<Vec<CoverageLine>, Error> {
        let register = self.register();
        let (kind, filter) = (question.recipient_kind, &question.filter);
        let members = members_of(self, &register, question, events, dimensions);
        let reached = self.reached_by_group(question, events, dimensions, &members)?;
        let nothing = Reached::default();
        let values = |dimension| events.values(self.main_activities(), filter, dimension);
        let groups = product(dimensions, &members, values)?.into_iter();
        Ok(groups
            .map(|(key, members)| {
                let reached = reached.get(&key).unwrap_or(&nothing);
                let key = CoverageKey::new(dimensions, &key);
                CoverageLine::new(key, kind, &members, reached)
            })
            .collect())
    }

    fn reached_by_group(
        &self,
        question: &CoverageQuestion,
        events: &Events,
        dimensions: &[CoverageDimension],
        members: &[Member<'_>],
    ) -> Result<BTreeMap<Key, Reached>, Error> {
        let columns: Vec<KeyColumn> = dimensions.iter().map(|asked| asked.column()).collect();
        let keys = key::expressions(&columns);
        let pairs = self.pairs(events, dimensions, members)?;
        let mut groups: BTreeMap<Key, Reached> = BTreeMap::new();
        let recipients = by_recipient(pairs.clone(), &keys)?;
        let counts = read_texts(&recipients, RECIPIENT)?
            .into_iter()
            .zip(read_sums(&recipients, COUNT)?);
        for (key, (recipient, count)) in key::read(&recipients, &columns)?.into_iter().zip(counts) {
            let group = groups.entry(key).or_default();
            let recipient = recipient.unwrap_or_default();
            group.events_by_recipient.insert(recipient, count);
        }
        let counted = if counts_those_that_reached(question, dimensions) {
            count_events(pairs, &keys)?
        } else {
            count_events(events.frame.clone().lazy(), &keys)?
        };
        let counts = read_sums(&counted, COUNT)?
            .into_iter()
            .zip(read_sums(&counted, PARTICIPANTS)?);
        for (key, (count, participants)) in key::read(&counted, &columns)?.into_iter().zip(counts) {
            let group = groups.entry(key).or_default();
            (group.events, group.participants) = (count, participants);
        }
        Ok(groups)
    }

    /// Events and the members they reached; by event year the members of that year.
    pub(super) fn pairs(
        &self,
        events: &Events,
        dimensions: &[CoverageDimension],
        members: &[Member<'_>],
    ) -> Result<LazyFrame, Error> {
        let (mut left, mut right) = (vec![col(RECIPIENT)], vec![col(RECIPIENT)]);
        if dimensions.contains(&CoverageDimension::EventYear) {
            left.push(col(YEAR.name));
            right.push(col(MEMBER_YEAR));
        }
        let members = member_frame(members)?.lazy();
        let reached =
            events
                .frame
                .clone()
                .lazy()
                .inner_join(self.reached(), col(EVENT), col(EVENT));
        Ok(reached.join(members, left, right, JoinArgs::new(JoinType::Inner)))
    }
}

/// The recipients that lines by the dimensions are about.
pub(super) fn members_of<'a>(
    frame: &CoverageFrame,
    register: &Register<'a>,
    question: &CoverageQuestion,
    events: &Events,
    dimensions: &[CoverageDimension],
) -> Vec<Member<'a>> {
    let by_year = dimensions.contains(&CoverageDimension::EventYear);
    let years = if by_year {
        events.years.clone()
    } else {
        BTreeSet::from([events.reference_year])
    };
    let (kind, filter) = (question.recipient_kind, &question.filter);
    years
        .iter()
        .flat_map(|year| members(frame, register, kind, filter, *year))
        .collect()
}

/// Whether lines count the events that reached one of their recipients, not all that pass.
pub(super) fn counts_those_that_reached(
    question: &CoverageQuestion,
    dimensions: &[CoverageDimension],
) -> bool {
    question.filter.is_of_recipient() || dimensions.iter().any(|asked| asked.is_of_recipient())
}

/// How many events reached each recipient.
fn by_recipient(pairs: LazyFrame, keys: &[Expr]) -> Result<DataFrame, Error> {
    let keys: Vec<Expr> = keys.iter().cloned().chain([col(RECIPIENT)]).collect();
    Ok(pairs.group_by(keys).agg([count_rows()]).collect()?)
}

/// How many events there are, each once however many it reached, and who took part in them.
fn count_events(events: LazyFrame, keys: &[Expr]) -> Result<DataFrame, Error> {
    let each: Vec<Expr> = keys.iter().cloned().chain([col(EVENT)]).collect();
    Ok(events
        .group_by(each)
        .agg([col(PARTICIPANTS).first()])
        .group_by(keys)
        .agg([count_rows(), col(PARTICIPANTS).sum()])
        .collect()?)
}

fn count_rows() -> Expr {
    len().cast(DataType::Int64).alias(COUNT)
}
