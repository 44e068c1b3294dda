//! The money of rounds in a dataset, round by round, and whatever else is asked about an assignment's money.

mod changed;
mod load;
mod rows;

use std::collections::BTreeMap;
use std::sync::Arc;

use entity::{RecipientCode, RegistryNumber, RoundCode, administrative_cost, repayment_claim};
use sea_orm::{ColumnTrait, DbErr, QueryFilter};

pub(crate) use changed::changed_rounds;
pub use rows::{Allocation, Payment, Requisition, RoundFunds, UsageReport};

use super::{Dataset, Store, facts};

/// The money of rounds: each round that was asked for, with its rows that count.
///
/// What is the same in two datasets may be held once: a round's rows are shared, and never changed.
#[derive(Clone, Debug, Default)]
pub struct Funds(BTreeMap<RoundCode, Arc<RoundFunds>>);

impl Funds {
    /// The rounds with their money, by code.
    pub fn rounds(&self) -> impl Iterator<Item = (&RoundCode, &Arc<RoundFunds>)> {
        self.0.iter()
    }

    /// The money of a round; none where the round was not asked for.
    #[must_use]
    pub fn round(&self, code: &RoundCode) -> Option<&Arc<RoundFunds>> {
        self.0.get(code)
    }

    /// The rounds of these that are named.
    pub(crate) fn of_rounds<'a>(&self, codes: impl IntoIterator<Item = &'a RoundCode>) -> Self {
        let found = codes.into_iter().filter_map(|code| {
            let money = self.0.get(code)?;
            Some((code.clone(), Arc::clone(money)))
        });
        Self(found.collect())
    }

    /// What some recipients have in the rounds.
    pub(crate) fn of_recipients(&self, codes: &[RecipientCode]) -> Self {
        self.each(|money| money.filtered(|code| codes.contains(code)))
    }

    /// The same rounds, each with its money made anew.
    pub(crate) fn each(&self, money: impl Fn(&RoundFunds) -> RoundFunds) -> Self {
        let rounds = self.0.iter();
        let anew = rounds.map(|(code, of_round)| (code.clone(), Arc::new(money(of_round))));
        Self(anew.collect())
    }

    /// These and others.
    pub(crate) fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// Every row of money with its round and recipient.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&RoundCode, &RecipientCode, i64)> {
        let rounds = self.0.iter();
        rounds.flat_map(|(code, money)| money.rows().map(move |(who, row)| (code, who, row)))
    }

    /// The memory that the rows take, in bytes, roughly.
    pub(crate) fn bytes(&self) -> usize {
        self.0.values().map(|money| 400 + money.bytes()).sum()
    }
}

/// The steps of the rounds' claims for repayment.
pub(crate) async fn repayment_claims(
    store: &Store,
    dataset: &Dataset,
    rounds: &[RoundCode],
) -> Result<Vec<repayment_claim::Model>, DbErr> {
    let codes = rounds.iter().map(RoundCode::as_str);
    facts::counting::<repayment_claim::Entity>(dataset)
        .filter(repayment_claim::Column::Round.is_in(codes))
        .all(store.connection())
        .await
}

/// The administrative costs of an assignment.
pub(crate) async fn administrative_costs(
    store: &Store,
    dataset: &Dataset,
    assignment: &RegistryNumber,
) -> Result<Vec<administrative_cost::Model>, DbErr> {
    facts::counting::<administrative_cost::Entity>(dataset)
        .filter(administrative_cost::Column::Assignment.eq(assignment.as_str()))
        .all(store.connection())
        .await
}
