//! Orphans in the schema: what is planned and without support, held and not planned, paid and not reached.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;

use super::assignment;
use super::error;
use super::fund_usage::whole_or_refused;
use super::goal::{Goal, MainActivity};
use super::organisation::Organisation;
use super::page::{self, Node, PageOf, Place, SourceConnection};
use super::plan_shelf::PlanShelf;
use super::recipient::Recipient;
use super::recipient_where::USUAL;
use super::scalars::{Date, Money, RegistryNumber};
use super::vocabulary::{OrphanKind, RecipientKind};
use crate::reports::{Computed, PaidUnreached, PlanOrphans};

/// Figures of a pair of main activity and organisation.
const CELLS_A_PAIR: usize = 6;

/// What has no counterpart in a version of the plan and the support events (utan motsvarighet). None of it is an error.
pub struct Orphans {
    of: Arc<PlanShelf>,
    found: Arc<Computed<PlanOrphans>>,
    through: Option<Date>,
}

impl Orphans {
    pub(crate) async fn of(
        of: &Arc<PlanShelf>,
        version: i64,
        through: Option<Date>,
    ) -> Result<Self> {
        let shelf = &of.shelf;
        let asked = (version, through.map(|day| day.0));
        let reports = &shelf.request.reports;
        let found = reports.plan_orphans(&shelf.dataset, &of.assignment, asked);
        let found = found.await.map_err(error::report)?;
        shelf.request.used(found.synthetic);
        let pairs = found.answer.found.pairs.len();
        whole_or_refused(shelf, pairs.saturating_mul(CELLS_A_PAIR))?;
        Ok(Self {
            of: Arc::clone(of),
            found,
            through,
        })
    }

    /// The day by whose codes recipients are known: the last of the assignment, or of what is counted where it is earlier.
    fn on(&self) -> NaiveDate {
        let shelf = &self.of.shelf;
        let year = assignment::last_year(shelf, &self.of.assignment);
        let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(shelf.dataset.today);
        let through = self.through.map_or(last, |day| day.0.min(last));
        through.min(shelf.dataset.today)
    }

    /// The assignments whose money is looked at: those asked for, else the plan's own and the ones before it.
    fn funds(&self, asked: Option<Vec<RegistryNumber>>) -> Result<Vec<entity::RegistryNumber>> {
        let shelf = &self.of.shelf;
        if let Some(asked) = asked {
            let mut codes = assignment::codes(shelf, &asked, "fundsOf")?;
            codes.sort();
            codes.dedup();
            return Ok(codes);
        }
        let found = shelf.catalogue.assignment(&self.of.assignment);
        let before = found.into_iter().flat_map(|one| one.predecessors.iter());
        let before = before.filter_map(|code| {
            let number = entity::RegistryNumber::parse(code).ok()?;
            Some(shelf.catalogue.assignment(&number)?.code.clone())
        });
        Ok(std::iter::once(self.of.assignment.clone())
            .chain(before)
            .collect())
    }
}

/// What has no counterpart in a version of the plan and the support events (utan motsvarighet). None of it is an error.
#[Object]
impl Orphans {
    /// Main activities of organisations with one side missing, by number and organisation (huvudaktiviteter per myndighet).
    async fn pairs(
        &self,
        #[graphql(desc = "Which sides; all where left out (slag).")] kinds: Option<Vec<OrphanKind>>,
    ) -> Vec<Orphan> {
        let asked = |kind: OrphanKind| kinds.as_ref().is_none_or(|all| all.contains(&kind));
        let pairs = self.found.answer.found.pairs.iter().enumerate();
        pairs
            .filter(|(_, one)| asked(one.kind.into()))
            .map(|(index, _)| Orphan {
                of: Arc::clone(&self.of),
                found: Arc::clone(&self.found),
                index,
            })
            .collect()
    }

    /// Development areas of whose main activities none is planned and none has an event, by code (utvecklingsområden).
    async fn development_areas(&self) -> Vec<Goal> {
        let codes = self.found.answer.found.development_areas.iter();
        codes
            .filter_map(|code| Goal::of(&self.of.shelf, &self.of.assignment, code))
            .collect()
    }

