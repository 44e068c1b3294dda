//! What was delivered of a deliverable, by whom and when; and which reports it would need.

use std::collections::BTreeMap;
use std::sync::Arc;

use analytics::deliverable::Deadline;
use analytics::fund_usage::{FundDimension, FundFilter, FundQuestion, FundUsage};
use chrono::{Months, NaiveDate};
use entity::{COUNTY_BOARDS, DeliverableKind, deliverable, delivery};

use super::{Computed, Error, Extent, Reports};
use crate::store::{Catalogue, Dataset};

/// What was delivered of it, in order of delivery.
pub(crate) fn deliveries<'a>(
    catalogue: &'a Catalogue,
    asked: &'a deliverable::Model,
) -> impl Iterator<Item = &'a delivery::Model> {
    catalogue.deliveries.iter().filter(move |one| {
        one.assignment == asked.assignment
            && one.deliverable == asked.kind
            && one.due_on == asked.due_on
    })
}

/// Its last day, and the day it was delivered: by one of those responsible or by the coordinator for all; by county boards
/// that are responsible together, when the last of them has. What comes every year is never delivered once and for all.
pub(crate) fn deadline(catalogue: &Catalogue, asked: &deliverable::Model) -> Deadline {
    let once = || deliveries(catalogue, asked).filter(|one| one.year.is_none());
    let whole = once().filter(|one| is_for_all(catalogue, asked, one));
    let boards = boards(catalogue, asked);
    let each = boards.iter().map(|board| {
        let own = once().filter(|one| one.organisation_code.as_str() == *board);
        own.map(|one| one.delivered_on).min()
    });
    let together: Option<Vec<NaiveDate>> = each.collect();
    let together = together.and_then(|days| days.into_iter().max());
    Deadline {
        due_on: asked.due_on,
        delivered_on: whole.map(|one| one.delivered_on).chain(together).min(),
    }
}

/// Who has not delivered by a day: those responsible, where it is not delivered; of county boards that are responsible
/// together those that have not.
pub(crate) fn awaited(
    catalogue: &Catalogue,
    asked: &deliverable::Model,
    on: NaiveDate,
) -> Vec<String> {
    if deadline(catalogue, asked).delivered(on).is_some() {
        return Vec::new();
    }
    let has = |board: &str| {
        let mut own = deliveries(catalogue, asked).filter(|one| one.year.is_none());
        own.any(|one| one.organisation_code.as_str() == board && one.delivered_on <= on)
    };
    let boards = boards(catalogue, asked);
    let some_have = boards.iter().any(|board| has(board));
    let responsible = asked.responsible.iter().flat_map(|code| {
        if code == COUNTY_BOARDS && some_have {
            boards.iter().copied().filter(|board| !has(board)).collect()
        } else {
            vec![code]
        }
    });
    responsible.map(str::to_owned).collect()
}

/// The county boards, where they are responsible together.
fn boards<'a>(catalogue: &'a Catalogue, asked: &deliverable::Model) -> Vec<&'a str> {
    if !asked.responsible.iter().any(|code| code == COUNTY_BOARDS) {
        return Vec::new();
    }
    let boards = catalogue.county_boards();
    let mut boards: Vec<&str> = boards.map(|one| one.code.as_str()).collect();
    boards.sort_unstable();
    boards
}

fn is_for_all(catalogue: &Catalogue, asked: &deliverable::Model, one: &delivery::Model) -> bool {
    let code = one.organisation_code.as_str();
    let assignment = catalogue.assignment(&asked.assignment);
    let coordinates = assignment.is_some_and(|known| known.coordinator == one.organisation_code);
    coordinates || asked.responsible.iter().any(|named| named == code)
}

/// How far the usage reports of a round have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundReporting {
    /// Recipients that were paid.
    pub expected: u64,
    /// Those of them that have reported.
    pub received: u64,
}

/// The rounds that a deliverable accounts for, by code: what it says of the money rests on their usage reports.
///
/// An annual report accounts for the rounds whose last day to report lies in the year up to its own last day; an interim
/// report, a final report and an evaluation for all whose last day to report has come by theirs.
pub(crate) fn rounds<'a>(
    catalogue: &'a Catalogue,
    asked: &deliverable::Model,
) -> Vec<&'a entity::round::Model> {
    let Some(due) = asked.due_on else {
        return Vec::new();
    };
    let since = match asked.kind {
        DeliverableKind::AnnualReport => due.checked_sub_months(Months::new(12)),
        DeliverableKind::InterimReport
        | DeliverableKind::FinalReport
        | DeliverableKind::Evaluation => None,
        DeliverableKind::JointPlan
        | DeliverableKind::SupplementaryPlan
        | DeliverableKind::AccountOfImplementation
        | DeliverableKind::CountyAnnualReport => return Vec::new(),
    };
    let own = catalogue.rounds.iter().filter(|one| {
        one.assignment == asked.assignment
            && one.report_by <= due
            && since.is_none_or(|since| since < one.report_by)
    });
    let mut own: Vec<&entity::round::Model> = own.collect();
    own.sort_by_key(|one| (one.year, one.code.clone()));
    own
}

impl Reports {
    /// How far the usage reports of every round of an assignment have come, by the round's code.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn round_reporting(
        &self,
        dataset: &Dataset,
        assignment: &entity::RegistryNumber,
    ) -> Result<Computed<BTreeMap<String, RoundReporting>>, Error> {
        let question = FundQuestion {
            group_by: vec![FundDimension::Round],
            filter: FundFilter::default(),
            today: dataset.today,
        };
        let usage: Arc<Computed<FundUsage>> = self
            .fund_usage(dataset, assignment, question, Extent::default())
            .await?;
        let lines = usage.answer.lines.iter().filter_map(|line| {
            let reporting = RoundReporting {
                expected: line.reporting.expected,
                received: line.reporting.received,
            };
            Some((line.key.round.clone()?, reporting))
        });
        Ok(Computed {
            answer: lines.collect(),
            synthetic: usage.synthetic,
        })
    }
}
