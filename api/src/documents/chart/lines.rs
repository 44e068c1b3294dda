//! Usage rates over the years, a line a kind of recipient.

use std::collections::BTreeMap;

use super::colour::SERIES;
use super::svg::{Side, Svg};
use super::{Chart, Of, Words};
use crate::reports::Language;
use crate::reports::figure::kind_label;
use crate::reports::report::Report;

/// Values in thousandths and as they are shown, by year.
type Points = BTreeMap<i32, (i64, String)>;

const BOTTOM: i64 = 270;
const LEFT: i64 = 50;
const RIGHT: i64 = 510;

/// The chart; none of fewer than two years.
pub(super) fn usage(report: &Report, language: Language) -> Option<Chart> {
    let of = Of::table(
        report,
        language,
        ("development.use", "development.use.usage_rate"),
    )?;
    let mut series: BTreeMap<String, Points> = BTreeMap::new();
    let picked = of.picked("fund.usage_rate")?;
    let last_year = picked.iter().filter_map(|one| one.key?.year).max();
    for one in picked {
        let (Some(key), Some(value)) = (one.key, one.thousandths()) else {
            continue;
        };
        let (Some(year), Some(kind)) = (key.year, key.kind) else {
            continue;
        };
        // One name a line, whatever the kind was called in a year: that of the last.
        let name = kind_label(kind, last_year, language).to_owned();
        let points = series.entry(name).or_default();
        points.insert(year, (value, one.shown));
    }
    let years: Vec<i32> = series
        .values()
        .flat_map(|own| own.keys().copied())
        .collect();
    let (first, last) = (*years.iter().min()?, *years.iter().max()?);
    if first == last {
        return None;
    }
    let x = |year: i32| LEFT + (RIGHT - LEFT) * i64::from(year - first) / i64::from(last - first);
    let y = |value: i64| BOTTOM - value / 4;
    let mut svg = Svg::new(720, BOTTOM + 30);
    for percent in [0_i64, 25, 50, 75, 100] {
        let at = y(percent * 10);
        svg.guide((LEFT - 10, at), (RIGHT + 10, at));
        svg.label((LEFT - 16, at + 4), Side::End, &percent.to_string());
    }
    for year in first..=last {
        svg.label((x(year), BOTTOM + 22), Side::Middle, &year.to_string());
    }
    let mut ends: Vec<(i64, usize, String)> = Vec::new();
    let mut said = Vec::new();
    for (place, (name, points)) in series.iter().enumerate() {
        let stroke = SERIES[place % SERIES.len()];
        let path: Vec<_> = points
            .iter()
            .map(|(year, (value, _))| (x(*year), y(*value)))
            .collect();
        svg.line(&path, stroke);
        for at in path {
            svg.dot(at, 4, stroke.colour);
        }
        let shown = points.iter();
        said.extend(shown.map(|(year, (_, shown))| format!("{name} {year}: {shown}")));
        if let Some((value, shown)) = points.values().next_back() {
            ends.push((y(*value), place, format!("{name} {shown}")));
        }
    }
    names(&mut svg, ends);
    let title = language.of([
        "Nyttjandegrad över åren, procent",
        "Usage rate over the years, percent",
    ]);
    let words = Words {
        name: "usage_over_years".to_owned(),
        title: title.to_owned(),
        said,
    };
    Some(of.chart(words, svg))
}

/// The name of each line with its last value, beside its end and apart from each other.
fn names(svg: &mut Svg, mut ends: Vec<(i64, usize, String)>) {
    ends.sort_unstable();
    let mut free = i64::MIN;
    for (at, place, words) in ends {
        let stroke = SERIES[place % SERIES.len()];
        let own = at.max(free);
        svg.line(&[(RIGHT + 14, own), (RIGHT + 44, own)], stroke);
        svg.label((RIGHT + 50, own + 4), Side::Start, &words);
        free = own + 18;
    }
}
