//! The tombstone of a free text or a file that a decision took away.

use sea_orm::entity::prelude::*;

use crate::{Moment, RegistryNumber};

/// The tombstone of a free text or a file that a decision took away.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "redaction")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The table: `free_text` or `file_content`.
    pub target: String,
    /// The key there.
    pub target_key: String,
    /// Registry number of the decision.
    pub decision: RegistryNumber,
    /// Why, in the words of who carried it out.
    pub reason: String,
    /// Who carried it out.
    pub actor: String,
    /// When.
    pub at: Moment,
}

impl ActiveModelBehavior for ActiveModel {}
