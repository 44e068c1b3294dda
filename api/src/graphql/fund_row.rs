//! Rows of money in the schema, one by one and in order of receipt: what a whole account is exported from.

use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{Context, Object, Result};

use super::assignment;
use super::error;
use super::fund_filter::years;
use super::guard::Require;
use super::page::{self, Place};
use super::reading::{Reading, Shelf};
use super::recipient::Recipient;
use super::round::Round;
use super::scalars::{Date, Money, RegistryNumber};
use super::source::{self, Source};
use super::vocabulary::{FundRowKind, RecipientKind};
use crate::policy::Action;
use crate::reports::FundRowQuestion;
use crate::store::fund_row::{self, FundRow as Row};

/// The connection of rows in its cursors.
const CONNECTION: &str = "fundRows";

/// Rows of a page where all are asked for and the question says no number: one of many pages of an export.
const WHOLE: usize = 5_000;

/// A row of money (rad): what one row of a file says of a recipient in a round. Each amount has a place of its own, so
/// that the sum of a place over all rows is the figure of fund usage.
pub struct FundRow {
    shelf: Shelf,
    assignment: entity::RegistryNumber,
    row: Row,
}

/// How many rows of money there are in all (antal).
pub struct FundRowTotal {
    shelf: Shelf,
    question: FundRowQuestion,
}

/// A page of rows of money (sida).
type FundRows = Connection<Place, FundRow, FundRowTotal, EmptyFields>;

/// How many rows of money there are in all (antal).
#[Object]
impl FundRowTotal {
    /// How many there are in all (totalt antal).
    async fn total_count(&self) -> Result<u64> {
        let reports = &self.shelf.request.reports;
        let count = reports.fund_row_count(&self.shelf.dataset, &self.question);
        count.await.map_err(error::report)
    }
}

fn place(row: &Row) -> Place {
    Place {
        connection: CONNECTION.into(),
        sort_key: row.row_id.to_be_bytes().to_vec(),
        code: String::new(),
    }
}

/// The row that a page goes on after.
fn row_of(place: &Place) -> Option<i64> {
    let bytes = place.sort_key.as_slice().try_into().ok()?;
    Some(i64::from_be_bytes(bytes))
}

/// A row of money (rad): what one row of a file says of a recipient in a round. Each amount has a place of its own, so
/// that the sum of a place over all rows is the figure of fund usage.
#[Object]
impl FundRow {
    /// What it is (slag).
    async fn kind(&self) -> FundRowKind {
        FundRowKind::of(self.row.kind)
    }

    /// Round (omgång).
    async fn round(&self) -> Option<Round> {
        Round::of(&self.shelf, self.row.round.as_str())
    }

    /// Recipient, as in the round's year (mottagare).
    async fn recipient(&self) -> Option<Recipient> {
        let round = self.shelf.catalogue.round(&self.row.round);
        let year = round.and_then(|round| i32::try_from(round.year).ok());
        Recipient::in_year(&self.shelf, self.row.recipient.as_str(), year)
    }

    /// Its own day; null for allocations (dag).
    async fn on(&self) -> Option<Date> {
        self.row.on.map(Date)
    }

    /// Allocated (tilldelat).
    async fn allocated_amount(&self) -> Option<Money> {
        self.row.amounts.allocated.map(Money::from)
    }

    /// Requisitioned (rekvirerat).
    async fn requisitioned_amount(&self) -> Option<Money> {
        self.row.amounts.requisitioned.map(Money::from)
    }

    /// Applied for (sökt).
    async fn applied_amount(&self) -> Option<Money> {
        self.row.amounts.applied.map(Money::from)
    }

    /// Granted; null where the decision grants nothing, or there is none yet (beviljat).
    async fn granted_amount(&self) -> Option<Money> {
        self.row.amounts.granted.map(Money::from)
    }

    /// Paid; below 0 where a payment is taken back (utbetalt).
    async fn paid_amount(&self) -> Option<Money> {
        self.row.amounts.paid.map(Money::from)
    }

    /// Used, as reported (använt).
    async fn used_amount(&self) -> Option<Money> {
        self.row.amounts.used.map(Money::from)
    }

    /// Not used, as reported (ej använt).
    async fn reported_unused_amount(&self) -> Option<Money> {
        self.row.amounts.unused.map(Money::from)
    }

    /// Repaid; below 0 where a repayment is taken back (återbetalt).
    async fn repaid_amount(&self) -> Option<Money> {
        self.row.amounts.repaid.map(Money::from)
    }

    /// Where it is known from (källa).
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<Source>> {
        let assignment = Some(&self.assignment);
        source::source(ctx, &self.shelf, self.row.row_id, assignment).await
    }
}

/// Reading rows of money.
#[derive(Default)]
pub struct FundRowQuery(pub Reading);

/// Reading rows of money.
#[Object(guard = "Require(Action::ReadFigures)")]
impl FundRowQuery {
    /// The rows of money of an assignment, one by one in order of receipt: each that counts, as it was sent (rader om
    /// medel). A page holds 500 at most; a file of a saved question holds all.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an argument of the field"
    )]
    #[graphql(complexity = "page::cost(first, None, child_complexity)")]
    async fn fund_rows(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "Of which kinds; all where left out (slag).")] kinds: Option<
            Vec<FundRowKind>,
        >,
        #[graphql(desc = "Of which grant years; all where left out (bidragsår).")]
        grant_years: Option<Vec<i32>>,
        #[graphql(
            desc = "Of rounds for which kinds of recipient; all where left out (mottagartyper)."
        )]
        recipient_kinds: Option<Vec<RecipientKind>>,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
    ) -> Result<Option<FundRows>> {
        let shelf = self.0.open(ctx).await?;
        let assignment = assignment::code(&shelf, &assignment, "assignment")?;
        let years = years(grant_years, "grantYears")?;
        let asked = |kind: &entity::Kind| {
            (kinds.as_ref()).is_none_or(|kinds| kinds.contains(&FundRowKind::of(*kind)))
        };
        let question = FundRowQuestion {
            assignment: assignment.clone(),
            kinds: fund_row::KINDS.into_iter().filter(asked).collect(),
            years: years.map(|years| years.into_iter().map(i64::from).collect()),
            recipient_kinds: recipient_kinds
                .map(|kinds| kinds.into_iter().map(Into::into).collect()),
        };
        let usual = if shelf.request.is_for_a_whole() {
            WHOLE
        } else {
            page::USUAL
        };
        let size = page::count("first", first)?.unwrap_or(usual);
        let begins = page::cursor(CONNECTION, "after", after.as_deref())?;
        let begins = begins.as_ref().and_then(row_of).unwrap_or_default();
        let reports = &shelf.request.reports;
        // One more than the page says whether there is another.
        let found = reports.fund_rows(&shelf.dataset, &question, begins, size + 1);
        let mut found = found.await.map_err(error::report)?;
        let more = found.len() > size;
        found.truncate(size);
        let total = FundRowTotal {
            shelf: shelf.clone(),
            question,
        };
        let mut page = Connection::with_additional_fields(begins > 0, more, total);
        page.edges.extend(found.into_iter().map(|row| {
            shelf.used_row(row.row_id);
            let node = FundRow {
                shelf: shelf.clone(),
                assignment: assignment.clone(),
                row,
            };
            Edge::new(place(&node.row), node)
        }));
        Ok(Some(page))
    }
}
