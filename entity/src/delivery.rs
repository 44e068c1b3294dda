//! What was delivered of what decisions ask for, by whom and when (lämnad redovisning).

use sea_orm::entity::prelude::*;

use crate::{DeliverableKind, Fact, Kind, OrganisationCode, RegistryNumber};

/// A deliverable that an organisation has delivered (lämnad redovisning).
///
/// Decisions give their deliverables no code: kind and last day say which it is.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery")]
pub struct Model {
    /// The received row that holds this fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// The deliverable's kind.
    pub deliverable: DeliverableKind,
    /// The deliverable's last day; none where it has none.
    pub due_on: Option<Date>,
    /// The year that it is about, of what comes every year without a day.
    pub year: Option<i64>,
    /// Who delivered it.
    pub organisation_code: OrganisationCode,
    /// When.
    pub delivered_on: Date,
    /// The deliverer's own number of it.
    pub registry_number: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Fact for Entity {
    const KIND: Kind = Kind::Deliveries;

    fn row_id_of(model: &Model) -> i64 {
        model.row_id
    }
}
