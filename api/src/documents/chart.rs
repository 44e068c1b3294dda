//! Charts of a report as SVG, with a text for those who do not see them. Whole numbers alone: no float is near a figure.

use std::collections::BTreeMap;
use std::fmt::Write;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::shown::{cell, figure};
use crate::reports::Language;
use crate::reports::report::{Report, Section, Table};

/// A chart.
pub(super) struct Chart {
    /// What it is called in the name of its file.
    name: &'static str,
    /// The section that it stands in.
    pub(super) section: &'static str,
    /// What it shows.
    pub(super) title: String,
    /// The same in words, with its numbers.
    pub(super) alternative: String,
    /// Where its numbers come from.
    pub(super) source: String,
    /// The picture.
    pub(super) svg: String,
}

impl Chart {
    /// The name of its file, beside a document with a stem.
    pub(super) fn file(&self, stem: &str) -> String {
        format!("{stem}.{}.svg", self.name)
    }
}

/// Colours that are told apart by the colour-blind and in grey (Okabe and Ito), with the dashes of their lines.
const SERIES: [(&str, &str); 4] = [
    ("#0072B2", ""),
    ("#D55E00", "8 4"),
    ("#009E73", "2 4"),
    ("#7F7F7F", "12 4 2 4"),
];

const FONT: &str = "Libertinus Serif";

/// The charts of a report: those that its tables have the figures for.
pub(super) fn charts(report: &Report, language: Language) -> Vec<Chart> {
    let found = [
        lines(report, language),
        bars(report, language, &COVERAGE),
        bars(report, language, &USAGE),
    ];
    found.into_iter().flatten().collect()
}

/// A bar chart of a column of a table.
struct Bars {
    name: &'static str,
    section: &'static str,
    /// How the code of the table begins.
    table: &'static str,
    column: &'static str,
    title: [&'static str; 2],
}

const COVERAGE: Bars = Bars {
    name: "coverage",
    section: "support.coverage",
    table: "support.coverage.by_county",
    column: "coverage.rate",
    title: [
        "Täckning av kommuner per län, procent",
        "Coverage of municipalities by county, percent",
    ],
};

const USAGE: Bars = Bars {
    name: "usage_by_county",
    section: "funds.by_county",
    table: "funds.by_county.municipalities_",
    column: "fund.usage_rate",
    title: [
        "Kommunernas nyttjandegrad per län det sista året, procent",
        "Usage rate of the municipalities by county in the last year, percent",
    ],
};

/// A share in thousandths, between 0 and 1000 for show.
fn thousandths(value: Decimal) -> i64 {
    let value = value.checked_mul(Decimal::ONE_THOUSAND).unwrap_or_default();
    value.round().to_i64().unwrap_or_default().clamp(0, 1000)
}

/// Usage rates over the years, a line a kind of recipient.
fn lines(report: &Report, language: Language) -> Option<Chart> {
    let section = report.section("development.use")?;
    let mut series: BTreeMap<String, BTreeMap<i32, (i64, String)>> = BTreeMap::new();
    for one in &section.figures {
        let found = &one.figure;
        let (Some(year), Some(kind), Ok(value)) =
            (found.key.year, found.key.kind, found.value.number())
        else {
            continue;
        };
        if found.definition.code == "fund.usage_rate" {
            let name = crate::reports::figure::kind_label(kind, None, language).to_owned();
            let shown = found.value.shown(found.unit, language);
            series
                .entry(name)
                .or_default()
                .insert(year, (thousandths(value), shown));
        }
    }
    let mut years: Vec<i32> = series
        .values()
        .flat_map(|own| own.keys().copied())
        .collect();
    years.sort_unstable();
    years.dedup();
    if years.len() < 2 {
        return None;
    }
    let title = language.of([
        "Nyttjandegrad över åren, procent",
        "Usage rate over the years, percent",
    ]);
    let step = 480 / i64::try_from(years.len() - 1).unwrap_or(1);
    let x = |year: i32| {
        let place = years.iter().position(|own| *own == year).unwrap_or(0);
        60 + step * i64::try_from(place).unwrap_or(0)
    };
    let y = |value: i64| 230 - value / 5;
    let mut svg = head(720, 270);
    for percent in [0_i64, 25, 50, 75, 100] {
        let at = y(percent * 10);
        rule(&mut svg, (60, at), (540, at));
        label(&mut svg, (52, at + 4), "end", &percent.to_string());
    }
    for year in &years {
        label(&mut svg, (x(*year), 250), "middle", &year.to_string());
    }
    let mut words = Vec::new();
    for (place, (name, points)) in series.iter().enumerate() {
        let (colour, dash) = SERIES[place % SERIES.len()];
        let path: Vec<String> = points
            .iter()
            .map(|(year, (value, _))| format!("{},{}", x(*year), y(*value)))
            .collect();
        let _ = write!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\" stroke-dasharray=\"{dash}\"/>",
            path.join(" ")
        );
        for (year, (value, shown)) in points {
            let _ = write!(
                svg,
                "<circle cx=\"{}\" cy=\"{}\" r=\"4\" fill=\"{colour}\"/>",
                x(*year),
                y(*value)
            );
            words.push(format!("{name} {year}: {shown}"));
        }
        let at = 60 + 22 * i64::try_from(place).unwrap_or(0);
        let _ = write!(
            svg,
            "<line x1=\"560\" y1=\"{at}\" x2=\"592\" y2=\"{at}\" stroke=\"{colour}\" stroke-width=\"2.5\" stroke-dasharray=\"{dash}\"/>"
        );
        label(&mut svg, (598, at + 4), "start", name);
    }
    svg.push_str("</svg>");
    Some(Chart {
        name: "usage_over_years",
        section: section.code,
        title: title.to_owned(),
        alternative: format!("{title}. {}.", words.join("; ")),
        source: source(report, section.tables.first(), language),
        svg,
    })
}

