//! The ledger in the schema: entries in pages, their sum, and how old what is open is.

use std::sync::Arc;

use analytics::fund_ledger as analysed;
use async_graphql::{Context, Object, Result, SimpleObject};
use entity::Sek;

use super::assignment;
use super::classification::Classification;
use super::error;
use super::fund_filter::FundFilter;
use super::fund_usage::whole_or_refused;
use super::guard::Require;
use super::ledger_entry::LedgerEntry;
use super::page::{Node, PageOf};
use super::reading::{Reading, Shelf};
use super::scalars::{Date, Money, RegistryNumber};
use super::vocabulary::{AgeBucket, LedgerPart};
use crate::policy::Action;
use crate::reports::Computed;

/// Figures of an entry.
const CELLS_AN_ENTRY: usize = 40;

/// An amount of the ledger.
pub(crate) fn money(ore: i64) -> Money {
    Sek::from_ore(ore).into()
}

/// The ledger of an assignment's money (medelsreskontra): an entry for each recipient and round.
pub struct FundLedger {
    shelf: Shelf,
    on: chrono::NaiveDate,
    computed: Arc<Computed<analysed::FundLedger>>,
}

/// The ledger of an assignment's money (medelsreskontra): an entry for each recipient and round.
#[Object]
impl FundLedger {
    /// The day that decides what is due and how old it is (per datum).
    async fn on_date(&self) -> Date {
        Date(self.on)
    }

    /// Recipients with rows of the assignment that were divided since, by their former codes; by the present
    /// classification alone (delade mottagare).
    async fn divided(&self) -> &[String] {
        &self.computed.answer.divided
    }

    /// The sum of all entries (totalt). It is fund usage's for the same filter.
    async fn total(&self) -> LedgerAmounts {
        (&self.computed.answer.total).into()
    }

    /// What is open by age, every bucket (åldersfördelning). What is waived is not open.
    async fn ageing(&self) -> Vec<AgeingLine> {
        self.computed.answer.ageing.iter().map(Into::into).collect()
    }

    /// The entries by round and name of the recipient (poster). A page holds 500 at most.
    #[graphql(complexity = "super::page::cost(first, last, child_complexity)")]
    async fn entries(
        &self,
        #[graphql(
            desc = "Only entries that have one of these parts; left out, all (poster som har någon av delarna)."
        )]
        having: Option<Vec<LedgerPart>>,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<LedgerEntry>>> {
        let having: Option<Vec<analysed::LedgerPart>> =
            having.map(|parts| parts.into_iter().map(Into::into).collect());
        let entries = &self.computed.answer.entries;
        let mut nodes: Vec<LedgerEntry> = (0..entries.len())
            .filter(|index| {
                having
                    .as_ref()
                    .is_none_or(|parts| parts.iter().any(|part| entries[*index].has(*part)))
            })
            .map(|index| LedgerEntry::new(&self.shelf, self.on, &self.computed, index))
            .collect();
        nodes.sort_by_cached_key(LedgerEntry::place);
        let page = super::page::of(nodes, first, after, last, before).await?;
        whole_or_refused(&self.shelf, page.edges.len().saturating_mul(CELLS_AN_ENTRY))?;
        Ok(Some(page))
    }
}

/// Amounts of an entry, or of all (belopp). Always paid = used + repaid + outstanding + unreported + unexplained.
#[derive(SimpleObject)]
pub struct LedgerAmounts {
    /// Allocated (tilldelat).
    allocated_amount: Money,
    /// Requisitioned (rekvirerat).
    requisitioned_amount: Money,
    /// Granted (beviljat).
    granted_amount: Money,
    /// Paid above requisitioned (omfördelat).
    redistributed_amount: Money,
    /// Paid (utbetalt).
    paid_amount: Money,
    /// Used over all use areas (använt).
    used_amount: Money,
    /// Unused as reported (redovisat ej använt).
    reported_unused_amount: Money,
    /// Repaid (återbetalt).
    repaid_amount: Money,
    /// Reported unused and not yet repaid (kvarstår att återbetala).
    outstanding_amount: Money,
    /// What is claimed of the outstanding (kvarstående efter krav).
    outstanding_parts: OpenParts,
    /// Paid to those that have not reported (ej redovisat).
    unreported_amount: Money,
    /// What is claimed of the unreported (ej redovisat efter krav).
    unreported_parts: OpenParts,
    /// Paid and neither used nor unused in the report (oförklarat).
    unexplained_amount: Money,
    /// What was claimed back, and what became of it (återkrav).
    claims: ClaimAmounts,
    /// Left of claims, or waived, above what is outstanding or unreported (krävt för mycket).
    overclaimed_amount: Money,
}

