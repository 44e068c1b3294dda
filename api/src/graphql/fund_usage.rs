//! Fund usage in the schema: where the money went, by group.

use std::sync::Arc;

use analytics::fund_usage as analysed;
use async_graphql::{ComplexObject, Context, Error, Object, Result, SimpleObject};

use super::assignment;
use super::classification::Classification;
use super::code_list_item::CodeListItem;
use super::error::{self, Code};
use super::fund_filter::FundFilter;
use super::fund_key::FundKey;
use super::fund_sources::AskedLine;
use super::guard::Require;
use super::page::SourceConnection;
use super::rate::{Distribution, Rate};
use super::reading::{Reading, Shelf};
use super::scalars::{Date, Money, RegistryNumber};
use super::vocabulary::{FundDimension, FundMeasure};
use crate::policy::Action;
use crate::reports::{Computed, Extent};

/// Cells that an answer may hold; past it the answer is refused, never cut.
pub(crate) const MOST_CELLS: usize = 200_000;

/// Figures of a line.
const CELLS_A_LINE: usize = 40;

/// Fund usage by group (medelsanvändning).
pub struct FundUsage {
    total: AskedLine,
    computed: Arc<Computed<analysed::FundUsage>>,
}

/// Fund usage by group (medelsanvändning).
#[Object]
impl FundUsage {
    /// The dimensions, without repetitions (indelning).
    async fn grouped_by(&self) -> Vec<FundDimension> {
        self.computed
            .answer
            .grouped_by
            .iter()
            .map(|one| (*one).into())
            .collect()
    }

    /// Recipients with rows of the assignment that were divided since, by their former codes; by the present
    /// classification alone (delade mottagare).
    async fn divided(&self) -> &[String] {
        &self.computed.answer.divided
    }

    /// Number of lines (antal rader).
    async fn row_count(&self) -> usize {
        self.computed.answer.lines.len()
    }

    /// One line a group, sorted by the keys in the order of the dimensions (rader).
    async fn rows(&self) -> Vec<FundUsageLine> {
        self.computed
            .answer
            .lines
            .iter()
            .enumerate()
            .map(|(index, line)| FundUsageLine::new(self.total.at(index), line))
            .collect()
    }

    /// Everything that passes the filter (totalt).
    async fn total(&self) -> FundUsageLine {
        FundUsageLine::new(self.total.clone(), &self.computed.answer.total)
    }
}

impl FundUsage {
    /// The answer to a question, whole or refused.
    pub(crate) async fn answer(
        shelf: Shelf,
        assignment: entity::RegistryNumber,
        question: analysed::FundQuestion,
        extent: Extent,
    ) -> Result<Self> {
        let reports = &shelf.request.reports;
        let computed = reports.fund_usage(&shelf.dataset, &assignment, question.clone(), extent);
        let computed = computed.await.map_err(error::report)?;
        let lines = computed.answer.lines.len();
        whole_or_refused(&shelf, lines.saturating_mul(CELLS_A_LINE))?;
        shelf.request.used(computed.synthetic);
        let total = AskedLine {
            shelf,
            assignment,
            question: Arc::new(question),
            extent,
            line: None,
        };
        Ok(Self { total, computed })
    }
}

