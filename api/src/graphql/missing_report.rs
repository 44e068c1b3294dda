//! Missing usage reports in the schema: who was paid in a round, has not reported, and how late that is.

use std::sync::Arc;

use analytics::fund_ledger as analysed;
use async_graphql::{Context, Object, Result};

use super::error;
use super::fund_ledger::money;
use super::fund_usage::whole_or_refused;
use super::guard::Require;
use super::page::{Node, PageOf, Place};
use super::reading::{Reading, Shelf};
use super::recipient::Recipient;
use super::round::Round;
use super::scalars::{Date, Money, RecipientCode, RoundCode};
use super::source::{Source, of_rows};
use super::vocabulary::Absent;
use crate::policy::Action;
use crate::reports::{Computed, Extent};

/// Figures of a missing report.
const CELLS_A_REPORT: usize = 8;

/// A usage report that was expected and has not come (saknad återrapportering).
pub struct MissingReport {
    shelf: Shelf,
    round: Arc<entity::round::Model>,
    recipient: Option<Recipient>,
    computed: Arc<Computed<Vec<analysed::MissingReport>>>,
    index: usize,
}

impl MissingReport {
    fn found(&self) -> &analysed::MissingReport {
        &self.computed.answer[self.index]
    }
}

impl Node for MissingReport {
    const CONNECTION: &'static str = "missing";

    /// In Swedish alphabetical order of the recipients' names.
    fn place(&self) -> Place {
        let known = self.recipient.as_ref().map(Recipient::place);
        Place {
            connection: Self::CONNECTION.into(),
            sort_key: known.map(|place| place.sort_key).unwrap_or_default(),
            code: self.found().recipient.clone(),
        }
    }
}

/// A usage report that was expected and has not come (saknad återrapportering).
#[Object]
impl MissingReport {
    /// Round (omgång).
    async fn round(&self) -> Round {
        Round::new(&self.shelf, &self.round)
    }

    /// Recipient, as it was on the last day of the grant year (mottagare).
    async fn recipient(&self) -> Option<&Recipient> {
        self.recipient.as_ref()
    }

    /// Code of the recipient (mottagarkod).
    async fn recipient_code(&self) -> Option<RecipientCode> {
        let code = entity::RecipientCode::parse(&self.found().recipient);
        code.ok().map(RecipientCode)
    }

    /// Paid in the round, reversals taken off (utbetalt).
    async fn paid_amount(&self) -> Money {
        money(self.found().paid_ore)
    }

    /// Last day to report, which includes the day (redovisas senast).
    async fn report_by(&self) -> Date {
        Date(self.found().report_by)
    }

    /// Why there is no report: `NOT_DUE` up to and including the last day, `NOT_REPORTED` from the day after (orsak).
    async fn reason(&self) -> Absent {
        self.found().reason().into()
    }

    /// Days after the last day, from 1; null where the report is `NOT_DUE` (dagar efter sista dag).
    async fn days_late(&self) -> Option<i64> {
        self.found().days_late
    }

    /// The payments for which the report is expected (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let rows = &self.found().rows;
        of_rows(ctx, &self.shelf, rows, Some(&self.round.assignment)).await
    }
}

/// Reading missing reports.
#[derive(Default)]
pub struct MissingReportQuery(pub Reading);

/// Reading missing reports.
#[Object(guard = "Require(Action::ReadFigures)")]
impl MissingReportQuery {
    /// The recipients that were paid in a round and have not reported, by name: expected − received of fund usage, one by
    /// one (saknade återrapporteringar). A page holds 500 at most.
    #[graphql(complexity = "super::page::cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "arguments of the field")]
    async fn missing_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Code of the round (omgångskod).")] round: RoundCode,
        #[graphql(
            desc = "The day that decides what is due and how late it is; the dataset's today where left out, or the day through \
                    which is counted. Which facts count is said by the dataset and `through` (per datum)."
        )]
        on_date: Option<Date>,
        #[graphql(
            desc = "Facts whose own date lies on or before this day, reports also by the day their document was registered; null = all (till och med)."
        )]
        through: Option<Date>,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<MissingReport>>> {
        let shelf = self.0.open(ctx).await?;
        let Some(known) = shelf.catalogue.round(&round.0).cloned() else {
            return Err(error::unknown("round", round.0.as_str()));
        };
        let extent = Extent {
            through: through.map(|day| day.0),
            current_on: None,
        };
        let today = shelf.dataset.today;
        let today = extent.through.map_or(today, |day| day.min(today));
        let question = analysed::MissingQuestion {
            round: round.0.to_string(),
            on: on_date.map_or(today, |day| day.0),
        };
        let reports = &shelf.request.reports;
        let computed = reports
            .missing_reports(&shelf.dataset, &known.assignment, question, extent)
            .await;
        let computed = computed.map_err(error::report)?;
        shelf.request.used(computed.synthetic);
        let known = Arc::new(known);
        let year = i32::try_from(known.year).ok();
        let node = |(index, one): (usize, &analysed::MissingReport)| MissingReport {
            shelf: shelf.clone(),
            round: Arc::clone(&known),
            recipient: Recipient::in_year(&shelf, &one.recipient, year),
            computed: Arc::clone(&computed),
            index,
        };
        let found = computed.answer.iter().enumerate();
        let mut nodes: Vec<MissingReport> = found.map(node).collect();
        nodes.sort_by_cached_key(MissingReport::place);
        let page = super::page::of(nodes, first, after, last, before).await?;
        whole_or_refused(&shelf, page.edges.len().saturating_mul(CELLS_A_REPORT))?;
        Ok(Some(page))
    }
}
