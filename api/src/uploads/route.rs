//! `POST /submissions`: in the order that costs least, from who is calling to the answer.

use std::error::Error as Failure;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use entity::RegistryNumber;
use sea_orm::DbErr;
use sha2::{Digest, Sha256};

use super::answer::{self, Origin, Wanted};
use super::asked::{Asked, unknown};
use super::spool::{Spooled, failed, spool};
use super::{fetch, key, marked, media};
use crate::app::App;
use crate::context::RequestContext;
use crate::graphql::{Written, judged};
use crate::http::{Code, Problem, allowed, fault};
use crate::intake::{FileReport, hex};
use crate::policy::{Action, Role, Scope, Sent, Viewer};
use crate::service::submission::{
    Actor, Answered, Caller, Delivery, Error, Mode, Once, Received, answered, receive_once,
};
use crate::store::{self, Catalogue, Choice, Dataset};

/// What the routes of submissions need.
pub struct Uploads {
    pub(super) app: App,
    pub(super) written: Written,
}

/// The routes: `/submissions`, `/submissions/{id}`, its `/file` and its `/findings.xlsx`.
pub fn routes(app: App, written: Written) -> Router {
    Router::new()
        .route("/submissions", post(upload).get(lost))
        .route("/submissions/{id}", get(fetch::submission))
        .route("/submissions/{id}/file", get(fetch::file))
        .route("/submissions/{id}/findings.xlsx", get(fetch::findings))
        .with_state(Arc::new(Uploads { app, written }))
}

/// Hands a file in.
async fn upload(
    State(uploads): State<Arc<Uploads>>,
    request: Request,
) -> Result<Response, Problem> {
    let viewer = viewer(&request);
    allowed(&viewer, Action::Submit)?;
    let (parts, body) = request.into_parts();
    let wanted = answer::wanted(&parts.headers)?;
    let media = media::of(&parts.headers)?;
    let asked = Asked::read(parts.uri.query().unwrap_or_default())?;
    let key = key::of(&parts.headers)?;
    let written = uploads.written.within(parts.extensions.get());
    let context = uploads.app.request(viewer.clone());
    let (_, catalogue) = uploads.shelf(&context).await?;
    let mut delivery = delivery(&asked, &viewer, &catalogue)?;

    let time = uploads.app.upload_time();
    let spooled = spool(&parts.headers, body, context.limits.file_bytes, time).await?;
    let sha256 = spooled.sha256.clone();
    let fingerprint = fingerprint(&asked, &sha256);
    // A question uses no key up.
    let once = key.filter(|_| asked.mode == Mode::Receive).map(|key| Once {
        caller: Caller::from(&viewer),
        key,
        fingerprint,
    });
    let named = asked.file_name.clone();
    let work = move |bytes: Vec<u8>| {
        media.check(&bytes)?;
        delivery.file_name = named.unwrap_or_else(|| media.name(delivery.kind.code(), &bytes));
        delivery.bytes = bytes;
        Ok(delivery)
    };
    let (received, delivery) = uploads
        .receive(&context, spooled, work, asked.mode, once)
        .await?;
    match (received, wanted) {
        (Received::Before(before), Wanted::Json) => self::before(&written, &viewer, before).await,
        (Received::Before(before), Wanted::Workbook) => {
            // Asked for as JSON would be, so that reach and the note of the read are the same.
            let kept = written.at(&viewer, before.submission, before.at).await;
            kept.map_err(internal)?.ok_or_else(fetch::nothing)?;
            let db = context.reports.store().connection();
            let kept = store::submission::findings(db, before.submission).await;
            let findings = marked::kept(kept.map_err(internal)?);
            let copy = marked::copy(delivery, findings, &context).await?;
            let id = Written::identity(before.submission);
            Ok(answer::of(copy, Some(&id), before.verdict, Origin::Before))
        }
        (Received::Now(report, _), Wanted::Workbook) => {
            let (id, origin) = (
                report.submission.map(Written::identity),
                origin(&report, asked.mode),
            );
            let copy = marked::copy(delivery, report.findings, &context).await?;
            Ok(answer::of(copy, id.as_deref(), report.verdict, origin))
        }
        (Received::Now(report, at), Wanted::Json) => {
            let submission = match report.submission.zip(at) {
                Some((id, at)) => written.at(&viewer, id, at).await.map_err(internal)?,
                None => None,
            };
            let submission =
                submission.unwrap_or_else(|| judged(&report, &delivery, &sha256, &catalogue));
            let (id, json) = (submission["id"].as_str(), answer::json(&submission));
            Ok(answer::of(
                json,
                id,
                report.verdict,
                origin(&report, asked.mode),
            ))
        }
    }
}

