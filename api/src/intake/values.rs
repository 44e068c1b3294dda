//! The values of one row, read by what each column holds; every fault of form is a finding.

use std::borrow::Cow;
use std::fmt::Write;

use chrono::NaiveDate;
use entity::{Sek, looks_like_personal_number};

use rust_decimal::Decimal;

use super::codes;
use super::column::{Column, Holds};
use super::day;
use super::header::plain;
use super::mangled;
use super::number::{self, NumberFault};
use super::odd_cell;
use super::rule::Rule;
use super::table::Cell;
use super::written;

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Blank,
    Text(Cow<'a, str>),
    Money(Sek),
    Decimal(Decimal),
    Whole(i64),
    Date(NaiveDate),
    Flag(bool),
    List(Vec<String>),
}

/// A rule that a cell breaks, and what to tell.
pub(super) struct CellFault(pub(super) Rule, pub(super) Said);

/// What to tell of a fault, in Swedish and English.
pub(super) enum Said {
    /// What the rule's own texts are filled with.
    Detail((String, String)),
    /// Other texts, since the cause is known more closely.
    Whole((String, String)),
}

impl CellFault {
    pub(super) fn plain(rule: Rule) -> Self {
        Self(rule, Said::Detail(Default::default()))
    }

    pub(super) fn same(rule: Rule, detail: &str) -> Self {
        Self::detailed(rule, detail.to_owned(), detail.to_owned())
    }

    pub(super) fn detailed(rule: Rule, sv: String, en: String) -> Self {
        Self(rule, Said::Detail((sv, en)))
    }

    pub(super) fn telling(rule: Rule, sv: String, en: String) -> Self {
        Self(rule, Said::Whole((sv, en)))
    }
}

/// Reads a cell as what its column holds.
pub(super) fn read<'a>(column: &Column, cell: Cell<&'a str>) -> Result<Value<'a>, CellFault> {
    match cell {
        _ if cell.is_blank() && column.required => Err(CellFault::plain(Rule::MissingValue)),
        _ if cell.is_blank() => Ok(Value::Blank),
        Cell::Formula | Cell::BlankFormula => Err(CellFault::plain(Rule::FormulaCell)),
        Cell::Error(code) => Err(odd_cell::error_value(code)),
        Cell::Text(text) => {
            let text = text.trim();
            written::check(column, text)?;
            from_text(column, text)
        }
        Cell::Number(digits) => from_number(column, digits),
        Cell::Scaled { stored, shown } => Err(odd_cell::scaled(column, stored, shown)),
        Cell::Padded { stored, shown } => from_padded(column, stored, shown),
        Cell::Date(date) => from_date(column, date),
        Cell::Moment(moment) => match column.holds {
            Holds::Date => Err(odd_cell::time_of_day(moment)),
            _ => from_date(column, None),
        },
        Cell::Flag(flag) => match column.holds {
            Holds::Flag | Holds::Answer => Ok(Value::Flag(flag)),
            _ => from_text(column, if flag { "true" } else { "false" }),
        },
        Cell::Blank => Ok(Value::Blank),
    }
}

fn from_number<'a>(column: &Column, digits: &'a str) -> Result<Value<'a>, CellFault> {
    match column.holds {
        Holds::Code(_) | Holds::Codes => Err(CellFault::plain(Rule::CodeAsNumber)),
        Holds::PlainCode if mangled::is_too_long(digits) => {
            Err(CellFault::plain(Rule::CodeAsNumber))
        }
        Holds::Date => Err(odd_cell::number_for_day(digits)),
        _ => from_text(column, digits),
    }
}

/// A number whose cell shows zeros before it: as a number it is the same, as a text it is not.
fn from_padded<'a>(column: &Column, stored: &'a str, shown: &str) -> Result<Value<'a>, CellFault> {
    match column.holds {
        Holds::PlainCode | Holds::Text | Holds::FreeText => {
            Err(odd_cell::scaled(column, stored, shown))
        }
        _ => from_number(column, stored),
    }
}

fn from_date(column: &Column, date: Option<NaiveDate>) -> Result<Value<'static>, CellFault> {
    match (column.holds, date) {
        (Holds::Date, Some(date)) => Ok(Value::Date(date)),
        (Holds::Date, None) => Err(CellFault::plain(Rule::NotADate)),
        (Holds::Text | Holds::FreeText, Some(date)) => Ok(Value::Text(date.to_string().into())),
        (
            Holds::Money
            | Holds::Whole
            | Holds::Decimal
            | Holds::Answer
            | Holds::Quantity
            | Holds::Year,
            _,
        ) => Err(CellFault::plain(Rule::NotANumber)),
        _ => Err(CellFault::detailed(
            Rule::UnknownValue,
            "Cellen har ett datum.".to_owned(),
            "The cell holds a date.".to_owned(),
        )),
    }
}

