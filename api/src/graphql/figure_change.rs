//! What differs between two states of a report in the schema, figure by figure and cause by cause.

use std::sync::Arc;

use async_graphql::{Context, InputObject, Object, OneofObject, Result, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};

use super::assignment;
use super::dataset::DatasetInfo;
use super::error::{self, Code};
use super::fund_usage::whole_or_refused;
use super::guard::Require;
use super::reading::{Reading, Shelf};
use super::release;
use super::scalars::{Date, Decimal, FigureCode, RegistryNumber};
use super::vocabulary::{Absent, Comparability, DeliverableKind, FigureUnit};
use crate::policy::Action;
use crate::releases::{self, Compared, Opened, State};
use crate::reports::report::asked_for;
use crate::store::Choice;

/// A state of the data (tillstånd): one of the two is said.
#[derive(Clone, Debug, OneofObject)]
pub enum DatasetPoint {
    /// As it was at this instant, with offset (tidpunkt).
    AsOf(DateTime<Utc>),
    /// What is sealed in the release of this name (fryst datauttag).
    Release(String),
}

/// Which report's figures are compared (jämförd redovisning).
#[derive(Clone, Debug, InputObject)]
pub struct ComparedReport {
    /// Registry number of the assignment (uppdrag).
    assignment: RegistryNumber,
    /// What the report is (slag).
    kind: DeliverableKind,
    /// Its last day, where there are several; where left out, the latest that the later state asks for (sista dag).
    due_on: Option<Date>,
}

/// What differs between two states of a report (skillnader).
#[derive(SimpleObject)]
pub struct Changes {
    /// The earlier state (tidigare datauttag).
    from: DatasetInfo,
    /// The later state (senare datauttag).
    to: DatasetInfo,
    /// How many figures were compared (antal jämförda siffror).
    compared: usize,
    /// Those that differ, or all, in the order of the later report; those of the earlier alone follow (skillnader).
    changes: Vec<Change>,
}

/// A figure in both states (skillnad). The parts sum to the difference exactly.
#[derive(SimpleObject)]
pub struct Change {
    /// Its code (kod).
    code: FigureCode,
    /// Swedish title (titel).
    title: String,
    /// The earlier value; null where there is none (tidigare värde).
    from: Option<Decimal>,
    /// Why there is no earlier value; `NOT_APPLICABLE` where the report had no such figure (orsak till att det saknas).
    from_absent: Option<Absent>,
    /// The later value; null where there is none (senare värde).
    to: Option<Decimal>,
    /// Why there is no later value; `NOT_APPLICABLE` where the report has no such figure (orsak till att det saknas).
    to_absent: Option<Absent>,
    /// The later value less the earlier one; null where `comparability` says that there is none (skillnad).
    difference: Option<Decimal>,
    /// Its unit; null where it is none of the schema's (enhet).
    unit: Option<FigureUnit>,
    /// Whether the two say the same thing (jämförbarhet).
    comparability: Comparability,
    /// The difference by cause; null where `comparability` says that it is not divided (delar).
    parts: Option<ChangeParts>,
}

/// A difference by cause, each computed with those before it in place (skillnadens delar).
#[derive(SimpleObject)]
pub struct ChangeParts {
    /// By facts that came late: nothing was known of them (sena uppgifter).
    late_reports: Decimal,
    /// By facts that were corrected, removed or withdrawn (rättelser).
    corrections: Decimal,
    /// By recipients, counties and populations (ny population).
    new_population: Decimal,
    /// By decisions, definitions, code lists, and how the program computes (ändrade regler).
    changed_rules: Decimal,
    /// By another day being today alone: what has fallen due (tidens gång).
    passage_of_time: Decimal,
}

impl From<releases::Parts> for ChangeParts {
    fn from(parts: releases::Parts) -> Self {
        Self {
            late_reports: Decimal(parts.late_reports),
            corrections: Decimal(parts.corrections),
            new_population: Decimal(parts.new_population),
            changed_rules: Decimal(parts.changed_rules),
            passage_of_time: Decimal(parts.passage_of_time),
        }
    }
}

impl Change {
    fn of(one: releases::Change) -> Option<Self> {
        Some(Self {
            code: FigureCode(crate::reports::FigureCode::parse(&one.code).ok()?),
            title: one.title,
            from: one.from.ok().map(Decimal),
            from_absent: one.from.err().map(Absent::from),
            to: one.to.ok().map(Decimal),
            to_absent: one.to.err().map(Absent::from),
            difference: one.difference.map(Decimal),
            unit: crate::reports::figure::Unit::of(&one.unit).map(FigureUnit::from),
            comparability: one.comparability.into(),
            parts: one.parts.map(ChangeParts::from),
        })
    }
}

/// A state that is compared: what it is read by, and the release where it is one.
struct Side {
    shelf: Shelf,
    opened: Option<Arc<Opened>>,
}

