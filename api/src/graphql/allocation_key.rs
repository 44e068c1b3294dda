//! The allocation key in the schema: as decided, or as it would be under another rule.

use std::sync::Arc;

use analytics::figure::Inequality;
use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use entity::Sek;

use super::assignment;
use super::error::{self, Code};
use super::guard::Require;
use super::rate::Rate;
use super::reading::{Reading, Shelf};
use super::recipient::Recipient;
use super::scalars::{Date, Decimal, Money, RegistryNumber};
use super::source::{Source, of_rows, sources};
use super::vocabulary::{Absent, AllocationMeasure, RecipientKind};
use crate::policy::Action;
use crate::reports::{Computed, KeyAnswer, KeyQuestion, KeyRowAnswer, WhatIf};

/// Another rule to try (tänkt regel). What is left out stays as decided.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AllocationKeyInput {
    /// Another pool (summa att fördela).
    pool: Option<Money>,
    /// Another base (grundbelopp).
    base: Option<Money>,
    /// Another threshold in inhabitants (gräns för grundbelopp).
    threshold: Option<i32>,
    /// The populations of another day (befolkningens dag).
    population_date: Option<Date>,
}

/// An allocation key (fördelningsnyckel).
pub struct AllocationKey {
    shelf: Shelf,
    computed: Arc<Computed<KeyAnswer>>,
    year: i32,
}

/// An allocation key (fördelningsnyckel).
#[Object]
impl AllocationKey {
    /// Whether another rule than the decision's was tried (tänkt).
    async fn hypothetical(&self) -> bool {
        self.computed.answer.hypothetical
    }

    /// What is shared out (summa att fördela).
    async fn pool(&self) -> Money {
        self.computed.answer.pool.into()
    }

    /// What each recipient below the threshold gets whatever its population (grundbelopp).
    async fn base(&self) -> Money {
        self.computed.answer.base.into()
    }

    /// Inhabitants below which a recipient gets the base (gräns för grundbelopp).
    async fn threshold(&self) -> i64 {
        self.computed.answer.threshold
    }

    /// Σ rounded amounts − pool: taken off the three most populous, or added (avrundningsrest).
    async fn residue(&self) -> Money {
        Money(self.computed.answer.key.residue)
    }

    /// (pool − base × recipients below the threshold) / Σ population (kronor per invånare).
    async fn rate_per_inhabitant(&self) -> Rate {
        (&self.computed.answer.key.rate_per_inhabitant).into()
    }

    /// One row a recipient, in Swedish alphabetical order (rader).
    async fn rows(&self) -> Vec<AllocationKeyRow> {
        let rows = self.computed.answer.rows.iter();
        rows.map(|row| AllocationKeyRow {
            shelf: self.shelf.clone(),
            row: row.clone(),
            year: self.year,
        })
        .collect()
    }

    /// Where the decision's rule is known from (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let rule = &self.computed.answer.rule;
        sources(ctx, &self.shelf, rule.row_id, Some(&rule.assignment)).await
    }

    /// How even amounts, and amounts per inhabitant, are (likvärdighet).
    async fn equality(&self) -> Vec<AllocationEquality> {
        let key = &self.computed.answer.key;
        vec![
            AllocationEquality::new(AllocationMeasure::Amount, &key.amount_equality),
            AllocationEquality::new(
                AllocationMeasure::AmountPerInhabitant,
                &key.amount_per_inhabitant_equality,
            ),
        ]
    }
}

/// A recipient's row of an allocation key (rad i fördelningsnyckeln).
pub struct AllocationKeyRow {
    shelf: Shelf,
    row: KeyRowAnswer,
    year: i32,
}

/// A recipient's row of an allocation key (rad i fördelningsnyckeln).
#[Object]
impl AllocationKeyRow {
    /// The recipient (mottagare).
    async fn recipient(&self) -> Option<Recipient> {
        Recipient::in_year(
            &self.shelf,
            self.row.printed.recipient_code.as_str(),
            Some(self.year),
        )
    }

    /// The name as the decision prints it, damage included (tryckt namn).
    async fn printed_name(&self) -> &str {
        &self.row.printed.printed_name
    }

    /// Inhabitants (befolkning).
    async fn population(&self) -> i64 {
        self.row.population
    }

    /// The day they were counted (befolkningens dag).
    async fn population_date(&self) -> Date {
        Date(self.row.population_date)
    }

