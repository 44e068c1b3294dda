//! Reports to the Government in the schema: parts, sections, figures and tables, demands, and the quality declaration.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use super::assignment;
use super::dataset::DatasetInfo;
use super::error;
use super::fund_usage::whole_or_refused;
use super::guard::Require;
use super::narrative::{CELLS_A_NARRATIVE, Narrative};
use super::reading::{Reading, Shelf};
use super::report_demand::{QualityParagraph, RequiredContent};
use super::report_table::ReportTable;
use super::scalars::{Date, FigureCode, RegistryNumber};
use super::vocabulary::{DeliverableKind, TextLanguage};
use crate::policy::Action;
use crate::reports::{self, Language, report as composed};

/// A report to the Government, composed of figures of the register (redovisning).
pub struct Report {
    pub(crate) shelf: Shelf,
    pub(crate) found: Arc<composed::Report>,
}

/// A report to the Government, composed of figures of the register (redovisning).
#[Object]
impl Report {
    /// Registry number of the decision that asks for it (diarienummer).
    async fn registry_number(&self) -> RegistryNumber {
        RegistryNumber(self.found.registry_number.clone())
    }

    /// Swedish title, as the decision or the published report prints it (titel).
    async fn title(&self) -> &str {
        &self.found.title
    }

    /// English title (engelsk titel).
    async fn title_en(&self) -> Option<&str> {
        None
    }

    /// What it is (slag).
    async fn kind(&self) -> DeliverableKind {
        self.found.kind.into()
    }

    /// Its last day (sista dag).
    async fn due_on(&self) -> Option<Date> {
        self.found.due_on.map(Date)
    }

    /// Its parts in order (delar).
    async fn parts(&self) -> Vec<ReportPart> {
        let parts = 0..self.found.parts.len();
        let part = |part| ReportPart {
            of: self.at(),
            part,
        };
        parts.map(part).collect()
    }

    /// What the decision demands, which sections meet it, and what is missing (krav på innehåll).
    async fn required_contents(&self) -> Vec<RequiredContent> {
        let all = 0..self.found.required.len();
        let one = |place| RequiredContent {
            of: self.at(),
            place,
        };
        all.map(one).collect()
    }

    /// What is known of the quality of its data (kvalitetsdeklaration).
    async fn quality_declaration(&self) -> Vec<QualityParagraph> {
        let all = 0..self.found.quality.len();
        let one = |place| QualityParagraph {
            of: self.at(),
            place,
        };
        all.map(one).collect()
    }

    /// The dataset that it is of (datauttag).
    async fn dataset(&self) -> Result<DatasetInfo> {
        DatasetInfo::of(&self.shelf).await
    }
}

impl Report {
    /// The same, for what stands in it.
    pub(crate) fn at(&self) -> Self {
        Self {
            shelf: self.shelf.clone(),
            found: Arc::clone(&self.found),
        }
    }
}

/// A part of a report (del).
pub struct ReportPart {
    of: Report,
    part: usize,
}

/// A part of a report (del).
#[Object]
impl ReportPart {
    /// Its number, from 1 (nummer).
    async fn number(&self) -> usize {
        self.of.found.parts[self.part].number
    }

    /// Swedish title, as the documents print it where they do (titel).
    async fn title(&self) -> &str {
        &self.of.found.parts[self.part].title[0]
    }

    /// English title (engelsk titel).
    async fn title_en(&self) -> Option<&str> {
        Some(&self.of.found.parts[self.part].title[1])
    }

    /// Its sections in order (avsnitt).
    async fn sections(&self) -> Vec<ReportSection> {
        let all = 0..self.of.found.parts[self.part].sections.len();
        let one = |section| ReportSection {
            of: self.of.at(),
            at: (self.part, section),
        };
        all.map(one).collect()
    }
}

/// A section of a report (avsnitt).
pub struct ReportSection {
    pub(crate) of: Report,
    /// Part and section, by place.
    pub(crate) at: (usize, usize),
}

impl ReportSection {
    fn found(&self) -> &composed::Section {
        &self.of.found.parts[self.at.0].sections[self.at.1]
    }
}

/// A section of a report (avsnitt).
#[Object]
impl ReportSection {
    /// Its code: the same from report to report (kod).
    async fn code(&self) -> &str {
        self.found().code
    }

    /// Its number, such as `2.1` (nummer).
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

    /// Why it holds nothing, in Swedish; null where it holds something (orsak till att innehåll saknas).
    async fn empty_because(&self) -> Option<&str> {
        Some(&self.found().empty.as_ref()?[0])
    }