impl Side {
    async fn open(ctx: &Context<'_>, point: &DatasetPoint, argument: &str) -> Result<Self> {
        let (as_of, release) = match point {
            DatasetPoint::AsOf(instant) => (Some(*instant), None),
            DatasetPoint::Release(name) => {
                let found = release::visible(ctx, name, &format!("{argument}.release")).await?;
                (None, Some(found.id))
            }
        };
        let choice = Choice {
            as_of,
            release,
            ..Choice::default()
        };
        let shelf = Reading(choice).open(ctx).await?;
        let opened = match release {
            None => None,
            Some(id) => {
                let opened = shelf.request.releases.opened(id).await;
                Some(opened.map_err(|failed| async_graphql::Error::new(failed.to_string()))?)
            }
        };
        Ok(Self { shelf, opened })
    }

    /// The state with what was sealed of it.
    async fn state(&self) -> Result<State<'_>> {
        let sealed = match self.opened.as_deref() {
            None => None,
            Some(opened) => Some(opened.sealed().await.map_err(failed)?),
        };
        Ok(State {
            dataset: self.shelf.dataset.clone(),
            sealed,
        })
    }
}

/// Comparing states of a report.
#[derive(Default)]
pub struct FigureChangeQuery;

/// Comparing states of a report.
#[Object(guard = "Require(Action::ReadFigures)")]
impl FigureChangeQuery {
    /// What differs between the figures of a report in two states, and by how much each cause: late reports, corrections,
    /// new population, changed rules, another day; in that order, each step computed anew (skillnader).
    #[graphql(complexity = "A_COMPARISON.saturating_add(child_complexity)")]
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The earlier state (tidigare tillstånd).")] from: DatasetPoint,
        #[graphql(desc = "The later state (senare tillstånd).")] to: DatasetPoint,
        #[graphql(desc = "Which report's figures (redovisning).")] report: ComparedReport,
        #[graphql(
            desc = "Figures that are the same in both too (även oförändrade).",
            default
        )]
        unchanged: bool,
    ) -> Result<Option<Changes>> {
        let from = Box::pin(Side::open(ctx, &from, "from")).await?;
        let to = Box::pin(Side::open(ctx, &to, "to")).await?;
        if from.shelf.dataset.as_of > to.shelf.dataset.as_of {
            let said = "from is later than to: say the earlier state first";
            return Err(error::argument(Code::BadUserInput, "from", said));
        }
        let code = assignment::code(&to.shelf, &report.assignment, "report.assignment")?;
        let asked = one_report(&from, &to, &code, &report)?;
        let compared = Compared {
            reports: &to.shelf.request.reports,
            from: from.state().await?,
            to: to.state().await?,
            assignment: code,
            asked,
        };
        let found = Box::pin(compared.changes()).await;
        let found = found.map_err(failed)?;
        let count = found.len();
        let said = |one: &releases::Change| unchanged || one.differs();
        let changes = found.into_iter().filter(said).filter_map(Change::of);
        let changes: Vec<Change> = changes.collect();
        whole_or_refused(&to.shelf, changes.len().saturating_mul(CELLS_A_CHANGE))?;
        for side in [&from, &to] {
            let synthetic = side.shelf.holds_synthetic().await?;
            side.shelf.request.used(synthetic);
        }
        Ok(Some(Changes {
            from: DatasetInfo::of(&from.shelf).await?,
            to: DatasetInfo::of(&to.shelf).await?,
            compared: count,
            changes,
        }))
    }
}

fn failed(error: releases::Error) -> async_graphql::Error {
    match error {
        releases::Error::Report(failed) => error::report(failed),
        other => async_graphql::Error::new(other.to_string()),
    }
}

/// The report that is compared, found once: the later state says which day its own is, and the earlier must ask for the same.
fn one_report(
    from: &Side,
    to: &Side,
    assignment: &entity::RegistryNumber,
    report: &ComparedReport,
) -> Result<(entity::DeliverableKind, Option<NaiveDate>)> {
    let kind = entity::DeliverableKind::from(report.kind);
    let of = |side: &Side, day| {
        let found = asked_for(&side.shelf.catalogue, assignment, kind, day);
        found.map(|one| one.due_on)
    };
    let unknown = |day: Option<NaiveDate>| {
        let day = day.map_or_else(String::new, |day| format!(" {day}"));
        error::unknown("report.kind", &format!("{}{day}", kind.code()))
    };
    let day = report.due_on.map(|day| day.0);
    let day = of(to, day).ok_or_else(|| unknown(day))?;
    let earlier = of(from, day).filter(|earlier| *earlier == day);
    earlier.ok_or_else(|| unknown(day))?;
    Ok((kind, day))
}

/// What a comparison costs beside its fields: it composes six reports, so that no request holds three of them.
const A_COMPARISON: usize = 7_000;

/// What a change counts among the cells of an answer.
const CELLS_A_CHANGE: usize = 11;