fn from_text<'a>(column: &Column, text: &'a str) -> Result<Value<'a>, CellFault> {
    match column.holds {
        Holds::Code(of) => codes::one(of, text),
        Holds::PlainCode => codes::plain(text),
        Holds::Text | Holds::FreeText => {
            if looks_like_personal_number(text) {
                return Err(CellFault::plain(Rule::PersonalNumber));
            }
            Ok(Value::Text(Cow::Borrowed(text)))
        }
        Holds::Money => money(text),
        Holds::Decimal => decimal(text),
        Holds::Quantity => match decimal(text)? {
            Value::Decimal(number) if number < Decimal::ZERO => {
                Err(CellFault::plain(Rule::NegativeAmount))
            }
            number => Ok(number),
        },
        Holds::Whole => whole(text),
        Holds::Year => match text.parse::<i32>() {
            Ok(year) if text.len() == 4 && day::YEARS.contains(&year) => {
                Ok(Value::Whole(year.into()))
            }
            _ => Err(written::year(text)),
        },
        Holds::Date => day::parse(text).map(Value::Date),
        Holds::Flag => flag(text).ok_or_else(|| unknown_value(&[("true", "ja"), ("false", "nej")])),
        Holds::Answer => match flag(text) {
            Some(answer) if decimal(text).is_err() => Ok(answer),
            _ => decimal(text),
        },
        Holds::Choice(choices) => choice(choices, text),
        Holds::Codes => codes::list(text).map(Value::List),
    }
}

fn money(text: &str) -> Result<Value<'static>, CellFault> {
    if let Some(ore) = number::plain_ore(text) {
        return Ok(Value::Money(Sek::from_ore(ore)));
    }
    let amount = number::parse(text, 2).map_err(|fault| {
        CellFault::plain(match fault {
            NumberFault::NotANumber => Rule::NotANumber,
            NumberFault::TooManyDecimals => Rule::TooManyDecimals,
        })
    })?;
    if amount.is_sign_negative() && !amount.is_zero() {
        return Err(CellFault::plain(Rule::NegativeAmount));
    }
    Sek::try_from(amount)
        .map(Value::Money)
        .map_err(|_| CellFault::plain(Rule::NotANumber))
}

/// A number with at most 20 decimals, as many as number cells come to, and below 10 to the power of 15.
fn decimal(text: &str) -> Result<Value<'static>, CellFault> {
    const MOST: Decimal = Decimal::from_parts(0xA4C6_8000, 0x0003_8D7E, 0, false, 0);
    match number::parse_as_written(text, 20) {
        Ok(number) if number.abs() < MOST => Ok(Value::Decimal(number)),
        _ => Err(CellFault::plain(Rule::NotANumber)),
    }
}

fn whole(text: &str) -> Result<Value<'static>, CellFault> {
    if let Some(number) = number::plain_whole(text) {
        return Ok(Value::Whole(number));
    }
    let number = number::parse(text, 0).map_err(|_| CellFault::plain(Rule::NotANumber))?;
    let number = i64::try_from(number).map_err(|_| CellFault::plain(Rule::NotANumber))?;
    if number < 0 {
        Err(CellFault::plain(Rule::NegativeAmount))
    } else {
        Ok(Value::Whole(number))
    }
}

fn flag(text: &str) -> Option<Value<'static>> {
    match plain(text).as_str() {
        "true" | "ja" | "1" => Some(Value::Flag(true)),
        "false" | "nej" | "0" => Some(Value::Flag(false)),
        _ => None,
    }
}

fn choice(
    choices: &'static [(&'static str, &'static str)],
    text: &str,
) -> Result<Value<'static>, CellFault> {
    let chosen = |text: &str| {
        let name = plain(text);
        let mut all = choices.iter();
        let found = all.find(|(code, alias)| name == code.to_lowercase() || name == *alias);
        found.map(|(code, _)| Value::Text(Cow::Borrowed(*code)))
    };
    let several = |text: &str| {
        let parts = text.split(['|', ',', ';', '/', '\n']).map(str::trim);
        text.contains(['|', ',', ';', '/', '\n']) && parts.map(chosen).all(|found| found.is_some())
    };
    match chosen(text) {
        Some(value) => Ok(value),
        None if several(text) => Err(CellFault::telling(
            Rule::UnknownValue,
            "Cellen har flera värden, och kolumnen tar ett enda. Skriv det som stämmer bäst.".to_owned(),
            "The cell holds several values, and the column takes a single one. Write the one that fits best.".to_owned(),
        )),
        None => Err(unknown_value(choices)),
    }
}

fn unknown_value(choices: &[(&str, &str)]) -> CellFault {
    let join =
        |pick: fn(&(&str, &str)) -> String| choices.iter().map(pick).collect::<Vec<_>>().join(", ");
    CellFault::detailed(
        Rule::UnknownValue,
        format!("Tillåtna: {}.", join(|(_, sv)| (*sv).to_owned())),
        format!("Allowed: {}.", join(|(en, _)| (*en).to_owned())),
    )
}

impl Value<'_> {
    /// Writes the value as in keys and hashed contents: equal values, equal texts, whatever the habits of the sender.
    pub(super) fn write_canonical(&self, text: &mut String) {
        // Writing into a String cannot fail.
        let _ = match self {
            Self::Blank => Ok(()),
            Self::Text(own) => text.write_str(own),
            Self::Money(amount) => write!(text, "{amount}"),
            Self::Decimal(number) => write!(text, "{}", number.normalize()),
            Self::Whole(number) => write!(text, "{number}"),
            Self::Date(date) => write!(text, "{date}"),
            Self::Flag(flag) => write!(text, "{flag}"),
            Self::List(parts) => {
                let mut sorted: Vec<&str> = parts.iter().map(String::as_str).collect();
                sorted.sort_unstable();
                text.write_str(&sorted.join("|"))
            }
        };
    }
}
