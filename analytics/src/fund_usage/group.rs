//! Grouping: the pairs that pass a filter, summed by the dimensions asked, and by recipient.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use polars::frame::DataFrame;
use polars::prelude::{Expr, LazyFrame, NULL, col, lit, when};

use super::frame::{AREA, AS_RECEIVED, FundFrame, KIND, POPULATION, RECIPIENT, USED_IN_AREA, YEAR};
use super::measure::{Measure, Sums};
use super::{FundDimension, FundFilter};
use crate::Error;
use crate::figure::RecipientKind;
use crate::frame::{read_integers, read_sums, read_texts};
use crate::key::{self, Key, KeyColumn};

const FIRST_YEAR: &str = "first_year";
const LAST_YEAR: &str = "last_year";
const FIRST_KIND: &str = "first_kind";
const LAST_KIND: &str = "last_kind";

/// One group: its sums, its members, and what was used by area.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub(super) sums: Sums,
    /// Whether its rounds are of more than one year.
    pub(super) several_years: bool,
    /// Whether its recipients' populations may not be added: several kinds (which count the same
    /// people), or one without inhabitants.
    pub(super) without_population: bool,
    pub(super) members: Vec<Member>,
    pub(super) used_by_area: BTreeMap<String, i64>,
}

/// One recipient in a group: its sums over the group's rounds.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) sums: Sums,
    /// The largest over the rounds; of one year there is only one. Of several recipients of their
    /// time that are one by the succession, the sum.
    pub(super) population: Option<i64>,
}

/// The groups, sorted by key.
pub(super) type Groups = BTreeMap<Key, Group>;

impl FundFrame {
    /// Sums what passes the filter by the dimensions; without dimensions into one group, or none
    /// where nothing passes.
    pub(super) fn groups(
        &self,
        dimensions: &[FundDimension],
        filter: &FundFilter,
        today: NaiveDate,
    ) -> Result<Groups, Error> {
        let columns: Vec<KeyColumn> = dimensions.iter().map(|asked| asked.column()).collect();
        let keys = key::expressions(&columns);
        let pairs = self.pairs(filter, today);
        let lines = sum_lines(pairs.clone(), &keys)?;
        let mut groups: Groups = key::read(&lines, &columns)?
            .into_iter()
            .zip(read_groups(&lines)?)
            .collect();
        let members = sum_members(pairs, &keys, self.by_succession)?;
        for (key, member) in key::read(&members, &columns)?
            .into_iter()
            .zip(read_members(&members)?)
        {
            groups.entry(key).or_default().members.push(member);
        }
        let areas = sum_areas(self.used(filter), &keys)?;
        let used = read_texts(&areas, AREA)?
            .into_iter()
            .zip(read_sums(&areas, USED_IN_AREA)?);
        for (key, (area, ore)) in key::read(&areas, &columns)?.into_iter().zip(used) {
            let group = groups.entry(key).or_default();
            group.used_by_area.insert(area.unwrap_or_default(), ore);
        }
        Ok(groups)
    }

    /// Everything that passes the filter in one group.
    pub(super) fn everything(&self, filter: &FundFilter, today: NaiveDate) -> Result<Group, Error> {
        let group = self.groups(&[], filter, today)?.pop_first();
        Ok(group.map(|(_, group)| group).unwrap_or_default())
    }
}

fn sums() -> impl Iterator<Item = Expr> {
    Measure::ALL
        .into_iter()
        .map(|measure| col(measure.name()).sum())
}

fn sum_lines(pairs: LazyFrame, keys: &[Expr]) -> Result<DataFrame, Error> {
    let spans = [
        col(YEAR.name).min().alias(FIRST_YEAR),
        col(YEAR.name).max().alias(LAST_YEAR),
        col(KIND.name).min().alias(FIRST_KIND),
        col(KIND.name).max().alias(LAST_KIND),
    ];
    let wanted: Vec<Expr> = sums().chain(spans).collect();
    Ok(pairs.group_by(keys).agg(wanted).collect()?)
}

/// The sums by group and recipient. By a succession a member may be several recipients of its time,
/// whose inhabitants add up.
fn sum_members(pairs: LazyFrame, keys: &[Expr], by_succession: bool) -> Result<DataFrame, Error> {
    // Under another name, since the recipient may be a key already.
    const MEMBER: &str = "member";
    let keys: Vec<Expr> = keys.iter().cloned().chain([col(MEMBER)]).collect();
    let largest: Vec<Expr> = sums().chain([col(POPULATION).max()]).collect();
    let pairs = pairs.with_column(col(RECIPIENT.name).alias(MEMBER));
    if !by_succession {
        return Ok(pairs.group_by(keys).agg(largest).collect()?);
    }
    let each: Vec<Expr> = keys.iter().cloned().chain([col(AS_RECEIVED)]).collect();
    let together: Vec<Expr> = sums().chain([all_known(POPULATION)]).collect();
    let pairs = pairs.group_by(each).agg(largest);
    Ok(pairs.group_by(keys).agg(together).collect()?)
}

/// The sum of a column; null where a value is null.
fn all_known(column: &str) -> Expr {
    let known = col(column).null_count().eq(lit(0));
    when(known).then(col(column).sum()).otherwise(lit(NULL))
}

fn sum_areas(used: LazyFrame, keys: &[Expr]) -> Result<DataFrame, Error> {
    let keys: Vec<Expr> = keys.iter().cloned().chain([col(AREA)]).collect();
    Ok(used
        .group_by(keys)
        .agg([col(USED_IN_AREA).sum()])
        .collect()?)
}

fn read_groups(lines: &DataFrame) -> Result<Vec<Group>, Error> {
    let spans = |first, last| -> Result<_, Error> {
        let (first, last) = (read_integers(lines, first)?, read_integers(lines, last)?);
        Ok(first.into_iter().zip(last))
    };
    let years = spans(FIRST_YEAR, LAST_YEAR)?;
    let kinds = spans(FIRST_KIND, LAST_KIND)?;
    Ok(Sums::read(lines)?
        .into_iter()
        .zip(years.zip(kinds))
        .map(|(sums, (years, kinds))| Group {
            sums,
            several_years: years.0 != years.1,
            without_population: kinds.0 != kinds.1 || !is_populated(kinds.0),
            ..Group::default()
        })
        .collect())
}

fn is_populated(rank: Option<i64>) -> bool {
    let mut populated = RecipientKind::ALL
        .into_iter()
        .filter(|kind| kind.has_population());
    populated.any(|kind| Some(kind as i64) == rank)
}

fn read_members(members: &DataFrame) -> Result<Vec<Member>, Error> {
    let populations = read_integers(members, POPULATION)?;
    Ok(Sums::read(members)?
        .into_iter()
        .zip(populations)
        .map(|(sums, population)| Member { sums, population })
        .collect())
}
