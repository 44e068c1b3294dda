//! Money of the rounds that a file names, by natural key, as it counts; and sums by round and recipient.

use std::collections::{HashMap, HashSet};

use entity::{
    Fact, RecipientCode, RoundCode, Sek, allocation, application, payment, repayment,
    repayment_claim, requisition, usage_line, usage_report,
};
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::{Transfer, sums, transfer_key};
use crate::store::{Dataset, facts, portions};

/// The natural key of what a round holds once a recipient.
#[must_use]
pub fn pair(round: &RoundCode, recipient: &RecipientCode) -> String {
    format!("{round}|{recipient}")
}

/// What a usage report says in sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Σ used over all areas.
    pub used: i128,
    /// Unused.
    pub unused: Sek,
}

/// The money of some rounds.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Allocations by round and recipient.
    pub allocations: HashMap<String, Sek>,
    /// Requisitions by round and recipient.
    pub requisitions: HashMap<String, requisition::Model>,
    /// Applications by round and recipient.
    pub applications: HashMap<String, application::Model>,
    /// Payments by round and reference.
    pub payments: HashMap<String, payment::Model>,
    /// Usage reports by round and recipient.
    pub reports: HashMap<String, Reported>,
    /// Repayments by round and reference.
    pub repayments: HashMap<String, repayment::Model>,
    /// Steps of claims by round, reference, step and day.
    pub claims: HashMap<String, repayment_claim::Model>,
}

impl Ledger {
    /// Reads the money of rounds in a dataset.
    pub(crate) async fn load(
        db: &impl ConnectionTrait,
        dataset: &Dataset,
        rounds: &HashSet<RoundCode>,
    ) -> Result<Self, DbErr> {
        let allocations = of_rounds::<allocation::Entity>(db, dataset, rounds).await?;
        let requisitions = of_rounds::<requisition::Entity>(db, dataset, rounds).await?;
        let applications = of_rounds::<application::Entity>(db, dataset, rounds).await?;
        let payments = of_rounds::<payment::Entity>(db, dataset, rounds).await?;
        let reports = of_rounds::<usage_report::Entity>(db, dataset, rounds).await?;
        let repayments = of_rounds::<repayment::Entity>(db, dataset, rounds).await?;
        let claims = of_rounds::<repayment_claim::Entity>(db, dataset, rounds).await?;
        let used = used_by_report(db, &reports).await?;
        let reported = |report: &usage_report::Model| Reported {
            used: used.get(&report.row_id).copied().unwrap_or(0),
            unused: report.unused_amount,
        };
        Ok(Self {
            allocations: allocations
                .iter()
                .map(|one| (pair(&one.round, &one.recipient_code), one.amount))
                .collect(),
            requisitions: requisitions
                .into_iter()
                .map(|one| (pair(&one.round, &one.recipient_code), one))
                .collect(),
            applications: applications
                .into_iter()
                .map(|one| (pair(&one.round, &one.recipient_code), one))
                .collect(),
            payments: payments
                .into_iter()
                .map(|one| (transfer_key(&one.round, &one.reference), one))
                .collect(),
            reports: reports
                .iter()
                .map(|one| (pair(&one.round, &one.recipient_code), reported(one)))
                .collect(),
            repayments: repayments
                .into_iter()
                .map(|one| (transfer_key(&one.round, &one.reference), one))
                .collect(),
            claims: claims
                .into_iter()
                .map(|one| (one.natural_key(), one))
                .collect(),
        })
    }

    /// What was paid to, reported by, repaid by and claimed from those recipients of a round from whom something is claimed:
    /// all that rules on claims look at. The transfers are others than the ledger's own where they are given.
    pub(in crate::intake) fn where_claimed(
        &self,
        payments: Option<&HashMap<String, payment::Model>>,
        repayments: Option<&HashMap<String, repayment::Model>>,
    ) -> Self {
        let claims = self.claims.values();
        let claimed: HashSet<String> = claims
            .map(|one| pair(&one.round, &one.recipient_code))
            .collect();
        let reports = self.reports.iter();
        let reports = reports.filter(|(pair, _)| claimed.contains(*pair));
        Self {
            payments: of_pairs(payments.unwrap_or(&self.payments), &claimed),
            repayments: of_pairs(repayments.unwrap_or(&self.repayments), &claimed),
            reports: reports.map(|(pair, one)| (pair.clone(), *one)).collect(),
            claims: self.claims.clone(),
            ..Self::default()
        }
    }

    /// Σ paid by round and recipient, reversals as minus, in öre.
    #[must_use]
    pub fn paid(&self) -> HashMap<String, i128> {
        sums(self.payments.values())
    }

    /// Σ repaid by round and recipient, reversals as minus, in öre.
    #[must_use]
    pub fn repaid(&self) -> HashMap<String, i128> {
        sums(self.repayments.values())
    }
}

/// Those of some transfers that are of some pairs of round and recipient.
fn of_pairs<T: Transfer + Clone>(
    transfers: &HashMap<String, T>,
    pairs: &HashSet<String>,
) -> HashMap<String, T> {
    let of_them = transfers
        .iter()
        .filter(|(_, one)| pairs.contains(&pair(one.round(), one.recipient())));
    of_them
        .map(|(key, one)| (key.clone(), one.clone()))
        .collect()
}

async fn of_rounds<E: Fact>(
    db: &impl ConnectionTrait,
    dataset: &Dataset,
    rounds: &HashSet<RoundCode>,
) -> Result<Vec<E::Model>, DbErr> {
    let column = || Expr::col((E::default(), Alias::new("round")));
    let codes: Vec<&str> = rounds.iter().map(RoundCode::as_str).collect();
    let mut found = Vec::new();
    for some in portions(&codes) {
        let of_some = facts::each_counting::<E>(dataset)
            .filter(column().is_in(some.iter().copied()))
            .all(db)
            .await?;
        found.extend(of_some);
    }
    Ok(found)
}

/// Σ used of each report, in öre.
#[expect(
    clippy::disallowed_methods,
    reason = "the reports were selected by dataset; their lines belong to them"
)]
async fn used_by_report(
    db: &impl ConnectionTrait,
    reports: &[usage_report::Model],
) -> Result<HashMap<i64, i128>, DbErr> {
    let mut used: HashMap<i64, i128> = HashMap::new();
    for some in portions(reports) {
        let ids = some.iter().map(|report| report.row_id);
        for line in usage_line::Entity::find()
            .filter(usage_line::Column::RowId.is_in(ids))
            .all(db)
            .await?
        {
            *used.entry(line.row_id).or_default() += i128::from(line.amount.ore());
        }
    }
    Ok(used)
}