/// The figures of one group (rad). Always paid = used + repaid + outstanding + unreported + unexplained.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct FundUsageLine {
    #[graphql(skip)]
    asked: AskedLine,
    #[graphql(skip)]
    areas: Vec<analysed::UseArea>,
    #[graphql(skip)]
    analysed_key: analysed::FundKey,
    /// Recipients that could have taken part; null over several years (berättigade).
    eligible_count: Option<u64>,
    /// Those of them that did (rekvirerande eller beviljade).
    requisitioning_count: u64,
    /// Requisitioning / eligible (deltagandegrad).
    participation_rate: Rate,
    /// Allocated (tilldelat).
    allocated_amount: Money,
    /// Requisitioned (rekvirerat).
    requisitioned_amount: Money,
    /// Granted (beviljat).
    granted_amount: Money,
    /// Applications by what was decided (ansökningar).
    applications: FundApplications,
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
    /// Paid to those that have not reported (ej redovisat).
    unreported_amount: Money,
    /// Paid and neither used nor unused in the report (oförklarat).
    unexplained_amount: Money,
    /// Used / paid of those that have reported (nyttjandegrad).
    usage_rate: Rate,
    /// What the usage rate can be whatever the missing ones answer (nyttjandegradens gränser).
    usage_rate_bounds: UsageRateBounds,
    /// One usage rate a recipient, unweighted (nyttjandegradens fördelning).
    usage_rate_distribution: Distribution,
    /// Kronor per inhabitant of those paid; within one year and kind (utbetalt per invånare).
    paid_per_inhabitant: Rate,
    /// Who has reported (redovisning).
    reporting: Reporting,
}

#[ComplexObject]
impl FundUsageLine {
    /// Which group (nyckel).
    async fn key(&self) -> FundKey {
        FundKey::new(&self.asked.shelf, &self.analysed_key, self.asked.extent)
    }

    /// Used by area, every area listed (användningsområden).
    async fn use_areas(&self) -> Vec<UseArea> {
        let area = |one: &analysed::UseArea| UseArea {
            area: CodeListItem::of(&self.asked.shelf, "USE_AREA", &one.area),
            amount: Money(one.amount),
            share: (&one.share).into(),
        };
        self.areas.iter().map(area).collect()
    }

    /// The rows behind the line, by submission and row: all that its figures rest on, or those behind one of them
    /// (källor).
    #[graphql(complexity = "super::page::cost(first, None, child_complexity)")]
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which figure; all of them where left out (mått).")] of: Option<
            FundMeasure,
        >,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
    ) -> Result<SourceConnection> {
        let of = of.map(Into::into);
        self.asked.sources(ctx, of, first, after).await
    }
}

/// What the usage rate can be whatever the missing ones answer (nyttjandegradens gränser).
#[derive(SimpleObject)]
pub struct UsageRateBounds {
    /// If the missing ones used nothing (lägsta).
    lowest: Rate,
    /// If the missing ones used everything (högsta).
    highest: Rate,
}

/// What was used for one purpose (användningsområde).
#[derive(SimpleObject)]
pub struct UseArea {
    /// The area (område).
    pub(crate) area: CodeListItem,
    /// Used (använt).
    pub(crate) amount: Money,
    /// Used in the area / used (andel).
    pub(crate) share: Rate,
}

/// Applications by what was decided; withdrawn ones are counted as received too (ansökningar).
#[derive(SimpleObject)]
pub struct FundApplications {
    /// Received, whatever was decided (inkomna).
    received_count: u64,
    /// Granted (beviljade).
    granted_count: u64,
    /// Partly granted (delvis beviljade).
    partly_granted_count: u64,
    /// Declined (avslagna).
    declined_count: u64,
    /// Withdrawn by the applicant (återtagna).
    withdrawn_count: u64,
    /// Not decided yet (ej avgjorda).
    undecided_count: u64,
    /// Applied for (ansökt).
    applied_amount: Money,
}

impl From<&analysed::Applications> for FundApplications {
    fn from(one: &analysed::Applications) -> Self {
        Self {
            received_count: one.received,
            granted_count: one.granted,
            partly_granted_count: one.partly_granted,
            declined_count: one.declined,
            withdrawn_count: one.withdrawn,
            undecided_count: one.undecided,
            applied_amount: Money(one.applied),
        }
    }
}

/// Who has reported, of those that should (svarsfrekvens).
#[derive(SimpleObject)]
pub struct Reporting {
    /// Recipients and rounds that were paid something (förväntade).
    expected_count: u64,
    /// Those of them with a usage report (inkomna).
    received_count: u64,
    /// Those of them whose report came by the last day (i tid).
    on_time_count: u64,
    /// Received / expected (svarsfrekvens).
    rate: Rate,
    /// The same by paid amount (svarsfrekvens efter belopp).
    rate_by_amount: Rate,
    /// The same by population; within one kind (svarsfrekvens efter befolkning).
    rate_by_population: Rate,
}

