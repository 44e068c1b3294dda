//! `GET /templates/{kind}.xlsx?round=…`: the template of a kind, prepared for whoever asks.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};

use super::template::{Error, Template};
use crate::clock::Clock;
use crate::http::{Code, Problem, fault, parameters};
use crate::policy::Viewer;
use crate::reports::Reports;
use crate::store::Dataset;

/// The media type of workbooks.
const XLSX: HeaderValue =
    HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

/// The route of the templates, at a path whose one parameter is the file's name.
pub fn templates(reports: Reports, clock: Clock) -> MethodRouter {
    get(template).with_state(Arc::new((reports, clock)))
}

async fn template(
    State(state): State<Arc<(Reports, Clock)>>,
    Path(file): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (reports, clock) = &*state;
    // Who asks is in the request once it has been authenticated; without a token it is anybody.
    let viewer = request.extensions().get::<Viewer>();
    let viewer = viewer.cloned().unwrap_or_else(Viewer::public);
    let round = round(request.uri().query().unwrap_or_default())?;
    let kind = file.strip_suffix(".xlsx").ok_or_else(|| {
        let message = format!("Templates are workbooks: ask for /templates/{file}.xlsx.");
        Problem::new(StatusCode::NOT_FOUND, Code::NotFound, message)
    })?;
    let dataset = Dataset::present(reports.store(), clock)
        .await
        .map_err(|error| refused(&error.into()))?;
    let template = Template::of(reports, &dataset, kind, round.as_deref(), &viewer)
        .await
        .map_err(|error| refused(&error))?;
    let name = template.file_name();
    let written = tokio::task::spawn_blocking(move || template.write()).await;
    let bytes = written
        .unwrap_or(Err(Error::Store(crate::reports::Error::Ended)))
        .map_err(|error| refused(&error))?;
    Ok(workbook(&name, bytes))
}

/// A workbook as an answer; nobody between keeps it, since it may be one viewer's.
fn workbook(name: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, XLSX);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let disposition = format!("attachment; filename=\"{name}\"");
    if let Ok(disposition) = HeaderValue::try_from(disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// The round that the address asks for.
fn round(query: &str) -> Result<Option<String>, Problem> {
    let mut round = None;
    for (name, value) in parameters(query)? {
        if name != "round" {
            return Err(Problem::with_code(
                StatusCode::BAD_REQUEST,
                "UNKNOWN_PARAMETER",
                format!("There is no parameter {name}: templates take round alone."),
            ));
        }
        round = Some(value);
    }
    Ok(round)
}

fn refused(error: &Error) -> Problem {
    let message = error.to_string();
    match error {
        Error::UnknownKind(_) => Problem::with_code(StatusCode::NOT_FOUND, "UNKNOWN_KIND", message),
        Error::UnknownRound(_) => {
            Problem::with_code(StatusCode::NOT_FOUND, "UNKNOWN_ROUND", message)
        }
        Error::NoRounds(_) => {
            Problem::with_code(StatusCode::BAD_REQUEST, "UNKNOWN_PARAMETER", message)
        }
        Error::Store(_) | Error::Written(_) => {
            let sentence = "The template could not be made; the log has it under the request's id.";
            fault(error, sentence)
        }
    }
}
