//! Roles in the schema.

use async_graphql::{Context, Object, Result};
use entity::role;

use super::code_list_item::CodeListItem;
use super::organisation::Organisation;
use super::reading::Shelf;
use super::scalars::RegistryNumber;
use super::source::{Source, sources};

/// A part that an organisation has in an assignment (roll).
pub struct Role {
    pub(crate) shelf: Shelf,
    pub(crate) model: role::Model,
}

/// A part that an organisation has in an assignment (roll).
#[Object]
impl Role {
    /// The organisation (myndighet eller annan aktör).
    async fn organisation(&self) -> Option<Organisation> {
        Organisation::of(&self.shelf, self.model.organisation_code.as_str())
    }

    /// Registry number of the assignment (uppdrag).
    async fn assignment_code(&self) -> RegistryNumber {
        RegistryNumber(self.model.assignment.clone())
    }

    /// The role (roll).
    async fn role(&self) -> CodeListItem {
        CodeListItem::of(&self.shelf, "ROLE", &self.model.role)
    }

    /// The passage that says so (ansvar enligt källan).
    async fn responsibility(&self) -> Option<&str> {
        self.model.responsibility.as_deref()
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
