//! Activities in the schema: a row of a version of the plan.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use entity::activity_plan;

use super::activity_status::ActivityStatus;
use super::goal::MainActivity;
use super::organisation::Organisation;
use super::plan_shelf::PlanShelf;
use super::scalars::Date;
use super::source::{Source, sources};
use super::vocabulary::Absent;
use crate::reports::PlanVersion;

/// An activity of the plan (delaktivitet).
pub struct Activity {
    of: Arc<PlanShelf>,
    /// Which of the plan's versions, and which of its activities.
    place: (usize, usize),
}

impl Activity {
    pub(crate) fn new(of: &Arc<PlanShelf>, version: usize, index: usize) -> Self {
        Self {
            of: Arc::clone(of),
            place: (version, index),
        }
    }

    /// The activity in a row of a version.
    pub(crate) fn in_row(of: &Arc<PlanShelf>, version: usize, row: i64) -> Option<Self> {
        let all = &of.plan.versions[version].activities;
        let index = all.iter().position(|one| one.number == row)?;
        Some(Self::new(of, version, index))
    }

    fn version(&self) -> &PlanVersion {
        &self.of.plan.versions[self.place.0]
    }

    fn model(&self) -> &activity_plan::Model {
        &self.version().activities[self.place.1]
    }
}

/// An activity of the plan (delaktivitet).
#[Object]
impl Activity {
    /// Number of its row; the same row of two versions is the same activity (rad).
    async fn row(&self) -> i64 {
        self.model().number
    }

    /// Swedish title, binding (titel).
    async fn title(&self) -> &str {
        &self.model().title
    }

    /// English title (engelsk titel).
    async fn title_en(&self) -> Option<&str> {
        None
    }

    /// First year (startår).
    async fn start_year(&self) -> i64 {
        self.model().start_year
    }

    /// Last year (slutår).
    async fn end_year(&self) -> i64 {
        self.model().end_year
    }

    /// Main activity (huvudaktivitet).
    async fn main_activity(&self) -> Option<MainActivity> {
        let number = &self.model().main_activity;
        MainActivity::of(&self.of.shelf, &self.of.assignment, number)
    }

    /// Those responsible, in the plan's order (ansvariga).
    async fn responsible(&self) -> Vec<Organisation> {
        let codes = self.model().responsible.iter();
        codes
            .filter_map(|code| Organisation::of(&self.of.shelf, code))
            .collect()
    }

    /// What the version changed of it, where the row says so (ändring avser).
    async fn change_note(&self) -> Result<Option<String>> {
        let own = std::iter::once(self.model());
        Ok(self.of.change_note(self.version(), own).await?.text)
    }

    /// Why there is no note: `NOT_APPLICABLE` where the row has none, `NOT_AVAILABLE` where it is redacted or not open
    /// (orsak till att ändring saknas).
    async fn change_note_absent(&self) -> Result<Option<Absent>> {
        let own = std::iter::once(self.model());
        Ok(self.of.change_note(self.version(), own).await?.absent)
    }

    /// How far it has come on a day: the last reports by the day on this version, and of several organisations the least
    /// advanced (läge).
    async fn status(
        &self,
        #[graphql(desc = "The day; the dataset's today where left out (per datum).")]
        on_date: Option<Date>,
    ) -> Result<Option<ActivityStatus>> {
        let (version, row) = (self.version().number, self.model().number);
        let standing = self.of.standing(version, self.of.day(on_date)).await?;
        Ok(ActivityStatus::new(&self.of, &standing, row))
    }

    /// Where it is known from (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let row = self.model().row_id;
        sources(ctx, &self.of.shelf, row, Some(&self.of.assignment)).await
    }
}
