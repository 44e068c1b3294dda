//! What a comparison says in words, in Swedish and in English. It tells of differences, never of what caused them.

use analytics::indicators::{GroupChange, GroupDifference};
use rust_decimal::Decimal;

use crate::reports::Received;

/// What a text is about: which indicator, in what unit, between which years.
pub(super) struct Words {
    pub(super) title: String,
    pub(super) title_en: Option<String>,
    pub(super) unit: entity::IndicatorUnit,
    pub(super) years: (i32, i32),
}

/// Swedish and English.
pub(super) type Both = (String, String);

impl Words {
    /// What the comparison is, and is not.
    pub(super) fn whole(
        &self,
        received: &Received,
        breaks: &[analytics::indicators::Break],
    ) -> Both {
        let (from, to) = self.years;
        let title_en = self.title_en.as_ref().unwrap_or(&self.title);
        if let Some(first) = breaks.first() {
            return (
                format!(
                    "Ingen skillnad mellan {from} och {to} anges för ”{}”: definitionen ändrades {} så att åren inte kan jämföras.",
                    self.title, first.year
                ),
                format!(
                    "No difference between {from} and {to} is given for “{title_en}”: {}, from {}.",
                    first.reason, first.year
                ),
            );
        }
        let (by, by_en) = match received {
            Received::Requisitioned(_) => (
                "om mottagarna rekvirerade eller beviljades medel",
                "whether recipients requisitioned or were granted money",
            ),
            Received::PaidPerInhabitant(_) => (
                "kvartil av utbetalda kronor per invånare",
                "the quartile of kronor paid per inhabitant",
            ),
            Received::Reached(_) => (
                "om någon insats nådde mottagarna",
                "whether any support event reached recipients",
            ),
        };
        (
            format!(
                "Skillnad mellan {from} och {to} i ”{}”, uppdelad efter {by}. Grupperna kan skilja sig åt även i annat: en skillnad säger inte vad den beror på.",
                self.title
            ),
            format!(
                "Difference between {from} and {to} in “{title_en}”, by {by_en}. The groups may differ in other ways too: a difference does not say what it is due to."
            ),
        )
    }

    /// What the change of a group is.
    pub(super) fn group(&self, group: &GroupChange) -> Both {
        let line = &group.line;
        let ((label, label_en), (from, to)) = (labels(&group.code), self.years);
        let (n, of) = (line.pair_count, line.of);
        let (Some(mean), Some(median), Some(sign)) =
            (line.mean_change, line.median_change, &group.sign_test)
        else {
            return (
                format!(
                    "{label}: ingen skillnad kan anges, {n} av {of} har jämförbara värden båda åren."
                ),
                format!(
                    "{label_en}: no difference can be given, {n} of {of} have comparable values in both years."
                ),
            );
        };
        let (unit, unit_en) = self.unit_words();
        let (up, same, down) = (line.increased, line.unchanged, line.decreased);
        let p = sign.p_value;
        (
            format!(
                "{label}: {n} av {of} har värde båda åren. Skillnaden mellan {from} och {to} är i medeltal {} och i median {}{unit}; {up} ökade, {same} oförändrade, {down} minskade (teckentest p {}).",
                swedish(mean),
                swedish(median),
                swedish_p(p)
            ),
            format!(
                "{label_en}: {n} of {of} have a value in both years. The difference between {from} and {to} is {} on average and {} in the median{unit_en}; {up} rose, {same} stayed, {down} fell (sign test p {}).",
                shown(mean, 2),
                shown(median, 2),
                english_p(p)
            ),
        )
    }

    /// What lies between two groups.
    pub(super) fn difference(&self, one: &GroupDifference) -> Both {
        let ((label, label_en), (other, other_en)) = (labels(&one.group), labels(&one.other));
        let (n, others) = (one.n, one.other_n);
        let (Some(mean), Some(median), Some(test)) = (one.mean, one.median, &one.permutation_test)
        else {
            return (
                format!(
                    "{label} (n = {n}) jämfört med {other} (n = {others}): ingen skillnad kan anges."
                ),
                format!(
                    "{label_en} (n = {n}) compared with {other_en} (n = {others}): no difference can be given."
                ),
            );
        };
        let (unit, unit_en) = self.unit_words();
        let p = test.p_value;
        (
            format!(
                "{label} (n = {n}) jämfört med {other} (n = {others}): skillnaden i förändring är i medeltal {} och i median {}{unit} (permutationstest p {}).",
                swedish(mean),
                swedish(median),
                swedish_p(p)
            ),
            format!(
                "{label_en} (n = {n}) compared with {other_en} (n = {others}): the difference in change is {} on average and {} in the median{unit_en} (permutation test p {}).",
                shown(mean, 2),
                shown(median, 2),
                english_p(p)
            ),
        )
    }

    const fn unit_words(&self) -> (&'static str, &'static str) {
        use entity::IndicatorUnit;
        match self.unit {
            IndicatorUnit::Percent => (" procentenheter", " percentage points"),
            IndicatorUnit::Count => (" (antal)", " (count)"),
            IndicatorUnit::Per10000 => (" per 10 000", " per 10,000"),
            IndicatorUnit::YesNo => (" (ja är 1 och nej är 0)", " (yes is 1 and no is 0)"),
            IndicatorUnit::Index => (" (indexenheter)", " (index points)"),
        }
    }
}

/// The name of a group, Swedish and English.
pub(super) fn labels(code: &str) -> (&'static str, &'static str) {
    match code {
        "REQUISITIONED" => (
            "Rekvirerade eller beviljades medel",
            "Requisitioned or were granted money",
        ),
        "NOT_REQUISITIONED" => ("Rekvirerade inte", "Did not requisition"),
        "QUARTILE_1" => (
            "Lägsta kvartilen av kronor per invånare",
            "Lowest quartile of kronor per inhabitant",
        ),
        "QUARTILE_2" => (
            "Andra kvartilen av kronor per invånare",
            "Second quartile of kronor per inhabitant",
        ),
        "QUARTILE_3" => (
            "Tredje kvartilen av kronor per invånare",
            "Third quartile of kronor per inhabitant",
        ),
        "QUARTILE_4" => (
            "Högsta kvartilen av kronor per invånare",
            "Highest quartile of kronor per inhabitant",
        ),
        "PAID_POPULATION_UNKNOWN" => (
            "Fick utbetalt, okänd befolkning",
            "Were paid, population unknown",
        ),
        "NOT_PAID" => ("Fick inget utbetalt", "Were not paid"),
        "REACHED" => ("Nåddes av insats", "Reached by support"),
        "NOT_REACHED" => ("Nåddes inte av insats", "Not reached by support"),
        _ => ("Alla", "All"),
    }
}

/// A number with decimals as wanted, a plus sign before what is above 0.
fn shown(value: Decimal, decimals: u32) -> String {
    let value = value.round_dp_with_strategy(
        decimals,
        rust_decimal::RoundingStrategy::MidpointAwayFromZero,
    );
    let sign = if value > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{}", value.normalize())
}

fn swedish(value: Decimal) -> String {
    shown(value, 2).replace('.', ",").replace('-', "\u{2212}")
}

/// A p-value with three decimals; below them by its bound.
fn english_p(value: Decimal) -> String {
    if value < Decimal::new(1, 3) {
        return "< 0.001".to_owned();
    }
    let rounded =
        value.round_dp_with_strategy(3, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    format!("= {}", rounded.normalize())
}

fn swedish_p(value: Decimal) -> String {
    english_p(value).replace('.', ",")
}
