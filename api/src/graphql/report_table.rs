//! Tables of reports in the schema: columns, rows, and cells that are figures of the register.

use async_graphql::{Object, SimpleObject};

use super::report::Report;
use super::scalars::{Decimal, FigureCode};
use super::vocabulary::{Absent, FigureUnit};
use crate::reports::Language;
use crate::reports::report as composed;

/// A table of a report (tabell).
pub struct ReportTable {
    pub(crate) of: Report,
    /// Part, section and table, by place.
    pub(crate) at: (usize, usize, usize),
}

impl ReportTable {
    fn section(&self) -> &composed::Section {
        &self.of.found.parts[self.at.0].sections[self.at.1]
    }

    fn found(&self) -> &composed::Table {
        &self.section().tables[self.at.2]
    }

    /// A cell as it is told: text, exact value, why there is none, and the figure that it is.
    fn cell(&self, column: &composed::Column, cell: &composed::Cell) -> ReportCell {
        let empty = ReportCell {
            column: column.key.clone(),
            text: None,
            text_en: None,
            value: None,
            absent: None,
            figure: None,
            number: None,
        };
        match cell {
            composed::Cell::Text([sv, en]) => ReportCell {
                text: Some(sv.clone()),
                text_en: Some(en.clone()),
                ..empty
            },
            composed::Cell::Absent(reason) => ReportCell {
                absent: Some((*reason).into()),
                ..empty
            },
            composed::Cell::Figure(place) => {
                let one = &self.section().figures[*place];
                let value = one.figure.value.number();
                let shown = |language| one.figure.value.shown(one.figure.unit, language);
                ReportCell {
                    text: value.ok().map(|_| shown(Language::Swedish)),
                    text_en: value.ok().map(|_| shown(Language::English)),
                    value: value.ok().map(Decimal),
                    absent: value.err().map(Absent::from),
                    figure: Some(FigureCode(one.figure.code.clone())),
                    number: Some(one.number.clone()),
                    ..empty
                }
            }
        }
    }
}

/// A table of a report (tabell).
#[Object]
impl ReportTable {
    /// Its code: the same from report to report (kod).
    async fn code(&self) -> &str {
        &self.found().code
    }

    /// Its number, such as `2.1 A` (nummer).
    async fn number(&self) -> &str {
        &self.found().number
    }

    /// Swedish title (titel).
    async fn title(&self) -> &str {
        &self.found().title[0]
    }

    /// English title (engelsk titel).
    async fn title_en(&self) -> Option<&str> {
        Some(&self.found().title[1])
    }

    /// Its columns (kolumner).
    async fn columns(&self) -> Vec<ReportColumn> {
        let columns = self.found().columns.iter();
        let column = |one: &composed::Column| ReportColumn {
            key: one.key.clone(),
            title: one.title[0].clone(),
            title_en: Some(one.title[1].clone()),
            unit: one.unit.map(FigureUnit::from),
        };
        columns.map(column).collect()
    }

    /// Its rows (rader).
    async fn rows(&self) -> Vec<ReportRow> {
        let table = self.found();
        let row = |row: &composed::Row| ReportRow {
            cells: (table.columns.iter().zip(&row.cells))
                .map(|(column, cell)| self.cell(column, cell))
                .collect(),
        };
        table.rows.iter().map(row).collect()
    }

    /// What a reader must know of it, in Swedish (anmärkningar).
    async fn notes(&self) -> Vec<String> {
        let notes = self.section().notes(self.found()).into_iter();
        notes.map(|[swedish, _]| swedish).collect()
    }

    /// The same in English (engelska anmärkningar).
    async fn notes_en(&self) -> Vec<String> {
        let notes = self.section().notes(self.found()).into_iter();
        notes.map(|[_, english]| english).collect()
    }
}

/// A column of a table (kolumn).
#[derive(SimpleObject)]
pub struct ReportColumn {
    /// What it is called in files: the same from report to report (nyckel).
    key: String,
    /// Swedish title (titel).
    title: String,
    /// English title (engelsk titel).
    title_en: Option<String>,
    /// Unit of its figures; null of names, and where rows differ (enhet).
    unit: Option<FigureUnit>,
}

/// A row of a table (rad).
#[derive(SimpleObject)]
pub struct ReportRow {
    /// Its cells, one for every column in their order (celler).
    cells: Vec<ReportCell>,
}

/// A cell of a table (cell).
#[derive(SimpleObject)]
pub struct ReportCell {
    /// Key of its column (kolumn).
    column: String,
    /// As it is printed in Swedish; null where there is no value (text).
    text: Option<String>,
    /// As it is printed in English (engelsk text).
    text_en: Option<String>,
    /// The exact value; null of names (värde).
    value: Option<Decimal>,
    /// Why there is no value (orsak till att värde saknas).
    absent: Option<Absent>,
    /// Code of the figure that it shows; null of names (siffra).
    figure: Option<FigureCode>,
    /// The number that the figure is printed under (nummer).
    number: Option<String>,
}
