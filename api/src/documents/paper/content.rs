//! What a report says on paper, as data for the template: strings and lengths, never markup.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::chart::Chart;
use super::super::layout::Layout;
use super::super::narrative::told;
use super::super::prose;
use super::super::shown::{
    Printed, figure, head, met_by, missing, printed, remarks, synthetic, text,
};
use super::world::chart_name;
use crate::reports::Language;
use crate::reports::figure::{Definition, Unit};
use crate::reports::report::{Report, Section, Table};

/// A table as it is laid out.
struct Sheet {
    title: String,
    printed: Printed,
    notes: String,
    footnote: Option<String>,
}

/// The content of a report.
pub(super) fn of(report: &Report, charts: &[Chart], language: Language) -> Value {
    let parts = report.parts.iter().map(|part| {
        let sections = part.sections.iter();
        let sections = sections.map(|one| section(report, one, charts, language));
        json!({
            "title": format!("{}. {}", part.number, text(&part.title, language)),
            "sections": sections.collect::<Vec<_>>(),
        })
    });
    let demands = report.required.iter().map(|one| {
        let missing = one.missing.iter().map(|what| missing(what, language));
        json!({
            "text": one.text,
            "met": met_by(report, one, language),
            "missing": missing.collect::<Vec<_>>(),
        })
    });
    let quality = report.quality.iter().map(|one| {
        let lines: Vec<&str> = text(&one.text, language).lines().collect();
        json!({ "heading": text(&one.heading, language), "lines": lines })
    });
    let dataset = language.of(["datauttag version", "dataset version"]);
    json!({
        "title": report.title,
        "author": "Samsyn",
        "language": language.of(["sv", "en"]),
        "number": report.registry_number.as_str(),
        "foot": format!("{} · {dataset} {}", report.registry_number, report.version),
        "synthetic": report.synthetic.then(|| synthetic(language)),
        "head": head(report, language),
        "words": {
            "page": language.of(["Sida", "Page"]),
            "contents": language.of(["Innehåll", "Contents"]),
            "demands": language.of(["Beslutets krav på innehåll", "What the decision demands"]),
            "quality": language.of(["Kvalitetsdeklaration", "Quality declaration"]),
        },
        "parts": parts.collect::<Vec<_>>(),
        "demands": demands.collect::<Vec<_>>(),
        "quality": quality.collect::<Vec<_>>(),
        "appendices": [definitions(report, language), register(report, language)],
    })
}

fn section(report: &Report, section: &Section, charts: &[Chart], language: Language) -> Value {
    let own = charts.iter().enumerate();
    let own = own.filter(|(_, chart)| chart.section == section.code);
    let charts = own.map(|(place, chart)| {
        json!({
            "file": chart_name(place),
            "title": chart.title,
            "alternative": chart.alternative,
            "source": chart.source,
            "width": chart.size.0 * 4760 / 720,
        })
    });
    let tables = section.tables.iter();
    let tables = tables.map(|one| sheet(section, one, language).laid_out());
    json!({
        "title": format!("{} {}", section.number, text(&section.title, language)),
        "empty": section.empty.as_ref().map(|why| text(why, language)),
        "texts": prose::paper::texts(&told(report, section, language)),
        "charts": charts.collect::<Vec<_>>(),
        "tables": tables.collect::<Vec<_>>(),
    })
}

/// A table of a section; each row ends with the numbers of its figures, and a footnote says where their codes stand.
fn sheet(section: &Section, table: &Table, language: Language) -> Sheet {
    let word = language.of(["Tabell", "Table"]);
    let places = table.rows.iter().flat_map(|row| &row.cells);
    let mut own = places.filter_map(|one| figure(section, one));
    let first = own.next();
    let last = own.next_back().or(first);
    let footnote = first.zip(last).map(|(first, last)| {
        let (first, last) = (&first.number, &last.number);
        match language {
            Language::Swedish => {
                format!("Siffrorna {first} till {last}: koder i bilaga B, definitioner i bilaga A.")
            }
            Language::English => format!(
                "Figures {first} to {last}: codes in appendix B, definitions in appendix A."
            ),
        }
    });
    Sheet {
        title: format!("{word} {}. {}", table.number, text(&table.title, language)),
        printed: printed(section, table, language),
        notes: remarks(section, table, language).join(" "),
        footnote,
    }
}

