//! How usage rates are spread over recipients: from the tenth to the ninetieth percentile, with the median.

use super::colour::SERIES;
use super::svg::{INK, Side, Stroke, Svg};
use super::{Chart, Of, Words};
use crate::reports::Language;
use crate::reports::report::Report;

const LEFT: i64 = 190;

/// The chart.
pub(super) fn usage(report: &Report, language: Language) -> Option<Chart> {
    let of = Of::table(
        report,
        language,
        ("development.equality", "development.equality.usage_rate"),
    )?;
    let parts = ["p10", "median", "p90"];
    let mut columns = Vec::new();
    for part in parts {
        columns.push(of.picked(&format!("equality.usage_rate.{part}"))?);
    }
    let rows = of.table.rows.len();
    let height = 58 + 26 * i64::try_from(rows).unwrap_or(0);
    let mut svg = Svg::new(720, height);
    let x = |value: i64| LEFT + value * 46 / 100;
    for percent in [0_i64, 25, 50, 75, 100] {
        let at = x(percent * 10);
        svg.guide((at, 30), (at, height - 24));
        svg.label((at, height - 8), Side::Middle, &percent.to_string());
    }
    legend(&mut svg, language);
    let median = Stroke {
        colour: INK,
        width: 30,
        dash: "",
    };
    let mut said = Vec::new();
    for (place, row) in (0..rows).zip(0_i64..) {
        let middle = 46 + 26 * row;
        let own: Vec<_> = columns
            .iter()
            .filter_map(|column| column.get(place))
            .collect();
        let [low, mid, high] = own.as_slice() else {
            continue;
        };
        let mut names = low.names.clone();
        names.reverse();
        let name = names.join(" ");
        svg.label((LEFT - 10, middle + 4), Side::End, &name);
        let values = (low.thousandths(), mid.thousandths(), high.thousandths());
        let (Some(from), Some(half), Some(to)) = values else {
            svg.label((LEFT + 6, middle + 4), Side::Start, "–");
            said.push(format!("{name}: –"));
            continue;
        };
        svg.filled(
            (x(from), middle - 7),
            ((x(to) - x(from)).max(2), 14),
            "#9CC7E4",
        );
        svg.line(&[(x(half), middle - 9), (x(half), middle + 9)], median);
        svg.dot((x(from), middle), 3, SERIES[0].colour);
        svg.dot((x(to), middle), 3, SERIES[0].colour);
        // Where the bar begins at the edge its number stands within it, not on the name.
        let (at, side) = if from < 80 {
            (x(from) + 7, Side::Start)
        } else {
            (x(from) - 7, Side::End)
        };
        svg.words((at, middle + 4), side, (&low.shown, 11, INK));
        svg.words((x(to) + 7, middle + 4), Side::Start, (&high.shown, 11, INK));
        said.push(match language {
            Language::Swedish => format!(
                "{name}: tionde percentilen {}, median {}, nittionde {}",
                low.shown, mid.shown, high.shown
            ),
            Language::English => format!(
                "{name}: tenth percentile {}, median {}, ninetieth {}",
                low.shown, mid.shown, high.shown
            ),
        });
    }
    let title = language.of([
        "Fördelning av mottagarnas nyttjandegrad, procent",
        "Distribution of the recipients' usage rates, percent",
    ]);
    let words = Words {
        name: "usage_distribution".to_owned(),
        title: title.to_owned(),
        said,
    };
    Some(of.chart(words, svg))
}

fn legend(svg: &mut Svg, language: Language) {
    let stroke = Stroke {
        colour: INK,
        width: 30,
        dash: "",
    };
    svg.filled((LEFT, 6), (60, 14), "#9CC7E4");
    svg.dot((LEFT, 13), 3, SERIES[0].colour);
    svg.dot((LEFT + 60, 13), 3, SERIES[0].colour);
    svg.line(&[(LEFT + 36, 4), (LEFT + 36, 22)], stroke);
    let words = language.of([
        "tionde percentilen, median (streck), nittionde percentilen",
        "tenth percentile, median (stroke), ninetieth percentile",
    ]);
    svg.label((LEFT + 70, 17), Side::Start, words);
}
