//! A programme (statsbidrag): the unit that recurs.

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RecipientKind, RegistryNumber};

/// A programme (statsbidrag): the unit that recurs.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "programme")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Code.
    pub code: String,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// Who receives; none where two kinds share one sum.
    pub recipient_kind: Option<RecipientKind>,
    /// Title, Swedish.
    pub title: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Programmes;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}
