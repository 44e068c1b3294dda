//! What a decision demands of a report, and the quality declaration, in the schema.

use async_graphql::{Context, Object, Result};

use super::report::{Report, ReportSection};
use super::source::{Source, source};

/// A demand of the decision (krav på innehåll).
pub struct RequiredContent {
    pub(crate) of: Report,
    pub(crate) place: usize,
}

/// A demand of the decision (krav på innehåll).
#[Object]
impl RequiredContent {
    /// As the decision prints it, Swedish (text).
    async fn text(&self) -> &str {
        &self.of.found.required[self.place].text
    }

    /// Sections with content that answer to it (uppfylls av).
    async fn satisfied_by(&self) -> Vec<ReportSection> {
        let codes = &self.of.found.required[self.place].satisfied_by;
        let parts = self.of.found.parts.iter().enumerate();
        let sections = parts.flat_map(|(part, one)| {
            let sections = one.sections.iter().enumerate();
            sections.map(move |(section, one)| ((part, section), one.code))
        });
        let own = sections.filter(|(_, code)| codes.contains(code));
        own.map(|(at, _)| ReportSection {
            of: self.of.at(),
            at,
        })
        .collect()
    }

    /// What is still missing for it, in Swedish (vad som saknas).
    async fn missing(&self) -> Vec<&str> {
        let missing = self.of.found.required[self.place].missing.iter();
        missing.map(|one| one[0].as_str()).collect()
    }

    /// The same in English (vad som saknas, på engelska).
    async fn missing_en(&self) -> Vec<&str> {
        let missing = self.of.found.required[self.place].missing.iter();
        missing.map(|one| one[1].as_str()).collect()
    }

    /// Where it is known from (källa).
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<Source>> {
        let row = self.of.found.required[self.place].row_id;
        let assignment = Some(&self.of.found.registry_number);
        source(ctx, &self.of.shelf, row, assignment).await
    }
}

/// A paragraph of the quality declaration (stycke i kvalitetsdeklarationen).
pub struct QualityParagraph {
    pub(crate) of: Report,
    pub(crate) place: usize,
}

/// A paragraph of the quality declaration (stycke i kvalitetsdeklarationen).
#[Object]
impl QualityParagraph {
    /// Swedish heading (rubrik).
    async fn heading(&self) -> &str {
        &self.of.found.quality[self.place].heading[0]
    }

    /// English heading (engelsk rubrik).
    async fn heading_en(&self) -> &str {
        &self.of.found.quality[self.place].heading[1]
    }

    /// Swedish text (text).
    async fn text(&self) -> &str {
        &self.of.found.quality[self.place].text[0]
    }

    /// English text (engelsk text).
    async fn text_en(&self) -> &str {
        &self.of.found.quality[self.place].text[1]
    }
}
