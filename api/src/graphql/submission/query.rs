//! Reading submissions and the history of keys.

use std::collections::HashMap;

use async_graphql::{Context, ID, Object, Result};
use entity::{SubmissionState as State, submission_event};

use super::Submission;
use super::filter::{self, SubmissionFilter};
use super::history::{KeyHistory, history};
use crate::graphql::error;
use crate::graphql::guard::Require;
use crate::graphql::page::{Node, PageOf};
use crate::graphql::reading::{Reading, Shelf};
use crate::policy::{Action, Scope};
use crate::store::submission as stored;

/// Reading submissions.
#[derive(Default)]
pub struct SubmissionQuery(pub Reading);

/// Reading submissions.
#[Object(guard = "Require(Action::ReadSubmissions)")]
impl SubmissionQuery {
    /// A submission within the viewer's reach (inleverans).
    async fn submission(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its identity (identitet).")] id: ID,
    ) -> Result<Option<Submission>> {
        let shelf = self.0.open(ctx).await?;
        let found = one(&shelf, &id).await?;
        if let Some(found) = &found {
            let what = format!("submission {}", found.model.id);
            shelf.request.note_read(Action::ReadSubmissions, what);
        }
        found
            .map(Some)
            .ok_or_else(|| error::unknown("id", id.as_str()))
    }

    /// Submissions within the viewer's reach, the last received first (inleveranser). A page holds 500 at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, last, child_complexity)")]
    async fn submissions(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Which submissions (urval).")] filter: Option<
            SubmissionFilter,
        >,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<Submission>>> {
        let shelf = self.0.open(ctx).await?;
        // Which there are is not open; each that is looked into is noted by itself.
        shelf.request.note_read(Action::ReadSubmissions, "list");
        let filter = filter.unwrap_or_default();
        let found = select(&shelf, &filter).await?;
        crate::graphql::page::of(found, first, after, last, before)
            .await
            .map(Some)
    }

    /// Every row that was sent for a key within the viewer's reach, and when it counted (nyckelns historik).
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Kind of the rows, such as `usage_reports` (slag).")] kind: String,
        #[graphql(
            desc = "Natural key, its parts separated by `|`, such as `KOM-2018|0180` (nyckel)."
        )]
        key: String,
    ) -> Result<Option<KeyHistory>> {
        let shelf = self.0.open(ctx).await?;
        let kind = filter::kind(&kind, "kind")?;
        history(&shelf, kind, key).await.map(Some)
    }
}

/// The submission of an identity, within the viewer's reach and received by the dataset's time.
pub(super) async fn one(shelf: &Shelf, id: &ID) -> Result<Option<Submission>> {
    let Some(id) = Submission::local_id(id) else {
        return Ok(None);
    };
    let db = shelf.request.reports.store().connection();
    let scope = Scope::of(
        &shelf.request.viewer,
        Action::ReadSubmissions,
        &shelf.registers,
    );
    let failed = |error: sea_orm::DbErr| error::report(error.into());
    let Some(model) = stored::one(db, &scope, id).await.map_err(failed)? else {
        return Ok(None);
    };
    let events = stored::events(db, &[id]).await.map_err(failed)?;
    let found = Submission::new(shelf, model, events);
    Ok((!found.events.is_empty()).then_some(found))
}

/// The submissions that pass a filter, the last received first.
async fn select(shelf: &Shelf, filter: &SubmissionFilter) -> Result<Vec<Submission>> {
    let asked = filter.checked(shelf)?;
    let db = shelf.request.reports.store().connection();
    let scope = Scope::of(
        &shelf.request.viewer,
        Action::ReadSubmissions,
        &shelf.registers,
    );
    let failed = |error: sea_orm::DbErr| error::report(error.into());
    let models = stored::all(db, &scope, &asked).await.map_err(failed)?;
    let ids: Vec<i64> = models.iter().map(|model| model.id).collect();
    let mut events: HashMap<i64, Vec<submission_event::Model>> = HashMap::new();
    for event in stored::events(db, &ids).await.map_err(failed)? {
        events.entry(event.submission_id).or_default().push(event);
    }
    let none = Vec::new();
    let passes = |one: &Submission| {
        let states = filter.states.as_ref();
        !one.events.is_empty()
            && states.is_none_or(|states| {
                let is = |state: State| states.contains(&state.into());
                one.stands().is_some_and(is)
            })
    };
    let found = models.iter().map(|model| {
        let events = events.get(&model.id).unwrap_or(&none);
        Submission::new(shelf, model.clone(), events.clone())
    });
    let mut found: Vec<Submission> = found.filter(passes).collect();
    found.sort_by_key(Submission::place);
    Ok(found)
}
