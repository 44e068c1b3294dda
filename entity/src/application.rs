//! An application (ansökan) and its decision.

use sea_orm::entity::prelude::*;

use crate::{ApplicationDecision, Fact, Kind, RecipientCode, RoundCode, Sek};

/// An application (ansökan) and its decision.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "application")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Round.
    pub round: RoundCode,
    /// Recipient.
    pub recipient_code: RecipientCode,
    /// Amount asked for.
    pub applied_amount: Sek,
    /// Day.
    pub applied_on: Date,
    /// Decision; none = undecided.
    pub decision: Option<ApplicationDecision>,
    /// Amount granted.
    pub granted_amount: Option<Sek>,
    /// Day of the decision.
    pub decided_on: Option<Date>,
    /// Free text: purpose.
    pub purpose_id: Option<i64>,
    /// Registry number.
    pub registry_number: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Applications;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}
