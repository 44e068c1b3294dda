//! The listed questions as a Data Package (Frictionless, version 2): a resource each, with the types of its columns.

use serde_json::{Value, json};

use super::listing::{Listed, Listing};
use super::settings::Settings;
use crate::graphql::exported::{Column, Kind};

/// The profile that the package is of.
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// The package's text.
pub(super) fn package(listing: &Listing, settings: &Settings, base: &str) -> String {
    let resources = listing.questions.iter();
    let resources = resources.map(|one| resource(one, listing, base));
    let package = json!({
        "$schema": PROFILE,
        "name": "samsyn",
        "id": format!("{base}/datapackage.json"),
        "title": "Samsyn: öppna uppgifter om gemensamma regeringsuppdrag",
        "titleEn": "Samsyn: open data on joint government assignments",
        "description": "Sparade frågor vars svar är öppna, var och en som en tabell. Saved questions whose answers are open, each as a table.",
        "homepage": format!("{base}/"),
        "version": listing.version.to_string(),
        "created": listing.made,
        "licenses": [{ "path": settings.licence }],
        "contributors": [{ "title": settings.publisher, "roles": ["publisher"] }],
        "resources": resources.collect::<Vec<_>>(),
    });
    format!("{package:#}\n")
}

fn resource(one: &Listed, listing: &Listing, base: &str) -> Value {
    json!({
        "name": format!("q-{}", &one.sha256[..12]),
        "path": format!("{base}/q/{}.csv", one.sha256),
        "title": one.title[0],
        "titleEn": one.title[1],
        "description": one.description[0],
        "descriptionEn": one.description[1],
        "synthetic": one.synthetic,
        "version": listing.version.to_string(),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": "," },
        "schema": {
            "fields": one.columns.iter().map(field).collect::<Vec<_>>(),
            "missingValues": [""],
        },
    })
}

fn field(column: &Column) -> Value {
    json!({
        "name": column.name,
        "type": match column.kind {
            Kind::Money | Kind::Rate | Kind::Computed | Kind::Decimal => "number",
            Kind::Integer => "integer",
            Kind::Flag => "boolean",
            Kind::Date => "date",
            Kind::Text => "string",
            Kind::Json => "any",
        },
        "description": column.description,
        "samsynType": column.type_name,
    })
}
