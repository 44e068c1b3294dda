//! The money of an assignment in memory: read once, and after a change those rounds alone in which something changed.

use std::sync::Arc;

use entity::{RecipientCode, RegistryNumber, RoundCode};
use moka::future::Cache;

use super::cache::{by_bytes, once};
use super::fund_usage::round_codes;
use super::through::{self, Through};
use super::{Error, Reports};
use crate::store::funds::{Funds, changed_rounds};
use crate::store::{Dataset, DatasetKey, Registered};

/// What the stocks take at most, in bytes, where rounds that several share are counted for each.
const MOST_BYTES: u64 = 400_000_000;

type Key = (DatasetKey, RegistryNumber);

/// The money of assignments by dataset.
#[derive(Clone)]
pub(super) struct FundStocks(Cache<Key, Arc<FundStock>>);

/// The money of all rounds of an assignment in a dataset.
pub(super) struct FundStock {
    /// The version, where it is one of what is accepted and nothing else.
    plain: Option<i64>,
    funds: Funds,
}

impl Default for FundStocks {
    fn default() -> Self {
        Self(by_bytes(MOST_BYTES, |stock: &Arc<FundStock>| {
            stock.funds.bytes()
        }))
    }
}

impl FundStocks {
    /// The stock of the nearest version, from which another one is made by what changed between both.
    fn nearest(&self, assignment: &RegistryNumber, version: i64) -> Option<(i64, Arc<FundStock>)> {
        let own = self.0.iter().filter(|(key, _)| key.1 == *assignment);
        let plain = own.filter_map(|(_, stock)| Some((stock.plain?, stock)));
        plain.min_by_key(|(of, _)| of.abs_diff(version))
    }
}

impl Reports {
    /// The money of an assignment's rounds, through a day.
    pub(super) async fn funds(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        through: Through,
    ) -> Result<Funds, Error> {
        let stock = self.fund_stock(dataset, assignment).await?;
        self.begun(&stock.funds, dataset, assignment, through).await
    }

    /// The money of some recipients: out of the stock where there is one, and else theirs alone is read.
    pub(super) async fn funds_of(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        through: Through,
        recipients: &[RecipientCode],
    ) -> Result<Funds, Error> {
        let key = (dataset.key(), assignment.clone());
        let funds = if let Some(stock) = self.fund_stocks.0.get(&key).await {
            let recipients = recipients.to_vec();
            self.compute(move || Ok(stock.funds.of_recipients(&recipients)))
                .await?
        } else {
            let catalogue = self.catalogue(dataset).await?;
            let rounds = round_codes(&catalogue, assignment, through);
            Funds::load(&self.store, dataset, &rounds, Some(recipients)).await?
        };
        self.begun(&funds, dataset, assignment, through).await
    }

    /// What of the money had happened by a day, in the rounds that had begun.
    async fn begun(
        &self,
        funds: &Funds,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        through: Through,
    ) -> Result<Funds, Error> {
        let catalogue = self.catalogue(dataset).await?;
        let rounds = round_codes(&catalogue, assignment, through);
        let begun = funds.of_rounds(&rounds);
        let Some(day) = through else {
            return Ok(begun);
        };
        let registered = Registered::load(&self.store).await?;
        self.compute(move || Ok(begun.each(|money| through::cut(money, &registered, day))))
            .await
    }

    async fn fund_stock(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
    ) -> Result<Arc<FundStock>, Error> {
        let load = async {
            let catalogue = self.catalogue(dataset).await?;
            let rounds = round_codes(&catalogue, assignment, None);
            let plain = dataset.is_plain().then_some(dataset.version);
            let near = plain.and_then(|version| self.fund_stocks.nearest(assignment, version));
            let kept = match near {
                None => Funds::default(),
                Some((version, stock)) => {
                    let versions = (version, dataset.version);
                    let changed = changed_rounds(&self.store, versions).await?;
                    let same = rounds.iter().filter(|round| !changed.contains(*round));
                    stock.funds.of_rounds(same)
                }
            };
            let wanted: Vec<RoundCode> = rounds
                .into_iter()
                .filter(|round| kept.round(round).is_none())
                .collect();
            let read = Funds::load(&self.store, dataset, &wanted, None).await?;
            let funds = kept.and(read);
            Ok(Arc::new(FundStock { plain, funds }))
        };
        let key = (dataset.key(), assignment.clone());
        once(&self.fund_stocks.0, key, load).await
    }
}
