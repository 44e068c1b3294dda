//! The sources of a line of fund figures, for every type that has such lines.

use std::sync::Arc;

use analytics::fund_usage::FundQuestion;
use async_graphql::{Context, Result};

use super::error;
use super::page::{self, SourceConnection};
use super::reading::Shelf;
use crate::reports::{Extent, FundMeasure};

/// A line of the answer to a question, whose sources may be asked for.
#[derive(Clone)]
pub(crate) struct AskedLine {
    pub(crate) shelf: Shelf,
    pub(crate) assignment: entity::RegistryNumber,
    pub(crate) question: Arc<FundQuestion>,
    /// What it takes in.
    pub(crate) extent: Extent,
    /// Which line of the answer; none for the total.
    pub(crate) line: Option<usize>,
}

impl AskedLine {
    /// Another line of the same answer.
    pub(crate) fn at(&self, line: usize) -> Self {
        Self {
            line: Some(line),
            ..self.clone()
        }
    }

    /// A page of the rows behind the line, or behind one figure of it.
    pub(crate) async fn sources(
        &self,
        ctx: &Context<'_>,
        of: Option<FundMeasure>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<SourceConnection> {
        let question = (FundQuestion::clone(&self.question), self.extent);
        let (shelf, assignment) = (&self.shelf, &self.assignment);
        let reports = &shelf.request.reports;
        let behind = reports.fund_sources(&shelf.dataset, assignment, question, of);
        let behind = behind.await.map_err(error::report)?;
        page::sources(ctx, shelf, assignment, behind.of(self.line), first, after).await
    }
}
