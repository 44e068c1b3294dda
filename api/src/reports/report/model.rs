//! What a report is made of, in both languages, before it is any document.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{DeliverableKind, RegistryNumber};

use std::ops::Deref;
use std::sync::Arc;

use crate::reports::figure::{Language, Unit};
use crate::reports::{Figure, Narrative, Texts};
use crate::store::Written;
use analytics::figure::Absent;

/// A text in Swedish and in English.
pub type Both = [String; 2];

/// A report to the Government: what was composed, with the agencies' texts as they stand now.
#[derive(Debug)]
pub struct Report {
    /// Everything but the texts.
    composed: Arc<Composed>,
    /// What the decision demands of it.
    pub required: Vec<Requirement>,
    /// The texts of its narratives, by id.
    texts: Texts,
}

impl Deref for Report {
    type Target = Composed;

    fn deref(&self) -> &Composed {
        &self.composed
    }
}

impl Report {
    /// What was composed, with what its decision demands, and the texts of its narratives.
    #[must_use]
    pub const fn new(composed: Arc<Composed>, required: Vec<Requirement>, texts: Texts) -> Self {
        Self {
            composed,
            required,
            texts,
        }
    }

    /// The text of a narrative.
    #[must_use]
    pub fn written(&self, narrative: &Narrative) -> &Written {
        narrative.text(&self.texts)
    }
}

/// A report as it follows from a dataset, without the agencies' texts: nothing keeps one that a decision takes away.
#[derive(Debug)]
pub struct Composed {
    /// The assignment whose decision asks for it.
    pub registry_number: RegistryNumber,
    /// What it is.
    pub kind: DeliverableKind,
    /// Its last day.
    pub due_on: Option<NaiveDate>,
    /// As the decision or the published report prints it, Swedish.
    pub title: String,
    /// Its parts in order.
    pub parts: Vec<Part>,
    /// What is known of the quality of its data.
    pub quality: Vec<Paragraph>,
    /// Whether synthetic rows are behind it.
    pub synthetic: bool,
    /// The version of the dataset.
    pub version: i64,
    /// The instant of the dataset.
    pub as_of: DateTime<Utc>,
    /// The day that is today in the dataset.
    pub today: NaiveDate,
}

impl Composed {
    /// How many figures it tells.
    pub(in crate::reports) fn figures(&self) -> usize {
        let sections = self.parts.iter().flat_map(|part| &part.sections);
        sections.map(|section| section.figures.len()).sum()
    }
}

/// A part of a report.
#[derive(Debug)]
pub struct Part {
    /// Its number, from 1.
    pub number: usize,
    /// Its title; the Swedish one as the decision prints it, where it does.
    pub title: Both,
    /// Its sections in order.
    pub sections: Vec<Section>,
}

/// A section of a part.
#[derive(Debug)]
pub struct Section {
    /// Its code: the same from report to report.
    pub code: &'static str,
    /// Its number, such as `2.1`.
    pub number: String,
    /// Its title.
    pub title: Both,
    /// Why it holds nothing, where it does not.
    pub empty: Option<Both>,
    /// Why it has no tables, where it has none; it may have texts.
    pub without_tables: Option<Both>,
    /// What agencies write for it, in both languages.
    pub narratives: Vec<Narrative>,
    /// Every figure of its tables, in order of appearance.
    pub figures: Vec<Numbered>,
    /// Its tables.
    pub tables: Vec<Table>,
}

/// A figure with the number that it is printed under.
#[derive(Debug)]
pub struct Numbered {
    /// Such as `2.1-07`.
    pub number: String,
    /// The figure.
    pub figure: Figure,
}

/// A table of a section.
#[derive(Debug)]
pub struct Table {
    /// Its code: the same from report to report.
    pub code: String,
    /// Its number, such as `2.1 A`.
    pub number: String,
    /// Its title.
    pub title: Both,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; each has a cell for every column.
    pub rows: Vec<Row>,
    /// What a reader must know of it.
    pub notes: Vec<Both>,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// What it is called in a file: the same from report to report.
    pub key: String,
    /// Its title.
    pub title: Both,
    /// The unit of its figures; none of columns with names, and where rows differ.
    pub unit: Option<Unit>,
    /// Whether it holds names.
    pub is_label: bool,
}

impl Column {
    /// A column of names.
    pub(super) fn of_names((key, title): (&str, [&str; 2])) -> Self {
        Self {
            key: key.to_owned(),
            title: title.map(str::to_owned),
            unit: None,
            is_label: true,
        }
    }
}

/// A row of a table.
#[derive(Debug)]
pub struct Row {
    /// Its cells, column by column.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug)]
pub enum Cell {
    /// A name.
    Text(Both),
    /// A figure of the section, by its place among them.
    Figure(usize),
    /// There is no such figure.
    Absent(Absent),
}

/// A demand of the decision.
#[derive(Debug)]
pub struct Requirement {
    /// As the decision prints it, Swedish.
    pub text: String,
    /// The row of the reference data that says it.
    pub row_id: i64,
    /// Codes of the sections that meet it.
    pub satisfied_by: Vec<&'static str>,
    /// What is missing for it.
    pub missing: Vec<Both>,
}

/// A paragraph of the quality declaration.
#[derive(Debug)]
pub struct Paragraph {
    /// Its heading.
    pub heading: Both,
    /// Its text.
    pub text: Both,
}

impl Section {
    /// What agencies write for it, in a language; of who writes in the other alone, that.
    pub fn narratives_in(&self, language: Language) -> impl Iterator<Item = &Narrative> {
        let is_asked = move |one: &Narrative| one.model.language == language.of_texts();
        self.narratives.iter().filter(move |one| {
            let own = self.narratives.iter();
            let mut own = own.filter(|other| {
                other.model.organisation_code == one.model.organisation_code && is_asked(other)
            });
            is_asked(one) || own.next().is_none()
        })
    }
}

impl Composed {
    /// The section with a code.
    #[must_use]
    pub fn section(&self, code: &str) -> Option<&Section> {
        let mut sections = self.parts.iter().flat_map(|part| &part.sections);
        sections.find(|one| one.code == code)
    }
}
