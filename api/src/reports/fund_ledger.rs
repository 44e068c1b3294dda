//! The ledger of an assignment's money, and the redistribution of its rounds: each amount with the rows behind it.

use std::collections::BTreeMap;
use std::sync::Arc;

use analytics::fund_ledger::{
    ClaimRow, FactKind, FundLedger, LedgerFact, LedgerQuestion, LedgerRows, Redistribution, ledger,
    redistribution,
};
use chrono::NaiveDate;
use entity::{
    ClaimState, Claims, RecipientCode, RegistryNumber, RoundCode, net_repayments, repayment,
    repayment_claim,
};

use super::fund_usage::{is_synthetic, round_codes, rows};
use super::{Computed, Error, Extent, Reports};
use crate::kept::Share;
use crate::store::funds::{Funds, RoundFunds, repayment_claims};
use crate::store::{Catalogue, Dataset, Kinds};

impl Reports {
    /// The ledger of an assignment: entries, their sum, and how old what is open is.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn fund_ledger(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        question: LedgerQuestion,
        extent: Extent,
    ) -> Result<Arc<Computed<FundLedger>>, Error> {
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        let key = (
            dataset.key(),
            assignment.clone(),
            (question.clone(), extent),
        );
        let compute = async {
            let rows = self.ledger_rows(dataset, assignment, extent).await?;
            let synthetic = rows.synthetic;
            let answer = self
                .compute(move || ledger(&rows.answer, &question))
                .await?;
            Ok(Arc::new(Computed { answer, synthetic }))
        };
        self.once(Share::Answers, "ledger", key, compute).await
    }

    /// What of a round of an assignment is passed on; none where there are no requisitions to pass on.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn redistribution(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        round: &RoundCode,
    ) -> Result<Arc<Computed<Option<Redistribution>>>, Error> {
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        let key = (dataset.key(), assignment.clone(), round.clone());
        let compute = async {
            let rows = self
                .ledger_rows(dataset, assignment, Extent::default())
                .await?;
            let synthetic = rows.synthetic;
            let round = round.to_string();
            let answer = self
                .compute(move || redistribution(&rows.answer, &round))
                .await?;
            Ok(Arc::new(Computed { answer, synthetic }))
        };
        self.once(Share::Answers, "redistribution", key, compute)
            .await
    }

    /// The rows of an assignment's ledger.
    pub(super) async fn ledger_rows(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        extent: Extent,
    ) -> Result<Arc<Computed<LedgerRows>>, Error> {
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        let compute = async {
            let catalogue = self.catalogue(dataset).await?;
            let rounds = round_codes(&catalogue, assignment, extent.through);
            let funds = self.funds(dataset, assignment, extent.through).await?;
            let mut claims = repayment_claims(&self.store, dataset, &rounds).await?;
            claims.retain(|one| extent.through.is_none_or(|day| one.decided_on <= day));
            let is_synthetic_claim =
                |one: &repayment_claim::Model| catalogue.submissions.is_synthetic(one.row_id);
            let synthetic = is_synthetic(&catalogue, assignment, &funds)
                || extent.is_synthetic(&catalogue)
                || claims.iter().any(is_synthetic_claim)
                || catalogue.is_synthetic_kind(&catalogue.kinds_of(assignment));
            let assignment = assignment.clone();
            let answer = self
                .compute(move || {
                    Ok(ledger_rows(
                        &catalogue,
                        &assignment,
                        (&funds, &claims),
                        extent,
                    ))
                })
                .await?;
            Ok(Arc::new(Computed { answer, synthetic }))
        };
        let key = (dataset.key(), assignment.clone(), extent);
        self.once(extent.share(), "ledger rows", key, compute).await
    }
}

fn ledger_rows(
    catalogue: &Catalogue,
    assignment: &RegistryNumber,
    (funds, claims): (&Funds, &[repayment_claim::Model]),
    extent: Extent,
) -> LedgerRows {
    let asked = |(round, money): (&RoundCode, &Arc<RoundFunds>)| -> Vec<(String, String)> {
        let asks = money
            .requisitions
            .iter()
            .filter(|one| one.wants_redistribution);
        asks.map(|one| (round.to_string(), one.recipient_code.to_string()))
            .collect()
    };
    LedgerRows {
        funds: rows(catalogue, assignment, funds, extent),
        facts: facts(funds, claims),
        asked: funds.rounds().flat_map(asked).collect(),
        claims: claim_rows(claims, funds),
    }
}

