//! How sections are composed: tables are asked for by definition and key, and every cell is a figure of the register.

use analytics::figure::{Absent, RecipientKind};

use super::model::{Both, Cell, Column, Numbered, Part, Row, Section, Table};
use super::scope::Scope;
use crate::reports::figure::{Definition, GroupKind, definition, kind_label, label};
use crate::reports::{Error, Figure, FigureKey, Language, Narrative, Reports};
use crate::store::{Catalogue, Dataset};

/// What sections are composed with.
pub(super) struct Composer<'a> {
    pub(super) reports: &'a Reports,
    pub(super) dataset: &'a Dataset,
    pub(super) catalogue: &'a Catalogue,
    pub(super) scope: &'a Scope,
    /// What agencies write for the report.
    pub(super) narratives: Vec<Narrative>,
}

/// A section while it is composed.
pub(super) struct Draft {
    code: &'static str,
    title: Both,
    empty: Both,
    figures: Vec<Figure>,
    tables: Vec<Table>,
}

/// A table as it is asked for.
pub(super) struct Asked {
    pub(super) code: String,
    pub(super) title: Both,
    /// Keys and titles of the columns with names.
    pub(super) labels: Vec<(&'static str, [&'static str; 2])>,
    /// The columns with figures.
    pub(super) columns: Vec<Wanted>,
    /// The names of each row, and what its figures are of.
    pub(super) rows: Vec<(Vec<Both>, FigureKey)>,
    pub(super) notes: Vec<[&'static str; 2]>,
}

/// A column of figures: a definition, and a group that all of its figures are of besides the row's.
pub(super) struct Wanted {
    definition: &'static str,
    group: Option<(GroupKind, String)>,
}

