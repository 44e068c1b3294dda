//! Lineage in one shape: from any fact to the file, the row, the decision and the passage it rests on.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use entity::{citation, submission};

use super::decision::Decision;
use super::error;
use super::organisation::Organisation;
use super::reading::Shelf;
use crate::reports;
use crate::store::{Origin, Store, lineage};

/// Loads origins in one go for all rows that a request asks about.
pub(crate) struct Origins(pub(crate) Store);

impl Loader<i64> for Origins {
    type Value = Origin;
    type Error = reports::Error;

    async fn load(&self, rows: &[i64]) -> Result<HashMap<i64, Origin>, reports::Error> {
        Ok(lineage::origins(&self.0, rows).await?)
    }
}

/// Where a fact comes from (källa): the file and row that somebody sent, and what it rests on.
pub struct Source {
    shelf: Shelf,
    origin: Arc<Origin>,
    citation: Option<citation::Model>,
    assignment: Option<entity::RegistryNumber>,
}

/// The sources of a row: one for each passage that it cites, at least one.
pub(crate) async fn sources(
    ctx: &Context<'_>,
    shelf: &Shelf,
    row_id: i64,
    assignment: Option<&entity::RegistryNumber>,
) -> Result<Vec<Source>> {
    shelf.used_row(row_id);
    let loader = ctx.data::<DataLoader<Origins>>()?;
    let Some(origin) = loader.load_one(row_id).await.map_err(error::report)? else {
        return Ok(Vec::new());
    };
    let origin = Arc::new(origin);
    let source = |citation: Option<citation::Model>| Source {
        shelf: shelf.clone(),
        origin: Arc::clone(&origin),
        citation,
        assignment: assignment.cloned(),
    };
    if origin.citations.is_empty() {
        return Ok(vec![source(None)]);
    }
    Ok(origin
        .citations
        .iter()
        .cloned()
        .map(Some)
        .map(source)
        .collect())
}

/// Where a fact comes from (källa): the file and row that somebody sent, and what it rests on.
#[Object]
impl Source {
    /// The file (inleverans).
    async fn submission(&self) -> Submission {
        Submission {
            shelf: self.shelf.clone(),
            model: self.origin.submission.clone(),
        }
    }

    /// Sheet of the workbook; null for text files (blad).
    async fn sheet(&self) -> Option<&str> {
        self.origin.row.sheet.as_deref()
    }

    /// Number of the record in the file; the header is 1 (rad).
    async fn row(&self) -> i64 {
        self.origin.row.row_number
    }

    /// The decision that the fact rests on (beslut).
    async fn decision(&self) -> Option<Decision> {
        let catalogue = &self.shelf.catalogue;
        let cited = self.citation.as_ref().and_then(|citation| {
            let document = catalogue
                .source_documents
                .iter()
                .find(|one| one.file == citation.document)?;
            document.registry_number.as_ref()
        });
        let number = cited.or(self.assignment.as_ref())?;
        let model = catalogue
            .decisions
            .iter()
            .find(|one| one.registry_number == *number)?;
        Some(Decision {
            shelf: self.shelf.clone(),
            model: model.clone(),
        })
    }

    /// Document and section that the fact is taken from; for reference data (hänvisning).
    async fn citation(&self) -> Option<Citation> {
        let citation = self.citation.as_ref()?;
        let title = self
            .shelf
            .catalogue
            .source_documents
            .iter()
            .find(|one| one.file == citation.document);
        Some(Citation {
            document: citation.document.clone(),
            document_title: title.map(|one| one.title.clone()),
            section: citation.section.clone(),
        })
    }
}

/// A document and a section in it (hänvisning).
#[derive(Clone, Debug, SimpleObject)]
pub struct Citation {
    /// The document, by its file or, for public registers, its name (dokument).
    document: String,
    /// What the document is (dokumentets titel).
    document_title: Option<String>,
    /// The section (avsnitt).
    section: Option<String>,
}

/// A file that somebody sent (inleverans).
pub struct Submission {
    shelf: Shelf,
    model: submission::Model,
}

/// A file that somebody sent (inleverans).
#[Object]
impl Submission {
    /// Opaque identity (identitet).
    async fn id(&self) -> ID {
        ID(BASE64_URL_SAFE_NO_PAD.encode(format!("submission:{}", self.model.id)))
    }

    /// What its rows are, such as `usage_reports` (slag).
    async fn kind(&self) -> &'static str {
        self.model.kind.code()
    }

    /// Name of the file (filnamn).
    async fn file_name(&self) -> &str {
        &self.model.file_name
    }

    /// SHA-256 of the file (kontrollsumma).
    async fn sha256(&self) -> &str {
        &self.model.sha256
    }

    /// When this system received it (mottagen).
    async fn received_at(&self) -> DateTime<Utc> {
        self.model.received_at.utc()
    }

    /// Whose data it is (avsändare).
    async fn sent_by(&self) -> Option<Organisation> {
        Organisation::of(&self.shelf, self.model.organisation_code.as_str())
    }
}