/// Where the numbers of a chart of a table come from.
fn source(report: &Report, table: Option<&Table>, language: Language) -> String {
    let table = table.map_or("", |one| one.number.as_str());
    let version = report.version;
    match language {
        Language::Swedish => format!("Källa: tabell {table}; datauttag version {version}."),
        Language::English => format!("Source: table {table}; dataset version {version}."),
    }
}

/// A bar for each row of a table; of several tables, one a year, the last.
fn bars(report: &Report, language: Language, of: &Bars) -> Option<Chart> {
    let section = report.section(of.section)?;
    let mut tables = section.tables.iter().rev();
    let table = tables.find(|one| one.code.starts_with(of.table))?;
    let rows = values(section, table, of.column, language);
    if rows.is_empty() {
        return None;
    }
    let title = language.of(of.title);
    let height = 30 + 20 * i64::try_from(rows.len()).unwrap_or(0);
    let mut svg = head(720, height + 10);
    for percent in [0_i64, 25, 50, 75, 100] {
        let at = 200 + percent * 44 / 10;
        rule(&mut svg, (at, 10), (at, height - 16));
        label(&mut svg, (at, height), "middle", &percent.to_string());
    }
    for (place, (name, value, shown)) in rows.iter().enumerate() {
        let top = 12 + 20 * i64::try_from(place).unwrap_or(0);
        let width = value * 440 / 1000;
        let _ = write!(
            svg,
            "<rect x=\"200\" y=\"{top}\" width=\"{width}\" height=\"14\" fill=\"{}\"/>",
            SERIES[0].0
        );
        label(&mut svg, (194, top + 11), "end", name);
        label(&mut svg, (206 + width, top + 11), "start", shown);
    }
    svg.push_str("</svg>");
    let words: Vec<String> = rows
        .iter()
        .map(|(name, _, shown)| format!("{name}: {shown}"))
        .collect();
    Some(Chart {
        name: of.name,
        section: section.code,
        title: title.to_owned(),
        alternative: format!("{title}. {}.", words.join("; ")),
        source: source(report, Some(table), language),
        svg,
    })
}

/// Names, values and shown values of a column.
fn values(
    section: &Section,
    table: &Table,
    column: &str,
    language: Language,
) -> Vec<(String, i64, String)> {
    let Some(at) = table.columns.iter().position(|one| one.key == column) else {
        return Vec::new();
    };
    let row = |row: &crate::reports::report::Row| {
        let found = &figure(section, row.cells.get(at)?)?.figure;
        let name = row.cells.first().map(|one| cell(section, one, language))?;
        let value = found.value.number().ok()?;
        Some((
            name,
            thousandths(value),
            found.value.shown(found.unit, language),
        ))
    };
    table.rows.iter().filter_map(row).collect()
}

fn head(width: i64, height: i64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"{FONT}\" font-size=\"13\">"
    )
}

fn rule(svg: &mut String, from: (i64, i64), to: (i64, i64)) {
    let _ = write!(
        svg,
        "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"#BFBFBF\" stroke-width=\"0.7\"/>",
        from.0, from.1, to.0, to.1
    );
}

fn label(svg: &mut String, at: (i64, i64), anchor: &str, words: &str) {
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    let _ = write!(
        svg,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{words}</text>",
        at.0, at.1
    );
}
