//! What every resolver of a plan begins with: the assignment's plans, who may see drafts, and what was written freely.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::Result;
use chrono::NaiveDate;
use entity::{Kind, OrganisationCode, RegistryNumber, activity_plan};
use tokio::sync::OnceCell;

use super::error;
use super::reading::Shelf;
use super::scalars::Date;
use super::vocabulary::Absent;
use crate::policy::{Action, Scope, Sent};
use crate::reports::{Computed, Plan, PlanVersion};
use crate::store;

type Texts = OnceCell<HashMap<i64, String>>;

/// The plans of an assignment, as a viewer sees them.
pub(crate) struct PlanShelf {
    pub(crate) shelf: Shelf,
    pub(crate) assignment: RegistryNumber,
    pub(crate) plan: Arc<Plan>,
    /// Whose drafts the viewer sees.
    drafts: Scope,
    /// Whose free texts the viewer reads.
    reads: Scope,
    reported: Texts,
    noted: Texts,
}

/// A text that somebody wrote freely, or why it is not here.
pub(crate) struct Written {
    pub(crate) text: Option<String>,
    pub(crate) absent: Option<Absent>,
}

impl Written {
    /// There is a text, and it is not for this viewer, or redacted.
    const WITHHELD: Self = Self {
        text: None,
        absent: Some(Absent::NotAvailable),
    };

    /// Nothing was written.
    pub(crate) const NOTHING: Self = Self {
        text: None,
        absent: Some(Absent::NotApplicable),
    };

    fn of(text: Option<String>) -> Self {
        text.map_or(Self::WITHHELD, |text| Self {
            text: Some(text),
            absent: None,
        })
    }
}

impl PlanShelf {
    /// Opens the plans of an assignment.
    pub(crate) async fn open(shelf: Shelf, assignment: RegistryNumber) -> Result<Arc<Self>> {
        let plan = shelf.request.reports.plan(&shelf.dataset, &assignment);
        let plan = plan.await.map_err(error::report)?;
        let scope = |action| Scope::of(&shelf.request.viewer, action, &shelf.registers);
        Ok(Arc::new(Self {
            drafts: scope(Action::ReadWaiting),
            reads: scope(Action::ReadFreeTexts),
            shelf,
            assignment,
            plan,
            reported: OnceCell::new(),
            noted: OnceCell::new(),
        }))
    }

    /// The day that is asked about: today where none is said.
    pub(crate) fn day(&self, on_date: Option<Date>) -> NaiveDate {
        on_date.map_or(self.shelf.dataset.today, |day| day.0)
    }

    /// Whether a version is not decided yet.
    pub(crate) fn is_draft(&self, version: &PlanVersion) -> bool {
        !version.is_decided(self.shelf.dataset.today)
    }

    /// The versions that the viewer sees, by number: what is decided is open, a draft is for those who read what waits.
    pub(crate) fn seen(&self) -> impl Iterator<Item = &PlanVersion> {
        let sees = self.holds(&self.drafts, None);
        let all = self.plan.versions.iter();
        all.filter(move |one| sees || !self.is_draft(one))
    }

    /// The version with a number, among those that the viewer sees.
    pub(crate) fn version(&self, number: i64, path: &str) -> Result<&PlanVersion> {
        let found = self.seen().find(|one| one.number == number);
        found.ok_or_else(|| error::unknown(path, &format!("version {number}")))
    }

    /// Notes that rows of a version are shown: synthetic ones, and that a draft is read.
    pub(crate) fn shown(&self, version: &PlanVersion) {
        for one in &version.activities {
            self.shelf.used_row(one.row_id);
        }
        if self.is_draft(version) {
            let what = format!(
                "draft {} of the plan of {}",
                version.number, self.assignment
            );
            self.shelf.request.note_read(Action::ReadWaiting, what);
        }
    }

    /// How far a version has come on a day.
    pub(crate) async fn standing(
        &self,
        version: i64,
        on: NaiveDate,
    ) -> Result<Arc<Computed<analytics::plan::Standing>>> {
        let Shelf {
            request, dataset, ..
        } = &self.shelf;
        let asked = (version, on);
        let found = request
            .reports
            .plan_standing(dataset, &self.assignment, asked);
        let found = found.await.map_err(error::report)?;
        request.used(found.synthetic);
        Ok(found)
    }

