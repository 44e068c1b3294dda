//! Narratives in the schema: what agencies write for reports, with where it came from.

use async_graphql::{Context, Object, Result};

use super::assignment;
use super::error;
use super::fund_usage::whole_or_refused;
use super::guard::Require;
use super::organisation::Organisation;
use super::page::{self, PageOf, Place};
use super::reading::{Reading, Shelf};
use super::scalars::{Date, RegistryNumber};
use super::source::{Source, sources};
use super::vocabulary::{Absent, DeliverableKind, TextLanguage};
use crate::policy::Action;
use crate::reports;
use crate::store::Written;

/// The connection's name in its cursors.
const CONNECTION: &str = "narratives";

/// What a narrative counts among the cells of an answer.
pub(crate) const CELLS_A_NARRATIVE: usize = 12;

/// A text that an agency writes for a section of a report (berättande text).
pub struct Narrative {
    shelf: Shelf,
    found: reports::Narrative,
    written: Written,
}

impl Narrative {
    /// A narrative with its text.
    pub(crate) fn new(shelf: &Shelf, found: &reports::Narrative, written: &Written) -> Self {
        shelf.request.used(found.synthetic);
        Self {
            shelf: shelf.clone(),
            found: found.clone(),
            written: written.clone(),
        }
    }
}

/// A text that an agency writes for a section of a report (berättande text).
#[Object]
impl Narrative {
    /// What the report is (redovisning).
    async fn deliverable(&self) -> DeliverableKind {
        self.found.model.deliverable.into()
    }

    /// Last day of the report; null where the decision says none (sista dag).
    async fn due_on(&self) -> Option<Date> {
        self.found.model.due_on.map(Date)
    }

    /// Number of the part, from 1 (del).
    async fn part(&self) -> i64 {
        self.found.model.part
    }

    /// Code of the section: the same from report to report (avsnitt).
    async fn section(&self) -> &str {
        self.found.model.section.code()
    }

    /// Whose text it is (myndighet).
    async fn organisation(&self) -> Option<Organisation> {
        Organisation::of(&self.shelf, self.found.model.organisation_code.as_str())
    }

    /// The language that it is written in (språk).
    async fn language(&self) -> TextLanguage {
        self.found.model.language.into()
    }

    /// The text in Markdown, as it was sent; null where a decision took it away (text).
    async fn text(&self) -> Option<&str> {
        match &self.written {
            Written::Text(text) => Some(text),
            Written::Removed(_) => None,
        }
    }

    /// Why it is not here: `NOT_AVAILABLE` where a decision took it away, from every dataset (orsak till att text saknas).
    async fn text_absent(&self) -> Option<Absent> {
        (!self.written.is_there()).then_some(Absent::NotAvailable)
    }

    /// The decision that took it away (borttagen enligt beslut).
    async fn removed_by(&self) -> Option<RegistryNumber> {
        match &self.written {
            Written::Removed(Some(decision)) => Some(RegistryNumber(decision.clone())),
            _ => None,
        }
    }

    /// Which text of this place it is: 1 of the first that counted, 2 of the one that corrected it (version).
    async fn version(&self) -> usize {
        self.found.version
    }

    /// The file and row that it came in (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let model = &self.found.model;
        sources(ctx, &self.shelf, model.row_id, Some(&model.assignment)).await
    }
}

/// By report, section and organisation.
fn place(one: &reports::Narrative) -> Place {
    Place {
        connection: CONNECTION.into(),
        sort_key: one.place.clone(),
        code: String::new(),
    }
}

/// Reading narratives.
#[derive(Default)]
pub struct NarrativeQuery(pub Reading);

/// Reading narratives.
#[Object(guard = "Require(Action::ReadFigures)")]
impl NarrativeQuery {
    /// What agencies write for the reports of an assignment, by report, section and organisation (berättande texter). A text
    /// is open once it is accepted; one that waits is in the dataset of all received for those who reach it.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an argument of the field"
    )]
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn narratives(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "Of this kind of report alone (redovisning).")] deliverable: Option<
            DeliverableKind,
        >,
        #[graphql(desc = "Of the report with this last day alone (sista dag).")] due_on: Option<
            Date,
        >,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<Narrative>>> {
        let shelf = self.0.open(ctx).await?;
        let code = assignment::code(&shelf, &assignment, "assignment")?;
        let kind = deliverable.map(entity::DeliverableKind::from);
        let due_on = due_on.map(|day| day.0);
        let asked = shelf.catalogue.deliverables.iter();
        let asked = asked.filter(|one| one.assignment == code);
        let mut of_kind = asked.filter(|one| kind.is_none_or(|kind| one.kind == kind));
        match (kind, due_on) {
            (Some(kind), _) if of_kind.clone().next().is_none() => {
                return Err(error::unknown("deliverable", kind.code()));
            }
            (_, Some(day)) if !of_kind.any(|one| one.due_on == Some(day)) => {
                return Err(error::unknown("dueOn", &day.to_string()));
            }
            _ => {}
        }
        let reports = &shelf.request.reports;
        let all = reports.narratives(&shelf.dataset, &code).await;
        let all = all.map_err(error::report)?;
        let own = all.iter().filter(|one| {
            kind.is_none_or(|kind| one.model.deliverable == kind)
                && (due_on.is_none() || one.model.due_on == due_on)
        });
        let keys: Vec<reports::Narrative> = own.cloned().collect();
        let load = async |asked: &[reports::Narrative]| {
            whole_or_refused(&shelf, asked.len() * CELLS_A_NARRATIVE)?;
            let texts = reports.texts(asked).await;
            let texts = texts.map_err(error::report)?;
            let node = |one| Narrative::new(&shelf, one, reports::Narrative::text(one, &texts));
            Ok(asked.iter().map(node).collect())
        };
        let paging = (first, after, last, before);
        page::loaded(CONNECTION, &keys, place, paging, load)
            .await
            .map(Some)
    }
}
