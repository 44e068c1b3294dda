//! The money of an assignment in memory: read once, and after a change those rounds alone in which something changed.

use std::sync::Arc;

use entity::{RecipientCode, RegistryNumber, RoundCode};

use super::fund_usage::round_codes;
use super::through::{self, Through};
use super::{Error, Reports};
use crate::kept::{Share, Weighed};
use crate::store::funds::{Funds, changed_rounds};
use crate::store::{Dataset, Kinds};

/// What the money of an assignment in a dataset is kept as, and what was read last of it.
const STOCK: &str = "funds";
const LAST_STOCK: &str = "last funds";

/// The money of all rounds of an assignment in a dataset.
pub(super) struct FundStock {
    /// The version, where it is one of what is accepted and nothing else.
    plain: Option<i64>,
    funds: Funds,
}

impl Weighed for FundStock {
    fn bytes(&self) -> usize {
        self.funds.bytes()
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
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        let key = (dataset.key(), assignment.clone());
        let stock: Option<Arc<FundStock>> = self.kept().get(Share::Bases, STOCK, key).await;
        let funds = if let Some(stock) = stock {
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
        let submissions = catalogue.submissions.now();
        self.compute(move || Ok(begun.each(|money| through::cut(money, &submissions, day))))
            .await
    }

    async fn fund_stock(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
    ) -> Result<Arc<FundStock>, Error> {
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        let load = async {
            let catalogue = self.catalogue(dataset).await?;
            let rounds = round_codes(&catalogue, assignment, None);
            let plain = dataset.is_plain().then_some(dataset.version);
            let last = self
                .last_stock(assignment)
                .await
                .filter(|_| plain.is_some());
            let kept = match last.and_then(|stock| Some((stock.plain?, stock))) {
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
            let stock = Arc::new(FundStock { plain, funds });
            if plain.is_some() {
                let (of, last) = (assignment.clone(), Arc::clone(&stock));
                self.kept().insert(Share::Bases, LAST_STOCK, of, last).await;
            }
            Ok(stock)
        };
        let key = (dataset.key(), assignment.clone());
        self.once(Share::Bases, STOCK, key, load).await
    }

    /// The stock that was read last, from which another one is made by what changed between both.
    async fn last_stock(&self, assignment: &RegistryNumber) -> Option<Arc<FundStock>> {
        let of = assignment.clone();
        self.kept().get(Share::Bases, LAST_STOCK, of).await
    }
}
