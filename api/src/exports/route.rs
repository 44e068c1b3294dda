//! `GET /q/{hash}.csv` and the like: the answer to a saved question as a file, asked by whoever asks for it.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use serde_json::{Map, Value};
use tower_http::request_id::RequestId;

use super::form::Form;
use super::limits::Limits;
use super::places::{Place, Places};
use super::proof::Proof;
use super::refused::{internal, no_table, not_written, nothing, refused, too_late};
use super::said::Said;
use super::table::{Filling, Table};
use super::written::{NotWritten, Written, write};
use crate::app::App;
use crate::graphql::exported::{Asked, Exported, Layout, layout};
use crate::http::{Code, Problem, allowed, conditional, file_body, tagged};
use crate::policy::{Action, Role, Viewer};
use crate::store::{committed_at, saved_query};

/// The ending of the question itself.
const QUESTION: &str = "graphql";

/// What the route is made of.
struct Exports {
    app: App,
    exported: Exported,
    limits: Limits,
    places: Places,
}

/// The route of exports.
pub fn exports(app: App, exported: Exported, limits: Limits) -> MethodRouter {
    get(show).with_state(Arc::new(Exports {
        app,
        exported,
        limits,
        places: Places::new(limits.at_once),
    }))
}

async fn show(
    State(state): State<Arc<Exports>>,
    Path(file): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let viewer = request.extensions().get::<Viewer>();
    let viewer = viewer.cloned().unwrap_or_else(Viewer::public);
    allowed(&viewer, Action::ReadFigures)?;
    let (hash, ending) = file.rsplit_once('.').ok_or_else(nothing)?;
    let form = Form::of(ending);
    if form.is_none() && ending != QUESTION {
        return Err(nothing());
    }
    let context = state.app.request(viewer.clone());
    let store = context.reports.store();
    let found = saved_query::find(store.connection(), hash).await;
    let document = found.map_err(internal)?.ok_or_else(nothing)?.document;
    let name = format!("attachment; filename=\"{}.{ending}\"", &hash[..12]);
    let Some(form) = form else {
        let text = format!("{document}\n").into_bytes();
        let media = "application/graphql; charset=utf-8";
        return Ok(conditional(text, media, &name, request.headers()));
    };
    let said = Said::read(request.uri().query().unwrap_or_default())?;
    let asked = Asked {
        viewer,
        document,
        variables: said.variables.clone(),
        of: said.of.clone(),
        request: request.extensions().get::<RequestId>().cloned(),
    };
    let making = state.make(hash, &asked, &said, form);
    let made = tokio::time::timeout(state.limits.time, making).await;
    let (written, headers) = made.map_err(|_| too_late())??;
    let body = file_body(written.file);
    let media = form.media();
    let mut response = tagged(&written.sha256, body, (media, &name), request.headers());
    if response.status().is_success() {
        let length = HeaderValue::from(written.length);
        response
            .headers_mut()
            .insert(header::CONTENT_LENGTH, length);
    }
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::try_from(value) {
            let name = HeaderName::from_static(name);
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

impl Exports {
    /// The whole answer as a file, and what its headers say.
    async fn make(
        &self,
        hash: &str,
        asked: &Asked,
        said: &Said,
        form: Form,
    ) -> Result<(Written, Vec<(&'static str, String)>), Problem> {
        let place = self.places.take(asked.viewer.role == Role::Public);
        let place = place.await.map_err(internal)?;
        let (table, proof) = self.table(hash, asked, said, &place).await?;
        let context = self.app.request(asked.viewer.clone());
        let version = proof.last_version();
        let made = committed_at(context.reports.store(), version).await;
        let (made, dialect) = (made.map_err(internal)?, said.dialect);
        blocking(&place, move || {
            let written = write(&table, &proof, form, (dialect, made))?;
            Ok((written, proof.headers(&table)))
        })
        .await
    }

    /// Asks page by page, so that no more than one is held in memory.
    async fn table(
        &self,
        hash: &str,
        asked: &Asked,
        said: &Said,
        place: &Arc<Place>,
    ) -> Result<(Table, Proof), Problem> {
        let layout = layout(&asked.document, said.rows.as_deref()).map_err(no_table)?;
        declared(&said.variables, &layout)?;
        let mut pages = self.exported.begin(asked, &layout).await.map_err(refused)?;
        let most = self.limits.row_count;
        let mut filling = Filling::begin(&layout, most).map_err(not_written)?;
        while let Some(rows) = pages.next().await.map_err(refused)? {
            let take = move || {
                filling.take(&rows)?;
                Ok(filling)
            };
            filling = blocking(place, take).await?;
        }
        let proof = Proof {
            query: hash.to_owned(),
            document: asked.document.clone(),
            variables: asked.variables.clone(),
            rows: said.rows.clone(),
            datasets: pages.datasets(),
            synthetic: pages.synthetic(),
        };
        let left_out = pages.left_out();
        let table = blocking(place, move || filling.end(left_out)).await?;
        Ok((table, proof))
    }
}

/// A variable that the question does not declare is refused: left out, the answer would be that of another value.
fn declared(given: &Map<String, Value>, layout: &Layout) -> Result<(), Problem> {
    let unknown = given
        .keys()
        .find(|name| layout.variables().all(|known| known != *name));
    match unknown {
        None => Ok(()),
        Some(name) => {
            let known: Vec<&str> = layout.variables().collect();
            let said = match known.as_slice() {
                [] => format!("the question has no variables, and {name} was given"),
                known => format!(
                    "the question has no variable {name}: its variables are {}",
                    known.join(", ")
                ),
            };
            let problem = Problem::new(StatusCode::BAD_REQUEST, Code::BadUserInput, said);
            Err(problem.about("variables"))
        }
    }
}

/// Work with files and columns, away from the workers that answer others. It holds its place until it ends: nobody stops
/// it where whoever asked has gone.
async fn blocking<T: Send + 'static>(
    place: &Arc<Place>,
    work: impl FnOnce() -> Result<T, NotWritten> + Send + 'static,
) -> Result<T, Problem> {
    let place = Arc::clone(place);
    let done = tokio::task::spawn_blocking(move || {
        let _place = place;
        work()
    });
    let done = done.await;
    done.map_err(internal)?.map_err(not_written)
}