impl From<&analysed::Amounts> for LedgerAmounts {
    fn from(amounts: &analysed::Amounts) -> Self {
        Self {
            allocated_amount: money(amounts.allocated),
            requisitioned_amount: money(amounts.requisitioned),
            granted_amount: money(amounts.granted),
            redistributed_amount: money(amounts.redistributed),
            paid_amount: money(amounts.paid),
            used_amount: money(amounts.used),
            reported_unused_amount: money(amounts.reported_unused),
            repaid_amount: money(amounts.repaid),
            outstanding_amount: money(amounts.outstanding.amount),
            outstanding_parts: (&amounts.outstanding).into(),
            unreported_amount: money(amounts.unreported.amount),
            unreported_parts: (&amounts.unreported).into(),
            unexplained_amount: money(amounts.unexplained),
            claims: (&amounts.claims).into(),
            overclaimed_amount: money(amounts.overclaimed),
        }
    }
}

/// Open money by what is claimed of it (delar efter krav). The parts make the amount.
#[derive(SimpleObject)]
pub struct OpenParts {
    /// Claimed and not due yet (krävt, ej förfallet).
    demanded_amount: Money,
    /// Deferred and not due yet (anstånd).
    deferred_amount: Money,
    /// Claimed, and the last day to pay has passed (förfallet).
    overdue_amount: Money,
    /// Need not be paid; it stays part of the amount (eftergivet).
    waived_amount: Money,
    /// The rest; below 0 where more is claimed, or repaid, than there is (ej krävt).
    not_demanded_amount: Money,
}

impl From<&analysed::Open> for OpenParts {
    fn from(open: &analysed::Open) -> Self {
        Self {
            demanded_amount: money(open.demanded),
            deferred_amount: money(open.deferred),
            overdue_amount: money(open.overdue),
            waived_amount: money(open.waived),
            not_demanded_amount: money(open.not_demanded),
        }
    }
}

/// What was claimed back (återkrav). Always demanded = paid + waived + withdrawn + left.
#[derive(SimpleObject)]
pub struct ClaimAmounts {
    /// Demanded (krävt).
    demanded_amount: Money,
    /// Paid of what was demanded (betalt av krävt).
    paid_amount: Money,
    /// Waived (eftergivet).
    waived_amount: Money,
    /// What was left of claims that were withdrawn (återkallat).
    withdrawn_amount: Money,
    /// Left to pay (kvar att betala).
    left_amount: Money,
}

impl From<&analysed::ClaimSums> for ClaimAmounts {
    fn from(sums: &analysed::ClaimSums) -> Self {
        Self {
            demanded_amount: money(sums.demanded),
            paid_amount: money(sums.paid),
            waived_amount: money(sums.waived),
            withdrawn_amount: money(sums.withdrawn),
            left_amount: money(sums.left),
        }
    }
}

/// Open money of one age (åldersklass).
#[derive(SimpleObject)]
pub struct AgeingLine {
    /// How old it is (ålder).
    bucket: AgeBucket,
    /// Outstanding, without what is waived (kvarstår).
    outstanding_amount: Money,
    /// Unreported, without what is waived (ej redovisat).
    unreported_amount: Money,
    /// Unexplained (oförklarat).
    unexplained_amount: Money,
    /// Entries with money of this age (antal poster).
    entry_count: u64,
}

impl From<&analysed::AgeingLine> for AgeingLine {
    fn from(line: &analysed::AgeingLine) -> Self {
        Self {
            bucket: line.bucket.into(),
            outstanding_amount: money(line.outstanding),
            unreported_amount: money(line.unreported),
            unexplained_amount: money(line.unexplained),
            entry_count: line.entry_count,
        }
    }
}

/// Reading the ledger.
#[derive(Default)]
pub struct FundLedgerQuery(pub Reading);

/// Reading the ledger.
#[Object(guard = "Require(Action::ReadFigures)")]
impl FundLedgerQuery {
    /// The ledger of an assignment's money: for each recipient and round what was paid, used, repaid and claimed, what is
    /// open, and since when (medelsreskontra).
    async fn fund_ledger(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "What is counted (urval).")] filter: Option<FundFilter>,
        #[graphql(
            desc = "The day that decides what is due and how old it is; the dataset's today where left out, or the day through \
                    which is counted. Which facts count is said by the dataset and `through` (per datum)."
        )]
        on_date: Option<Date>,
        #[graphql(
            desc = "Facts whose own date lies on or before this day, reports also by the day their document was registered; null = all (till och med)."
        )]
        through: Option<Date>,
        #[graphql(
            desc = "Under which codes and where recipients stand (mottagarindelning).",
            default
        )]
        classification: Classification,
    ) -> Result<Option<FundLedger>> {
        let shelf = self.0.open(ctx).await?;
        let code = assignment::code(&shelf, &assignment, "assignment")?;
        let extent = classification.extent(&shelf, through);
        let today = shelf.dataset.today;
        let today = extent.through.map_or(today, |day| day.min(today));
        let on = on_date.map_or(today, |day| day.0);
        let question = analysed::LedgerQuestion {
            filter: filter.unwrap_or_default().checked(&shelf, &code)?,
            on,
        };
        let reports = &shelf.request.reports;
        let computed = reports
            .fund_ledger(&shelf.dataset, &code, question, extent)
            .await;
        let computed = computed.map_err(error::report)?;
        shelf.request.used(computed.synthetic);
        Ok(Some(FundLedger {
            shelf,
            on,
            computed,
        }))
    }
}