/// Columns of definitions.
pub(super) fn wanted(definitions: &[&'static str]) -> Vec<Wanted> {
    let each = definitions.iter().map(|definition| Wanted {
        definition,
        group: None,
    });
    each.collect()
}

/// A column of a definition for each code of a group.
pub(super) fn wanted_by(
    definition: &'static str,
    kind: GroupKind,
    codes: &[String],
) -> Vec<Wanted> {
    let each = codes.iter().map(|code| Wanted {
        definition,
        group: Some((kind, code.clone())),
    });
    each.collect()
}

/// The same words in both languages, owned.
pub(super) fn both(texts: [&str; 2]) -> Both {
    texts.map(str::to_owned)
}

/// A text that is the same in both languages.
pub(super) fn same(text: &str) -> Both {
    [text.to_owned(), text.to_owned()]
}

impl<'a> Composer<'a> {
    pub(super) const fn new(
        reports: &'a Reports,
        dataset: &'a Dataset,
        catalogue: &'a Catalogue,
        scope: &'a Scope,
        narratives: Vec<Narrative>,
    ) -> Self {
        Self {
            reports,
            dataset,
            catalogue,
            scope,
            narratives,
        }
    }

    /// A figure of the report's assignment; none where there is none.
    pub(super) async fn figure(
        &self,
        definition: &'static Definition,
        key: &FigureKey,
    ) -> Result<Option<Figure>, Error> {
        let code = Reports::figure_code(definition, &self.scope.assignment, key);
        Box::pin(self.reports.figure(self.dataset, &code)).await
    }

    /// The name of a kind of recipient.
    pub(super) fn kind(kind: RecipientKind, year: Option<i32>) -> Both {
        [Language::Swedish, Language::English]
            .map(|language| kind_label(kind, year, language).to_owned())
    }

    /// The name of a group.
    pub(super) fn label(&self, kind: GroupKind, code: &str) -> Both {
        let group = (kind, code.to_owned());
        [Language::Swedish, Language::English]
            .map(|language| label(self.catalogue, &self.scope.assignment, &group, language))
    }

    /// Codes of the counties, in their order.
    pub(super) fn counties(&self) -> Vec<String> {
        let codes = self.catalogue.counties().map(|one| one.code.to_string());
        let mut codes: Vec<String> = codes.collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Adds a table to a section: rows without any figure are left out, and a table without rows.
    pub(super) async fn table(&self, draft: &mut Draft, asked: Asked) -> Result<(), Error> {
        let mut rows = Vec::new();
        for (names, key) in asked.rows {
            let mut cells: Vec<Cell> = names.into_iter().map(Cell::Text).collect();
            let mut has_figures = false;
            for column in &asked.columns {
                let found = match definition(column.definition) {
                    None => None,
                    Some(definition) => {
                        let key = match &column.group {
                            None => key.clone(),
                            Some((kind, code)) => key.clone().group(*kind, code.clone()),
                        };
                        self.figure(definition, &key).await?
                    }
                };
                has_figures |= found.is_some();
                cells.push(match found {
                    None => Cell::Absent(Absent::NotApplicable),
                    Some(figure) => {
                        draft.figures.push(figure);
                        Cell::Figure(draft.figures.len() - 1)
                    }
                });
            }
            if has_figures {
                rows.push(Row { cells });
            }
        }
        if rows.is_empty() {
            return Ok(());
        }
        let labels = asked.labels.into_iter().map(Column::of_names);
        let columns = asked.columns.iter().map(|column| self.column(column));
        draft.add(
            &asked.code,
            asked.title,
            labels.chain(columns).collect(),
            rows,
            asked.notes.into_iter().map(both).collect(),
        );
        Ok(())
    }

    fn column(&self, wanted: &Wanted) -> Column {
        let definition = definition(wanted.definition);
        let title = match &wanted.group {
            // Its whole name is too long to stand above a column.
            Some((GroupKind::MainActivity, code)) => [
                format!("Huvudaktivitet {code}"),
                format!("Main activity {code}"),
            ],
            Some((kind, code)) => self.label(*kind, code),
            None => definition.map_or_else(|| same(wanted.definition), heading),
        };
        let key = match &wanted.group {
            Some((_, code)) => format!("{}:{code}", wanted.definition),
            None => wanted.definition.to_owned(),
        };
        Column {
            key,
            title,
            unit: definition.map(|one| one.unit),
            is_label: false,
        }
    }

    /// What agencies write for a section.
    fn narratives_of(&self, part: usize, section: &str) -> Vec<Narrative> {
        let own = self.narratives.iter().filter(|one| {
            usize::try_from(one.model.part) == Ok(part) && one.model.section.code() == section
        });
        own.cloned().collect()
    }

    /// A part of the report: its sections numbered, and their figures.
    pub(super) fn part(&self, number: usize, drafts: Vec<Draft>) -> Part {
        let sections = drafts.into_iter().enumerate();
        Part {
            number,
            title: self.part_title(number),
            sections: sections
                .map(|(index, draft)| {
                    let narratives = self.narratives_of(number, draft.code);
                    draft.numbered(format!("{number}.{}", index + 1), narratives)
                })
                .collect(),
        }
    }
}

impl Draft {
    pub(super) fn new(code: &'static str, title: [&str; 2], empty: [&str; 2]) -> Self {
        Self {
            code,
            title: both(title),
            empty: both(empty),
            figures: Vec::new(),
            tables: Vec::new(),
        }
    }

    /// Adds a table with its rows.
    pub(super) fn add(
        &mut self,
        code: &str,
        title: Both,
        columns: Vec<Column>,
        rows: Vec<Row>,
        notes: Vec<Both>,
    ) {
        self.tables.push(Table {
            code: format!("{}.{code}", self.code),
            number: String::new(),
            title,
            columns,
            rows,
            notes,
        });
    }

    /// Adds a figure to its own figures; gives the cell that shows it.
    pub(super) fn cell(&mut self, figure: Figure) -> Cell {
        self.figures.push(figure);
        Cell::Figure(self.figures.len() - 1)
    }

    fn numbered(self, number: String, narratives: Vec<Narrative>) -> Section {
        let figures = self.figures.into_iter().enumerate();
        let figures = figures.map(|(index, figure)| Numbered {
            number: format!("{number}-{:02}", index + 1),
            figure,
        });
        let tables = self.tables.into_iter().enumerate();
        let tables: Vec<Table> = tables
            .map(|(index, table)| Table {
                number: format!("{number} {}", letter(index)),
                ..table
            })
            .collect();
        Section {
            code: self.code,
            title: self.title,
            empty: (tables.is_empty() && narratives.is_empty()).then(|| self.empty.clone()),
            without_tables: tables.is_empty().then_some(self.empty),
            narratives,
            figures: figures.collect(),
            tables,
            number,
        }
    }
}

/// The title of a column: of measures of equality, whose table says what they are of, the measure alone.
fn heading(definition: &Definition) -> Both {
    let short = |title: &str| {
        let parts = title
            .split_once(", ")
            .filter(|_| definition.code.starts_with("equality."));
        parts.map_or(title, |(_, measure)| measure).to_owned()
    };
    definition.title.map(short)
}

/// A, B, C … of a table; past Z its number.
fn letter(index: usize) -> String {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".chars();
    letters
        .into_iter()
        .nth(index)
        .map_or_else(|| (index + 1).to_string(), String::from)
}
