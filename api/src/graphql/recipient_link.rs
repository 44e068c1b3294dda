//! Links between recipients' codes in the schema: renamed, merged, split, moved to another county.

use async_graphql::{Context, Object, Result};
use entity::recipient_link;

use super::reading::Shelf;
use super::recipient::Recipient;
use super::scalars::{Date, RecipientCode};
use super::source::{Source, sources};
use super::vocabulary::LinkKind;

/// A link in time between two codes of recipients (kodändring).
pub struct RecipientLink {
    shelf: Shelf,
    model: recipient_link::Model,
}

impl RecipientLink {
    /// The links that a code stands in, in order of time.
    pub(crate) fn of(shelf: &Shelf, code: &entity::RecipientCode) -> Vec<Self> {
        let open = shelf.catalogue.open_links();
        let own = open.filter(|one| one.from_code == *code || one.to_code == *code);
        own.map(|model| {
            shelf.used_row(model.row_id);
            Self {
                shelf: shelf.clone(),
                model: model.clone(),
            }
        })
        .collect()
    }
}

/// A link in time between two codes of recipients (kodändring).
#[Object]
impl RecipientLink {
    /// What happened (händelse).
    async fn kind(&self) -> LinkKind {
        self.model.link.into()
    }

    /// First day of the latter (datum).
    async fn date(&self) -> Date {
        Date(self.model.date)
    }

    /// Code before (från kod).
    async fn from_code(&self) -> RecipientCode {
        RecipientCode(self.model.from_code.clone())
    }

    /// Code after (till kod).
    async fn to_code(&self) -> RecipientCode {
        RecipientCode(self.model.to_code.clone())
    }

    /// The recipient before, as it was on the eve (mottagare före).
    async fn before(&self) -> Option<Recipient> {
        let eve = self.model.date.pred_opt().unwrap_or(self.model.date);
        Recipient::of(&self.shelf, &self.model.from_code, eve)
    }

    /// The recipient after, as it was on the day (mottagare efter).
    async fn after(&self) -> Option<Recipient> {
        Recipient::of(&self.shelf, &self.model.to_code, self.model.date)
    }

    /// Where it is known from (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        sources(ctx, &self.shelf, self.model.row_id, None).await
    }
}