    /// A text of a report or of the decision on it, for whoever reads what the organisation writes; the read is noted.
    pub(crate) async fn written(
        &self,
        id: Option<i64>,
        organisation: &OrganisationCode,
    ) -> Result<Written> {
        let Some(id) = id else {
            return Ok(Written::NOTHING);
        };
        if !self.holds(&self.reads, Some(organisation)) {
            return Ok(Written::WITHHELD);
        }
        let load = || async {
            let reports = self.plan.reports.iter();
            let own = reports.filter(|one| self.holds(&self.reads, Some(&one.organisation_code)));
            let own = own.flat_map(|one| [one.deviation_id, one.proposed_action_id]);
            let decisions = self.plan.decisions.iter();
            let decided =
                decisions.filter(|one| self.holds(&self.reads, Some(&one.organisation_code)));
            self.bodies(own.chain(decided.map(|one| one.note_id))).await
        };
        let texts = self.reported.get_or_try_init(load).await?;
        Ok(Written::of(self.read(texts, id)))
    }

    /// What activities of a version say of the change, each text once with its rows. The notes of a decided version are
    /// part of what was decided, and open; those of a draft are read as free texts are.
    pub(crate) async fn change_note<'a>(
        &self,
        version: &PlanVersion,
        activities: impl Iterator<Item = &'a activity_plan::Model>,
    ) -> Result<Written> {
        let noted: Vec<(i64, i64)> = activities
            .filter_map(|one| Some((one.number, one.change_note_id?)))
            .collect();
        if noted.is_empty() {
            return Ok(Written::NOTHING);
        }
        let is_draft = self.is_draft(version);
        if is_draft && !self.holds(&self.reads, None) {
            return Ok(Written::WITHHELD);
        }
        let load = || async {
            let activities = self.seen().flat_map(|one| &one.activities);
            self.bodies(activities.map(|one| one.change_note_id)).await
        };
        let texts = self.noted.get_or_try_init(load).await?;
        let mut notes: Vec<(String, Vec<String>)> = Vec::new();
        for (row, id) in noted {
            let text = if is_draft {
                self.read(texts, id)
            } else {
                texts.get(&id).cloned()
            };
            let Some(text) = text else { continue };
            match notes.iter_mut().find(|(known, _)| *known == text) {
                Some((_, rows)) => rows.push(row.to_string()),
                None => notes.push((text, vec![row.to_string()])),
            }
        }
        let line =
            |(text, rows): &(String, Vec<String>)| format!("Rad {}: {text}", rows.join(", "));
        let lines: Vec<String> = notes.iter().map(line).collect();
        Ok(Written::of((!lines.is_empty()).then(|| lines.join("\n"))))
    }

    /// A text that is not open, its read noted; none where it was redacted.
    fn read(&self, texts: &HashMap<i64, String>, id: i64) -> Option<String> {
        let text = texts.get(&id).cloned();
        if text.is_some() {
            let what = format!("free_text {id}");
            self.shelf.request.note_read(Action::ReadFreeTexts, what);
        }
        text
    }

    /// The bodies of texts, in one statement for all that a request may ask.
    async fn bodies(&self, ids: impl Iterator<Item = Option<i64>>) -> Result<HashMap<i64, String>> {
        let ids: Vec<i64> = ids.flatten().collect();
        let db = self.shelf.request.reports.text_store().connection();
        let bodies = store::free_text::bodies(db, &ids).await;
        bodies.map_err(|error| error::report(error.into()))
    }

    /// Whether a scope holds what an organisation sent for the assignment; where none is said, its coordinator.
    fn holds(&self, scope: &Scope, organisation: Option<&OrganisationCode>) -> bool {
        let catalogue = &self.shelf.catalogue;
        let assignment = catalogue.assignment(&self.assignment);
        let sender = organisation.or_else(|| assignment.map(|one| &one.coordinator));
        sender.is_some_and(|sender| {
            let rows = Sent {
                kind: Kind::ActivityReports,
                assignment: Some(&self.assignment),
                sender,
            };
            scope.holds(rows)
        })
    }
}
