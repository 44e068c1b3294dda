//! What a report is about: the deliverable, the rounds it accounts for, and what the assignment has.

use std::collections::BTreeSet;

use analytics::figure::RecipientKind;
use chrono::Datelike;
use entity::{DeliverableKind, RegistryNumber, deliverable};

use crate::reports::deliverable::rounds;
use crate::reports::{Error, Reports, analysed};
use crate::store::{Catalogue, Dataset};

/// What a report is about.
#[derive(Debug)]
pub(super) struct Scope {
    pub(super) assignment: RegistryNumber,
    pub(super) deliverable: deliverable::Model,
    /// Years and kinds of the rounds that it accounts for.
    pub(super) rounds: BTreeSet<(i32, RecipientKind)>,
    /// Whether these are all rounds of the assignment, so that sums over all years are the report's.
    pub(super) is_whole: bool,
    /// Years of support events up to its last day.
    pub(super) event_years: Vec<i32>,
    /// Whether these are all events of the assignment.
    pub(super) has_all_events: bool,
    /// The version of the plan that was decided last.
    pub(super) plan: Option<i64>,
}

impl Scope {
    /// What the report that a deliverable is is about.
    pub(super) async fn of(
        reports: &Reports,
        dataset: &Dataset,
        catalogue: &Catalogue,
        asked: deliverable::Model,
    ) -> Result<Self, Error> {
        let assignment = asked.assignment.clone();
        let key = |round: &entity::round::Model| {
            let year = i32::try_from(round.year).unwrap_or(i32::MAX);
            (year, analysed(round.recipient_kind))
        };
        let own = catalogue.rounds.iter();
        let all: BTreeSet<_> = own
            .filter(|one| one.assignment == assignment)
            .map(key)
            .collect();
        let accounts = accounts_for_money(asked.kind);
        let accounted: BTreeSet<_> = match asked.due_on {
            Some(_) => rounds(catalogue, &asked).into_iter().map(key).collect(),
            None if accounts => all.clone(),
            None => BTreeSet::new(),
        };
        let events = reports.support_events(dataset, &assignment).await?;
        let years: BTreeSet<i32> = events
            .iter()
            .map(|(event, _)| event.held_on.year())
            .collect();
        let due = asked.due_on.map_or(i32::MAX, |day| day.year());
        let event_years: Vec<i32> = years
            .iter()
            .copied()
            .filter(|year| accounts && *year <= due)
            .collect();
        let plan = reports.plan(dataset, &assignment).await?;
        Ok(Self {
            is_whole: !accounted.is_empty() && accounted == all,
            rounds: accounted,
            has_all_events: !years.is_empty() && event_years.len() == years.len(),
            event_years,
            plan: plan.latest_decided(dataset.today).map(|one| one.number),
            assignment,
            deliverable: asked,
        })
    }

    /// Its years.
    pub(super) fn years(&self) -> BTreeSet<i32> {
        self.rounds.iter().map(|(year, _)| *year).collect()
    }

    /// Its kinds of recipient.
    pub(super) fn kinds(&self) -> BTreeSet<RecipientKind> {
        self.rounds.iter().map(|(_, kind)| *kind).collect()
    }

    /// Why there is nothing of the money.
    pub(super) fn without_money(&self) -> [&'static str; 2] {
        if accounts_for_money(self.deliverable.kind) {
            [
                "Uppdraget har inga omgångar vars sista dag att redovisa har kommit till redovisningens sista dag.",
                "The assignment has no rounds whose last day to report has come by the last day of the report.",
            ]
        } else {
            [
                "En plan redovisar inga medel.",
                "A plan accounts for no money.",
            ]
        }
    }

    /// Why there is nothing of the support.
    pub(super) fn without_events(&self) -> [&'static str; 2] {
        if accounts_for_money(self.deliverable.kind) {
            [
                "Inga stödinsatser är redovisade i uppdraget till och med redovisningens sista år.",
                "No support events are reported in the assignment up to the last year of the report.",
            ]
        } else {
            [
                "En plan redovisar inga stödinsatser.",
                "A plan accounts for no support events.",
            ]
        }
    }
}

/// Whether a deliverable tells how money was used and whom support reached; plans come before both.
const fn accounts_for_money(kind: DeliverableKind) -> bool {
    match kind {
        DeliverableKind::AnnualReport
        | DeliverableKind::InterimReport
        | DeliverableKind::FinalReport
        | DeliverableKind::Evaluation
        | DeliverableKind::CountyAnnualReport => true,
        DeliverableKind::JointPlan
        | DeliverableKind::SupplementaryPlan
        | DeliverableKind::AccountOfImplementation => false,
    }
}