impl FundUsageLine {
    fn new(asked: AskedLine, line: &analysed::FundLine) -> Self {
        Self {
            asked,
            areas: line.use_areas.clone(),
            analysed_key: line.key.clone(),
            eligible_count: line.eligible_count,
            requisitioning_count: line.requisitioning_count,
            participation_rate: (&line.participation_rate).into(),
            allocated_amount: Money(line.allocated),
            requisitioned_amount: Money(line.requisitioned),
            granted_amount: Money(line.granted),
            applications: (&line.applications).into(),
            redistributed_amount: Money(line.redistributed),
            paid_amount: Money(line.paid),
            used_amount: Money(line.used),
            reported_unused_amount: Money(line.reported_unused),
            repaid_amount: Money(line.repaid),
            outstanding_amount: Money(line.outstanding),
            unreported_amount: Money(line.unreported),
            unexplained_amount: Money(line.unexplained),
            usage_rate: (&line.usage_rate).into(),
            usage_rate_bounds: UsageRateBounds {
                lowest: (&line.usage_rate_lowest).into(),
                highest: (&line.usage_rate_highest).into(),
            },
            usage_rate_distribution: (&line.usage_rate_distribution).into(),
            paid_per_inhabitant: (&line.paid_per_inhabitant).into(),
            reporting: Reporting {
                expected_count: line.reporting.expected,
                received_count: line.reporting.received,
                on_time_count: line.reporting.on_time,
                rate: (&line.reporting.rate).into(),
                rate_by_amount: (&line.reporting.rate_by_amount).into(),
                rate_by_population: (&line.reporting.rate_by_population).into(),
            },
        }
    }
}

/// Refuses an answer past the limit of cells, counted over all fields of the request; with its size.
pub(crate) fn whole_or_refused(shelf: &Shelf, cells: usize) -> Result<()> {
    let cells = shelf.request.add_cells(cells);
    if cells > MOST_CELLS {
        return Err(too_large(cells));
    }
    Ok(())
}

/// The refusal of an answer of so many cells.
pub(crate) fn too_large(cells: usize) -> Error {
    let message = format!(
        "the answer would hold {cells} cells, more than {MOST_CELLS}: filter or group otherwise"
    );
    error::argument(Code::ResultTooLarge, "groupBy", &message)
}

/// Reading fund usage.
#[derive(Default)]
pub struct FundUsageQuery(pub Reading);

/// Reading fund usage.
#[Object(guard = "Require(Action::ReadFigures)")]
impl FundUsageQuery {
    /// Where the money of an assignment went, by group (medelsanvändning).
    async fn fund_usage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "What to group by, in this order (indelning).", default)] group_by: Vec<
            FundDimension,
        >,
        #[graphql(desc = "What is counted (urval).")] filter: Option<FundFilter>,
        #[graphql(
            desc = "Facts whose own date lies on or before this day, reports also by the day their document was registered; null = all (till och med)."
        )]
        through: Option<Date>,
        #[graphql(
            desc = "Under which codes and where recipients stand (mottagarindelning).",
            default
        )]
        classification: Classification,
    ) -> Result<Option<FundUsage>> {
        let shelf = self.0.open(ctx).await?;
        let code = assignment::code(&shelf, &assignment, "assignment")?;
        let extent = classification.extent(&shelf, through);
        let question = analysed::FundQuestion {
            group_by: group_by.into_iter().map(Into::into).collect(),
            filter: filter.unwrap_or_default().checked(&shelf, &code)?,
            today: shelf.dataset.today,
        };
        FundUsage::answer(shelf, code, question, extent)
            .await
            .map(Some)
    }
}
