//! One indicator over the years: which definition holds, whose value is known, and who the members of a group are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::figure::RecipientKind;
use crate::key::Key;
use crate::register::{Place, RecipientPeriod, Register};

use super::{Definition, Direction, IndicatorDimension, IndicatorRows, Measured, Unit};

/// The values of one indicator and sex, with the register.
#[derive(Debug, Clone)]
pub struct IndicatorSeries {
    /// By version.
    definitions: Vec<Definition>,
    values: BTreeMap<(String, i32), Measured>,
    recipients: Arc<Vec<RecipientPeriod>>,
}

/// A definition whose values do not compare with those before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The version that breaks.
    pub version: i64,
    /// Its first year.
    pub year: i32,
    /// Why, in words.
    pub reason: String,
}

/// A recipient that is asked.
#[derive(Debug, Clone)]
pub(super) struct Member<'a> {
    pub(super) code: &'a str,
    place: Place,
}

/// What a value takes with its place and its area.
const BYTES_OF_A_VALUE: usize = 300;

impl IndicatorSeries {
    /// The memory that its values take, in bytes, roughly; the register is shared by all series.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.values.len() * BYTES_OF_A_VALUE
    }

    /// The series of some rows. Where an area has several values of a year, that of the definition valid in the year
    /// counts, else that of the highest version.
    #[must_use]
    pub fn build(rows: IndicatorRows) -> Self {
        let mut definitions = rows.definitions;
        definitions.sort_by_key(|one| one.version);
        let mut series = Self {
            definitions,
            values: BTreeMap::new(),
            recipients: rows.recipients,
        };
        let rank = |series: &Self, one: &Measured| {
            let valid = series.definition(one.year).map(|one| one.version);
            (valid == Some(one.version), one.version, one.row_id)
        };
        for value in rows.values {
            let key = (value.area.clone(), value.year);
            let better = series
                .values
                .get(&key)
                .is_none_or(|known| rank(&series, &value) > rank(&series, known));
            if better {
                series.values.insert(key, value);
            }
        }
        series
    }

    /// The definition that holds in a year.
    pub(super) fn definition(&self, year: i32) -> Option<&Definition> {
        let holds = |one: &&Definition| one.from <= year && one.to.is_none_or(|to| year <= to);
        self.definitions.iter().rfind(holds)
    }

    /// The unit of the last version.
    pub(super) fn unit(&self) -> Option<Unit> {
        self.definitions.last().map(|one| one.unit)
    }

    /// The direction of the last version.
    pub(super) fn direction(&self) -> Direction {
        let last = self.definitions.last();
        last.map_or(Direction::Neutral, |one| one.direction)
    }

    /// The breaks after one year up to and with another: versions that begin there and are not said to be comparable with
    /// the version before, or have another unit.
    #[must_use]
    pub fn breaks(&self, from: i32, to: i32) -> Vec<Break> {
        let neighbours = self.definitions.windows(2);
        let found = neighbours.filter_map(|pair| {
            let [before, after] = pair else { return None };
            if after.from <= from || after.from > to {
                return None;
            }
            let why = if after.comparable != Some(true) {
                "is not comparable with"
            } else if after.unit != before.unit {
                "has another unit than"
            } else {
                return None;
            };
            Some(Break {
                version: after.version,
                year: after.from,
                reason: format!(
                    "definition version {} {why} version {}",
                    after.version, before.version
                ),
            })
        });
        found.collect()
    }

    /// What was sent of a recipient and a year.
    pub(super) fn measured(&self, code: &str, year: i32) -> Option<&Measured> {
        self.values.get(&(code.to_owned(), year))
    }

    pub(super) fn register(&self) -> Register<'_> {
        Register::new(&self.recipients, &[])
    }

    /// Whether anything was ever sent of a recipient of the kind: else the indicator is not measured for it.
    pub(super) fn measures(&self, kind: RecipientKind) -> bool {
        !self.years(kind).is_empty()
    }

    /// The years of which anything was sent of recipients of the kind.
    pub(super) fn years(&self, kind: RecipientKind) -> BTreeSet<i32> {
        let of_kind = self.recipients.iter().filter(|one| one.kind == kind);
        let codes: BTreeSet<&str> = of_kind.map(|one| one.code.as_str()).collect();
        let areas = self.values.keys();
        areas
            .filter(|(area, _)| codes.contains(area.as_str()))
            .map(|(_, year)| *year)
            .collect()
    }
}

/// The members of each group: recipients of the kind that are valid on 31 December of the year. Without dimensions there
/// is one group.
pub(super) fn groups<'a>(
    register: &Register<'a>,
    year: i32,
    kind: RecipientKind,
    dimensions: &[IndicatorDimension],
) -> BTreeMap<Key, Vec<Member<'a>>> {
    let mut groups: BTreeMap<Key, Vec<Member<'a>>> = BTreeMap::new();
    if dimensions.is_empty() {
        groups.insert(Key::new(), Vec::new());
    }
    for period in register.valid_at_end_of(year, kind) {
        let member = Member {
            code: &period.code,
            place: Place::of(Some(period)),
        };
        let value = |dimension: &IndicatorDimension| dimension.value(&member.place);
        let key: Key = dimensions.iter().map(value).collect();
        groups.entry(key).or_default().push(member);
    }
    groups
}
