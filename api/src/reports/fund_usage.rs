//! Fund usage: an assignment's money as the analytics takes it, and the lines of it.

use std::sync::Arc;

use analytics::fund_usage::{
    Amount, Application, FundQuestion, FundRows, FundUsage, Outcome, Round, UsageReport,
};
use entity::{ApplicationDecision, RecipientCode, RegistryNumber, RoundCode, Sek, application};

use super::through::{self, Through};
use super::{Computed, Error, Extent, Reports, analysed, register_rows};
use crate::kept::Share;
use crate::store::funds::{Funds, RoundFunds};
use crate::store::{Catalogue, Dataset, Kinds};

impl Reports {
    /// Fund usage of an assignment by group.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn fund_usage(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        mut question: FundQuestion,
        extent: Extent,
    ) -> Result<Arc<Computed<FundUsage>>, Error> {
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        question.today = through::today(question.today, extent.through);
        let key = (
            dataset.key(),
            assignment.clone(),
            (question.clone(), extent),
        );
        let compute = async {
            let frame = self.fund_frame(dataset, assignment, extent).await?;
            let synthetic = frame.synthetic;
            let answer = self.compute(move || frame.answer.usage(&question)).await?;
            Ok(Arc::new(Computed { answer, synthetic }))
        };
        self.once(Share::Answers, "fund usage", key, compute).await
    }
}

/// The codes of an assignment's rounds that have begun.
pub(super) fn round_codes(
    catalogue: &Catalogue,
    assignment: &RegistryNumber,
    through: Through,
) -> Vec<RoundCode> {
    let own = catalogue
        .rounds
        .iter()
        .filter(|round| round.assignment == *assignment && through::has_begun(round, through));
    own.map(|round| round.code.clone()).collect()
}

/// The registers behind an assignment's money as the analytics takes them: no rounds, and no money yet.
pub(super) fn register(catalogue: &Catalogue, extent: Extent) -> FundRows {
    FundRows {
        recipients: register_rows::recipients(catalogue),
        populations: register_rows::populations(catalogue),
        succession: extent.succession(catalogue),
        use_areas: catalogue
            .items("USE_AREA")
            .iter()
            .map(|item| item.code.clone())
            .collect(),
        ..FundRows::default()
    }
}

/// The money of an assignment as the analytics takes it.
pub(super) fn rows(
    catalogue: &Catalogue,
    assignment: &RegistryNumber,
    funds: &Funds,
    extent: Extent,
) -> FundRows {
    let mut rows = FundRows {
        rounds: rounds(catalogue, assignment, extent.through),
        ..register(catalogue, extent)
    };
    for (round, money) in funds.rounds() {
        add_money(&mut rows, round, money);
    }
    rows
}

/// Adds the money of a round.
pub(super) fn add_money(rows: &mut FundRows, round: &RoundCode, money: &RoundFunds) {
    let amount = |recipient: &RecipientCode, amount: Sek, is_reversal: bool| Amount {
        round: round.to_string(),
        recipient: recipient.to_string(),
        ore: if is_reversal {
            -amount.ore()
        } else {
            amount.ore()
        },
    };
    let allocations = money.allocations.iter();
    rows.allocations
        .extend(allocations.map(|one| amount(&one.recipient_code, one.amount, false)));
    let requisitions = money.requisitions.iter();
    rows.requisitions
        .extend(requisitions.map(|one| amount(&one.recipient_code, one.amount, false)));
    let applications = money.applications.iter();
    rows.applications
        .extend(applications.map(|one| application(round, one)));
    let payments = money.payments.iter();
    rows.payments
        .extend(payments.map(|one| amount(&one.recipient_code, one.amount, one.is_reversal)));
    let reports = money.usage_reports.iter().map(|one| UsageReport {
        round: round.to_string(),
        recipient: one.recipient_code.to_string(),
        reported_on: one.reported_on,
        used: one
            .used
            .iter()
            .map(|(area, amount)| (area.to_string(), amount.ore()))
            .collect(),
        unused_ore: one.unused_amount.ore(),
    });
    rows.usage_reports.extend(reports);
    let repayments = money.repayments.iter();
    rows.repayments.extend(
        repayments.map(|one| amount(&one.recipient_code, one.amount, one.reverses.is_some())),
    );
}

fn application(round: &RoundCode, one: &application::Model) -> Application {
    Application {
        round: round.to_string(),
        recipient: one.recipient_code.to_string(),
        applied_ore: one.applied_amount.ore(),
        granted_ore: if one.decision.is_some_and(ApplicationDecision::grants) {
            one.granted_amount.unwrap_or_default().ore()
        } else {
            0
        },
        outcome: match one.decision {
            Some(ApplicationDecision::Granted) => Outcome::Granted,
            Some(ApplicationDecision::PartlyGranted) => Outcome::PartlyGranted,
            Some(ApplicationDecision::Declined) => Outcome::Declined,
            Some(ApplicationDecision::Withdrawn) => Outcome::Withdrawn,
            None => Outcome::Undecided,
        },
    }
}

/// The rounds of an assignment that have begun.
pub(super) fn rounds(
    catalogue: &Catalogue,
    assignment: &RegistryNumber,
    through: Through,
) -> Vec<Round> {
    catalogue
        .rounds
        .iter()
        .filter(|round| round.assignment == *assignment && through::has_begun(round, through))
        .map(|round| Round {
            code: round.code.to_string(),
            year: i32::try_from(round.year).unwrap_or(i32::MAX),
            kind: analysed(round.recipient_kind),
            by_application: round.recipient_kind.applies(),
            report_by: round.report_by,
            available_ore: round.available_amount.ore(),
        })
        .collect()
}

/// Whether a row of the money, or a round of the assignment, is synthetic.
pub(super) fn is_synthetic(
    catalogue: &Catalogue,
    assignment: &RegistryNumber,
    funds: &Funds,
) -> bool {
    let submissions = catalogue.submissions.now();
    has_synthetic_round(catalogue, assignment)
        || funds
            .rows()
            .any(|(_, _, row)| submissions.is_synthetic(row))
}

/// Whether a round of the assignment is synthetic.
pub(super) fn has_synthetic_round(catalogue: &Catalogue, assignment: &RegistryNumber) -> bool {
    catalogue
        .rounds
        .iter()
        .any(|one| one.assignment == *assignment && catalogue.submissions.is_synthetic(one.row_id))
}
