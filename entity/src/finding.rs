//! What a rule said of a submission.

use sea_orm::entity::prelude::*;

use crate::Severity;

/// What a rule said of a submission.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "finding")]
pub struct Model {
    /// The submission.
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission_id: i64,
    /// Order in the report, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i64,
    /// Whether it blocks.
    pub severity: Severity,
    /// Code of the rule.
    pub rule: String,
    /// Sheet of the workbook.
    pub sheet: Option<String>,
    /// Number of the record; none for the whole file.
    pub row_number: Option<i64>,
    /// Canonical name of the column.
    pub column_name: Option<String>,
    /// Natural key of the row.
    pub natural_key: Option<String>,
    /// What to do, in Swedish.
    pub message_sv: String,
    /// What to do, in English.
    pub message_en: String,
}

impl ActiveModelBehavior for ActiveModel {}
