//! What is missing for a deliverable in the schema: deliverers, contents, usage reports.

use async_graphql::{Object, Result, SimpleObject};
use chrono::NaiveDate;
use entity::deliverable;

use super::error;
use super::fund_usage::whole_or_refused;
use super::organisation::Organisation;
use super::reading::Shelf;
use super::round::Round;
use super::scalars::Date;
use crate::reports::deliverable as found;

/// How passages that are not adjacent are joined in the reference data.
const JOINED: &str = " […] ";

/// Cells of a round.
const CELLS_A_ROUND: usize = 4;

/// What is missing for a deliverable on a day (vad som saknas).
pub struct DeliverableMissing {
    pub(super) shelf: Shelf,
    pub(super) on: NaiveDate,
    pub(super) model: deliverable::Model,
}

/// What is missing for a deliverable on a day (vad som saknas).
#[Object]
impl DeliverableMissing {
    /// The day (per datum).
    async fn on_date(&self) -> Date {
        Date(self.on)
    }

    /// Whether the deliverable itself is missing (ej lämnad).
    async fn is_missing(&self) -> bool {
        let deadline = found::deadline(&self.shelf.catalogue, &self.model);
        deadline.delivered(self.on).is_none()
    }

    /// Who has not delivered it: those responsible, of county boards that are responsible together those that have not;
    /// nobody where it is delivered (väntas från).
    async fn organisations(&self) -> Vec<Organisation> {
        let codes = found::awaited(&self.shelf.catalogue, &self.model, self.on);
        let known = codes
            .iter()
            .filter_map(|code| Organisation::of(&self.shelf, code));
        known.collect()
    }

    /// What it must hold, passage by passage as printed, while it is not delivered (innehåll som saknas).
    async fn contents(&self) -> Vec<&str> {
        let deadline = found::deadline(&self.shelf.catalogue, &self.model);
        if deadline.delivered(self.on).is_some() {
            return Vec::new();
        }
        let asked = self.model.must_contain.as_deref();
        asked
            .map(|text| text.split(JOINED).collect())
            .unwrap_or_default()
    }

    /// The rounds that it accounts for, with how many of their usage reports have come; none for plans, county reports and
    /// what has no last day. An annual report accounts for rounds whose last day to report lies in the year up to its own,
    /// other reports and evaluations for all up to theirs (omgångar som redovisas).
    async fn rounds(&self) -> Result<Option<Vec<RoundReporting>>> {
        let shelf = &self.shelf;
        let own = found::rounds(&shelf.catalogue, &self.model);
        if own.is_empty() {
            return Ok(Some(Vec::new()));
        }
        whole_or_refused(shelf, own.len().saturating_mul(CELLS_A_ROUND))?;
        let reports = &shelf.request.reports;
        let assignment = &self.model.assignment;
        let reporting = reports.round_reporting(&shelf.dataset, assignment).await;
        let reporting = reporting.map_err(error::report)?;
        shelf.request.used(reporting.synthetic);
        let of = |round: &entity::round::Model| {
            let known = reporting.answer.get(round.code.as_str()).copied();
            let (expected, received) = known.map_or((0, 0), |one| (one.expected, one.received));
            RoundReporting {
                round: Round::new(shelf, round),
                expected_count: expected,
                received_count: received,
                missing_count: expected.saturating_sub(received),
            }
        };
        Ok(Some(own.into_iter().map(of).collect()))
    }
}

/// How far the usage reports of a round have come (återrapportering i en omgång).
#[derive(SimpleObject)]
pub struct RoundReporting {
    /// Round (omgång).
    round: Round,
    /// Recipients paid in it (väntade).
    expected_count: u64,
    /// Those of them that have reported (inkomna).
    received_count: u64,
    /// expected − received; `missingReports` lists them (saknade).
    missing_count: u64,
}
