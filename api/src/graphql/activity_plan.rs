//! Joint implementation plans in the schema: versions, activities, progress, and what a version changed of another.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use super::activity::Activity;
use super::assignment;
use super::error;
use super::fund_usage::whole_or_refused;
use super::guard::Require;
use super::orphan::Orphans;
use super::plan_change::{PlanChange, PlanSlip};
use super::plan_progress::{PlanProgress, PlanProgressGroup, PlanStateShare, SilentOrganisation};
use super::plan_shelf::PlanShelf;
use super::reading::Reading;
use super::scalars::{Date, RegistryNumber};
use super::vocabulary::{Absent, PlanDimension, StateReading};
use crate::policy::Action;
use crate::reports::PlanVersion as Version;

/// Figures of an activity.
const CELLS_AN_ACTIVITY: usize = 12;

/// A version of the joint implementation plan of an assignment (genomförandeplan).
pub struct ActivityPlan {
    of: Arc<PlanShelf>,
    /// Which of the plan's versions.
    index: usize,
}

impl ActivityPlan {
    fn new(of: Arc<PlanShelf>, version: i64) -> Option<Self> {
        let mut all = of.plan.versions.iter();
        let index = all.position(|one| one.number == version)?;
        of.shown(&of.plan.versions[index]);
        Some(Self { of, index })
    }

    fn found(&self) -> &Version {
        &self.of.plan.versions[self.index]
    }

    fn told(&self) -> PlanVersion {
        PlanVersion {
            of: Arc::clone(&self.of),
            index: self.index,
        }
    }
}

/// A version of the joint implementation plan of an assignment (genomförandeplan).
#[Object]
impl ActivityPlan {
    /// Number of the version (version).
    async fn version(&self) -> i64 {
        self.found().number
    }

    /// The day it was decided (beslutad).
    async fn decided_on(&self) -> Option<Date> {
        self.told().decided()
    }

    /// Why there is no day: `NOT_DUE` of a draft, `NOT_AVAILABLE` where the decided document prints none (orsak till att
    /// dag saknas).
    async fn decided_on_absent(&self) -> Option<Absent> {
        self.told().undecided()
    }

    /// Whether it is not decided yet (utkast). Drafts are seen by those who read what waits in the assignment.
    async fn is_draft(&self) -> bool {
        self.of.is_draft(self.found())
    }

    /// What the version changed, as its rows say it, each text with the rows that say it (ändring avser).
    async fn change_note(&self) -> Result<Option<String>> {
        self.told().note().await
    }

    /// Why there is no note: `NOT_APPLICABLE` where no row has one, `NOT_AVAILABLE` where it is redacted or not open (orsak
    /// till att ändring saknas).
    async fn change_note_absent(&self) -> Result<Option<Absent>> {
        self.told().note_absent().await
    }

    /// How many activities it has (antal delaktiviteter).
    async fn activity_count(&self) -> usize {
        self.found().activities.len()
    }

    /// Every version of the plan, by number (versioner).
    async fn versions(&self) -> Vec<PlanVersion> {
        let all = &self.of.plan.versions;
        let index = |version: &Version| all.iter().position(|one| one.number == version.number);
        let seen = self.of.seen().inspect(|one| self.of.shown(one));
        seen.filter_map(index)
            .map(|index| PlanVersion {
                of: Arc::clone(&self.of),
                index,
            })
            .collect()
    }

    /// The activities by row (delaktiviteter).
    async fn activities(&self) -> Result<Option<Vec<Activity>>> {
        let count = self.found().activities.len();
        whole_or_refused(&self.of.shelf, count.saturating_mul(CELLS_AN_ACTIVITY))?;
        let each = 0..count;
        Ok(Some(
            each.map(|at| Activity::new(&self.of, self.index, at))
                .collect(),
        ))
    }

    /// How many activities stand in each state on a day, every state in the order of advance; the shares add up to 1
    /// (läge för planen).
    async fn progress(
        &self,
        #[graphql(desc = "The day; the dataset's today where left out (per datum).")]
        on_date: Option<Date>,
    ) -> Result<Vec<PlanStateShare>> {
        let standing = self.of.standing(self.found().number, self.of.day(on_date));
        let states = standing.await?.answer.progress.states.clone();
        Ok(states.iter().map(Into::into).collect())
    }

    /// The same with what was completed in time and what is late (läge för planen, med tidhållning).
    async fn total_progress(
        &self,
        #[graphql(desc = "The day; the dataset's today where left out (per datum).")]
        on_date: Option<Date>,
    ) -> Result<PlanProgress> {
        let standing = self.of.standing(self.found().number, self.of.day(on_date));
        Ok((&standing.await?.answer.progress).into())
    }

