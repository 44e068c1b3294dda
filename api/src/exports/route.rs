//! `GET /q/{hash}.csv` and the like: the answer to a saved question as a file, asked by whoever asks for it.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value};
use tower_http::request_id::RequestId;

use super::csv::{self, Dialect};
use super::document::{self, NotWritten};
use super::proof::Proof;
use super::workbook;
use crate::app::App;
use crate::graphql::exported::{Asked, Exported, NoTable, NotExported, Table, layout};
use crate::http::{Code, Given, Problem, allowed, conditional};
use crate::policy::{Action, Viewer};
use crate::reports::Error;
use crate::store::saved_query;

/// The parameters.
const NAMES: &[&str] = &["variables", "asOf", "rows", "csv"];

/// What an answer is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Csv,
    Xlsx,
    Json,
    Zip,
    Graphql,
}

impl Form {
    fn of(ending: &str) -> Option<Self> {
        match ending {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            "json" => Some(Self::Json),
            "zip" => Some(Self::Zip),
            "graphql" => Some(Self::Graphql),
            _ => None,
        }
    }

    const fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
            Self::Zip => "application/zip",
            Self::Graphql => "application/graphql; charset=utf-8",
        }
    }
}

/// The route of exports.
pub fn exports(app: App, exported: Exported) -> MethodRouter {
    get(show).with_state(Arc::new((app, exported)))
}

async fn show(
    State(state): State<Arc<(App, Exported)>>,
    Path(file): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (app, exported) = &*state;
    let viewer = request.extensions().get::<Viewer>();
    let viewer = viewer.cloned().unwrap_or_else(Viewer::public);
    allowed(&viewer, Action::ReadFigures)?;
    let (hash, ending) = file.rsplit_once('.').ok_or_else(nothing)?;
    let form = Form::of(ending).ok_or_else(nothing)?;
    let context = app.request(viewer.clone());
    let store = context.reports.store();
    let found = saved_query::find(store.connection(), hash).await;
    let document = found.map_err(internal)?.ok_or_else(nothing)?.document;
    let name = format!("attachment; filename=\"{}.{ending}\"", &hash[..12]);
    if form == Form::Graphql {
        let text = format!("{document}\n").into_bytes();
        return Ok(conditional(text, form.media(), &name, request.headers()));
    }
    let given = Given::read(request.uri().query().unwrap_or_default(), NAMES)?;
    let said = Said::read(&given)?;
    let layout = layout(&document, said.rows.as_deref()).map_err(no_table)?;
    let asked = Asked {
        viewer,
        document,
        variables: said.variables,
        as_of: said.as_of,
        request: request.extensions().get::<RequestId>().cloned(),
    };
    let (table, dataset, synthetic) = exported.table(&asked, layout).await.map_err(refused)?;
    let as_of = said
        .as_of
        .map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    let made = crate::store::committed_at(store, dataset.version).await;
    let made = made.map_err(internal)?.map(entity::Moment::utc);
    let written = Written {
        form,
        dialect: said.dialect,
        made: made.unwrap_or_default(),
        document: asked.document,
    };
    let work = move || {
        let mut proof = Proof::of(
            &table,
            (hash_of(&file), &asked.variables),
            (&dataset, as_of),
            synthetic,
        )?;
        proof.rows = said.rows;
        let bytes = written.bytes(&table, &proof)?;
        Ok::<_, NotWritten>((bytes, proof))
    };
    let done = tokio::task::spawn_blocking(work).await.map_err(internal)?;
    let (bytes, proof) = done.map_err(internal)?;
    let mut response = conditional(bytes, form.media(), &name, request.headers());
    prove(&mut response, &proof);
    Ok(response)
}

fn hash_of(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(hash, _)| hash)
}

/// What the address says beside the question.
struct Said {
    variables: Map<String, Value>,
    as_of: Option<DateTime<Utc>>,
    rows: Option<String>,
    dialect: Dialect,
}

