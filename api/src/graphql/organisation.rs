//! Organisations in the schema.

use async_graphql::Object;
use entity::organisation;

use super::county::County;
use super::reading::Shelf;
use super::scalars::OrganisationCode;

/// An organisation that has a part in an assignment (myndighet eller annan aktör).
pub struct Organisation {
    shelf: Shelf,
    model: organisation::Model,
}

impl Organisation {
    /// The organisation with a code.
    pub(crate) fn of(shelf: &Shelf, code: &str) -> Option<Self> {
        let model = shelf.catalogue.organisation(code)?.clone();
        Some(Self {
            shelf: shelf.clone(),
            model,
        })
    }
}

/// An organisation that has a part in an assignment (myndighet eller annan aktör).
#[Object]
impl Organisation {
    /// Code (kod).
    async fn code(&self) -> OrganisationCode {
        OrganisationCode(self.model.code.clone())
    }

    /// Name (namn).
    async fn name(&self) -> &str {
        &self.model.name
    }

    /// Short name (kortnamn).
    async fn short_name(&self) -> Option<&str> {
        self.model.short_name.as_deref()
    }

    /// Samsyn's own classification (slag).
    async fn kind(&self) -> &str {
        &self.model.kind
    }

    /// A county board's county (län).
    async fn county(&self) -> Option<County> {
        County::of(&self.shelf, self.model.county_code.as_ref()?.as_str())
    }
}