    /// The same by group, sorted by code (läge för planen efter grupp).
    async fn progress_by(
        &self,
        #[graphql(desc = "What to group by (indelning).")] dimension: PlanDimension,
        #[graphql(
            desc = "Whose state is counted for an organisation; without meaning for other groups (läsning).",
            default
        )]
        reading: StateReading,
        #[graphql(desc = "The day; the dataset's today where left out (per datum).")]
        on_date: Option<Date>,
    ) -> Result<Vec<PlanProgressGroup>> {
        let standing = self.of.standing(self.found().number, self.of.day(on_date));
        let standing = standing.await?;
        let groups = match (dimension, reading) {
            (PlanDimension::Organisation, StateReading::Activity) => {
                &standing.answer.by_organisation
            }
            (PlanDimension::Organisation, StateReading::Own) => &standing.answer.by_own_state,
            (PlanDimension::MainActivity, _) => &standing.answer.by_main_activity,
            (PlanDimension::DevelopmentArea, _) => &standing.answer.by_development_area,
        };
        let group = |group| PlanProgressGroup::new(&self.of, dimension, group);
        Ok(groups.iter().map(group).collect())
    }

    /// Who has not reported on an activity by the day, or not since another day; by row (tysta).
    async fn silent(
        &self,
        #[graphql(desc = "The day; the dataset's today where left out (per datum).")]
        on_date: Option<Date>,
        #[graphql(
            desc = "The day from which on a report is looked for; left out, any report by the day will do (sedan)."
        )]
        since: Option<Date>,
    ) -> Result<Vec<SilentOrganisation>> {
        let standing = self.of.standing(self.found().number, self.of.day(on_date));
        let found = standing.await?.answer.silent(since.map(|day| day.0));
        let silent = |one| SilentOrganisation::new(&self.of, self.index, one);
        Ok(found.iter().filter_map(silent).collect())
    }

    /// What has no counterpart: activities without support events, events without activities, development areas with
    /// neither, recipients that were paid and not reached (utan motsvarighet).
    async fn orphans(
        &self,
        #[graphql(
            desc = "The day through which events and money are counted; all of them where left out (till och med)."
        )]
        through: Option<Date>,
    ) -> Result<Option<Orphans>> {
        Ok(Some(
            Orphans::of(&self.of, self.found().number, through).await?,
        ))
    }

    /// What this version changed of another, by row; an activity that changed in several ways has a change for each
    /// (ändringar sedan).
    async fn changes_since(
        &self,
        #[graphql(desc = "The version compared with (version).")] version: i32,
    ) -> Result<Vec<PlanChange>> {
        let compared = self.compared(version).await?;
        let change = |one| PlanChange::new(&self.of, one);
        Ok(compared.changes.iter().map(change).collect())
    }

    /// How far the last years of activities slipped since another version (förskjutning sedan).
    async fn slip_since(
        &self,
        #[graphql(desc = "The version compared with (version).")] version: i32,
    ) -> Result<PlanSlip> {
        Ok((&self.compared(version).await?.slip).into())
    }
}

impl ActivityPlan {
    async fn compared(&self, version: i32) -> Result<Arc<analytics::plan::Comparison>> {
        let other = self.of.version(version.into(), "version")?;
        self.of.shown(other);
        let shelf = &self.of.shelf;
        let asked = (other.number, self.found().number);
        let reports = &shelf.request.reports;
        let compared = reports.plan_comparison(&shelf.dataset, &self.of.assignment, asked);
        compared.await.map_err(error::report)
    }
}

/// A version of a plan, in short (planversion).
pub struct PlanVersion {
    of: Arc<PlanShelf>,
    index: usize,
}

impl PlanVersion {
    fn found(&self) -> &Version {
        &self.of.plan.versions[self.index]
    }

    fn decided(&self) -> Option<Date> {
        self.found().decided_on.map(Date)
    }

    fn undecided(&self) -> Option<Absent> {
        let found = self.found();
        let reason = if self.of.is_draft(found) {
            Absent::NotDue
        } else {
            Absent::NotAvailable
        };
        found.decided_on.is_none().then_some(reason)
    }

    async fn note(&self) -> Result<Option<String>> {
        let found = self.found();
        let activities = found.activities.iter();
        Ok(self.of.change_note(found, activities).await?.text)
    }

    async fn note_absent(&self) -> Result<Option<Absent>> {
        let found = self.found();
        let activities = found.activities.iter();
        Ok(self.of.change_note(found, activities).await?.absent)
    }
}

/// A version of a plan, in short (planversion).
#[Object]
impl PlanVersion {
    /// Number of the version (version).
    async fn version(&self) -> i64 {
        self.found().number
    }

    /// The day it was decided (beslutad).
    async fn decided_on(&self) -> Option<Date> {
        self.decided()
    }

    /// Why there is no day: `NOT_DUE` of a draft, `NOT_AVAILABLE` where the decided document prints none (orsak till att
    /// dag saknas).
    async fn decided_on_absent(&self) -> Option<Absent> {
        self.undecided()
    }

    /// Whether it is not decided yet (utkast).
    async fn is_draft(&self) -> bool {
        self.of.is_draft(self.found())
    }

    /// What the version changed, as its rows say it, each text with the rows that say it (ändring avser).
    async fn change_note(&self) -> Result<Option<String>> {
        self.note().await
    }

    /// Why there is no note: `NOT_APPLICABLE` where no row has one, `NOT_AVAILABLE` where it is redacted or not open (orsak
    /// till att ändring saknas).
    async fn change_note_absent(&self) -> Result<Option<Absent>> {
        self.note_absent().await
    }

    /// How many activities it has (antal delaktiviteter).
    async fn activity_count(&self) -> usize {
        self.found().activities.len()
    }
}

/// Reading plans.
#[derive(Default)]
pub struct ActivityPlanQuery(pub Reading);

/// Reading plans.
#[Object(guard = "Require(Action::ReadFigures)")]
impl ActivityPlanQuery {
    /// The joint implementation plan of an assignment (genomförandeplan): without a version the one that was decided last;
    /// null where none is decided.
    async fn activity_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "The version; the latest decided where left out (version).")]
        version: Option<i32>,
    ) -> Result<Option<ActivityPlan>> {
        let shelf = self.0.open(ctx).await?;
        let code = assignment::code(&shelf, &assignment, "assignment")?;
        let today = shelf.dataset.today;
        let of = PlanShelf::open(shelf, code).await?;
        let number = match version {
            Some(number) => Some(of.version(number.into(), "version")?.number),
            None => of.plan.latest_decided(today).map(|one| one.number),
        };
        Ok(number.and_then(|number| ActivityPlan::new(of, number)))
    }
}