/// Every stored row behind the money, with its own day.
fn facts(funds: &Funds, claims: &[repayment_claim::Model]) -> Vec<LedgerFact> {
    let mut facts = Vec::new();
    let mut add = |kind, row_id, round: &RoundCode, recipient: &RecipientCode, on| {
        facts.push(LedgerFact {
            round: round.to_string(),
            recipient: recipient.to_string(),
            kind,
            row_id,
            on,
        });
    };
    let day = |day: NaiveDate| Some(day);
    for (round, money) in funds.rounds() {
        for one in &money.allocations {
            let kind = FactKind::Allocation;
            add(kind, one.row_id, round, &one.recipient_code, None);
        }
        for one in &money.requisitions {
            let (kind, on) = (FactKind::Requisition, day(one.requisitioned_on));
            add(kind, one.row_id, round, &one.recipient_code, on);
        }
        for one in &money.applications {
            let (kind, on) = (FactKind::Application, day(one.applied_on));
            add(kind, one.row_id, round, &one.recipient_code, on);
        }
        for one in &money.payments {
            let (kind, on) = (FactKind::Payment, day(one.paid_on));
            add(kind, one.row_id, round, &one.recipient_code, on);
        }
        for one in &money.usage_reports {
            let (kind, on) = (FactKind::UsageReport, day(one.reported_on));
            add(kind, one.row_id, round, &one.recipient_code, on);
        }
        for one in &money.repayments {
            let (kind, on) = (FactKind::Repayment, day(one.repaid_on));
            add(kind, one.row_id, round, &one.recipient_code, on);
        }
    }
    for one in claims {
        let (kind, on) = (FactKind::Claim, day(one.decided_on));
        add(kind, one.row_id, &one.round, &one.recipient_code, on);
    }
    facts.sort_by_key(|fact| fact.row_id);
    facts
}

/// What has become of each claim. A claim whose demand is not there claims nothing.
fn claim_rows(claims: &[repayment_claim::Model], funds: &Funds) -> Vec<ClaimRow> {
    type Of<'a, M> = BTreeMap<(&'a RoundCode, &'a RecipientCode), Vec<&'a M>>;
    let mut steps: Of<'_, repayment_claim::Model> = BTreeMap::new();
    for one in claims {
        let of = steps.entry((&one.round, &one.recipient_code));
        of.or_default().push(one);
    }
    let mut repaid: Of<'_, repayment::Model> = BTreeMap::new();
    let repayments = funds.rounds().flat_map(|(_, money)| &money.repayments);
    for one in repayments {
        let of = repaid.entry((&one.round, &one.recipient_code));
        of.or_default().push(one);
    }
    let mut rows = Vec::new();
    for ((round, recipient), steps) in steps {
        let repaid = repaid
            .get(&(round, recipient))
            .map_or(&[][..], Vec::as_slice);
        let followed = Claims::follow(&steps, &net_repayments(repaid));
        let made = followed
            .claims
            .into_iter()
            .filter(|claim| claim.state != ClaimState::Unmade);
        rows.extend(made.map(|claim| {
            ClaimRow {
                round: round.to_string(),
                recipient: recipient.to_string(),
                reference: claim.reference,
                demanded_ore: claim.demanded.ore(),
                paid_ore: claim.paid.ore(),
                waived_ore: claim.waived.ore(),
                withdrawn_ore: claim.withdrawn.ore(),
                left_ore: claim.state.left().ore(),
                due_on: claim.state.due_on(),
                is_deferred: matches!(claim.state, ClaimState::Deferred { .. }),
                row_ids: claim
                    .steps
                    .iter()
                    .filter_map(|step| steps.get(*step))
                    .map(|step| step.row_id)
                    .collect(),
            }
        }));
    }
    rows
}
