//! Published figures in the schema.

use async_graphql::{Context, Object, Result};
use entity::published_figure;

use super::error;
use super::reading::Shelf;
use super::scalars::{Decimal, FigureCode};
use super::source::{Source, sources};

/// A figure that a document publishes (publicerad uppgift).
pub struct PublishedFigure {
    pub(crate) shelf: Shelf,
    pub(crate) model: published_figure::Model,
}

/// A figure that a document publishes (publicerad uppgift).
#[Object]
impl PublishedFigure {
    /// Year (år).
    async fn year(&self) -> i64 {
        self.model.year
    }

    /// Code of the measure (mått).
    async fn measure(&self) -> &str {
        &self.model.measure
    }

    /// Value as published (värde).
    async fn value(&self) -> Option<Decimal> {
        self.model.value.parse().ok().map(Decimal)
    }

    /// Unit (enhet).
    async fn unit(&self) -> &str {
        &self.model.unit
    }

    /// Code of the figure that computes the same; null where the register has none (beräknad siffra).
    async fn computed(&self) -> Option<FigureCode> {
        crate::reports::figure::computed_code(&self.model).map(FigureCode)
    }

    /// Computed − published, in the published unit; null where nothing is computed (skillnad).
    async fn difference(&self) -> Result<Option<Decimal>> {
        let reports = &self.shelf.request.reports;
        let found = reports.published_difference(&self.shelf.dataset, &self.model);
        let found = found.await.map_err(error::report)?;
        Ok(found.ok().map(Decimal))
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