/// Asks for an answer that was lost, by the key it was asked for with.
async fn lost(State(uploads): State<Arc<Uploads>>, request: Request) -> Result<Response, Problem> {
    let viewer = viewer(&request);
    allowed(&viewer, Action::Submit)?;
    let key = key::of(request.headers())?.ok_or_else(|| {
        let message = "Say the Idempotency-Key of the upload whose answer was lost. Submissions are listed in GraphQL.";
        Problem::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message).about("Idempotency-Key")
    })?;
    let context = uploads.app.request(viewer.clone());
    let store = context.reports.store();
    let found = answered(store, &Caller::from(&viewer), &key)
        .await
        .map_err(internal)?;
    let before = found.ok_or_else(|| {
        let message = "No upload with this Idempotency-Key was taken. Send the file.";
        Problem::new(StatusCode::NOT_FOUND, Code::NotFound, message)
    })?;
    let written = uploads.written.within(request.extensions().get());
    self::before(&written, &viewer, before).await
}

impl Uploads {
    /// The present dataset and its registers.
    pub(super) async fn shelf(
        &self,
        context: &RequestContext,
    ) -> Result<(Dataset, Arc<Catalogue>), Problem> {
        let dataset = context.dataset(Choice::default()).await.map_err(internal)?;
        let catalogue = context.catalogue(&dataset).await.map_err(internal)?;
        Ok((dataset, catalogue))
    }

    /// Judges and keeps a file where whole files are worked with.
    async fn receive(
        &self,
        context: &RequestContext,
        spooled: Spooled,
        work: impl FnOnce(Vec<u8>) -> Result<Delivery, Problem> + Send + 'static,
        mode: Mode,
        once: Option<Once>,
    ) -> Result<(Received, Delivery), Problem> {
        let (heavy, context) = (context.heavy.clone(), context.clone());
        let received = heavy.run(move || async move {
            let bytes = spooled.read().map_err(NotTaken::File)?;
            let delivery = work(bytes).map_err(NotTaken::Said)?;
            let (store, clock, limits) = (context.reports.store(), context.clock(), context.limits);
            let received = receive_once(store, clock, limits, &delivery, mode, once.as_ref());
            Ok((received.await?, delivery))
        });
        received.await.map_err(|error| match error {
            NotTaken::File(error) => failed(&error),
            NotTaken::Said(problem) => problem,
            NotTaken::Refused(error) => refused(error),
        })
    }
}

/// Why a file that has arrived is not taken.
enum NotTaken {
    /// It cannot be read again.
    File(std::io::Error),
    /// It is not what is said of it.
    Said(Problem),
    /// The service does not take it.
    Refused(Error),
}

