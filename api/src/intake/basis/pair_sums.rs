//! What was paid and repaid by round and recipient, in sum: all that the rules on usage reports ask of the ledger.
//!
//! The sums come as one text a round, since a file may name a million recipients and a row for each would cost more than
//! the rules themselves.

use std::collections::{HashMap, HashSet};

use entity::{Fact, RoundCode, payment, repayment, repayment_claim};
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, QueryFilter, QuerySelect};

use crate::store::{Dataset, facts, portions};

/// How much of the money of the rounds a kind's rules look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyAsked {
    /// Every allocation, requisition, application, payment, report and repayment.
    Whole,
    /// What was paid and repaid in sum; the whole only of rounds in which something is claimed back.
    Sums,
}

/// Öre by round and recipient, reversals as minus.
#[derive(Debug, Default)]
pub struct PairSums {
    /// Σ paid.
    pub paid: HashMap<String, i128>,
    /// Σ repaid.
    pub repaid: HashMap<String, i128>,
}

impl PairSums {
    /// Reads the sums of rounds in a dataset.
    pub(crate) async fn load(
        db: &impl ConnectionTrait,
        dataset: &Dataset,
        rounds: &HashSet<RoundCode>,
    ) -> Result<Self, DbErr> {
        Ok(Self {
            paid: of_rounds::<payment::Entity>(db, dataset, rounds).await?,
            repaid: of_rounds::<repayment::Entity>(db, dataset, rounds).await?,
        })
    }
}

/// Those of some rounds in which something is claimed back.
pub(crate) async fn claimed_rounds(
    db: &impl ConnectionTrait,
    dataset: &Dataset,
    rounds: &HashSet<RoundCode>,
) -> Result<HashSet<RoundCode>, DbErr> {
    let codes: Vec<&str> = rounds.iter().map(RoundCode::as_str).collect();
    let mut claimed = HashSet::new();
    for some in portions(&codes) {
        let found: Vec<RoundCode> = facts::each_counting::<repayment_claim::Entity>(dataset)
            .filter(repayment_claim::Column::Round.is_in(some.iter().copied()))
            .select_only()
            .column(repayment_claim::Column::Round)
            .distinct()
            .into_tuple()
            .all(db)
            .await?;
        claimed.extend(found);
    }
    Ok(claimed)
}

/// Each recipient of a round with its amount, a blank between them: neither a code nor a number has one.
const AMOUNTS: &str = "string_agg(recipient_code || ' ' || CASE WHEN reverses IS NULL THEN amount ELSE -amount END, ' ')";

async fn of_rounds<E: Fact>(
    db: &impl ConnectionTrait,
    dataset: &Dataset,
    rounds: &HashSet<RoundCode>,
) -> Result<HashMap<String, i128>, DbErr> {
    let column = || Expr::col((E::default(), Alias::new("round")));
    let codes: Vec<&str> = rounds.iter().map(RoundCode::as_str).collect();
    let mut sums: HashMap<String, i128> = HashMap::new();
    for some in portions(&codes) {
        let texts: Vec<(String, String)> = facts::each_counting::<E>(dataset)
            .filter(column().is_in(some.iter().copied()))
            .select_only()
            .column_as(column(), "code")
            .column_as(Expr::cust(AMOUNTS), "amounts")
            .group_by(column())
            .into_tuple()
            .all(db)
            .await?;
        for (round, amounts) in texts {
            let mut parts = amounts.split(' ');
            while let (Some(recipient), Some(ore)) = (parts.next(), parts.next()) {
                let ore: i64 = ore.parse().map_err(|_| {
                    DbErr::Type(format!("an amount of {round} is no whole number of öre"))
                })?;
                *sums.entry(format!("{round}|{recipient}")).or_default() += i128::from(ore);
            }
        }
    }
    Ok(sums)
}
