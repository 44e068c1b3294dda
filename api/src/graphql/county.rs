//! Counties in the schema.

use async_graphql::Object;
use entity::county;

use super::reading::Shelf;
use super::scalars::CountyCode;

/// A county (län).
pub struct County {
    model: county::Model,
}

impl County {
    /// The county with a code.
    pub(crate) fn of(shelf: &Shelf, code: &str) -> Option<Self> {
        Some(Self {
            model: shelf.catalogue.county(code)?.clone(),
        })
    }
}

/// A county (län).
#[Object]
impl County {
    /// Code (länskod).
    async fn code(&self) -> CountyCode {
        CountyCode(self.model.code.clone())
    }

    /// Name (namn).
    async fn name(&self) -> &str {
        &self.model.name
    }

    /// ISO 3166-2 code (ISO-kod).
    async fn iso_code(&self) -> &str {
        &self.model.iso_code
    }

    /// Name of its region (regionens namn).
    async fn region_name(&self) -> &str {
        &self.model.region_name
    }
}
