//! Saved questions in the schema: a text is saved once, and an address leads to its answer as a file.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::error;
use super::exported::layout;
use super::guard::Require;
use super::limits::{Limits, normalised};
use super::problem::{Problem, ProblemCode};
use super::question_scope;
use super::reader;
use crate::context::RequestContext;
use crate::policy::Action;
use crate::service::saved_query as service;

/// A question that is to be saved (fråga att spara).
#[derive(Clone, Debug, InputObject)]
pub struct SaveQueryInput {
    /// The GraphQL document: one query, its fragments with it (frågans text).
    document: String,
}

/// A question that was saved (sparad fråga).
#[derive(Clone, Debug, SimpleObject)]
pub struct SavedQuery {
    /// SHA-256 of its text in normal form: without comments, commas and needless spaces (kontrollsumma).
    sha256: String,
    /// Path of its answer; `.csv`, `.xlsx`, `.json` or `.zip` says as what (adress).
    path: String,
    /// The text in normal form (frågans text).
    document: String,
    /// When it was saved first (sparad).
    saved_at: DateTime<Utc>,
}

/// What came of saving (utfall av att spara).
#[derive(Clone, Debug, SimpleObject)]
pub struct SaveQueryPayload {
    /// The question; null where it was not saved (frågan).
    query: Option<SavedQuery>,
    /// Why it was not saved; empty where it was (hinder).
    problems: Vec<Problem>,
}

/// Saving questions.
#[derive(Default)]
pub struct SaveQueryMutation;

/// Saving questions.
#[Object]
impl SaveQueryMutation {
    /// Saves a question, so that an address leads to its answer as a file; the same question is saved once (spara fråga).
    #[graphql(guard = "Require(Action::SaveQueries)")]
    async fn save_query(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The question (fråga).")] input: SaveQueryInput,
    ) -> Result<Option<SaveQueryPayload>> {
        let document = match checked(&input.document) {
            Ok(document) => document,
            Err(problem) => {
                return Ok(Some(SaveQueryPayload {
                    query: None,
                    problems: vec![problem],
                }));
            }
        };
        let request = ctx.data::<RequestContext>()?;
        if !question_scope::is_within(request, Action::SaveQueries, &document).await? {
            let said = (
                "Frågan nämner ett uppdrag som din organisation inte samordnar.",
                "The question names an assignment that your organisation does not coordinate.",
            );
            return Ok(Some(SaveQueryPayload {
                query: None,
                problems: vec![Problem::new(ProblemCode::Forbidden, "input.document", said)],
            }));
        }
        let (store, clock) = (request.reports.store(), request.clock());
        let saved = service::save(store, clock, &request.viewer.subject, document).await;
        let saved = saved.map_err(|failed| error::report(failed.into()))?;
        Ok(Some(SaveQueryPayload {
            query: Some(SavedQuery {
                path: format!("/q/{}", saved.sha256),
                sha256: saved.sha256,
                document: saved.document,
                saved_at: saved.saved_at.utc(),
            }),
            problems: Vec::new(),
        }))
    }
}

/// The text in normal form, where it is one query within the limits whose answer can be a table.
fn checked(document: &str) -> Result<String, Problem> {
    let bad = |english: String| {
        let swedish = format!("Frågan kan inte sparas: {english}");
        Problem::new(
            ProblemCode::BadInput,
            "input.document",
            (
                &swedish,
                &format!("The question cannot be saved: {english}"),
            ),
        )
    };
    let normal = normalised(document).map_err(|refusal| bad(refusal.to_string()))?;
    let read = reader(&Limits::default()).document(&normal);
    read.map_err(|errors| {
        let first = errors.into_iter().next().map(|error| error.message);
        bad(first.unwrap_or_default())
    })?;
    match layout(&normal, None) {
        // Which of several lists is the rows says who asks for the file.
        Ok(_) | Err(super::exported::NoTable::Several(_)) => Ok(normal),
        Err(refusal) => Err(bad(refusal.to_string())),
    }
}
