//! Rows of money one by one: which are asked for, and how many there are, counted once a version.

use std::collections::BTreeSet;

use entity::{Kind, RecipientKind, RegistryNumber, RoundCode};

use super::{Error, Reports};
use crate::kept::Share;
use crate::store::fund_row::{self, FundRow};
use crate::store::{Catalogue, Dataset, Kinds};

/// Which rows of money are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FundRowQuestion {
    /// Of which assignment.
    pub assignment: RegistryNumber,
    /// Of which kinds.
    pub kinds: Vec<Kind>,
    /// Of which grant years; all where none is said.
    pub years: Option<BTreeSet<i64>>,
    /// Of rounds for which kinds of recipient; all where none is said.
    pub recipient_kinds: Option<Vec<RecipientKind>>,
}

impl FundRowQuestion {
    fn rounds(&self, catalogue: &Catalogue) -> Vec<RoundCode> {
        let rounds = catalogue.rounds.iter().filter(|round| {
            round.assignment == self.assignment
                && (self.years.as_ref()).is_none_or(|years| years.contains(&round.year))
                && (self.recipient_kinds.as_ref())
                    .is_none_or(|kinds| kinds.contains(&round.recipient_kind))
        });
        rounds.map(|round| round.code.clone()).collect()
    }
}

impl Reports {
    /// The rows of money after one, in order of receipt: `limit` at most, fewer only where there are no more.
    ///
    /// # Errors
    /// The database fails.
    pub async fn fund_rows(
        &self,
        dataset: &Dataset,
        question: &FundRowQuestion,
        after: i64,
        limit: usize,
    ) -> Result<Vec<FundRow>, Error> {
        let catalogue = self.catalogue(dataset).await?;
        let which = (question.rounds(&catalogue), question.kinds.as_slice());
        let which = (which.0.as_slice(), which.1);
        let found = fund_row::page(&self.store, dataset, which, after, limit).await?;
        Ok(found)
    }

    /// How many there are in all.
    ///
    /// # Errors
    /// The database fails.
    pub async fn fund_row_count(
        &self,
        dataset: &Dataset,
        question: &FundRowQuestion,
    ) -> Result<u64, Error> {
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        let counted = async {
            let catalogue = self.catalogue(dataset).await?;
            let rounds = question.rounds(&catalogue);
            let which = (rounds.as_slice(), question.kinds.as_slice());
            Ok(fund_row::count(&self.store, dataset, which).await?)
        };
        self.once(
            Share::Answers,
            "fund row count",
            (dataset.key(), question.clone()),
            counted,
        )
        .await
    }
}
