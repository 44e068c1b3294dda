//! The limits in the schema: how much a file may hold, and how much an answer.

use async_graphql::{Context, Object, Result, SimpleObject};

use super::fund_usage::MOST_CELLS;
use super::guard::Require;
use super::limits::Limits;
use super::page::MOST;
use crate::context::RequestContext;
use crate::policy::Action;

/// How much a file may hold, and how much a question and its answer (gränser). Each is the most that is still taken.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct ServiceLimits {
    /// Bytes of a file as received (filens storlek).
    file_bytes: u64,
    /// Bytes that a workbook unpacks to (uppackad storlek).
    unpacked_bytes: u64,
    /// Rows of a file (antal rader).
    row_count: usize,
    /// Characters of a cell (antal tecken i en cell).
    cell_characters: usize,
    /// Bytes of a question's text (frågans storlek).
    document_bytes: usize,
    /// Rows of a page (rader på en sida).
    page_row_count: usize,
    /// Cells of an answer of figures (celler i ett svar).
    answer_cell_count: usize,
    /// Mebibytes of what was read and computed that the service keeps in memory (minne).
    kept_mebibytes: u64,
    /// Counts of persons from 1 up to this are hidden in the tables that are released now; each says its own (gräns för
    /// små tal).
    hidden_persons_up_to: i64,
}

/// Reading the limits.
#[derive(Default)]
pub struct ServiceLimitsQuery;

/// Reading the limits.
#[Object(guard = "Require(Action::ReadFigures)")]
impl ServiceLimitsQuery {
    /// How much a file may hold, and how much a question and its answer (gränser).
    async fn limits(&self, ctx: &Context<'_>) -> Result<Option<ServiceLimits>> {
        let request = ctx.data::<RequestContext>()?;
        let files = request.limits;
        Ok(Some(ServiceLimits {
            file_bytes: files.file_bytes,
            unpacked_bytes: files.unpacked_bytes,
            row_count: files.row_count,
            cell_characters: files.cell_characters,
            document_bytes: Limits::default().document_bytes,
            page_row_count: MOST,
            answer_cell_count: MOST_CELLS,
            kept_mebibytes: request.reports.store().kept().budget() >> 20,
            hidden_persons_up_to: files.hidden_up_to,
        }))
    }
}