impl From<Error> for NotTaken {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<DbErr> for NotTaken {
    fn from(error: DbErr) -> Self {
        Self::Refused(error.into())
    }
}

/// The answer that was given before, word for word.
async fn before(written: &Written, viewer: &Viewer, before: Answered) -> Result<Response, Problem> {
    let found = written.at(viewer, before.submission, before.at).await;
    let submission = found.map_err(internal)?.ok_or_else(fetch::nothing)?;
    let (id, json) = (submission["id"].as_str(), answer::json(&submission));
    Ok(answer::of(json, id, before.verdict, Origin::Before))
}

/// Who is calling, as the layer round the routes has found.
pub(super) fn viewer(request: &Request) -> Viewer {
    let viewer = request.extensions().get::<Viewer>().cloned();
    viewer.unwrap_or_else(Viewer::public)
}

/// The delivery without its bytes, every code known and within the viewer's reach.
fn delivery(asked: &Asked, viewer: &Viewer, catalogue: &Catalogue) -> Result<Delivery, Problem> {
    let assignment = match &asked.assignment {
        None => None,
        Some(number) => Some(assignment(number, catalogue)?),
    };
    let organisation = asked
        .organisation
        .clone()
        .or_else(|| viewer.organisation.clone());
    let organisation = organisation.ok_or_else(|| {
        let message = "Say whose data it is: organisation=…";
        Problem::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message).about("organisation")
    })?;
    let scope = Scope::of(viewer, Action::Submit, catalogue);
    let rows = Sent {
        kind: asked.kind,
        assignment: assignment.as_ref(),
        sender: &organisation,
    };
    // Without an assignment the rows name it, and the service looks whether the coordinator has it.
    let rows_say = assignment.is_none() && !asked.kind.is_register();
    let later = rows_say && matches!(scope, Scope::Assignments(_));
    if !later && !scope.holds(rows) {
        let (message, about) = match viewer.role {
            Role::Coordinator => (
                "You hand in files for the assignments that your organisation coordinates.",
                "assignment",
            ),
            _ => (
                "You hand in files of your own organisation.",
                "organisation",
            ),
        };
        return Err(Problem::new(StatusCode::FORBIDDEN, Code::Forbidden, message).about(about));
    }
    Ok(Delivery {
        file_name: String::new(),
        bytes: Vec::new(),
        kind: asked.kind,
        assignment,
        organisation,
        actor: Actor::Person(viewer.clone()),
        nature: asked.nature,
        registered_on: asked.registered_on,
        plan_version: asked.plan_version,
        decided_on: asked.decided_on,
    })
}

fn assignment(number: &RegistryNumber, catalogue: &Catalogue) -> Result<RegistryNumber, Problem> {
    let found = catalogue.assignment(number).map(|one| one.code.clone());
    found.ok_or_else(|| unknown("assignment", &format!("There is no assignment {number}.")))
}

fn fingerprint(asked: &Asked, sha256: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(asked.canonical());
    hasher.update("\n");
    hasher.update(sha256);
    hex(&hasher.finalize())
}

const fn origin(report: &FileReport, mode: Mode) -> Origin {
    match (report.submission, mode) {
        (None, Mode::DryRun) => Origin::Judged,
        // A dry run of what is there already is a question too; both are 200.
        _ => Origin::Kept,
    }
}

/// What the service says that a client can mend.
fn refused(error: Error) -> Problem {
    let message = error.to_string();
    let wrong = |about: &str| {
        Problem::new(StatusCode::BAD_REQUEST, Code::BadUserInput, &*message).about(about)
    };
    match error {
        Error::KeyReused => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            Code::IdempotencyKeyReused,
            message,
        )
        .about("Idempotency-Key"),
        Error::NotAllowed(_) => Problem::new(StatusCode::FORBIDDEN, Code::Forbidden, message),
        Error::AssignmentNeeded(_) => wrong("assignment"),
        Error::PlanVersionNeeded => wrong("planVersion"),
        Error::FileName(_) => wrong("fileName"),
        Error::UnknownAssignment(_) => unknown("assignment", &message),
        Error::UnknownOrganisation(_) => unknown("organisation", &message),
        other => internal(other),
    }
}

/// A fault of ours: the log has it.
pub(super) fn internal(error: impl Failure + 'static) -> Problem {
    let sentence = "An internal error occurred. The log has it under the request's id.";
    fault(&error, sentence)
}