impl Said {
    fn read(given: &Given) -> Result<Self, Problem> {
        let object = |text: &str| match serde_json::from_str(text) {
            Ok(Value::Object(variables)) => Some(variables),
            _ => None,
        };
        let variables = given.parsed("variables", "a JSON object", object)?;
        let as_of = given.instant("asOf")?;
        let dialect = given.parsed("csv", "programs or excel", Dialect::of)?;
        Ok(Self {
            variables: variables.unwrap_or_default(),
            as_of,
            rows: given.text("rows").map(str::to_owned),
            dialect: dialect.unwrap_or_default(),
        })
    }
}

/// What is to be written.
struct Written {
    form: Form,
    dialect: Dialect,
    made: DateTime<Utc>,
    document: String,
}

impl Written {
    fn bytes(&self, table: &Table, proof: &Proof) -> Result<Vec<u8>, NotWritten> {
        Ok(match self.form {
            Form::Csv => csv::write(table, self.dialect)?,
            Form::Xlsx => workbook::write(table, proof, self.made)?,
            Form::Json => document::json(table, proof),
            Form::Zip => document::package(table, proof, &self.document, self.dialect)?,
            Form::Graphql => self.document.clone().into_bytes(),
        })
    }
}

/// Says in headers what a text file cannot say in itself.
fn prove(response: &mut Response, proof: &Proof) {
    let totals = proof.totals.iter();
    let totals: Vec<String> = totals.map(|(name, sum)| format!("{name}={sum}")).collect();
    let said = [
        ("samsyn-row-count", proof.row_count.to_string()),
        ("samsyn-control-totals", totals.join(", ")),
        ("samsyn-dataset-version", proof.version.to_string()),
        ("samsyn-rows-sha256", proof.sha256.clone()),
        ("samsyn-synthetic", proof.synthetic.to_string()),
    ];
    for (name, value) in said {
        if let Ok(value) = HeaderValue::try_from(value) {
            response
                .headers_mut()
                .insert(HeaderName::from_static(name), value);
        }
    }
}

fn nothing() -> Problem {
    let message = "There is no saved question here: /q/ takes the hash of one, and .csv, .xlsx, .json, .zip or .graphql.";
    Problem::new(StatusCode::NOT_FOUND, Code::NotFound, message)
}

fn no_table(refusal: NoTable) -> Problem {
    let message = refusal.to_string();
    let problem = Problem::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message);
    match refusal {
        NoTable::Several(_) | NoTable::NoList { .. } => problem.about("rows"),
        NoTable::NoGraphql(_) | NoTable::NoQuery | NoTable::Unknown(_) => problem,
    }
}

fn refused(error: NotExported) -> Problem {
    let message = error.to_string();
    match error {
        NotExported::Refused { code, argument, .. } => {
            let status = match code.as_str() {
                "UNAUTHENTICATED" => StatusCode::UNAUTHORIZED,
                "FORBIDDEN" | "DISCLOSURE" => StatusCode::FORBIDDEN,
                "RESULT_TOO_LARGE" => StatusCode::PAYLOAD_TOO_LARGE,
                "INTERNAL" => StatusCode::INTERNAL_SERVER_ERROR,
                _ => StatusCode::BAD_REQUEST,
            };
            let problem = Problem::with_code(status, code, message);
            match argument {
                Some(argument) => problem.about(&argument),
                None => problem,
            }
        }
        NotExported::OnePage => Problem::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message),
        NotExported::TooManyRows => {
            Problem::with_code(StatusCode::PAYLOAD_TOO_LARGE, "RESULT_TOO_LARGE", message)
        }
        NotExported::Dataset(Error::Future { .. }) => {
            Problem::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message).about("asOf")
        }
        NotExported::Dataset(other) => internal(other),
    }
}

fn internal(error: impl std::fmt::Debug) -> Problem {
    tracing::error!(?error, "an export could not be written");
    let message = "The export could not be written; the log has it under the request's id.";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, message)
}
