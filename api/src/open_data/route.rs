//! `GET /datapackage.json` and `GET /dcat`: what is open, for catalogues and programs.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use axum::routing::{MethodRouter, get};

use super::catalogue;
use super::datapackage::package;
use super::graph::{json_ld, turtle};
use super::listing::{Listing, Listings};
use super::settings::Settings;
use crate::app::App;
use crate::graphql::exported::Exported;
use crate::http::{Given, Problem, conditional, fault};

const JSON_LD: &str = "application/ld+json";
const TURTLE: &str = "text/turtle; charset=utf-8";

/// What the routes are made of.
#[derive(Clone)]
pub struct OpenData {
    listings: Listings,
    settings: Arc<Settings>,
}

impl OpenData {
    /// Of a service.
    #[must_use]
    pub fn new(app: App, exported: Exported, settings: Settings) -> Self {
        Self {
            listings: Listings::new(app, exported),
            settings: Arc::new(settings),
        }
    }

    async fn listing(&self) -> Result<Arc<Listing>, Problem> {
        let listing = self.listings.present().await;
        listing.map_err(|error| {
            fault(
                &error,
                "The open data could not be listed; the log has it under the request's id.",
            )
        })
    }
}

/// The route of the Data Package.
pub fn datapackage(open: OpenData) -> MethodRouter {
    get(show_package).with_state(open)
}

/// The route of the catalogue.
pub fn dcat(open: OpenData) -> MethodRouter {
    get(show_catalogue).with_state(open)
}

async fn show_package(State(open): State<OpenData>, request: Request) -> Result<Response, Problem> {
    Given::read(request.uri().query().unwrap_or_default(), &[])?;
    let listing = open.listing().await?;
    let text = package(&listing, &open.settings, &open.settings.public_url);
    let name = "inline; filename=\"datapackage.json\"";
    let bytes = text.into_bytes();
    Ok(conditional(
        bytes,
        "application/json",
        name,
        request.headers(),
    ))
}

async fn show_catalogue(
    State(open): State<OpenData>,
    request: Request,
) -> Result<Response, Problem> {
    let given = Given::read(request.uri().query().unwrap_or_default(), &["format"])?;
    let named = |name: &str| match name {
        "jsonld" => Some(JSON_LD),
        "turtle" => Some(TURTLE),
        _ => None,
    };
    let named = given.parsed("format", "jsonld or turtle", named)?;
    let media = named.unwrap_or_else(|| accepted(request.headers()));
    let listing = open.listing().await?;
    let things = catalogue::things(&listing, &open.settings, &open.settings.public_url);
    let (text, name) = match media {
        TURTLE => (turtle(&things), "inline; filename=\"dcat.ttl\""),
        _ => (json_ld(&things), "inline; filename=\"dcat.jsonld\""),
    };
    let mut response = conditional(text.into_bytes(), media, name, request.headers());
    let vary = HeaderValue::from_static("accept");
    response.headers_mut().append(header::VARY, vary);
    Ok(response)
}

/// Turtle where it is named before JSON, else JSON-LD.
fn accepted(headers: &HeaderMap) -> &'static str {
    let named = headers.get_all(header::ACCEPT).into_iter();
    let named = named.filter_map(|value| value.to_str().ok());
    let mut named = named.flat_map(|value| value.split(','));
    let first = named.find_map(
        |one| match one.split(';').next().unwrap_or_default().trim() {
            "text/turtle" => Some(TURTLE),
            JSON_LD | "application/json" => Some(JSON_LD),
            _ => None,
        },
    );
    first.unwrap_or(JSON_LD)
}
