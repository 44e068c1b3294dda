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

/// A recipient that reports for itself, as an organisation.
fn recipient(shelf: &Shelf, code: &str) -> Option<organisation::Model> {
    let own = entity::RecipientCode::parse(code).ok()?;
    let found = shelf.catalogue.recipient(&own, shelf.dataset.today)?;
    let open = !shelf.catalogue.is_protected(&own);
    Some(organisation::Model {
        row_id: found.row_id,
        code: entity::OrganisationCode::parse(code).ok()?,
        name: found.name.clone(),
        short_name: None,
        kind: found.kind.code().to_owned(),
        county_code: found.county_code.clone().filter(|_| open),
        website: None,
        valid_from: found.valid_from,
        valid_to: found.valid_to,
    })
}

impl Organisation {
    /// The organisation with a code.
    pub(crate) fn of(shelf: &Shelf, code: &str) -> Option<Self> {
        let known = shelf.catalogue.organisation(code).cloned();
        let model = known.or_else(|| recipient(shelf, code))?;
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
