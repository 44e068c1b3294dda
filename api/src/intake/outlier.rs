//! Outliers: values far from their own history and from their group, in levels.

use std::collections::{BTreeMap, HashMap};

use entity::{IndicatorCode, IndicatorUnit, Sex, indicator_value};
use rust_decimal::Decimal;

use super::basis::Basis;
use super::check::{facts, place};
use super::column::COUNTRY;
use super::finding::Findings;
use super::kinds::SentValue;
use super::row::Row;
use super::rule::Rule;

/// Earlier values that a history needs.
const HISTORY: usize = 4;
/// Values that a group needs.
const GROUP: usize = 8;
/// How many median absolute deviations are far.
const FAR: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

/// What the values of one area are compared in: indicator, area and sex. A new version of the definition begins a new
/// history.
type Series<'a> = (&'a IndicatorCode, i64, &'a str, Sex);
/// What areas are compared in: indicator, year, sex and what kind of area.
type Group<'a> = (&'a IndicatorCode, i64, i64, Sex, String);

/// A middle and how far from it values commonly are.
struct Spread {
    median: Decimal,
    deviation: Decimal,
}

/// Notes each value that is more than five median absolute deviations from the median of its own earlier values, at
/// least 4, and from that of the values of the same indicator and year in the file, at least 8.
pub(super) fn check(rows: &[Row<SentValue>], basis: &Basis, findings: &mut Findings) {
    let mut histories: HashMap<Series<'_>, BTreeMap<i64, Decimal>> = HashMap::new();
    let stored = basis.indicators.values.iter();
    let stored = stored.filter_map(|one| Some((one, one.value.as_ref()?.parse().ok()?)));
    let sent =
        || facts(rows).filter_map(|(head, fact)| Some((head, &fact.model, fact.figures.value?)));
    for (model, value) in stored.chain(sent().map(|(_, model, value)| (model, value))) {
        let history = histories.entry(series(model)).or_default();
        history.insert(model.year, value);
    }
    let mut groups: HashMap<Group<'_>, Vec<Decimal>> = HashMap::new();
    for (_, model, value) in sent() {
        if let Some(group) = group(model, basis) {
            groups.entry(group).or_default().push(value);
        }
    }
    let groups: HashMap<Group<'_>, Spread> = groups
        .into_iter()
        .filter(|(_, values)| values.len() >= GROUP)
        .filter_map(|(group, values)| Some((group, Spread::of(values)?)))
        .collect();
    for (head, model, value) in sent() {
        let Some(of_group) = group(model, basis).and_then(|group| groups.get(&group)) else {
            continue;
        };
        if !of_group.is_far(value) {
            continue;
        }
        let earlier: Vec<Decimal> = histories[&series(model)]
            .range(..model.year)
            .map(|(_, value)| *value)
            .collect();
        if earlier.len() < HISTORY {
            continue;
        }
        if let Some(own) = Spread::of(earlier).filter(|own| own.is_far(value)) {
            let median = own.median.normalize().to_string();
            findings.row(place(head), Rule::Outlier, Some("value"), &median);
        }
    }
}

fn series(model: &indicator_value::Model) -> Series<'_> {
    (
        &model.indicator,
        model.definition_version,
        &model.area_code,
        model.sex,
    )
}

/// The group of a value; none for yes and no, which have no level.
fn group<'a>(model: &'a indicator_value::Model, basis: &Basis) -> Option<Group<'a>> {
    let defined = (model.indicator.clone(), model.definition_version);
    let definition = basis.indicators.definitions.get(&defined)?;
    let year = i32::try_from(model.year).ok()?;
    let area = match model.area_code.as_str() {
        COUNTRY => COUNTRY.to_owned(),
        code => basis.register.area(code, year)?.to_owned(),
    };
    let key = (
        &model.indicator,
        model.definition_version,
        model.year,
        model.sex,
        area,
    );
    (definition.unit != IndicatorUnit::YesNo).then_some(key)
}

impl Spread {
    fn of(mut values: Vec<Decimal>) -> Option<Self> {
        let median = median(&mut values)?;
        let mut deviations: Vec<Decimal> = values
            .into_iter()
            .map(|value| (value - median).abs())
            .collect();
        Some(Self {
            median,
            deviation: self::median(&mut deviations)?,
        })
    }

    /// The deviation counts as at least one unit of the value's last digit: where a small count has always been 0, a 1 is
    /// no outlier.
    fn is_far(&self, value: Decimal) -> bool {
        let unit = Decimal::new(1, value.scale());
        (value - self.median).abs() > self.deviation.max(unit) * FAR
    }
}

/// The value in the middle, or the mean of the two there. Values lie below 10 to the power of 15: nothing overflows.
fn median(values: &mut [Decimal]) -> Option<Decimal> {
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *values.get(middle.checked_sub(1)?)?;
    Some((lower + upper) / Decimal::TWO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(values: &[i64]) -> Spread {
        Spread::of(values.iter().map(|value| Decimal::from(*value)).collect()).expect("values")
    }

    #[test]
    fn far_is_more_than_five_median_absolute_deviations() {
        // Median 12; deviations 2, 1, 0, 1, 2: their median is 1.
        let odd = spread(&[10, 11, 12, 13, 14]);
        assert!(!odd.is_far(Decimal::from(17)) && !odd.is_far(Decimal::from(7)));
        assert!(odd.is_far(Decimal::new(171, 1)) && odd.is_far(Decimal::new(69, 1)));
        // Median 11.5; deviations 1.5, 0.5, 0.5, 1.5: their median is 1.
        let even = spread(&[10, 11, 12, 13]);
        assert!(!even.is_far(Decimal::new(165, 1)));
        assert!(even.is_far(Decimal::new(166, 1)));
        // No deviation counts as one unit of the value's last digit.
        let always = spread(&[0, 0, 0, 0]);
        assert!(!always.is_far(Decimal::from(5)) && always.is_far(Decimal::from(6)));
        assert!(always.is_far(Decimal::new(6, 1)) && !always.is_far(Decimal::new(5, 1)));
    }
}
