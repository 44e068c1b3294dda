//! `GET /submissions/{id}` and `GET /submissions/{id}/file`: a submission as it is now, and the file as it was sent.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use tower_http::request_id::RequestId;

use super::media::by_name;
use super::route::{Uploads, internal, viewer};
use super::{answer, marked};
use crate::context::RequestContext;
use crate::graphql::Written;
use crate::http::{Code, Problem, allowed};
use crate::policy::{Action, Scope, Viewer, places};
use crate::store;

/// A submission within the viewer's reach.
pub(super) async fn submission(
    State(uploads): State<Arc<Uploads>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    no_parameters(&request)?;
    let viewer = viewer(&request);
    allowed(&viewer, Action::ReadSubmissions)?;
    let written = uploads.written.within(request.extensions().get());
    let found = written.now(&viewer, &id).await.map_err(internal)?;
    found.as_ref().map(answer::json).ok_or_else(nothing)
}

/// The bytes of a submission within the viewer's reach, exactly as they came.
pub(super) async fn file(
    State(uploads): State<Arc<Uploads>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    no_parameters(&request)?;
    let (viewer, request_id) = (viewer(&request), id_of(&request));
    allowed(&viewer, Action::ReadFiles)?;
    let (context, submission) = reached(&uploads, &viewer, &id).await?;
    let db = context.reports.store().connection();
    let kept = store::submission::content(db, &submission.sha256)
        .await
        .map_err(internal)?;
    let Some(content) = kept else {
        let message = "The file was refused on receipt, and what must not be received is not kept.";
        return Err(Problem::new(
            StatusCode::NOT_FOUND,
            Code::FileNotKept,
            message,
        ));
    };
    let Some(bytes) = content.bytes else {
        let message = "The file was removed by a decision. Its SHA-256 stays.";
        return Err(Problem::new(StatusCode::GONE, Code::FileRedacted, message));
    };
    context.note_read(Action::ReadFiles, format!("file {}", submission.sha256));
    settled(&context, &request_id).await?;
    Ok(download(&submission.file_name, &submission.sha256, bytes))
}

/// The file of a submission within the viewer's reach with what was found on receipt marked; where it is not kept, the
/// findings alone.
pub(super) async fn findings(
    State(uploads): State<Arc<Uploads>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    no_parameters(&request)?;
    let (viewer, request_id) = (viewer(&request), id_of(&request));
    allowed(&viewer, Action::ReadFiles)?;
    let (context, submission) = reached(&uploads, &viewer, &id).await?;
    let db = context.reports.store().connection();
    let bytes = store::submission::bytes(db, &submission.sha256)
        .await
        .map_err(internal)?;
    let found = store::submission::findings(db, submission.id)
        .await
        .map_err(internal)?;
    context.note_read(Action::ReadFiles, format!("file {}", submission.sha256));
    context.note_read(
        Action::ReadSubmissions,
        format!("submission {}", submission.id),
    );
    settled(&context, &request_id).await?;
    // With a file that a decision took away goes what it was called.
    let removed = [submission.sha256.clone()];
    let removed = store::submission::removed(db, &removed)
        .await
        .map_err(internal)?;
    let file = marked::File {
        name: match removed.is_empty() {
            true => submission.file_name,
            false => format!("{}.csv", submission.kind.code()),
        },
        bytes: bytes.unwrap_or_default(),
        kind: submission.kind,
    };
    marked::of_file(file, marked::kept(found), &context).await
}

/// A submission whose file the viewer may read.
async fn reached(
    uploads: &Uploads,
    viewer: &Viewer,
    id: &str,
) -> Result<(RequestContext, entity::submission::Model), Problem> {
    let context = uploads.app.request(viewer.clone());
    let (_, catalogue) = uploads.shelf(&context).await?;
    let scope = Scope::of(viewer, Action::ReadFiles, &catalogue);
    let db = context.reports.store().connection();
    let number = Written::number(id).ok_or_else(nothing)?;
    let found = store::submission::one(db, &scope, number)
        .await
        .map_err(internal)?;
    let found = found.filter(|one| places::may_be_told(viewer, one.into()));
    let submission = found.ok_or_else(nothing)?;
    Ok((context, submission))
}

/// Makes the note of a read last: without it nothing leaves.
async fn settled(context: &RequestContext, request: &str) -> Result<(), Problem> {
    let noted = context.settle_reads(request).await;
    noted.map_err(|error| {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Problem::new(status, Code::AuditUnavailable, error.to_string())
    })
}

/// The request's id, as the log has it.
fn id_of(request: &Request) -> String {
    let id = request.extensions().get::<RequestId>();
    let id = id.and_then(|id| id.header_value().to_str().ok());
    id.unwrap_or_default().to_owned()
}

/// Bytes for keeping, never for showing: nothing in a sender's file runs on our pages.
fn download(name: &str, sha256: &str, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(by_name(name)),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(tag) = HeaderValue::try_from(format!("\"{sha256}\"")) {
        headers.insert(header::ETAG, tag);
    }
    headers.extend(attachment(name).map(|value| (header::CONTENT_DISPOSITION, value)));
    response
}

/// The header that has a browser keep an answer under a name.
pub(super) fn attachment(name: &str) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("attachment; filename*=UTF-8''{}", encoded(name))).ok()
}

/// A name as RFC 8187 writes it.
fn encoded(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

fn no_parameters(request: &Request) -> Result<(), Problem> {
    let given = crate::http::parameters(request.uri().query().unwrap_or_default())?;
    match given.first() {
        None => Ok(()),
        Some((name, _)) => {
            let message = format!("There is no parameter {name} here.");
            Err(Problem::new(StatusCode::BAD_REQUEST, Code::UnknownParameter, message).about(name))
        }
    }
}

/// What is outside the viewer's reach is not told apart from what is not there.
pub(super) fn nothing() -> Problem {
    let message = "There is no such submission here.";
    Problem::new(StatusCode::NOT_FOUND, Code::NotFound, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_so_that_no_header_breaks() {
        assert_eq!(
            encoded("Återrapport 2018.csv"),
            "%C3%85terrapport%202018.csv"
        );
        assert_eq!(encoded("a\"\r\n.csv"), "a%22%0D%0A.csv");
    }
}
