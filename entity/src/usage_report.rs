//! A usage report (återrapportering).

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RecipientCode, RoundCode, Sek};

/// A usage report (återrapportering).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "usage_report")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Round.
    pub round: RoundCode,
    /// Recipient.
    pub recipient_code: RecipientCode,
    /// Day.
    pub reported_on: Date,
    /// What was not used.
    pub unused_amount: Sek,
    /// Free text: comment.
    pub comment_id: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::UsageReports;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}
