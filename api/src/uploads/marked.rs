//! An upload answered with the sender's own workbook, its cells marked where the rules say something.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use entity::{Kind, finding};
use sea_orm::DbErr;

use super::fetch::attachment;
use super::media::XLSX;
use super::route::internal;
use crate::context::RequestContext;
use crate::http::Problem;
use crate::intake::{Finding, Rule};
use crate::service::submission::Delivery;
use crate::workbooks::{Judged, marked};

/// A file whose findings are marked.
pub(super) struct File {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) kind: Kind,
}

/// The marked copy of what was sent.
pub(super) async fn copy(
    delivery: Delivery,
    findings: Vec<Finding>,
    context: &RequestContext,
) -> Result<Response, Problem> {
    let file = File {
        name: delivery.file_name,
        bytes: delivery.bytes,
        kind: delivery.kind,
    };
    of_file(file, findings, context).await
}

/// The marked copy of a file.
pub(super) async fn of_file(
    file: File,
    findings: Vec<Finding>,
    context: &RequestContext,
) -> Result<Response, Problem> {
    let (name, limits) = (name(&file.name), context.limits);
    // The sender's workbook and its copy are in memory, as whole files are wherever they are worked with.
    let written = context.heavy.run(move || async move {
        let judged = Judged {
            kind: Some(file.kind),
            findings: &findings,
        };
        let written = marked(&file.name, &file.bytes, &[judged], limits);
        written.map_err(|error| DbErr::Custom(error.to_string()))
    });
    let bytes = written.await.map_err(internal)?;
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(XLSX));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.extend(attachment(&name).map(|value| (header::CONTENT_DISPOSITION, value)));
    Ok(response)
}

/// The copy is another file than the sender's, and says so.
fn name(of: &str) -> String {
    let stem = of.rsplit_once('.').map_or(of, |(stem, _)| stem);
    format!("{stem} granskad.xlsx")
}

/// Findings as they are kept; one of a rule that there is no longer is left out.
pub(super) fn kept(models: Vec<finding::Model>) -> Vec<Finding> {
    let finding = |model: finding::Model| {
        let rule = Rule::ALL.iter().find(|rule| rule.code() == model.rule)?;
        Some(Finding {
            severity: model.severity,
            rule: *rule,
            sheet: model.sheet,
            row: model.row_number,
            column: model.column_name,
            key: model.natural_key,
            message_sv: model.message_sv,
            message_en: model.message_en,
        })
    };
    models.into_iter().filter_map(finding).collect()
}
