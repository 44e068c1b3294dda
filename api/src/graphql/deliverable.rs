//! Deliverables in the schema: what decisions ask for, where it stands on a day, what was delivered and what is missing.

use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;
use entity::{deliverable, delivery};

use super::assignment::Assignment;
use super::calendar::CalendarFilter;
use super::deliverable_missing::DeliverableMissing;
use super::fund_usage::whole_or_refused;
use super::guard::Require;
use super::organisation::Organisation;
use super::reading::{Reading, Shelf};
use super::scalars::Date;
use super::source::{Source, source, sources};
use super::vocabulary::{DeliverableKind, DeliverableState};
use crate::intake::sort_key;
use crate::policy::Action;
use crate::reports::deliverable as found;

/// Cells of a deliverable.
const CELLS_A_DELIVERABLE: usize = 10;

/// What a decision asks for by a day (redovisning eller plan).
pub struct Deliverable {
    pub(crate) shelf: Shelf,
    pub(crate) model: deliverable::Model,
}

impl Deliverable {
    /// The day that is asked about: the dataset's today where left out.
    fn day(&self, asked: Option<Date>) -> NaiveDate {
        asked.map_or(self.shelf.dataset.today, |day| day.0)
    }
}

/// What a decision asks for by a day (redovisning eller plan).
#[Object]
impl Deliverable {
    /// Assignment (uppdrag).
    async fn assignment(&self) -> Option<Assignment> {
        Assignment::of_main(&self.shelf, self.model.assignment.as_str())
    }

    /// What it is (slag).
    async fn kind(&self) -> DeliverableKind {
        self.model.kind.into()
    }

    /// Swedish title, binding (titel).
    async fn title(&self) -> &str {
        &self.model.title
    }

    /// English title (engelsk titel).
    async fn title_en(&self) -> Option<&str> {
        None
    }

    /// Last day; null where no source says (förfallodag).
    async fn due_on(&self) -> Option<Date> {
        self.model.due_on.map(Date)
    }

    /// Who is responsible (ansvariga).
    async fn responsible(&self) -> Vec<Organisation> {
        self.model
            .responsible
            .iter()
            .filter_map(|code| Organisation::of(&self.shelf, code))
            .collect()
    }

    /// Who receives it, as printed (mottagare).
    async fn receiver(&self) -> Option<&str> {
        self.model.receiver.as_deref()
    }

    /// What it must hold, as printed (krav på innehåll).
    async fn must_contain(&self) -> Option<&str> {
        self.model.must_contain.as_deref()
    }

    /// Where it stands on a day (läge).
    async fn state(
        &self,
        #[graphql(desc = "The day; the dataset's today where left out (per datum).")]
        on_date: Option<Date>,
    ) -> DeliverableState {
        let deadline = found::deadline(&self.shelf.catalogue, &self.model);
        deadline.state(self.day(on_date)).into()
    }

    /// The day it was delivered, where that was on or before the day: by one of those responsible or by the coordinator;
    /// by county boards that are responsible together, when the last of them had (lämnad).
    async fn delivered_on(
        &self,
        #[graphql(desc = "The day; the dataset's today where left out (per datum).")]
        on_date: Option<Date>,
    ) -> Option<Date> {
        let deadline = found::deadline(&self.shelf.catalogue, &self.model);
        deadline.delivered(self.day(on_date)).map(Date)
    }

    /// Days after the last day, of the delivery or so far; null where it is not late or has no last day (dagar för sent).
    async fn days_late(
        &self,
        #[graphql(desc = "The day; the dataset's today where left out (per datum).")]
        on_date: Option<Date>,
    ) -> Option<i64> {
        let deadline = found::deadline(&self.shelf.catalogue, &self.model);
        deadline.days_late(self.day(on_date))
    }

    /// Who delivered it and when, whatever the day, in order of delivery (lämnade redovisningar).
    async fn deliveries(&self) -> Vec<Delivery> {
        let all = found::deliveries(&self.shelf.catalogue, &self.model);
        let all = all.map(|model| Delivery {
            shelf: self.shelf.clone(),
            model: model.clone(),
        });
        all.collect()
    }

    /// What is missing for it on a day: deliverers, contents, usage reports (vad som saknas).
    async fn missing(
        &self,
        #[graphql(desc = "The day; the dataset's today where left out (per datum).")]
        on_date: Option<Date>,
    ) -> DeliverableMissing {
        DeliverableMissing {
            shelf: self.shelf.clone(),
            on: self.day(on_date),
            model: self.model.clone(),
        }
    }

    /// The first of its sources: the passage that the last day is taken from (källa).
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<Source>> {
        let assignment = Some(&self.model.assignment);
        source(ctx, &self.shelf, self.model.row_id, assignment).await
    }

    /// Where it is known from (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        sources(
            ctx,
            &self.shelf,
            self.model.row_id,
            Some(&self.model.assignment),
        )
        .await
    }
}

/// What an organisation delivered of a deliverable (lämnad redovisning).
pub struct Delivery {
    shelf: Shelf,
    model: delivery::Model,
}

/// What an organisation delivered of a deliverable (lämnad redovisning).
#[Object]
impl Delivery {
    /// Who delivered it (lämnad av).
    async fn organisation(&self) -> Option<Organisation> {
        Organisation::of(&self.shelf, self.model.organisation_code.as_str())
    }

    /// When (lämnad).
    async fn delivered_on(&self) -> Date {
        Date(self.model.delivered_on)
    }

    /// The year that it is about, of what comes every year without a day; else null (år).
    async fn year(&self) -> Option<i64> {
        self.model.year
    }

    /// The deliverer's own registry number (diarienummer).
    async fn registry_number(&self) -> Option<&str> {
        self.model.registry_number.as_deref()
    }

    /// Where it is known from (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        sources(
            ctx,
            &self.shelf,
            self.model.row_id,
            Some(&self.model.assignment),
        )
        .await
    }
}

/// Reading deliverables.
#[derive(Default)]
pub struct DeliverableQuery(pub Reading);

/// Reading deliverables.
#[Object(guard = "Require(Action::ReadFigures)")]
impl DeliverableQuery {
    /// What the decisions of all assignments ask for, by last day; what has none comes last, and is there whatever days
    /// are asked for (redovisningar och planer).
    async fn deliverables(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Last days from this day on (från och med).")] from: Option<Date>,
        #[graphql(desc = "Last days up to and including this day (till och med).")] to: Option<
            Date,
        >,
        #[graphql(name = "where", desc = "Which deliverables (urval).")] filter: Option<
            CalendarFilter,
        >,
    ) -> Result<Option<Vec<Deliverable>>> {
        let shelf = self.0.open(ctx).await?;
        let asked = filter.unwrap_or_default().checked(&shelf, from, to)?;
        let all = shelf.catalogue.deliverables.iter();
        let mut own: Vec<&deliverable::Model> = all
            .filter(|one| one.due_on.is_none_or(|day| asked.holds(day)))
            .filter(|one| asked.deliverable(&shelf.catalogue, one))
            .collect();
        whole_or_refused(&shelf, own.len().saturating_mul(CELLS_A_DELIVERABLE))?;
        own.sort_by_cached_key(|one| {
            let day = (one.due_on.is_none(), one.due_on);
            (day, one.assignment.clone(), sort_key(&one.title))
        });
        let own = own.into_iter().map(|model| Deliverable {
            shelf: shelf.clone(),
            model: model.clone(),
        });
        Ok(Some(own.collect()))
    }
}
