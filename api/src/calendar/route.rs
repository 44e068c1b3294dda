//! `GET /calendar.ics`: the calendar of an assignment, an organisation or all, for programs that keep calendars.

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use entity::{OrganisationCode, RegistryNumber};

use super::ical::{self, DayEvent};
use super::{Entry, Event, Selection, entries};
use crate::app::App;
use crate::http::{Code, Given, Problem, allowed, conditional, fault};
use crate::policy::{Action, Viewer};
use crate::reports::{self, deliverable};
use crate::store::{Catalogue, Choice, Dataset, Origin, committed_at, lineage};

/// The parameters.
const NAMES: &[&str] = &["assignment", "organisation", "from", "to", "asOf"];

/// The route of the calendar.
pub fn calendar(app: App) -> MethodRouter {
    get(show).with_state(Arc::new(app))
}

async fn show(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let viewer = request.extensions().get::<Viewer>();
    let viewer = viewer.cloned().unwrap_or_else(Viewer::public);
    allowed(&viewer, Action::ReadFigures)?;
    let given = Given::read(request.uri().query().unwrap_or_default(), NAMES)?;
    let choice = Choice {
        as_of: given.instant("asOf")?,
        ..Choice::default()
    };
    let context = app.request(viewer);
    let dataset = context.dataset(choice).await.map_err(refused)?;
    let catalogue = context.catalogue(&dataset).await.map_err(refused)?;
    let asked = selection(&given, &catalogue)?;
    let store = context.reports.store();
    let found = entries(&catalogue, &asked);
    let rows: Vec<i64> = found.iter().map(Entry::row_id).collect();
    let origins = lineage::origins(store, &rows).await.map_err(internal)?;
    let made = committed_at(store, dataset.version);
    let made = made.await.map_err(internal)?;
    let made = made.map(entity::Moment::utc).unwrap_or_default();
    let events = found
        .iter()
        .map(|entry| event(entry, &catalogue, &dataset, &origins));
    let events: Vec<DayEvent> = events.collect();
    let text = ical::calendar(&name(&asked), made, &events);
    Ok(conditional(
        text.into_bytes(),
        "text/calendar; charset=utf-8",
        "inline; filename=\"samsyn.ics\"",
        request.headers(),
    ))
}

/// What is asked for, every code known.
fn selection(given: &Given, catalogue: &Catalogue) -> Result<Selection, Problem> {
    let unknown = |parameter: &str, code: &str| {
        let message = format!("There is no {parameter} {code} here.");
        Problem::new(StatusCode::BAD_REQUEST, Code::UnknownCode, message).about(parameter)
    };
    let number = given.parsed("assignment", "a registry number", |text| {
        RegistryNumber::parse(text).ok()
    })?;
    let assignment = match &number {
        None => None,
        Some(number) => {
            let known = catalogue.assignment(number);
            let known = known.ok_or_else(|| unknown("assignment", number.as_str()))?;
            Some(known.code.clone())
        }
    };
    let organisation = given.parsed("organisation", "the code of an organisation", |text| {
        OrganisationCode::parse(text).ok()
    })?;
    if let Some(code) = &organisation {
        let known = catalogue.organisation(code.as_str());
        known.ok_or_else(|| unknown("organisation", code.as_str()))?;
    }
    let (from, to) = (given.date("from")?, given.date("to")?);
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        let message = "The parameter to is a day before from.";
        let problem = Problem::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message);
        return Err(problem.about("to"));
    }
    Ok(Selection {
        from,
        to,
        assignments: assignment.map(|code| vec![code]),
        organisations: organisation.map(|code| vec![code]),
    })
}

/// What the calendar is called: whose it is.
fn name(asked: &Selection) -> String {
    let mut name = "Samsyn: uppdragskalender".to_owned();
    let assignments = asked.assignments.iter().flatten();
    let organisations = asked.organisations.iter().flatten();
    let whose = assignments
        .map(RegistryNumber::as_str)
        .chain(organisations.map(OrganisationCode::as_str));
    for whose in whose {
        name.push_str(", ");
        name.push_str(whose);
    }
    name
}

fn event(
    entry: &Entry,
    catalogue: &Catalogue,
    dataset: &Dataset,
    origins: &HashMap<i64, Origin>,
) -> DayEvent {
    let mut told = match &entry.event {
        Event::Deliverable(asked) => deliverable_told(asked, catalogue, dataset),
        Event::RoundOpens(_) => vec!["Första dag att rekvirera eller söka.".to_owned()],
        Event::RoundCloses(_) => vec!["Sista dag att rekvirera eller söka.".to_owned()],
        Event::UseBy(_) => vec!["Sista dag att använda medlen.".to_owned()],
        Event::ReportBy(_) => vec!["Sista dag att redovisa hur medlen har använts.".to_owned()],
    };
    if let Some(assignment) = catalogue.assignment(entry.assignment()) {
        told.push(format!("Uppdrag: {} {}", assignment.code, assignment.title));
    }
    let synthetic = catalogue.submissions.is_synthetic(entry.row_id());
    if synthetic {
        told.push("Påhittade exempeldata.".to_owned());
    }
    if let Some(origin) = origins.get(&entry.row_id()) {
        told.extend(sources(origin));
    }
    DayEvent {
        uid: entry.uid(),
        day: entry.day,
        summary: entry.summary(),
        description: told.join("\n"),
        category: match entry.event {
            Event::Deliverable(_) => "Redovisning",
            _ => "Statsbidrag",
        },
        synthetic,
    }
}

fn deliverable_told(
    asked: &entity::deliverable::Model,
    catalogue: &Catalogue,
    dataset: &Dataset,
) -> Vec<String> {
    let name = |code: &str| {
        let known = catalogue.organisation(code);
        known.map_or_else(|| code.to_owned(), |known| known.name.clone())
    };
    let mut told = vec![asked.title.clone()];
    let responsible: Vec<String> = asked.responsible.iter().map(name).collect();
    if !responsible.is_empty() {
        told.push(format!("Ansvarig: {}", responsible.join(", ")));
    }
    let receiver = asked.receiver.iter();
    told.extend(receiver.map(|receiver| format!("Mottagare: {receiver}")));
    let contents = asked.must_contain.iter();
    told.extend(contents.map(|contents| format!("Innehåll: {contents}")));
    let deadline = deliverable::deadline(catalogue, asked);
    let delivered = deadline.delivered(dataset.today);
    told.extend(delivered.map(|day| format!("Lämnad: {day}")));
    told
}

/// Where a row is known from: the passages that it cites, else its file and row.
fn sources(origin: &Origin) -> Vec<String> {
    if origin.citations.is_empty() {
        // What a sender calls its files is its own.
        let (kind, row) = (origin.submission.kind.code(), origin.row.row_number);
        return vec![format!("Källa: {kind}, rad {row}")];
    }
    let cited = origin.citations.iter().map(|one| match &one.section {
        Some(section) => format!("Källa: {}: {section}", one.document),
        None => format!("Källa: {}", one.document),
    });
    cited.collect()
}

fn refused(error: reports::Error) -> Problem {
    match error {
        reports::Error::Future { .. } => {
            let message = error.to_string();
            Problem::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message).about("asOf")
        }
        other => internal(other),
    }
}

fn internal(error: impl Error + 'static) -> Problem {
    let sentence = "The calendar could not be made; the log has it under the request's id.";
    fault(&error, sentence)
}
