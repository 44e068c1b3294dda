//! Appropriations in the schema.

use std::collections::BTreeMap;

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{Sek, appropriation};

use super::code_list_item::CodeListItem;
use super::reading::Shelf;
use super::scalars::Money;
use super::source::{Source, sources};
use super::vocabulary::{DistributionMethod, RecipientKind};

/// Money that a decision sets aside, by item and year (anslag).
pub struct Appropriation {
    pub(crate) shelf: Shelf,
    pub(crate) model: appropriation::Model,
}

/// Money that a decision sets aside, by item and year (anslag).
#[Object]
impl Appropriation {
    /// Year (år).
    async fn year(&self) -> i64 {
        self.model.year
    }

    /// Item (anslagspost).
    async fn item(&self) -> CodeListItem {
        CodeListItem::of(&self.shelf, "APPROPRIATION_ITEM", &self.model.item)
    }

    /// Kinds of recipient; several where one sum is for two kinds (mottagartyper).
    async fn recipient_kinds(&self) -> Vec<RecipientKind> {
        self.model
            .recipient_kinds
            .iter()
            .filter_map(entity::RecipientKind::of)
            .map(RecipientKind::from)
            .collect()
    }

    /// Recipients as printed (mottagare).
    async fn recipient(&self) -> Option<&str> {
        self.model.recipient.as_deref()
    }

    /// How it is handed out; null where no source says (fördelningssätt).
    async fn distribution_method(&self) -> Option<DistributionMethod> {
        self.model.distribution_method.map(DistributionMethod::from)
    }

    /// Amount (belopp).
    async fn amount(&self) -> Money {
        self.model.amount.into()
    }

    /// Condition as printed (villkor).
    async fn condition(&self) -> Option<&str> {
        self.model.condition.as_deref()
    }

    /// Where it is known from (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        sources(
            ctx,
            &self.shelf,
            self.model.row_id,
            Some(&self.model.decision),
        )
        .await
    }
}

/// An amount of a year (belopp per år).
#[derive(Clone, Debug, SimpleObject)]
pub struct YearAmount {
    /// Year (år).
    year: i64,
    /// Amount (belopp).
    amount: Money,
}

/// Appropriations in sum by year.
pub(crate) fn totals<'a>(all: impl Iterator<Item = &'a appropriation::Model>) -> Vec<YearAmount> {
    let mut sums: BTreeMap<i64, i64> = BTreeMap::new();
    for one in all {
        *sums.entry(one.year).or_default() += one.amount.ore();
    }
    sums.into_iter()
        .map(|(year, ore)| YearAmount {
            year,
            amount: Sek::from_ore(ore).into(),
        })
        .collect()
}
