//! Fund usage: rows of an assignment's rounds → frame → lines.

use std::sync::Arc;

use analytics::fund_usage::{
    Amount, Application, FundFrame, FundQuestion, FundRows, FundUsage, Outcome, Round, UsageReport,
};
use entity::{ApplicationDecision, RecipientCode, RegistryNumber, RoundCode, Sek};

use super::cache::once;
use super::through::{self, Through};
use super::{Computed, Error, Extent, Reports, analysed, register_rows};
use crate::store::funds::Funds;
use crate::store::{Catalogue, Dataset, Registered};

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
        once(&self.fund_answers, key, compute).await
    }

    /// The frame of an assignment's money.
    pub(super) async fn fund_frame(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        extent: Extent,
    ) -> Result<Arc<Computed<FundFrame>>, Error> {
        let compute = async {
            let catalogue = self.catalogue(dataset).await?;
            let funds = self
                .funds(dataset, assignment, extent.through, None)
                .await?;
            let synthetic = is_synthetic(&catalogue, assignment, &funds)
                || extent.is_synthetic(&catalogue)
                || catalogue.is_synthetic_kind(&catalogue.kinds_of(assignment));
            let rows = rows(&catalogue, assignment, &funds, extent);
            let answer = self.compute(move || FundFrame::build(&rows)).await?;
            Ok(Arc::new(Computed { answer, synthetic }))
        };
        once(
            &self.fund_frames,
            (dataset.key(), assignment.clone(), extent),
            compute,
        )
        .await
    }

    /// The money of an assignment's rounds, through a day; of some recipients alone where they are said.
    pub(super) async fn funds(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        through: Through,
        recipients: Option<&[RecipientCode]>,
    ) -> Result<Funds, Error> {
        let catalogue = self.catalogue(dataset).await?;
        let rounds = round_codes(&catalogue, assignment, through);
        let mut funds = Funds::load(&self.store, dataset, &rounds, recipients).await?;
        if through.is_some() {
            let registered = Registered::load(&self.store).await?;
            through::cut(&mut funds, &registered, through);
        }
        Ok(funds)
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

/// The money of an assignment as the analytics takes it.
pub(super) fn rows(
    catalogue: &Catalogue,
    assignment: &RegistryNumber,
    funds: &Funds,
    extent: Extent,
) -> FundRows {
    let amount = |round: &dyn ToString, recipient: &dyn ToString, amount: Sek| Amount {
        round: round.to_string(),
        recipient: recipient.to_string(),
        ore: amount.ore(),
    };
    let signed = |amount: Sek, reverses: &Option<String>| {
        if reverses.is_some() {
            Sek::from_ore(-amount.ore())
        } else {
            amount
        }
    };
    FundRows {
        rounds: rounds(catalogue, assignment, extent.through),
        recipients: register_rows::recipients(catalogue),
        populations: register_rows::populations(catalogue),
        succession: extent.succession(catalogue),
        allocations: funds
            .allocations
            .iter()
            .map(|one| amount(&one.round, &one.recipient_code, one.amount))
            .collect(),
        requisitions: funds
            .requisitions
            .iter()
            .map(|one| amount(&one.round, &one.recipient_code, one.amount))
            .collect(),
        applications: funds
            .applications
            .iter()
            .map(|one| Application {
                round: one.round.to_string(),
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
            })
            .collect(),
        payments: funds
            .payments
            .iter()
            .map(|one| {
                amount(
                    &one.round,
                    &one.recipient_code,
                    signed(one.amount, &one.reverses),
                )
            })
            .collect(),
        usage_reports: funds
            .usage_reports
            .iter()
            .map(|(report, lines)| UsageReport {
                round: report.round.to_string(),
                recipient: report.recipient_code.to_string(),
                reported_on: report.reported_on,
                used: lines
                    .iter()
                    .map(|line| (line.area.clone(), line.amount.ore()))
                    .collect(),
                unused_ore: report.unused_amount.ore(),
            })
            .collect(),
        repayments: funds
            .repayments
            .iter()
            .map(|one| {
                amount(
                    &one.round,
                    &one.recipient_code,
                    signed(one.amount, &one.reverses),
                )
            })
            .collect(),
        use_areas: catalogue
            .items("USE_AREA")
            .iter()
            .map(|item| item.code.clone())
            .collect(),
    }
}

fn rounds(catalogue: &Catalogue, assignment: &RegistryNumber, through: Through) -> Vec<Round> {
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

/// Whether a row of the money, or a round, is synthetic.
pub(super) fn is_synthetic(
    catalogue: &Catalogue,
    assignment: &RegistryNumber,
    funds: &Funds,
) -> bool {
    let synthetic = |row: i64| catalogue.natures.is_synthetic(row);
    funds.allocations.iter().any(|one| synthetic(one.row_id))
        || funds.requisitions.iter().any(|one| synthetic(one.row_id))
        || funds.applications.iter().any(|one| synthetic(one.row_id))
        || funds.payments.iter().any(|one| synthetic(one.row_id))
        || funds
            .usage_reports
            .iter()
            .any(|(one, _)| synthetic(one.row_id))
        || funds.repayments.iter().any(|one| synthetic(one.row_id))
        || catalogue
            .rounds
            .iter()
            .any(|one| one.assignment == *assignment && synthetic(one.row_id))
}
