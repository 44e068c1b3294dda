//! Findings in the schema: what a rule said of a row.

use async_graphql::SimpleObject;
use entity::finding;

use crate::graphql::vocabulary::Severity;
use crate::intake;

/// What a rule said of a file, a row or a cell (anmärkning).
#[derive(Clone, Debug, SimpleObject)]
pub struct Finding {
    /// Whether it blocks the submission (allvarlighet).
    severity: Severity,
    /// Code of the rule (regel).
    rule: String,
    /// Sheet of the workbook; null for text files (blad).
    sheet: Option<String>,
    /// Number of the record, the header is 1; null for the whole file (rad).
    row: Option<i64>,
    /// Canonical name of the column (kolumn).
    column: Option<String>,
    /// Natural key of the row (nyckel).
    key: Option<String>,
    /// What to do, in Swedish (meddelande).
    message_sv: String,
    /// What to do, in English (meddelande på engelska).
    message_en: String,
}

impl From<finding::Model> for Finding {
    fn from(model: finding::Model) -> Self {
        Self {
            severity: model.severity.into(),
            rule: model.rule,
            sheet: model.sheet,
            row: model.row_number,
            column: model.column_name,
            key: model.natural_key,
            message_sv: model.message_sv,
            message_en: model.message_en,
        }
    }
}

impl From<intake::Finding> for Finding {
    fn from(found: intake::Finding) -> Self {
        Self {
            severity: found.severity.into(),
            rule: found.rule.code().to_owned(),
            sheet: found.sheet,
            row: found.row,
            column: found.column,
            key: found.key,
            message_sv: found.message_sv,
            message_en: found.message_en,
        }
    }
}
