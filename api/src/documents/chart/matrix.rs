//! Coverage by county and main activity: a box for each pair, darker where more municipalities were reached.

use super::colour::Scale;
use super::svg::{INK, Side, Svg};
use super::{Chart, Of, Words};
use crate::reports::Language;
use crate::reports::report::Report;

const LEFT: i64 = 170;
const TOP: i64 = 30;
const HEIGHT: i64 = 22;

/// The chart; none of fewer than two main activities.
pub(super) fn coverage(report: &Report, language: Language) -> Option<Chart> {
    let of = Of::table(
        report,
        language,
        (
            "support.coverage",
            "support.coverage.county_and_main_activity",
        ),
    )?;
    let columns = of.table.columns.iter().enumerate();
    let columns: Vec<(usize, &str)> = columns
        .filter_map(|(at, one)| Some((at, one.key.strip_prefix("coverage.rate:")?)))
        .collect();
    let count = i64::try_from(columns.len())
        .ok()
        .filter(|count| *count > 1)?;
    let each = || columns.iter().map(|(at, _)| *at);
    let rows = of.table.rows.iter();
    let values: Vec<i64> = rows
        .flat_map(|row| each().filter_map(move |at| of.pick(row, at).thousandths()))
        .collect();
    let scale = Scale::of(values.iter().copied());
    let width = (410 / count).min(64);
    let rows = i64::try_from(of.table.rows.len()).unwrap_or(0);
    let mut svg = Svg::new(720, TOP + rows * HEIGHT + 10);
    let head = language.of(["Huvudaktivitet", "Main activity"]);
    svg.label((LEFT - 10, 20), Side::End, head);
    for ((_, code), place) in columns.iter().zip(0..) {
        let middle = LEFT + place * width + width / 2;
        svg.label((middle, 20), Side::Middle, code);
    }
    let mut said = Vec::new();
    for (row, top) in of
        .table
        .rows
        .iter()
        .zip((0..).map(|row| TOP + row * HEIGHT))
    {
        let name = of.names(row).join(" ");
        svg.label((LEFT - 10, top + 15), Side::End, &name);
        let mut own = Vec::new();
        for (at, place) in each().zip(0..) {
            let found = of.pick(row, at);
            let corner = (LEFT + place * width, top);
            let size = (width - 2, HEIGHT - 2);
            let middle = (corner.0 + size.0 / 2, top + 15);
            match found.thousandths() {
                Some(value) => {
                    let (fill, ink) = scale.colours(value);
                    svg.filled(corner, size, fill);
                    svg.words(middle, Side::Middle, (&found.shown, 11, ink));
                }
                None => {
                    svg.hatched(corner, size);
                    svg.filled((middle.0 - 8, top + 3), (16, HEIGHT - 8), "#FFFFFF");
                    svg.words(middle, Side::Middle, ("–", 11, INK));
                }
            }
            own.push(found.shown);
        }
        said.push(format!("{name}: {}", own.join(", ")));
    }
    scale.legend(&mut svg, (LEFT + count * width + 20, TOP), language);
    let codes: Vec<&str> = columns.iter().map(|(_, code)| *code).collect();
    let title = match language {
        Language::Swedish => {
            "Andel kommuner som stödinsatser har nått, per län och huvudaktivitet, procent"
        }
        Language::English => {
            "Share of municipalities that support has reached, by county and main activity, percent"
        }
    };
    said.insert(0, format!("{head} {}", codes.join(", ")));
    let words = Words {
        name: "coverage_matrix".to_owned(),
        title: title.to_owned(),
        said,
    };
    Some(of.chart(words, svg))
}
