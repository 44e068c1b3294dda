//! The values of one row, read by what each column holds; every fault of form is a finding.

use std::borrow::Cow;
use std::fmt::Write;

use chrono::NaiveDate;
use entity::{
    CountyCode, Error, IndicatorCode, OrganisationCode, OrganisationNumber, RecipientCode,
    RegistryNumber, RoundCode, Sek, looks_like_personal_number,
};

use rust_decimal::Decimal;

use super::column::{COUNTRY, CodeOf, Column, Holds};
use super::header::plain;
use super::kolada;
use super::number::{self, NumberFault};
use super::rule::Rule;
use super::table::Cell;

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

/// A rule that a cell breaks, and the detail to tell in Swedish and English.
pub(super) struct CellFault(pub(super) Rule, pub(super) (String, String));

impl CellFault {
    fn plain(rule: Rule) -> Self {
        Self(rule, Default::default())
    }

    fn same(rule: Rule, detail: &str) -> Self {
        Self(rule, (detail.to_owned(), detail.to_owned()))
    }
}

/// Reads a cell as what its column holds.
pub(super) fn read<'a>(column: &Column, cell: Cell<&'a str>) -> Result<Value<'a>, CellFault> {
    match cell {
        _ if cell.is_blank() && column.required => {
            Err(CellFault::same(Rule::MissingValue, column.name))
        }
        _ if cell.is_blank() => Ok(Value::Blank),
        Cell::Formula => Err(CellFault::plain(Rule::FormulaCell)),
        Cell::Error => Err(CellFault(
            Rule::UnknownValue,
            (
                "Cellen visar ett fel, som #SAKNAS!.".to_owned(),
                "The cell shows an error, such as #N/A.".to_owned(),
            ),
        )),
        Cell::Text(text) => from_text(column, text.trim()),
        Cell::Number(digits) => from_number(column, digits),
        Cell::Date(date) => from_date(column, date),
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
        _ => from_text(column, digits),
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
        _ => Err(CellFault(
            Rule::UnknownValue,
            (
                "Cellen har ett datum.".to_owned(),
                "The cell holds a date.".to_owned(),
            ),
        )),
    }
}

fn from_text<'a>(column: &Column, text: &'a str) -> Result<Value<'a>, CellFault> {
    match column.holds {
        Holds::Code(of) => code(of, text),
        Holds::PlainCode => Ok(Value::Text(Cow::Borrowed(text))),
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
        Holds::Year => match text.parse::<i64>() {
            Ok(year) if text.len() == 4 && (1900..=2200).contains(&year) => Ok(Value::Whole(year)),
            _ => Err(CellFault::plain(Rule::NotANumber)),
        },
        Holds::Date => date(text)
            .map(Value::Date)
            .ok_or_else(|| CellFault::plain(Rule::NotADate)),
        Holds::Flag => flag(text).ok_or_else(|| unknown_value(&[("true", "ja"), ("false", "nej")])),
        Holds::Answer => match flag(text) {
            Some(answer) if decimal(text).is_err() => Ok(answer),
            _ => decimal(text),
        },
        Holds::Choice(choices) => choice(choices, text),
        Holds::Codes => Ok(Value::List(list(text))),
    }
}

fn code(of: CodeOf, text: &str) -> Result<Value<'_>, CellFault> {
    if of == CodeOf::KoladaArea {
        let area = kolada::area(text);
        code(CodeOf::Area, &area)?;
        return Ok(Value::Text(area));
    }
    let formed = match of {
        CodeOf::Recipient | CodeOf::NewRecipient => RecipientCode::check(text),
        CodeOf::Round | CodeOf::NewRound => RoundCode::check(text),
        CodeOf::County => CountyCode::check(text),
        CodeOf::Organisation => OrganisationCode::check(text),
        CodeOf::Assignment => RegistryNumber::check(text),
        CodeOf::OrganisationNumber => OrganisationNumber::parse(text).map(|_| ()),
        CodeOf::Indicator | CodeOf::NewIndicator => IndicatorCode::check(text),
        CodeOf::Area if text == COUNTRY => Ok(()),
        CodeOf::Area | CodeOf::KoladaArea => {
            CountyCode::check(text).or_else(|_| RecipientCode::check(text))
        }
        CodeOf::Any => Ok(()),
    };
    let defines = matches!(
        of,
        CodeOf::NewRecipient | CodeOf::NewRound | CodeOf::NewIndicator | CodeOf::OrganisationNumber
    );
    match formed {
        Ok(()) => Ok(Value::Text(Cow::Borrowed(text))),
        Err(Error::PersonalNumber) if defines => Err(CellFault::plain(Rule::PersonalNumber)),
        Err(_) if looks_like_personal_number(text) => Err(CellFault::plain(Rule::PersonalNumber)),
        Err(Error::CheckDigit) if defines => Err(CellFault(
            Rule::UnknownValue,
            (
                "Organisationsnumrets kontrollsiffra är fel.".to_owned(),
                "The check digit of the organisation number is wrong.".to_owned(),
            ),
        )),
        Err(_) if defines => Err(CellFault(
            Rule::UnknownValue,
            (
                "Koden har inte rätt form.".to_owned(),
                "The code does not have the right form.".to_owned(),
            ),
        )),
        Err(_) => Err(CellFault::same(Rule::UnknownCode, text)),
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

/// A date of ISO 8601 in full form, within the centuries that anyone reports on.
fn date(text: &str) -> Option<NaiveDate> {
    if text.len() != 10 {
        return None;
    }
    let date = plain_date(text).or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())?;
    let year = chrono::Datelike::year(&date);
    (1900..=2200).contains(&year).then_some(date)
}

/// A date of four, two and two digits: as all but every date is written, and read without a general reader.
fn plain_date(text: &str) -> Option<NaiveDate> {
    let part = |from: usize, to: usize| text.get(from..to).and_then(number::plain_whole);
    let marks = text.as_bytes().get(4) == Some(&b'-') && text.as_bytes().get(7) == Some(&b'-');
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let small = |number: i64| u32::try_from(number).ok();
    let year = i32::try_from(year).ok()?;
    NaiveDate::from_ymd_opt(year, small(month)?, small(day)?).filter(|_| marks)
}

fn choice(
    choices: &'static [(&'static str, &'static str)],
    text: &str,
) -> Result<Value<'static>, CellFault> {
    let name = plain(text);
    choices
        .iter()
        .find(|(code, alias)| name == code.to_lowercase() || name == *alias)
        .map(|(code, _)| Value::Text(Cow::Borrowed(*code)))
        .ok_or_else(|| unknown_value(choices))
}

fn unknown_value(choices: &[(&str, &str)]) -> CellFault {
    let join =
        |pick: fn(&(&str, &str)) -> String| choices.iter().map(pick).collect::<Vec<_>>().join(", ");
    CellFault(
        Rule::UnknownValue,
        (
            format!("Tillåtna: {}.", join(|(_, sv)| (*sv).to_owned())),
            format!("Allowed: {}.", join(|(en, _)| (*en).to_owned())),
        ),
    )
}

/// The parts of a cell between `|`, each once, in the order written.
fn list(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in text
        .split('|')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        if !parts.iter().any(|known| known == part) {
            parts.push(part.to_owned());
        }
    }
    parts
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
