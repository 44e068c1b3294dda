//! Decisions in the schema.

use async_graphql::{Context, Object, Result};
use entity::decision;

use super::organisation::Organisation;
use super::reading::Shelf;
use super::scalars::{Date, RegistryNumber};
use super::source::{Source, sources};

/// A decision that an assignment rests on (beslut).
pub struct Decision {
    pub(crate) shelf: Shelf,
    pub(crate) model: decision::Model,
}

/// A decision that an assignment rests on (beslut).
#[Object]
impl Decision {
    /// Its registry number (diarienummer).
    async fn registry_number(&self) -> RegistryNumber {
        RegistryNumber(self.model.registry_number.clone())
    }

    /// All registry numbers that its head prints (tryckta diarienummer).
    async fn printed_numbers(&self) -> Vec<&str> {
        self.model.printed_numbers.iter().collect()
    }

    /// When it was decided; null where no source says (beslutsdatum).
    async fn decided_on(&self) -> Option<Date> {
        self.model.decided_on.map(Date)
    }

    /// Who decided (beslutsfattare).
    async fn issuer(&self) -> Option<Organisation> {
        Organisation::of(&self.shelf, self.model.issuer.as_str())
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
