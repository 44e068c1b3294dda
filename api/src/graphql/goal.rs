//! Goals and main activities in the schema.

use async_graphql::{Context, Object, Result};
use entity::{goal, main_activity};

use super::reading::Shelf;
use super::source::{Source, sources};

/// A goal, development area or priority (mål, utvecklingsområde).
pub struct Goal {
    pub(crate) shelf: Shelf,
    pub(crate) model: goal::Model,
}

impl Goal {
    /// The goal of an assignment with a code.
    pub(crate) fn of(
        shelf: &Shelf,
        assignment: &entity::RegistryNumber,
        code: &str,
    ) -> Option<Self> {
        let mut all = shelf.catalogue.goals.iter();
        let model = all.find(|one| one.assignment == *assignment && one.code == code)?;
        Some(Self {
            shelf: shelf.clone(),
            model: model.clone(),
        })
    }
}

/// A goal, development area or priority (mål, utvecklingsområde).
#[Object]
impl Goal {
    /// Code (kod).
    async fn code(&self) -> &str {
        &self.model.code
    }

    /// Level: overall goal, development area, priority or policy goal (nivå).
    async fn level(&self) -> &str {
        &self.model.level
    }

    /// Swedish title, binding (titel).
    async fn title(&self) -> &str {
        &self.model.title
    }

    /// English title (engelsk titel).
    async fn title_en(&self) -> Option<&str> {
        None
    }

    /// Description, as printed (beskrivning).
    async fn description(&self) -> Option<&str> {
        self.model.description.as_deref()
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

/// A main activity (huvudaktivitet).
pub struct MainActivity {
    pub(crate) shelf: Shelf,
    pub(crate) model: main_activity::Model,
}

impl MainActivity {
    /// The main activity of an assignment with a number.
    pub(crate) fn of(
        shelf: &Shelf,
        assignment: &entity::RegistryNumber,
        number: &str,
    ) -> Option<Self> {
        let mut all = shelf.catalogue.main_activities.iter();
        let model = all.find(|one| one.assignment == *assignment && one.number == number)?;
        Some(Self {
            shelf: shelf.clone(),
            model: model.clone(),
        })
    }

    pub(crate) fn title_text(&self) -> &str {
        &self.model.title
    }
}

/// A main activity (huvudaktivitet).
#[Object]
impl MainActivity {
    /// Number: `4`, or `4a` for a part of 4 (nummer).
    async fn number(&self) -> &str {
        &self.model.number
    }

    /// Swedish title, binding (titel).
    async fn title(&self) -> &str {
        &self.model.title
    }

    /// English title (engelsk titel).
    async fn title_en(&self) -> Option<&str> {
        None
    }

    /// Development area (utvecklingsområde).
    async fn development_area(&self) -> Option<Goal> {
        let of = &self.model;
        Goal::of(&self.shelf, &of.assignment, &of.development_area)
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