    /// The same in English (engelsk orsak).
    async fn empty_because_en(&self) -> Option<&str> {
        Some(&self.found().empty.as_ref()?[1])
    }

    /// What agencies write for it (berättande texter): in a language, and of who writes in the other alone, that; in every
    /// language where none is said.
    async fn narratives(
        &self,
        #[graphql(desc = "The report's language (språk).")] language: Option<TextLanguage>,
    ) -> Vec<Narrative> {
        let section = self.found();
        let of = |one: &reports::Narrative| {
            let report = &self.of.found;
            Narrative::new(&self.of.shelf, one, report.written(one))
        };
        match language {
            None => section.narratives.iter().map(of).collect(),
            Some(TextLanguage::Swedish) => {
                let own = section.narratives_in(Language::Swedish);
                own.map(of).collect()
            }
            Some(TextLanguage::English) => {
                let own = section.narratives_in(Language::English);
                own.map(of).collect()
            }
        }
    }

    /// Every figure of its tables, in order of appearance (siffror).
    async fn figures(&self) -> Vec<ReportFigure> {
        let all = 0..self.found().figures.len();
        let one = |place| ReportFigure {
            of: Self {
                of: self.of.at(),
                at: self.at,
            },
            place,
        };
        all.map(one).collect()
    }

    /// Its tables (tabeller).
    async fn tables(&self) -> Vec<ReportTable> {
        let all = 0..self.found().tables.len();
        let one = |table| ReportTable {
            of: self.of.at(),
            at: (self.at.0, self.at.1, table),
        };
        all.map(one).collect()
    }
}

/// A figure of a report with the number that it is printed under (siffra i rapporten).
pub struct ReportFigure {
    of: ReportSection,
    place: usize,
}

impl ReportFigure {
    fn found(&self) -> &composed::Numbered {
        &self.of.found().figures[self.place]
    }
}

/// A figure of a report with the number that it is printed under (siffra i rapporten).
#[Object]
impl ReportFigure {
    /// Its code: `figure(code:)` gives all that stands behind it (kod).
    async fn code(&self) -> FigureCode {
        FigureCode(self.found().figure.code.clone())
    }

    /// The number that it is printed under, such as `2.1-07` (nummer).
    async fn number(&self) -> &str {
        &self.found().number
    }

    /// Swedish title (titel).
    async fn title(&self) -> &str {
        &self.found().figure.title[0]
    }

    /// English title (engelsk titel).
    async fn title_en(&self) -> Option<&str> {
        Some(&self.found().figure.title[1])
    }
}

/// What composing a report costs of the 20 000 of a request, besides its fields.
const A_REPORT: usize = 1_000;

/// Reading reports.
#[derive(Default)]
pub struct ReportQuery(pub Reading);

/// Reading reports.
#[Object(guard = "Require(Action::ReadFigures)")]
impl ReportQuery {
    /// The report that a deliverable of an assignment is, as far as the dataset goes (redovisning).
    #[graphql(complexity = "A_REPORT.saturating_add(child_complexity)")]
    async fn report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "What it is (slag).")] kind: DeliverableKind,
        #[graphql(
            desc = "Its last day, where there are several; the latest where left out (sista dag)."
        )]
        due_on: Option<Date>,
    ) -> Result<Option<Report>> {
        let shelf = self.0.open(ctx).await?;
        let code = assignment::code(&shelf, &assignment, "assignment")?;
        let due_on = due_on.map(|day| day.0);
        let of_kind = composed::asked_for(&shelf.catalogue, &code, kind.into(), None);
        if of_kind.is_none() {
            let word = entity::DeliverableKind::from(kind).code();
            return Err(error::unknown("kind", word));
        }
        let asked = (kind.into(), due_on);
        let found = shelf
            .request
            .reports
            .report(&shelf.dataset, &code, asked)
            .await;
        let Some(found) = found.map_err(error::report)? else {
            let day = due_on.map_or_else(String::new, |day| day.to_string());
            return Err(error::unknown("dueOn", &day));
        };
        let cells = found.parts.iter().flat_map(|part| &part.sections);
        let cells = cells.flat_map(|section| &section.tables);
        let cells: usize = cells
            .map(|table| table.rows.len() * table.columns.len())
            .sum();
        let texts = found.parts.iter().flat_map(|part| &part.sections);
        let texts: usize = texts.map(|section| section.narratives.len()).sum();
        let cells = cells + texts * CELLS_A_NARRATIVE;
        whole_or_refused(&shelf, cells)?;
        shelf.request.used(found.synthetic);
        Ok(Some(Report { shelf, found }))
    }
}
