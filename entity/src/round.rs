//! A round (omgång) of a programme.

use sea_orm::entity::prelude::*;

use crate::{Fact, Kind, RecipientKind, RegistryNumber, RoundCode, Sek};

/// A round (omgång) of a programme.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "round")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Code, unique in the store.
    pub code: RoundCode,
    /// Programme.
    pub programme: String,
    /// Assignment.
    pub assignment: RegistryNumber,
    /// Grant year.
    pub year: i64,
    /// Who receives.
    pub recipient_kind: RecipientKind,
    /// What can be paid at most.
    pub available_amount: Sek,
    /// First day to ask.
    pub opens_on: Option<Date>,
    /// Last day to ask.
    pub closes_on: Option<Date>,
    /// Last day of use.
    pub use_by: Date,
    /// Last day to report.
    pub report_by: Date,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Rounds;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}
