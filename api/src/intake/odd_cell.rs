//! Cells of a sheet that hold something else than they show, or nothing that counts: what to tell of them.

use chrono::NaiveDateTime;

use super::column::{Column, Holds};
use super::hidden::comma;
use super::rule::Rule;
use super::values::CellFault;

/// A number whose cell shows another one: which is meant only the sender knows.
pub(super) fn scaled(column: &Column, stored: &str, shown: &str) -> CellFault {
    if matches!(column.holds, Holds::Code(_) | Holds::Codes) {
        return CellFault::plain(Rule::CodeAsNumber);
    }
    CellFault::detailed(
        Rule::NumberFormat,
        format!("{} men har talet {}", comma(shown), comma(stored)),
        format!("{shown} but holds the number {stored}"),
    )
}

/// A number where a day is asked for: a day is a number to the program that shows it.
pub(super) fn number_for_day(digits: &str) -> CellFault {
    CellFault::telling(
        Rule::NotADate,
        format!(
            "Cellen har talet {} och inget datum. Ge den datumformat om det är ett datum, eller skriv ÅÅÅÅ-MM-DD.",
            comma(digits)
        ),
        format!(
            "The cell holds the number {digits} and no date. Give it a date format if it is a date, or write YYYY-MM-DD."
        ),
    )
}

/// A day with a time of day, which its format may hide.
pub(super) fn time_of_day(moment: NaiveDateTime) -> CellFault {
    let (day, time) = (moment.date(), moment.format("%H:%M:%S"));
    CellFault::telling(
        Rule::NotADate,
        format!(
            "Datumcellen har också ett klockslag, {time}, som formatet kan dölja. Skriv {day} utan klockslag, om det är dagen."
        ),
        format!(
            "The date cell also holds a time of day, {time}, which its format may hide. Write {day} without a time, if that is the day."
        ),
    )
}

/// An error value, by its names in Swedish and English programs.
pub(super) fn error_value(code: &str) -> CellFault {
    const SWEDISH: [(&str, &str); 7] = [
        ("#N/A", "#SAKNAS!"),
        ("#REF!", "#REFERENS!"),
        ("#DIV/0!", "#DIVISION/0!"),
        ("#VALUE!", "#VÄRDEFEL!"),
        ("#NAME?", "#NAMN?"),
        ("#NUM!", "#OGILTIGT!"),
        ("#NULL!", "#SKÄRNING!"),
    ];
    let known = SWEDISH.iter().find(|(english, _)| *english == code);
    let (english, swedish) = known.copied().unwrap_or(("#", "#"));
    CellFault::telling(
        Rule::UnknownValue,
        format!(
            "Cellen har felvärdet {swedish} i stället för ett värde. Skriv värdet, eller rätta formeln som det kom från."
        ),
        format!(
            "The cell holds the error value {english} instead of a value. Write the value, or correct the formula that it came from."
        ),
    )
}