    /// Recipients that were paid something and that no support event has reached, by code, no protected location: the codes of the last day of the
    /// assignment, or of the day through which is counted where it is earlier. Null where there is no event, so that nothing is
    /// known of whom was reached (mottagare med medel men utan stöd).
    #[graphql(complexity = "page::cost(first, None, child_complexity)")]
    async fn recipients(
        &self,
        #[graphql(
            desc = "Whose money; the plan's own assignment and the ones before it where left out (medel från uppdrag)."
        )]
        funds_of: Option<Vec<RegistryNumber>>,
        #[graphql(
            desc = "Kinds; municipalities, regions and organisations where left out (mottagartyper)."
        )]
        kinds: Option<Vec<RecipientKind>>,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
    ) -> Result<Option<PageOf<OrphanRecipient>>> {
        let shelf = &self.of.shelf;
        let funds = self.funds(funds_of)?;
        let kinds = kinds.as_deref().unwrap_or(&USUAL).iter();
        let mut kinds: Vec<entity::RecipientKind> = kinds.map(|one| (*one).into()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let on = self.on();
        let reports = &shelf.request.reports;
        let found = reports.paid_unreached(
            &shelf.dataset,
            (&funds, &self.of.assignment),
            (&kinds, on),
            self.through.map(|day| day.0),
        );
        let found = found.await.map_err(error::report)?;
        let Some(found) = found else {
            return Ok(None);
        };
        shelf.request.used(found.synthetic);
        let node = |one: PaidUnreached| {
            let recipient = Recipient::on(shelf, &one.recipient, on)?;
            Some(OrphanRecipient { recipient, one })
        };
        let nodes = found.answer.into_iter().filter_map(node).collect();
        page::of(nodes, first, after, None, None).await.map(Some)
    }
}

/// A main activity of an organisation with one side missing (huvudaktivitet utan motsvarighet).
pub struct Orphan {
    of: Arc<PlanShelf>,
    found: Arc<Computed<PlanOrphans>>,
    index: usize,
}

impl Orphan {
    fn pair(&self) -> &analytics::plan::Orphan {
        &self.found.answer.found.pairs[self.index]
    }
}

/// A main activity of an organisation with one side missing (huvudaktivitet utan motsvarighet).
#[Object]
impl Orphan {
    /// Which side there is (slag).
    async fn kind(&self) -> OrphanKind {
        self.pair().kind.into()
    }

    /// Number of the main activity; 4a, 4b and 4c are parts of 4 (huvudaktivitetens nummer).
    async fn main_activity_number(&self) -> &str {
        &self.pair().main_activity
    }

    /// Main activity (huvudaktivitet).
    async fn main_activity(&self) -> Option<MainActivity> {
        MainActivity::of(
            &self.of.shelf,
            &self.of.assignment,
            &self.pair().main_activity,
        )
    }

    /// Organisation (myndighet).
    async fn organisation(&self) -> Option<Organisation> {
        Organisation::of(&self.of.shelf, &self.pair().organisation)
    }

    /// How many activities, or events, there are of the side that is there (antal).
    async fn row_count(&self) -> usize {
        self.pair().rows.len()
    }

    /// The rows of those activities or events, by submission and row (källor).
    #[graphql(complexity = "page::cost(first, None, child_complexity)")]
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
    ) -> Result<SourceConnection> {
        let passages = self.found.answer.behind.of(Some(self.index));
        let (shelf, assignment) = (&self.of.shelf, &self.of.assignment);
        page::sources(ctx, shelf, assignment, passages, first, after).await
    }
}

/// A recipient that was paid and that no support reached (mottagare med medel men utan stöd).
pub struct OrphanRecipient {
    recipient: Recipient,
    one: PaidUnreached,
}

impl Node for OrphanRecipient {
    const CONNECTION: &'static str = "orphanRecipients";

    fn place(&self) -> Place {
        Place {
            connection: Self::CONNECTION.into(),
            sort_key: self.one.recipient.clone().into_bytes(),
            code: self.one.recipient.clone(),
        }
    }
}

/// A recipient that was paid and that no support reached (mottagare med medel men utan stöd).
#[Object]
impl OrphanRecipient {
    /// The recipient (mottagare).
    async fn recipient(&self) -> &Recipient {
        &self.recipient
    }

    /// Paid in sum, reversals taken off; its rows are those of `recipient.funds` (utbetalt).
    async fn paid_amount(&self) -> Money {
        Money(self.one.paid)
    }
}
