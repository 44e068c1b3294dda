//! Administrative costs in the schema: what handing out the money cost.

use analytics::administration;
use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};

use super::assignment;
use super::code_list_item::CodeListItem;
use super::error;
use super::guard::Require;
use super::organisation::Organisation;
use super::page::{self, SourceConnection};
use super::rate::Rate;
use super::reading::{Reading, Shelf};
use super::scalars::{Money, RegistryNumber};
use crate::policy::Action;

/// Administrative costs of an assignment (administrativa kostnader).
#[derive(SimpleObject)]
pub struct AdministrativeCosts {
    /// Each year that has costs (år).
    years: Vec<AdministrativeCostYear>,
}

/// Administrative costs of a year (administrativa kostnader per år).
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct AdministrativeCostYear {
    #[graphql(skip)]
    shelf: Shelf,
    #[graphql(skip)]
    assignment: entity::RegistryNumber,
    /// Year (år).
    year: i32,
    /// Costs (kostnader).
    amount: Money,
    /// Paid to recipients of all kinds (utbetalt).
    paid_amount: Money,
    /// Costs / (costs + paid) (administrationens andel).
    share: Rate,
    /// By kind of cost (per kostnadsslag).
    by_cost_kind: Vec<CostKindAmount>,
    /// By organisation (per myndighet).
    by_organisation: Vec<OrganisationAmount>,
}

/// Costs of a kind (belopp per kostnadsslag).
#[derive(SimpleObject)]
pub struct CostKindAmount {
    /// Kind of cost (kostnadsslag).
    cost_kind: CodeListItem,
    /// Costs (belopp).
    amount: Money,
}

/// Costs of an organisation (belopp per myndighet).
#[derive(SimpleObject)]
pub struct OrganisationAmount {
    /// The organisation (myndighet).
    organisation: Option<Organisation>,
    /// Costs (belopp).
    amount: Money,
}

#[ComplexObject]
impl AdministrativeCostYear {
    /// The rows of costs behind the year, by submission and row; payments stand behind fund usage (källor).
    #[graphql(complexity = "page::cost(first, None, child_complexity)")]
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
    ) -> Result<SourceConnection> {
        let (shelf, assignment) = (&self.shelf, &self.assignment);
        let reports = &shelf.request.reports;
        let years = reports.administrative_cost_sources(&shelf.dataset, assignment);
        let years = years.await.map_err(error::report)?;
        let passages = years.get(&self.year).map_or(&[][..], AsRef::as_ref);
        page::sources(ctx, shelf, assignment, passages, first, after).await
    }
}

impl AdministrativeCostYear {
    fn new(
        shelf: &Shelf,
        assignment: &entity::RegistryNumber,
        year: &administration::AdministrationYear,
    ) -> Self {
        Self {
            shelf: shelf.clone(),
            assignment: assignment.clone(),
            year: year.year,
            amount: Money(year.amount),
            paid_amount: Money(year.paid),
            share: (&year.share).into(),
            by_cost_kind: year
                .by_cost_kind
                .iter()
                .map(|(code, amount)| CostKindAmount {
                    cost_kind: CodeListItem::of(shelf, "COST_KIND", code),
                    amount: Money(*amount),
                })
                .collect(),
            by_organisation: year
                .by_organisation
                .iter()
                .map(|(code, amount)| OrganisationAmount {
                    organisation: Organisation::of(shelf, code),
                    amount: Money(*amount),
                })
                .collect(),
        }
    }
}

/// Reading administrative costs.
#[derive(Default)]
pub struct AdministrativeCostQuery(pub Reading);

/// Reading administrative costs.
#[Object(guard = "Require(Action::ReadFigures)")]
impl AdministrativeCostQuery {
    /// What handing out the money of an assignment cost (administrativa kostnader).
    async fn administrative_costs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
    ) -> Result<Option<AdministrativeCosts>> {
        let shelf = self.0.open(ctx).await?;
        let code = assignment::code(&shelf, &assignment, "assignment")?;
        let computed = shelf
            .request
            .reports
            .administrative_costs(&shelf.dataset, &code)
            .await;
        let computed = computed.map_err(error::report)?;
        shelf.request.used(computed.synthetic);
        let years = computed
            .answer
            .iter()
            .map(|year| AdministrativeCostYear::new(&shelf, &code, year))
            .collect();
        Ok(Some(AdministrativeCosts { years }))
    }
}
