//! What a cell of a template takes: drop-down lists, numbers, dates.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, XlsxError,
};

use super::write::allowed;
use crate::intake::{Column, Holds};

/// The rule of a column's cells; `range` is where its codes stand.
///
/// Values of closed lists are held to; a code that is not offered may be new, and is asked about only.
pub(super) fn validation(
    column: &Column,
    range: Option<&String>,
) -> Result<Option<DataValidation>, XlsxError> {
    let rule = DataValidation::new();
    let (rule, message) = match (column.holds, range) {
        (Holds::Codes, _) => return Ok(None),
        (Holds::Choice(_), Some(range)) => (
            rule.allow_list_formula(Formula::new(range)),
            "Välj ett av värdena i listan.",
        ),
        (_, Some(range)) => {
            let rule = rule
                .allow_list_formula(Formula::new(range))
                .set_error_style(DataValidationErrorStyle::Warning);
            (
                rule,
                "Koden finns inte i listan. Den kan vara ny eller felskriven.",
            )
        }
        (Holds::Choice(choices), None) => (
            rule.allow_list_strings(&allowed(choices))?,
            "Välj ett av värdena i listan.",
        ),
        (Holds::Flag, None) => (
            rule.allow_list_strings(&["ja", "nej"])?,
            "Välj ja eller nej.",
        ),
        (Holds::Money, None) => (
            rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
            "Skriv ett belopp i kronor, högst två decimaler och inte under 0.",
        ),
        (Holds::Whole, None) => (
            rule.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
            "Skriv ett heltal som inte är under 0.",
        ),
        (Holds::Year, None) => (
            rule.allow_whole_number(DataValidationRule::Between(1900, 2200)),
            "Skriv ett år med fyra siffror.",
        ),
        (Holds::Date, None) => (
            rule.allow_date(DataValidationRule::Between(
                ExcelDateTime::from_ymd(1901, 1, 1)?,
                ExcelDateTime::from_ymd(2200, 12, 31)?,
            )),
            "Skriv ett datum, ÅÅÅÅ-MM-DD.",
        ),
        _ => return Ok(None),
    };
    let rule = rule.set_error_title("Kontrollera värdet")?;
    Ok(Some(rule.set_error_message(message)?))
}
