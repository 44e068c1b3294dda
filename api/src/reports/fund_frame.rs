//! The frame of an assignment's money, made year by year: of a year in which nothing changed, the last one's part is taken.

use std::collections::BTreeMap;
use std::sync::Arc;

use analytics::fund_usage::{FundFrame, FundRows, Round};
use entity::{RegistryNumber, RoundCode};

use super::fund_usage::{add_money, is_synthetic, register, rounds};
use super::{Computed, Error, Extent, Reports};
use crate::kept::Weighed;
use crate::store::funds::{Funds, RoundFunds};

use crate::store::{Dataset, Kinds};

/// What the parts of the frame that was made last are kept as.
const PARTS: &str = "fund frame parts";

/// The parts of a frame, with all that they were made of.
#[derive(Default)]
struct FundParts {
    register: FundRows,
    years: BTreeMap<i32, Part>,
}

/// The frame of a year's rounds.
#[derive(Clone)]
struct Part {
    rounds: Vec<(Round, Arc<RoundFunds>)>,
    frame: Arc<FundFrame>,
}

impl Weighed for FundParts {
    fn bytes(&self) -> usize {
        // The frames of years are parts of the whole frame's memory; the registers beside them are the smaller thing.
        let frames = self.years.values().map(|part| part.frame.bytes());
        frames.sum()
    }
}

impl Reports {
    /// The frame of an assignment's money.
    pub(super) async fn fund_frame(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        extent: Extent,
    ) -> Result<Arc<Computed<FundFrame>>, Error> {
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        let compute = async {
            let catalogue = self.catalogue(dataset).await?;
            let funds = self.funds(dataset, assignment, extent.through).await?;
            let synthetic = is_synthetic(&catalogue, assignment, &funds)
                || extent.is_synthetic(&catalogue)
                || catalogue.is_synthetic_kind(&catalogue.kinds_of(assignment));
            let key = (assignment.clone(), extent);
            let before = self.kept().get(extent.share(), PARTS, key.clone()).await;
            let before: Arc<FundParts> = before.unwrap_or_default();
            let register = register(&catalogue, extent);
            let rounds = rounds(&catalogue, assignment, extent.through);
            let work = move || {
                let parts = FundParts::new(register, rounds, &funds, &before)?;
                Ok((parts.join()?, Arc::new(parts)))
            };
            let (answer, parts) = self.compute(work).await?;
            if dataset.is_plain() && extent.through.is_none() {
                let kept = self.kept();
                kept.insert(extent.share(), PARTS, key, parts).await;
            }
            Ok(Arc::new(Computed { answer, synthetic }))
        };
        let key = (dataset.key(), assignment.clone(), extent);
        self.once(extent.share(), "fund frame", key, compute).await
    }
}

impl FundParts {
    /// The parts of a frame. Of those before, a year's part is taken where registers, rounds and rows are the very same.
    fn new(
        register: FundRows,
        rounds: Vec<Round>,
        funds: &Funds,
        before: &Self,
    ) -> Result<Self, analytics::Error> {
        let mut years: BTreeMap<i32, Vec<(Round, Arc<RoundFunds>)>> = BTreeMap::new();
        for round in rounds {
            let code = RoundCode::parse(&round.code).ok();
            let money = code.and_then(|code| funds.round(&code).cloned());
            let year = years.entry(round.year).or_default();
            year.push((round, money.unwrap_or_default()));
        }
        let same_register = register == before.register;
        let part = |(year, rounds): (i32, Vec<(Round, Arc<RoundFunds>)>)| {
            let before = before.years.get(&year).filter(|_| same_register);
            let frame = match before.filter(|part| part.is_of(&rounds)) {
                Some(part) => Arc::clone(&part.frame),
                None => Arc::new(build(&register, &rounds)?),
            };
            Ok((year, Part { rounds, frame }))
        };
        let years = years.into_iter().map(part);
        let years = years.collect::<Result<_, analytics::Error>>()?;
        Ok(Self { register, years })
    }

    fn join(&self) -> Result<FundFrame, analytics::Error> {
        let parts: Vec<_> = self.years.values().map(|part| part.frame.clone()).collect();
        if parts.is_empty() {
            return FundFrame::build(&self.register);
        }
        FundFrame::join(&parts)
    }
}

impl Part {
    /// Whether it was made of the very same rounds and rows.
    fn is_of(&self, rounds: &[(Round, Arc<RoundFunds>)]) -> bool {
        let each = self.rounds.iter().zip(rounds);
        self.rounds.len() == rounds.len()
            && each
                .into_iter()
                .all(|(own, other)| own.0 == other.0 && Arc::ptr_eq(&own.1, &other.1))
    }
}

fn build(
    register: &FundRows,
    rounds: &[(Round, Arc<RoundFunds>)],
) -> Result<FundFrame, analytics::Error> {
    let mut rows = FundRows {
        rounds: rounds.iter().map(|(round, _)| round.clone()).collect(),
        ..register.clone()
    };
    for (round, money) in rounds {
        if let Ok(code) = RoundCode::parse(&round.code) {
            add_money(&mut rows, &code, money);
        }
    }
    FundFrame::build(&rows)
}
