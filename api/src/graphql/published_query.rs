//! Listing saved questions as open data: the catalogue names them, and anybody finds them.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::error;
use super::exported::layout;
use super::guard::Require;
use super::problem::{Problem, ProblemCode};
use super::question_scope;
use crate::context::RequestContext;
use crate::policy::Action;
use crate::service::published_query::{self as service, Said};
use crate::store::saved_query;

/// Characters of a title or a description at most.
const MOST: usize = 2_000;

/// A text in both languages (text på två språk).
#[derive(Clone, Debug, InputObject)]
pub struct BothLanguages {
    /// Swedish (svenska).
    sv: String,
    /// English (engelska).
    en: String,
}

/// A question that is to be listed, or taken off the list (fråga att publicera).
#[derive(Clone, Debug, InputObject)]
pub struct PublishQueryInput {
    /// SHA-256 of the saved question (kontrollsumma).
    sha256: String,
    /// Whether it is listed as open data from now on (publicerad).
    published: bool,
    /// Its title; needed where it is listed (titel).
    title: Option<BothLanguages>,
    /// What it holds; needed where it is listed (beskrivning).
    description: Option<BothLanguages>,
}

/// A question that was listed, or taken off the list (publicerad fråga).
#[derive(Clone, Debug, SimpleObject)]
pub struct PublishedQuery {
    /// SHA-256 of the question (kontrollsumma).
    sha256: String,
    /// Path of its answer (adress).
    path: String,
    /// Whether it is listed (publicerad).
    published: bool,
    /// When that was said (publicerad den).
    published_at: DateTime<Utc>,
}

/// What came of it (utfall av att publicera).
#[derive(Clone, Debug, SimpleObject)]
pub struct PublishQueryPayload {
    /// The question; null where nothing was changed (frågan).
    query: Option<PublishedQuery>,
    /// Why nothing was changed; empty where it was (hinder).
    problems: Vec<Problem>,
}

/// Listing questions.
#[derive(Default)]
pub struct PublishQueryMutation;

/// Listing questions.
#[Object]
impl PublishQueryMutation {
    /// Lists a saved question in `/datapackage.json` and `/dcat`, or takes it off the list (publicera fråga). Only what
    /// the public is answered is listed, whatever is said here.
    #[graphql(guard = "Require(Action::PublishQueries)")]
    async fn publish_query(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The question, and what is said of it (frågan).")]
        input: PublishQueryInput,
    ) -> Result<Option<PublishQueryPayload>> {
        let request = ctx.data::<RequestContext>()?;
        let (store, clock) = (request.reports.store(), request.clock());
        let refused = |problem| {
            Ok(Some(PublishQueryPayload {
                query: None,
                problems: vec![problem],
            }))
        };
        let said = match checked(&input) {
            Ok(said) => said,
            Err(problem) => return refused(problem),
        };
        let found = saved_query::find(store.connection(), &input.sha256).await;
        let found = found.map_err(|failed| error::report(failed.into()))?;
        if let Some(found) = &found {
            // What is outside the viewer's reach is not told apart from what is not there.
            let within =
                question_scope::is_within(request, Action::PublishQueries, &found.document);
            if !within.await? {
                return refused(unknown());
            }
        }
        let is_table = found.as_ref().map(|one| layout(&one.document, None));
        match is_table {
            None => return refused(unknown()),
            Some(Err(no)) if said.is_some() => {
                let said = (
                    "Frågans svar är ingen ensam tabell: spara en fråga med en enda lista.",
                    &*format!("The answer is no single table: {no}"),
                );
                return refused(Problem::new(ProblemCode::BadInput, "input.sha256", said));
            }
            Some(_) => {}
        }
        let actor = &request.viewer.subject;
        let published = service::publish(store, clock, actor, &input.sha256, said).await;
        let published = published.map_err(|failed| error::report(failed.into()))?;
        let Some(published) = published else {
            return refused(unknown());
        };
        Ok(Some(PublishQueryPayload {
            query: Some(PublishedQuery {
                path: format!("/q/{}", input.sha256),
                sha256: input.sha256,
                published: published.published,
                published_at: published.published_at.utc(),
            }),
            problems: Vec::new(),
        }))
    }
}

fn unknown() -> Problem {
    let said = (
        "Det finns ingen sparad fråga med den kontrollsumman.",
        "There is no saved question with this hash.",
    );
    Problem::new(ProblemCode::NotFound, "input.sha256", said)
}

/// What is said of a question that is to be listed; none where it is to be taken off the list.
fn checked(input: &PublishQueryInput) -> Result<Option<Said>, Problem> {
    if !input.published {
        return Ok(None);
    }
    let both = |path: &'static str, text: Option<&BothLanguages>| {
        let wrong = || {
            let said = (
                "En publicerad fråga har titel och beskrivning på svenska och engelska.",
                "A listed question has a title and a description in Swedish and English.",
            );
            Problem::new(ProblemCode::BadInput, path, said)
        };
        let text = text.ok_or_else(wrong)?;
        let both = [text.sv.trim(), text.en.trim()];
        let fits = |text: &&str| !text.is_empty() && text.chars().count() <= MOST;
        if both.iter().all(fits) {
            Ok(both.map(str::to_owned))
        } else {
            Err(wrong())
        }
    };
    Ok(Some(Said {
        title: both("input.title", input.title.as_ref())?,
        description: both("input.description", input.description.as_ref())?,
    }))
}
