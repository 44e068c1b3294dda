//! A link in time between two recipients' codes.

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, LinkKind, RecipientCode};

/// A link in time between two recipients' codes.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recipient_link")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// What happened.
    pub link: LinkKind,
    /// Before.
    pub from_code: RecipientCode,
    /// After.
    pub to_code: RecipientCode,
    /// First day of the latter.
    pub date: Date,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::RecipientLinks;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}
