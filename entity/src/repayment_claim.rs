//! A step of a claim for repayment (återkrav): demanded, deferred, waived or withdrawn.

use sea_orm::entity::prelude::*;

use crate::{ClaimChange, ClaimStep, Fact, Kind, RecipientCode, RoundCode, Sek};

/// A step of a claim for repayment (återkrav).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "repayment_claim")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Reference of the claim; a claim has one row a step.
    pub reference: String,
    /// Round.
    pub round: RoundCode,
    /// Recipient.
    pub recipient_code: RecipientCode,
    /// What was decided.
    pub step: ClaimStep,
    /// The day of the decision.
    pub decided_on: Date,
    /// What is demanded or waived; a deferral and a withdrawal are of all that is left.
    pub amount: Option<Sek>,
    /// The last day to pay, of a demand or a deferral.
    pub due_on: Option<Date>,
    /// The coordinator's own number.
    pub registry_number: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::RepaymentClaims;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}

impl Model {
    /// The natural key: round, reference, step, day of the decision.
    #[must_use]
    pub fn natural_key(&self) -> String {
        let (step, day) = (self.step.code(), self.decided_on);
        format!("{}|{}|{step}|{day}", self.round, self.reference)
    }

    /// What the step does to the claim. A day or an amount that is not there is the day of the decision, or nothing.
    #[must_use]
    pub fn change(&self) -> ClaimChange {
        let (amount, due_on) = (
            self.amount.unwrap_or_default(),
            self.due_on.unwrap_or(self.decided_on),
        );
        match self.step {
            ClaimStep::Demanded => ClaimChange::Demand { amount, due_on },
            ClaimStep::Deferred => ClaimChange::Defer { due_on },
            ClaimStep::Waived => ClaimChange::Waive { amount },
            ClaimStep::Withdrawn => ClaimChange::Withdraw,
        }
    }
}
