//! Charts of a report as SVG, each with a text for those who do not see it: one code for documents and pages. Whole
//! numbers alone: no float is near a figure.

mod bars;
mod borders;
mod colour;
mod lines;
mod matrix;
mod municipalities;
mod picked;
#[cfg(feature = "pdf")]
mod picture;
mod slope;
mod spread;
mod svg;
mod tiles;
mod timeline;

use crate::reports::Language;
use crate::reports::report::{Report, Section, Table};

/// A chart.
pub(super) struct Chart {
    /// What it is called in the name of its file.
    name: String,
    /// The section that it stands in.
    pub(super) section: &'static str,
    /// What it shows, with the unit.
    pub(super) title: String,
    /// The same in words, with its numbers.
    pub(super) alternative: String,
    /// Where its numbers come from.
    pub(super) source: String,
    /// How wide and high the picture is; a width of 720 is that of a page.
    pub(super) size: svg::At,
    /// The picture.
    pub(super) svg: String,
}

impl Chart {
    /// The name of its file, beside a document with a stem.
    pub(super) fn file(&self, stem: &str) -> String {
        format!("{stem}.{}.svg", self.name)
    }
}

/// What every chart is drawn from.
#[derive(Clone, Copy)]
struct Of<'a> {
    report: &'a Report,
    section: &'a Section,
    table: &'a Table,
    language: Language,
}

/// A chart's words: the name of its file, its title, and what it says.
struct Words {
    name: String,
    title: String,
    said: Vec<String>,
}

impl Words {
    /// The same words of one of several charts, which say which they are.
    fn of_part(mut self, (part, parts): (usize, usize)) -> Self {
        if parts > 1 {
            self.title.push_str(&format!(" ({part}/{parts})"));
            self.name.push_str(&format!("_{part}"));
        }
        self
    }
}

impl<'a> Of<'a> {
    /// A table of a section: of several whose codes begin so, one a year, the last.
    fn table(
        report: &'a Report,
        language: Language,
        (section, table): (&str, &str),
    ) -> Option<Self> {
        let section = report.section(section)?;
        let mut tables = section.tables.iter().rev();
        let table = tables.find(|one| one.code.starts_with(table))?;
        Some(Self {
            report,
            section,
            table,
            language,
        })
    }

    /// The chart of a drawing.
    fn chart(self, words: Words, svg: svg::Svg) -> Chart {
        let alternative = format!("{}. {}.", words.title, words.said.join("; "));
        let (number, version) = (&self.table.number, self.report.version);
        let source = match self.language {
            Language::Swedish => format!("Källa: tabell {number}; datauttag version {version}."),
            Language::English => format!("Source: table {number}; dataset version {version}."),
        };
        Chart {
            name: words.name,
            section: self.section.code,
            size: svg.size(),
            svg: svg.finished(&words.title, &alternative),
            title: words.title,
            alternative,
            source,
        }
    }
}

/// The charts of a report: those that its tables have the figures for, in the order that they stand in a section.
pub(super) fn charts(report: &Report, language: Language) -> Vec<Chart> {
    let mut charts = Vec::new();
    charts.extend(lines::usage(report, language));
    charts.extend(municipalities::usage(report, language));
    charts.extend(bars::usage(report, language));
    charts.extend(spread::usage(report, language));
    charts.extend(tiles::coverage(report, language));
    charts.extend(matrix::coverage(report, language));
    charts.extend(timeline::plan(report, language));
    charts.extend(slope::indicators(report, language));
    charts
}
