//! Orphans of a plan: activities, events and paid recipients without their counterpart, with the rows behind each.

use std::collections::BTreeMap;
use std::sync::Arc;

use analytics::coverage::CoverageQuestion;
use analytics::fund_usage::{FundDimension, FundQuestion};
use analytics::plan::{Held, OrphanRows, Orphans, Planned};
use chrono::{Datelike, NaiveDate};
use entity::{COUNTY_BOARDS, RecipientKind, RegistryNumber};
use rust_decimal::Decimal;

use super::behind::Behind;
use super::through::Through;
use super::{Computed, Error, Extent, Reports, analysed};
use crate::kept::Share;
use crate::store::{Catalogue, Cited, Dataset, Kinds, support};

/// The level of goals that are development areas.
const DEVELOPMENT_AREA: &str = "DEVELOPMENT_AREA";

/// The orphans of a version of a plan, and the rows behind each pair.
#[derive(Debug)]
pub struct PlanOrphans {
    /// The orphans.
    pub found: Orphans,
    /// What is behind each pair, in their order.
    pub behind: Behind,
}

/// A recipient that was paid and that no support reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidUnreached {
    /// Its code.
    pub recipient: String,
    /// What it was paid in sum, reversals taken off.
    pub paid: Decimal,
}

impl Reports {
    /// The orphans of a version of a plan among the events held through a day.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn plan_orphans(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        (version, through): (i64, Through),
    ) -> Result<Arc<Computed<PlanOrphans>>, Error> {
        let dataset = &self.resting_on(Kinds::PLANS_AND_SUPPORT, dataset).await?;
        let compute = async {
            let plan = self.plan(dataset, assignment).await?;
            let catalogue = self.catalogue(dataset).await?;
            let events = self.events(dataset, assignment, through).await?;
            let activities = plan.version(version).map_or(&[][..], |one| &one.activities);
            let planned = |one: &entity::activity_plan::Model| Planned {
                row_id: one.row_id,
                main_activity: one.main_activity.clone(),
                responsible: one.responsible.iter().map(str::to_owned).collect(),
            };
            let held = |(event, _): &support::Event| Held {
                row_id: event.row_id,
                main_activity: event.main_activity.clone(),
                organisation: event.organisation_code.to_string(),
            };
            let rows = OrphanRows {
                planned: activities.iter().map(planned).collect(),
                held: events.iter().map(held).collect(),
                ..registers(&catalogue, assignment)
            };
            let ids = activities.iter().map(|one| one.row_id);
            let mut ids = ids.chain(events.iter().map(|(event, _)| event.row_id));
            let synthetic = ids.any(|row_id| catalogue.submissions.is_synthetic(row_id));
            let cited = Cited::load(&self.store).await?;
            let compute = move || {
                let found = rows.orphans();
                let parts = found.pairs.iter().map(|one| one.rows.clone()).collect();
                let behind = Behind::of_parts(parts, &cited);
                Ok(PlanOrphans { found, behind })
            };
            let answer = self.compute(compute).await?;
            Ok(Arc::new(Computed { answer, synthetic }))
        };
        let key = (dataset.key(), assignment.clone(), (version, through));
        self.once(Share::Answers, "plan orphans", key, compute)
            .await
    }

    /// The recipients of some kinds that were paid in some assignments and that no event of another has reached, by the codes of
    /// a day. None where there is no event: then nothing is known of whom support has reached.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn paid_unreached(
        &self,
        dataset: &Dataset,
        (funds, support): (&[RegistryNumber], &RegistryNumber),
        (kinds, on): (&[RecipientKind], NaiveDate),
        through: Through,
    ) -> Result<Option<Computed<Vec<PaidUnreached>>>, Error> {
        // Money and support by the codes of one day: whoever was renamed in between is one recipient.
        let extent = Extent {
            through,
            current_on: Some(on),
        };
        if self.events(dataset, support, through).await?.is_empty() {
            return Ok(None);
        }
        let mut synthetic = false;
        let mut paid: BTreeMap<String, Decimal> = BTreeMap::new();
        for assignment in funds {
            let question = FundQuestion {
                group_by: vec![FundDimension::Recipient],
                filter: analytics::fund_usage::FundFilter::default(),
                today: dataset.today,
            };
            let found = self
                .fund_usage(dataset, assignment, question, extent)
                .await?;
            synthetic |= found.synthetic;
            for line in &found.answer.lines {
                if let Some(code) = &line.key.recipient {
                    *paid.entry(code.clone()).or_default() += line.paid;
                }
            }
        }
        let mut orphans = Vec::new();
        for kind in kinds {
            let question = CoverageQuestion {
                recipient_kind: analysed(*kind),
                group_by: Vec::new(),
                filter: analytics::coverage::CoverageFilter::default(),
                reference_year: on.year(),
            };
            let found = self.coverage(dataset, support, question, extent).await?;
            synthetic |= found.synthetic;
            let unreached = found.answer.total.unreached.iter();
            orphans.extend(unreached.filter_map(|code| {
                let paid = paid.get(code).copied();
                let paid = paid.filter(|paid| *paid > Decimal::ZERO)?;
                Some(PaidUnreached {
                    recipient: code.clone(),
                    paid,
                })
            }));
        }
        orphans.sort_by(|one, other| one.recipient.cmp(&other.recipient));
        Ok(Some(Computed {
            answer: orphans,
            synthetic,
        }))
    }
}

/// What the registers say of an assignment: main activities, development areas, the county boards.
fn registers(catalogue: &Catalogue, assignment: &RegistryNumber) -> OrphanRows {
    let activities = catalogue.main_activities.iter();
    let activities = activities.filter(|one| one.assignment == *assignment);
    let areas = catalogue.goals.iter();
    let areas = areas.filter(|one| one.assignment == *assignment && one.level == DEVELOPMENT_AREA);
    let boards = catalogue.county_boards();
    OrphanRows {
        main_activities: activities
            .map(|one| (one.number.clone(), Some(one.development_area.clone())))
            .collect(),
        development_areas: areas.map(|one| one.code.clone()).collect(),
        together: (
            COUNTY_BOARDS.to_owned(),
            boards.map(|one| one.code.to_string()).collect(),
        ),
        ..OrphanRows::default()
    }
}