impl Sheet {
    /// A table of an appendix: names alone, but for the last column where its texts stand to the right.
    fn of_names(title: String, headers: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self {
            title,
            printed: Printed {
                headers: headers.iter().map(|one| (*one).to_owned()).collect(),
                right: vec![false; headers.len()],
                rows,
            },
            notes: String::new(),
            footnote: None,
        }
    }

    fn laid_out(self) -> Value {
        let Printed {
            headers,
            right,
            rows,
        } = self.printed;
        let layout = Layout::of(&headers, &rows);
        let columns = headers.iter().zip(&right).zip(&layout.widths);
        let columns = columns.map(
            |((title, right), width)| json!({ "title": title, "right": right, "width": width }),
        );
        json!({
            "title": self.title,
            "footnote": self.footnote,
            "notes": (!self.notes.is_empty()).then_some(self.notes),
            "size": layout.size,
            "wide": layout.wide,
            "columns": columns.collect::<Vec<_>>(),
            "rows": rows,
        })
    }
}

/// Appendix A: each definition once, with its unit and rounding.
fn definitions(report: &Report, language: Language) -> Value {
    let mut found: BTreeMap<&str, (&Definition, String, &str)> = BTreeMap::new();
    let figures = report.parts.iter().flat_map(|part| &part.sections);
    for one in figures.flat_map(|section| &section.figures) {
        let figure = &one.figure;
        found.entry(figure.definition.code).or_insert_with(|| {
            let rounding = figure.unit.rounding(language);
            (
                figure.definition,
                figure.unit.label(language).to_owned(),
                rounding,
            )
        });
    }
    let rows = found.into_values().map(|(definition, unit, rounding)| {
        let title = language.of(definition.title);
        let unit = if unit.is_empty() {
            title.to_owned()
        } else {
            format!("{title} ({unit})")
        };
        vec![
            definition.code.to_owned(),
            unit,
            format!("{} {rounding}", language.of(definition.formula)),
        ]
    });
    let (heading, lead, title, headers) = match language {
        Language::Swedish => (
            "Bilaga A. Definitioner",
            "Varje siffra i redovisningen har en av dessa definitioner; koden är densamma från redovisning till redovisning.",
            "Definitioner av siffrorna",
            ["Definition", "Siffra", "Beräkning och avrundning"],
        ),
        Language::English => (
            "Appendix A. Definitions",
            "Every figure of the report has one of these definitions; its code is the same from report to report.",
            "Definitions of the figures",
            ["Definition", "Figure", "Computation and rounding"],
        ),
    };
    let sheet = Sheet::of_names(title.to_owned(), &headers, rows.collect());
    json!({ "heading": heading, "lead": lead, "tables": [sheet.laid_out()] })
}

/// Appendix B: each figure of the report with its number, code and value, section by section.
fn register(report: &Report, language: Language) -> Value {
    let (heading, lead, headers) = match language {
        Language::Swedish => (
            "Bilaga B. Siffror",
            "Numret är redovisningens eget. Koden ger samma siffra i varje datauttag: definition, diarienummer och vad siffran avser.",
            ["Nr", "Kod", "Värde"],
        ),
        Language::English => (
            "Appendix B. Figures",
            "The number is the report's own. The code gives the same figure in every dataset: definition, registry number, and what the figure is of.",
            ["No.", "Code", "Value"],
        ),
    };
    let sections = report.parts.iter().flat_map(|part| &part.sections);
    let tables = sections
        .filter(|one| !one.figures.is_empty())
        .map(|section| {
            let rows = section.figures.iter().map(|one| {
                let figure = &one.figure;
                let shown = figure.value.shown(figure.unit, language);
                let is_bare = matches!(figure.unit, Unit::Count | Unit::Number);
                let value = match figure.value.number() {
                    Ok(_) if !is_bare => format!("{shown}\u{a0}{}", figure.unit.label(language)),
                    _ => shown,
                };
                vec![one.number.clone(), figure.code.as_str().to_owned(), value]
            });
            let title = format!("{} {}", section.number, text(&section.title, language));
            let mut sheet = Sheet::of_names(title, &headers, rows.collect());
            sheet.printed.right = vec![false, false, true];
            sheet.laid_out()
        });
    json!({ "heading": heading, "lead": lead, "tables": tables.collect::<Vec<_>>() })
}
