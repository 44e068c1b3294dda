//! A map of the municipalities within their borders, the whole country and the two counties whose municipalities are too
//! small to be seen on it.

use std::collections::BTreeMap;

use super::borders::{BORDERS, Border};
use super::colour::Scale;
use super::picked::{Picked, year_of};
use super::svg::{At, Side, Svg};
use super::{Chart, Of, Words};
use crate::reports::Language;
use crate::reports::figure::GroupKind;
use crate::reports::report::Report;

const SIZE: At = (720, 800);

/// A part of the drawing: the codes that it shows begin so; its name; from its upper left corner, how large it is.
type Panel = (&'static str, [&'static str; 2], At, At);

const PANELS: [Panel; 3] = [
    ("", ["", ""], (0, 0), (370, 800)),
    (
        "01",
        ["Stockholms län", "Stockholm county"],
        (420, 30),
        (300, 290),
    ),
    ("12", ["Skåne län", "Skåne county"], (420, 360), (300, 260)),
];

/// Usage rate of each municipality in the last year.
pub(super) fn usage(report: &Report, language: Language) -> Option<Chart> {
    let of = Of::table(
        report,
        language,
        ("funds.by_county", "funds.by_county.each_municipality_"),
    )?;
    let rows = of.picked("fund.usage_rate")?;
    let each = rows.iter().filter_map(|one| {
        let code = one.key?.of(GroupKind::Recipient)?;
        Some((code, one.thousandths()?))
    });
    let values: BTreeMap<&str, i64> = each.collect();
    let scale = Scale::of_many(values.values().copied());
    let mut svg = Svg::new(SIZE.0, SIZE.1);
    for (begins, names, at, size) in PANELS {
        let own = BORDERS.iter().filter(|(code, _)| code.starts_with(begins));
        panel(&mut svg, &own.collect::<Vec<_>>(), (at, size), |code| {
            Some(scale.colours(*values.get(code)?).0)
        });
        svg.words(
            (at.0, at.1 - 8),
            Side::Start,
            (language.of(names), 13, super::svg::INK),
        );
    }
    scale.legend(&mut svg, (420, 660), language);
    let year = year_of(&rows);
    let words = Words {
        name: "usage_map".to_owned(),
        title: match language {
            Language::Swedish => format!("Karta: kommunernas nyttjandegrad{year}, procent"),
            Language::English => format!("Map: usage rate of the municipalities{year}, percent"),
        },
        said: said(&of, &rows, &scale),
    };
    Some(of.chart(words, svg))
}

/// Draws municipalities as large as their part of the drawing allows.
fn panel(
    svg: &mut Svg,
    own: &[(&String, &Border)],
    (at, size): (At, At),
    fill: impl Fn(&str) -> Option<&'static str>,
) {
    let corners = || own.iter().map(|(_, border)| border.corners);
    let left = corners().map(|one| one.0.0).min().unwrap_or(0);
    let top = corners().map(|one| one.0.1).min().unwrap_or(0);
    let right = corners().map(|one| one.1.0).max().unwrap_or(1);
    let bottom = corners().map(|one| one.1.1).max().unwrap_or(1);
    // Thousandths of the drawing's unit that a hectometre is.
    let scale = (size.0 * 1000 / (right - left).max(1)).min(size.1 * 1000 / (bottom - top).max(1));
    svg.begin_scaled(
        (at.0 - left * scale / 1000, at.1 - top * scale / 1000),
        scale,
    );
    for (code, border) in own {
        svg.area(&border.path, fill(code));
    }
    svg.end_scaled();
}

/// What the map says, without 290 numbers one after the other: these are in its table.
fn said(of: &Of, rows: &[Picked], scale: &Scale) -> Vec<String> {
    let mut known: Vec<(i64, &Picked)> = Vec::new();
    known.extend(
        rows.iter()
            .filter_map(|one| Some((one.thousandths()?, one))),
    );
    known.sort_by_key(|(value, _)| *value);
    let name = |one: &Picked| {
        format!(
            "{} {}",
            one.names.last().map_or("", String::as_str),
            one.shown
        )
    };
    let ends =
        [known.first(), known.last()].map(|one| one.map_or_else(String::new, |one| name(one.1)));
    let classes = scale
        .classes(of.language)
        .into_iter()
        .map(|(class, bounds)| {
            let within = known
                .iter()
                .filter(|(value, _)| scale.class(*value) == class);
            format!("{bounds}: {}", within.count())
        });
    let (known, all, number) = (known.len(), rows.len(), &of.table.number);
    let [lowest, highest] = ends;
    let mut said = match of.language {
        Language::Swedish => vec![
            format!(
                "{known} av {all} kommuner har ett värde, och vart och ett står i tabell {number}"
            ),
            format!("lägst {lowest}, högst {highest}"),
        ],
        Language::English => vec![
            format!("{known} of {all} municipalities have a value, and each is in table {number}"),
            format!("lowest {lowest}, highest {highest}"),
        ],
    };
    said.extend(classes);
    said
}
