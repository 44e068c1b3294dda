//! A bar for each county.

use super::colour::SERIES;
use super::picked::year_of;
use super::svg::{Side, Svg};
use super::{Chart, Of, Words};
use crate::reports::Language;
use crate::reports::report::Report;

/// Usage rates of the municipalities by county in the last year.
pub(super) fn usage(report: &Report, language: Language) -> Option<Chart> {
    let of = Of::table(
        report,
        language,
        ("funds.by_county", "funds.by_county.municipalities_"),
    )?;
    let rows = of.picked("fund.usage_rate")?;
    let height = 30 + 20 * i64::try_from(rows.len()).unwrap_or(0);
    let mut svg = Svg::new(720, height + 10);
    for percent in [0_i64, 25, 50, 75, 100] {
        let at = 200 + percent * 44 / 10;
        svg.guide((at, 10), (at, height - 16));
        svg.label((at, height), Side::Middle, &percent.to_string());
    }
    let mut said = Vec::new();
    for (place, one) in (0..).zip(&rows) {
        let name = one.names.first().map_or("", String::as_str);
        let top = 12 + 20 * place;
        svg.label((194, top + 12), Side::End, name);
        let width = one.thousandths().unwrap_or(0) * 440 / 1000;
        svg.filled((200, top), (width, 14), SERIES[0].colour);
        svg.label((206 + width, top + 12), Side::Start, &one.shown);
        said.push(format!("{name}: {}", one.shown));
    }
    let year = year_of(&rows);
    let words = Words {
        name: "usage_by_county".to_owned(),
        title: match language {
            Language::Swedish => format!("Kommunernas nyttjandegrad per län{year}, procent"),
            Language::English => {
                format!("Usage rate of the municipalities by county{year}, percent")
            }
        },
        said,
    };
    Some(of.chart(words, svg))
}
