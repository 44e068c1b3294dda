//! Submissions as JSON outside GraphQL: the same fields, asked of the same schema, so that both say the same.

use async_graphql::{Data, ID, Request, Variables};
use chrono::SecondsFormat;
use entity::Moment;
use serde_json::{Value, json};
use tower_http::request_id::RequestId;

use super::Submission;
use crate::graphql::over_http::trouble_told;
use crate::graphql::{PerRequest, SamsynSchema};
use crate::intake::{FileReport, Finding};
use crate::policy::Viewer;
use crate::service::submission::Delivery;
use crate::store::{Catalogue, Trouble};

/// The fields of `Submission`, all of them; a test compares.
const FIELDS: &str = "id kind fileName sha256 receivedAt sentBy { code name } assignmentCode nature registeredOn
    planVersion decidedOn verdict state version events { event at actor reason } actor
    rowCount newCount correctedCount unchangedCount
    findings { severity rule sheet row column key messageSv messageEn } actions { action allowed reason reasonEn }";

/// Writes submissions.
#[derive(Clone)]
pub struct Written {
    schema: SamsynSchema,
    per_request: PerRequest,
    request: Option<RequestId>,
}

/// The schema failed to answer; the log has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotWritten {
    /// A fault of ours.
    #[error("the submission could not be written")]
    Failed,
    /// The database does not answer, or has no room for the note of the read.
    #[error("the submission could not be written now")]
    Trouble(#[source] Trouble),
}

impl Written {
    /// Asks a schema.
    #[must_use]
    pub const fn new(schema: SamsynSchema, per_request: PerRequest) -> Self {
        Self {
            schema,
            per_request,
            request: None,
        }
    }

    /// The same for one request, whose id the notes of what is read then have.
    #[must_use]
    pub fn within(&self, request: Option<&RequestId>) -> Self {
        Self {
            request: request.cloned(),
            ..self.clone()
        }
    }

    /// A submission as it is now, by its identity; none within the viewer's reach.
    ///
    /// # Errors
    /// The schema failed to answer.
    pub async fn now(&self, viewer: &Viewer, id: &str) -> Result<Option<Value>, NotWritten> {
        let document = format!("query ($id: ID!) {{ submission(id: $id) {{ {FIELDS} }} }}");
        self.ask(viewer, document, json!({ "id": id }), "/submission")
            .await
    }

    /// A submission as it was at an instant, by its number; none within the viewer's reach.
    ///
    /// # Errors
    /// The schema failed to answer.
    pub async fn at(
        &self,
        viewer: &Viewer,
        id: i64,
        at: Moment,
    ) -> Result<Option<Value>, NotWritten> {
        let document = format!(
            "query ($id: ID!, $at: DateTime!) {{ dataset(asOf: $at) {{ submission(id: $id) {{ {FIELDS} }} }} }}"
        );
        let at = at.utc().to_rfc3339_opts(SecondsFormat::Micros, true);
        let variables = json!({ "id": Self::identity(id), "at": at });
        self.ask(viewer, document, variables, "/dataset/submission")
            .await
    }

    /// The identity of a submission's number, as clients see it.
    #[must_use]
    pub fn identity(id: i64) -> String {
        Submission::global_id(id).to_string()
    }

    /// The number of an identity.
    #[must_use]
    pub fn number(identity: &str) -> Option<i64> {
        Submission::local_id(&ID::from(identity))
    }

    async fn ask(
        &self,
        viewer: &Viewer,
        document: String,
        variables: Value,
        path: &str,
    ) -> Result<Option<Value>, NotWritten> {
        let mut data = Data::default();
        self.per_request.fill(viewer.clone(), &mut data);
        if let Some(id) = &self.request {
            data.insert(id.clone());
        }
        let mut request = Request::new(document).variables(Variables::from_json(variables));
        request.data = data;
        let response = self.schema.execute(request).await;
        let unknown = Some(async_graphql::Value::from("UNKNOWN_CODE"));
        let is_unknown = |error: &async_graphql::ServerError| {
            let extensions = error.extensions.as_ref();
            extensions.and_then(|found| found.get("code")).cloned() == unknown
        };
        if !response.errors.iter().all(is_unknown) {
            tracing::error!(errors = ?response.errors, "a submission could not be written");
            return Err(match response.errors.iter().find_map(trouble_told) {
                Some(trouble) => NotWritten::Trouble(trouble),
                None => NotWritten::Failed,
            });
        }
        let mut data = response.data.into_json().map_err(|_| NotWritten::Failed)?;
        let found = data.pointer_mut(path).map(Value::take);
        Ok(found.filter(|found| !found.is_null()))
    }
}

/// A file that was judged and not kept, with the fields of a submission: what only a kept one has is null.
#[must_use]
pub fn judged(
    report: &FileReport,
    delivery: &Delivery,
    sha256: &str,
    catalogue: &Catalogue,
) -> Value {
    let sender = catalogue.organisation(delivery.organisation.as_str());
    json!({
        "id": null,
        "kind": delivery.kind.code(),
        "fileName": delivery.file_name,
        "sha256": sha256,
        "receivedAt": null,
        "sentBy": sender.map(|one| json!({ "code": one.code.as_str(), "name": one.name })),
        "assignmentCode": delivery.assignment.as_ref().map(|code| code.as_str()),
        "nature": delivery.nature.code(),
        "registeredOn": delivery.registered_on.map(|day| day.to_string()),
        "planVersion": delivery.plan_version,
        "decidedOn": delivery.decided_on.map(|day| day.to_string()),
        "verdict": report.verdict.code(),
        "state": null,
        "version": null,
        "events": null,
        "actor": null,
        "rowCount": null,
        "newCount": report.new,
        "correctedCount": report.corrected,
        "unchangedCount": report.unchanged,
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
        "actions": null,
    })
}

fn finding(one: &Finding) -> Value {
    json!({
        "severity": one.severity.code(),
        "rule": one.rule.code(),
        "sheet": one.sheet,
        "row": one.row,
        "column": one.column,
        "key": one.key,
        "messageSv": one.message_sv,
        "messageEn": one.message_en,
    })
}
