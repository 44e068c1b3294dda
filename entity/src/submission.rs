//! A submission (inleverans): one file that somebody sent.

use sea_orm::entity::prelude::*;

use crate::{Kind, Moment, Nature, OrganisationCode, RegistryNumber, Verdict};

/// The sender of the reference data, which travel in the program.
pub const REFERENCE_SENDER: &str = "samsyn";

/// A submission (inleverans): one file that somebody sent.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "submission")]
pub struct Model {
    /// Identity, in order of receipt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// What its rows are.
    pub kind: Kind,
    /// The assignment it belongs to; none for registers.
    pub assignment: Option<RegistryNumber>,
    /// The sender: whose data it is.
    pub organisation_code: OrganisationCode,
    /// Who handed it in.
    pub actor: String,
    /// Real, synthetic or mixed data.
    pub nature: Nature,
    /// The name of the file, without folders.
    pub file_name: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// When this system received it.
    pub received_at: Moment,
    /// The day the document was registered as received, where it is older.
    pub registered_on: Option<Date>,
    /// The plan version that the file is, for activity plans.
    pub plan_version: Option<i64>,
    /// The day that version was decided.
    pub decided_on: Option<Date>,
    /// What came of it on receipt.
    pub verdict: Verdict,
    /// Id of its first row; the others follow without a gap.
    pub first_row_id: i64,
    /// Number of rows stored.
    pub row_count: i64,
    /// Rows without an earlier row of their key.
    pub new_count: i64,
    /// Rows that replaced one of other content.
    pub corrected_count: i64,
    /// Rows equal to what counted already.
    pub unchanged_count: i64,
}

impl ActiveModelBehavior for ActiveModel {}
