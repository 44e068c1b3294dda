//! The calendar in the schema: last days of deliverables and days of rounds, as `/calendar.ics` has them.

use async_graphql::{Context, InputObject, Object, Result};

use super::assignment::{self, Assignment};
use super::deliverable::Deliverable;
use super::error::{self, Code};
use super::fund_usage::whole_or_refused;
use super::guard::Require;
use super::reading::{Reading, Shelf};
use super::round::Round;
use super::scalars::{Date, OrganisationCode, RegistryNumber};
use super::source::{Source, sources};
use super::vocabulary::CalendarEvent;
use crate::calendar::{Entry, Event, Selection, entries};
use crate::policy::Action;

/// Cells of an entry.
const CELLS_AN_ENTRY: usize = 6;

/// A day of the calendar (kalenderdag).
pub struct CalendarEntry {
    shelf: Shelf,
    entry: Entry,
}

/// Whose days (urval ur kalendern).
#[derive(Clone, Debug, Default, InputObject)]
pub struct CalendarFilter {
    /// Assignments (uppdrag).
    assignments: Option<Vec<RegistryNumber>>,
    /// Organisations that are responsible for a deliverable, a county board also for what the boards do together; of rounds
    /// those that hand out the money or coordinate the assignment (myndigheter).
    organisations: Option<Vec<OrganisationCode>>,
}

impl CalendarFilter {
    /// What is asked for between two days, every code known.
    pub(crate) fn checked(
        self,
        shelf: &Shelf,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<Selection> {
        let (from, to) = (from.map(|day| day.0), to.map(|day| day.0));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            let message = "the last day is before the first";
            return Err(error::argument(Code::BadUserInput, "to", message));
        }
        let numbers = self.assignments.as_deref();
        let assignments = numbers
            .map(|numbers| assignment::codes(shelf, numbers, "where.assignments"))
            .transpose()?;
        for (index, code) in self.organisations.iter().flatten().enumerate() {
            if shelf.catalogue.organisation(code.0.as_str()).is_none() {
                let path = format!("where.organisations[{index}]");
                return Err(error::unknown(&path, code.0.as_str()));
            }
        }
        let organisations = self.organisations;
        let organisations = organisations.map(|all| all.into_iter().map(|code| code.0).collect());
        Ok(Selection {
            from,
            to,
            assignments,
            organisations,
        })
    }
}

/// A day of the calendar (kalenderdag).
#[Object]
impl CalendarEntry {
    /// The day (datum).
    async fn date(&self) -> Date {
        Date(self.entry.day)
    }

    /// What happens on it (händelse).
    async fn event(&self) -> CalendarEvent {
        match self.entry.event {
            Event::Deliverable(_) => CalendarEvent::Deliverable,
            Event::RoundOpens(_) => CalendarEvent::RoundOpens,
            Event::RoundCloses(_) => CalendarEvent::RoundCloses,
            Event::UseBy(_) => CalendarEvent::UseBy,
            Event::ReportBy(_) => CalendarEvent::ReportBy,
        }
    }

    /// The same in a Swedish line (rubrik).
    async fn title(&self) -> String {
        self.entry.summary()
    }

    /// Its identifier in `/calendar.ics`, the same in every dataset (identifierare).
    async fn uid(&self) -> String {
        self.entry.uid()
    }

    /// Assignment (uppdrag).
    async fn assignment(&self) -> Option<Assignment> {
        Assignment::of_main(&self.shelf, self.entry.assignment().as_str())
    }

    /// The deliverable, where the day is its last (redovisning).
    async fn deliverable(&self) -> Option<Deliverable> {
        let Event::Deliverable(model) = &self.entry.event else {
            return None;
        };
        Some(Deliverable {
            shelf: self.shelf.clone(),
            model: (**model).clone(),
        })
    }

    /// The round, where the day is one of its (omgång).
    async fn round(&self) -> Option<Round> {
        let model = self.entry.event.round()?;
        Some(Round::new(&self.shelf, model))
    }

    /// Where the day is known from (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let assignment = Some(self.entry.assignment());
        sources(ctx, &self.shelf, self.entry.row_id(), assignment).await
    }
}

/// Reading the calendar.
#[derive(Default)]
pub struct CalendarQuery(pub Reading);

/// Reading the calendar.
#[Object(guard = "Require(Action::ReadFigures)")]
impl CalendarQuery {
    /// Last days of deliverables and the days of rounds (opens, closes, use by, report by), by day; `/calendar.ics` has the
    /// same (kalender).
    async fn calendar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From this day on (från och med).")] from: Option<Date>,
        #[graphql(desc = "Up to and including this day (till och med).")] to: Option<Date>,
        #[graphql(name = "where", desc = "Whose days (urval).")] filter: Option<CalendarFilter>,
    ) -> Result<Option<Vec<CalendarEntry>>> {
        let shelf = self.0.open(ctx).await?;
        let asked = filter.unwrap_or_default().checked(&shelf, from, to)?;
        let found = entries(&shelf.catalogue, &asked);
        whole_or_refused(&shelf, found.len().saturating_mul(CELLS_AN_ENTRY))?;
        let entry = |entry: Entry| {
            shelf.used_row(entry.row_id());
            CalendarEntry {
                shelf: shelf.clone(),
                entry,
            }
        };
        Ok(Some(found.into_iter().map(entry).collect()))
    }
}
