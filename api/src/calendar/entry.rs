//! What happens on which day: one entry for each last day of a deliverable, and up to four for a round.

use chrono::NaiveDate;
use entity::{DeliverableKind, RegistryNumber, deliverable, round};
use sha2::{Digest, Sha256};

use super::Selection;
use crate::intake::{hex, sort_key};
use crate::store::Catalogue;

/// Letters of a digest that make an identifier.
const IDENTIFIER: usize = 32;

/// What happens on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The last day of a deliverable.
    Deliverable(Box<deliverable::Model>),
    /// The first day to ask for money of a round.
    RoundOpens(Box<round::Model>),
    /// The last day to ask for it.
    RoundCloses(Box<round::Model>),
    /// The last day to use it.
    UseBy(Box<round::Model>),
    /// The last day to report on it.
    ReportBy(Box<round::Model>),
}

/// A day of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The day.
    pub day: NaiveDate,
    /// What happens.
    pub event: Event,
}

/// The entries asked for, by day. What has no day is in none.
#[must_use]
pub fn entries(catalogue: &Catalogue, asked: &Selection) -> Vec<Entry> {
    let deliverables = catalogue.deliverables.iter();
    let deliverables = deliverables.filter(|one| asked.deliverable(catalogue, one));
    let deliverables = deliverables.filter_map(|one| {
        let event = Event::Deliverable(Box::new(one.clone()));
        Some((one.due_on?, event))
    });
    let rounds = catalogue.rounds.iter();
    let rounds = rounds.filter(|one| asked.round(catalogue, one));
    let rounds = rounds.flat_map(|one| {
        let own = || Box::new(one.clone());
        [
            one.opens_on.map(|day| (day, Event::RoundOpens(own()))),
            one.closes_on.map(|day| (day, Event::RoundCloses(own()))),
            Some((one.use_by, Event::UseBy(own()))),
            Some((one.report_by, Event::ReportBy(own()))),
        ]
        .into_iter()
        .flatten()
    });
    let all = deliverables.chain(rounds);
    let all = all.filter(|(day, _)| asked.holds(*day));
    let mut all: Vec<Entry> = all.map(|(day, event)| Entry { day, event }).collect();
    all.sort_by_cached_key(|one| (one.day, sort_key(&one.summary()), one.uid()));
    all
}

impl Event {
    /// The round, of the days of rounds.
    #[must_use]
    pub const fn round(&self) -> Option<&round::Model> {
        match self {
            Self::Deliverable(_) => None,
            Self::RoundOpens(round)
            | Self::RoundCloses(round)
            | Self::UseBy(round)
            | Self::ReportBy(round) => Some(round),
        }
    }
}

impl Entry {
    /// The main number of the assignment.
    #[must_use]
    pub const fn assignment(&self) -> &RegistryNumber {
        match &self.event {
            Event::Deliverable(one) => &one.assignment,
            Event::RoundOpens(one)
            | Event::RoundCloses(one)
            | Event::UseBy(one)
            | Event::ReportBy(one) => &one.assignment,
        }
    }

    /// The row that says the day.
    #[must_use]
    pub const fn row_id(&self) -> i64 {
        match &self.event {
            Event::Deliverable(one) => one.row_id,
            Event::RoundOpens(one)
            | Event::RoundCloses(one)
            | Event::UseBy(one)
            | Event::ReportBy(one) => one.row_id,
        }
    }

    /// What happens, in a Swedish line.
    #[must_use]
    pub fn summary(&self) -> String {
        match &self.event {
            Event::Deliverable(one) => {
                let what = deliverable_sv(one.kind);
                format!("Sista dag: {what} ({})", one.assignment)
            }
            Event::RoundOpens(one) => format!("{} öppnar", one.code),
            Event::RoundCloses(one) => format!("{} stänger", one.code),
            Event::UseBy(one) => format!("{}: medlen används senast", one.code),
            Event::ReportBy(one) => format!("{}: medlen redovisas senast", one.code),
        }
    }

    /// An identifier that is the same in every dataset: of a round it follows a day that is moved, of a deliverable, which
    /// has no code, assignment, kind, last day and title make it.
    #[must_use]
    pub fn uid(&self) -> String {
        let key = match &self.event {
            Event::Deliverable(one) => {
                let day = one.due_on.map(|day| day.to_string()).unwrap_or_default();
                let (assignment, kind) = (&one.assignment, one.kind.code());
                format!("deliverable|{assignment}|{kind}|{day}|{}", one.title)
            }
            Event::RoundOpens(one) => format!("opens|{}", one.code),
            Event::RoundCloses(one) => format!("closes|{}", one.code),
            Event::UseBy(one) => format!("use-by|{}", one.code),
            Event::ReportBy(one) => format!("report-by|{}", one.code),
        };
        let mut digest = hex(&Sha256::digest(key));
        digest.truncate(IDENTIFIER);
        format!("{digest}@samsyn")
    }
}

/// What a kind of deliverable is called.
const fn deliverable_sv(kind: DeliverableKind) -> &'static str {
    match kind {
        DeliverableKind::JointPlan => "genomförandeplan",
        DeliverableKind::SupplementaryPlan => "kompletterande plan",
        DeliverableKind::AccountOfImplementation => "redogörelse för genomförandet",
        DeliverableKind::AnnualReport => "årlig redovisning",
        DeliverableKind::CountyAnnualReport => "länsstyrelsernas årliga rapport",
        DeliverableKind::InterimReport => "delredovisning",
        DeliverableKind::FinalReport => "slutredovisning",
        DeliverableKind::Evaluation => "utvärdering",
    }
}