    /// Population group as printed, 1 to 5 (befolkningsgrupp).
    async fn population_group(&self) -> i64 {
        self.row.printed.population_group
    }

    /// Amount as computed here (beräknat belopp).
    async fn amount(&self) -> Money {
        Money(self.row.amount)
    }

    /// Amount as the decision prints it (tryckt belopp).
    async fn printed_amount(&self) -> Money {
        self.row.printed.amount.into()
    }

    /// Computed − printed (skillnad).
    async fn difference(&self) -> Money {
        Money(self.row.amount - self.row.printed.amount.kronor())
    }

    /// Amount by inhabitants (belopp per invånare).
    async fn amount_per_inhabitant(&self) -> Rate {
        (&self.row.amount_per_inhabitant).into()
    }

    /// Where the printed row is known from, and then the population that was used where the register has it (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let printed = &self.row.printed;
        let used = |one: &&entity::population::Model| {
            (one.date, one.count) == (self.row.population_date, self.row.population)
        };
        let catalogue = &self.shelf.catalogue;
        let population = catalogue.populations_of(&printed.recipient_code).find(used);
        let rows: Vec<i64> = [Some(printed.row_id), population.map(|one| one.row_id)]
            .into_iter()
            .flatten()
            .collect();
        of_rows(ctx, &self.shelf, &rows, Some(&printed.assignment)).await
    }
}

/// How even a figure of the key is (likvärdighet i fördelningsnyckeln).
#[derive(SimpleObject)]
pub struct AllocationEquality {
    /// Which figure (mått).
    measure: AllocationMeasure,
    /// Gini coefficient (Ginikoefficient).
    gini: Option<Decimal>,
    /// Theil's T (Theils T).
    theil: Option<Decimal>,
    /// Population standard deviation / mean (variationskoefficient).
    coefficient_of_variation: Option<Decimal>,
    /// Ninetieth by tenth percentile (kvot mellan nittionde och tionde percentilen).
    p90_to_p10: Option<Decimal>,
    /// Why one of these measures is null (orsak till att mått saknas).
    absent: Option<Absent>,
}

impl AllocationEquality {
    fn new(measure: AllocationMeasure, found: &Inequality) -> Self {
        Self {
            measure,
            gini: found.gini.map(Decimal),
            theil: found.theil.map(Decimal),
            coefficient_of_variation: found.coefficient_of_variation.map(Decimal),
            p90_to_p10: found.p90_to_p10.map(Decimal),
            absent: found.absent.map(Absent::from),
        }
    }
}

/// Reading allocation keys.
#[derive(Default)]
pub struct AllocationKeyQuery(pub Reading);

/// Reading allocation keys.
#[Object(guard = "Require(Action::ReadFigures)")]
impl AllocationKeyQuery {
    /// An allocation key, as decided or under another rule (fördelningsnyckel).
    async fn allocation_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "Kind of recipient (mottagartyp).")] recipient_kind: RecipientKind,
        #[graphql(desc = "Grant year (bidragsår).")] year: i32,
        #[graphql(desc = "Another rule to try (tänkt regel).")] what_if: Option<AllocationKeyInput>,
    ) -> Result<Option<AllocationKey>> {
        let shelf = self.0.open(ctx).await?;
        let code = assignment::code(&shelf, &assignment, "assignment")?;
        let tried = what_if.unwrap_or_default();
        let question = KeyQuestion {
            assignment: code,
            recipient_kind: recipient_kind.into(),
            year,
            what_if: WhatIf {
                pool: sek(tried.pool, "whatIf.pool")?,
                base: sek(tried.base, "whatIf.base")?,
                threshold: tried.threshold.map(i64::from),
                population_date: tried.population_date.map(|date| date.0),
            },
        };
        let computed = shelf
            .request
            .reports
            .allocation_key(&shelf.dataset, question)
            .await
            .map_err(error::report)?;
        shelf.request.used(computed.synthetic);
        Ok(Some(AllocationKey {
            shelf,
            computed,
            year,
        }))
    }
}

fn sek(amount: Option<Money>, path: &str) -> Result<Option<Sek>> {
    let read = |amount: Money| {
        amount
            .sek()
            .map_err(|wrong| error::argument(Code::BadUserInput, path, &wrong.to_string()))
    };
    amount.map(read).transpose()
}
