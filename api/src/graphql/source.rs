//! Lineage in one shape: from any fact to the file, the row, the decision and the passage it rests on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::citation;

use super::decision::Decision;
use super::error;
use super::gathered::Gathered;
use super::reading::Shelf;
use super::submission::Submission;
use crate::reports;
use crate::store::{Origin, Passage};

/// Loads the origins of all rows that a request asks about, from the store or from a sealed release.
#[derive(Default)]
pub(crate) struct Origins(Mutex<HashMap<Option<i64>, Rows>>);

type Rows = Arc<Gathered<i64, Arc<Origin>>>;

impl Origins {
    async fn of(
        &self,
        shelf: &Shelf,
        wanted: &[i64],
    ) -> Result<Vec<Option<Arc<Origin>>>, reports::Error> {
        let release = shelf.dataset.release.as_ref().map(|release| release.id);
        let of_release = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(release).or_default())
        };
        let reports = &shelf.request.reports;
        let load = |rows: Vec<i64>| async move {
            let found = reports.origins(&rows).await?.into_iter();
            Ok(found.map(|(row, origin)| (row, Arc::new(origin))).collect())
        };
        of_release.of(wanted, load).await
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
    of_rows(ctx, shelf, &[row_id], assignment).await
}

/// The first of them: for rows that somebody sent, which cite nothing, the only one.
pub(crate) async fn source(
    ctx: &Context<'_>,
    shelf: &Shelf,
    row_id: i64,
    assignment: Option<&entity::RegistryNumber>,
) -> Result<Option<Source>> {
    let all = sources(ctx, shelf, row_id, assignment).await?;
    Ok(all.into_iter().next())
}

/// The sources of some rows, in their order.
pub(crate) async fn of_rows(
    ctx: &Context<'_>,
    shelf: &Shelf,
    rows: &[i64],
    assignment: Option<&entity::RegistryNumber>,
) -> Result<Vec<Source>> {
    rows.iter().for_each(|row| shelf.used_row(*row));
    let origins = ctx.data::<Origins>()?;
    let found = origins.of(shelf, rows).await.map_err(error::report)?;
    let sources = found
        .iter()
        .flatten()
        .flat_map(|origin| of_origin(shelf, origin, assignment));
    Ok(sources.collect())
}

/// One source for each passage.
pub(crate) async fn of_passages(
    ctx: &Context<'_>,
    shelf: &Shelf,
    passages: &[Passage],
    assignment: Option<&entity::RegistryNumber>,
) -> Result<Vec<Source>> {
    let rows: Vec<i64> = passages.iter().map(|passage| passage.row_id).collect();
    rows.iter().for_each(|row| shelf.used_row(*row));
    let origins = ctx.data::<Origins>()?;
    let found = origins.of(shelf, &rows).await.map_err(error::report)?;
    let source = |(passage, origin): (&Passage, Option<Arc<Origin>>)| {
        let origin = origin.expect("a row that counts was received in a submission");
        Source {
            shelf: shelf.clone(),
            citation: origin.citations.get(passage.nth).cloned(),
            origin,
            assignment: assignment.cloned(),
        }
    };
    Ok(passages.iter().zip(found).map(source).collect())
}

/// The sources of a row whose origin is known.
pub(crate) fn of_origin(
    shelf: &Shelf,
    origin: &Arc<Origin>,
    assignment: Option<&entity::RegistryNumber>,
) -> Vec<Source> {
    let source = |citation: Option<citation::Model>| Source {
        shelf: shelf.clone(),
        origin: Arc::clone(origin),
        citation,
        assignment: assignment.cloned(),
    };
    if origin.citations.is_empty() {
        return vec![source(None)];
    }
    let cited = origin.citations.iter().cloned();
    cited.map(Some).map(source).collect()
}

/// Where a fact comes from (källa): the file and row that somebody sent, and what it rests on.
#[Object]
impl Source {
    /// The file (inleverans).
    async fn submission(&self) -> Submission {
        Submission::new(
            &self.shelf,
            Arc::clone(&self.origin.submission),
            Arc::clone(&self.origin.events),
        )
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
