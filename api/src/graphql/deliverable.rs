//! Deliverables in the schema.

use async_graphql::{Context, Object, Result};
use entity::deliverable;

use super::organisation::Organisation;
use super::reading::Shelf;
use super::scalars::Date;
use super::source::{Source, sources};
use super::vocabulary::DeliverableKind;

/// What a decision asks for by a day (redovisning eller plan).
pub struct Deliverable {
    pub(crate) shelf: Shelf,
    pub(crate) model: deliverable::Model,
}

/// What a decision asks for by a day (redovisning eller plan).
#[Object]
impl Deliverable {
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
