//! The values of one row, read by what each column holds; every fault of form is a finding.

use chrono::NaiveDate;
use entity::{
    CountyCode, Error, OrganisationCode, OrganisationNumber, RecipientCode, RegistryNumber,
    RoundCode, Sek, looks_like_personal_number,
};

use super::column::{CodeOf, Column, Holds};
use super::header::plain;
use super::number::{self, NumberFault};
use super::rule::Rule;
use super::table::Cell;

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Blank,
    Text(String),
    Money(Sek),
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
pub(super) fn read(column: &Column, cell: &Cell) -> Result<Value, CellFault> {
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
        Cell::Date(date) => from_date(column, *date),
        Cell::Flag(flag) => match column.holds {
            Holds::Flag => Ok(Value::Flag(*flag)),
            _ => from_text(column, if *flag { "true" } else { "false" }),
        },
        Cell::Blank => Ok(Value::Blank),
    }
}

fn from_number(column: &Column, digits: &str) -> Result<Value, CellFault> {
    match column.holds {
        Holds::Code(_) | Holds::Codes => Err(CellFault::plain(Rule::CodeAsNumber)),
        _ => from_text(column, digits),
    }
}

fn from_date(column: &Column, date: Option<NaiveDate>) -> Result<Value, CellFault> {
    match (column.holds, date) {
        (Holds::Date, Some(date)) => Ok(Value::Date(date)),
        (Holds::Date, None) => Err(CellFault::plain(Rule::NotADate)),
        (Holds::Text | Holds::FreeText, Some(date)) => Ok(Value::Text(date.to_string())),
        (Holds::Money | Holds::Whole | Holds::Decimal | Holds::Year, _) => {
            Err(CellFault::plain(Rule::NotANumber))
        }
        _ => Err(CellFault(
            Rule::UnknownValue,
            (
                "Cellen har ett datum.".to_owned(),
                "The cell holds a date.".to_owned(),
            ),
        )),
    }
}

fn from_text(column: &Column, text: &str) -> Result<Value, CellFault> {
    match column.holds {
        Holds::Code(of) => code(of, text),
        Holds::PlainCode => Ok(Value::Text(text.to_owned())),
        Holds::Text | Holds::FreeText => {
            if looks_like_personal_number(text) {
                return Err(CellFault::plain(Rule::PersonalNumber));
            }
            Ok(Value::Text(text.to_owned()))
        }
        Holds::Money => money(text),
        Holds::Decimal => number::parse(text, 12)
            .map(|number| Value::Text(number.to_string()))
            .map_err(|_| CellFault::plain(Rule::NotANumber)),
        Holds::Whole => whole(text),
        Holds::Year => match text.parse::<i64>() {
            Ok(year) if text.len() == 4 && (1900..=2200).contains(&year) => Ok(Value::Whole(year)),
            _ => Err(CellFault::plain(Rule::NotANumber)),
        },
        Holds::Date => date(text)
            .map(Value::Date)
            .ok_or_else(|| CellFault::plain(Rule::NotADate)),
        Holds::Flag => match plain(text).as_str() {
            "true" | "ja" | "1" => Ok(Value::Flag(true)),
            "false" | "nej" | "0" => Ok(Value::Flag(false)),
            _ => Err(unknown_value(&[("true", "ja"), ("false", "nej")])),
        },
        Holds::Choice(choices) => choice(choices, text),
        Holds::Codes => Ok(Value::List(list(text))),
    }
}

fn code(of: CodeOf, text: &str) -> Result<Value, CellFault> {
    let formed = match of {
        CodeOf::Recipient | CodeOf::NewRecipient => RecipientCode::parse(text).map(|_| ()),
        CodeOf::Round | CodeOf::NewRound => RoundCode::parse(text).map(|_| ()),
        CodeOf::County => CountyCode::parse(text).map(|_| ()),
        CodeOf::Organisation => OrganisationCode::parse(text).map(|_| ()),
        CodeOf::Assignment => RegistryNumber::parse(text).map(|_| ()),
        CodeOf::OrganisationNumber => OrganisationNumber::parse(text).map(|_| ()),
        CodeOf::Any => Ok(()),
    };
    let defines = matches!(
        of,
        CodeOf::NewRecipient | CodeOf::NewRound | CodeOf::OrganisationNumber
    );
    match formed {
        Ok(()) => Ok(Value::Text(text.to_owned())),
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

fn money(text: &str) -> Result<Value, CellFault> {
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

fn whole(text: &str) -> Result<Value, CellFault> {
    let number = number::parse(text, 0).map_err(|_| CellFault::plain(Rule::NotANumber))?;
    let number = i64::try_from(number).map_err(|_| CellFault::plain(Rule::NotANumber))?;
    if number < 0 {
        Err(CellFault::plain(Rule::NegativeAmount))
    } else {
        Ok(Value::Whole(number))
    }
}

/// A date of ISO 8601 in full form, within the centuries that anyone reports on.
fn date(text: &str) -> Option<NaiveDate> {
    if text.len() != 10 {
        return None;
    }
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    let year = chrono::Datelike::year(&date);
    (1900..=2200).contains(&year).then_some(date)
}

fn choice(
    choices: &'static [(&'static str, &'static str)],
    text: &str,
) -> Result<Value, CellFault> {
    let name = plain(text);
    choices
        .iter()
        .find(|(code, alias)| name == code.to_lowercase() || name == *alias)
        .map(|(code, _)| Value::Text((*code).to_owned()))
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

impl Value {
    /// The value as written in keys and hashed contents: equal values, equal texts, whatever the habits of the sender.
    pub(super) fn canonical(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Money(amount) => amount.to_string(),
            Self::Whole(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::List(parts) => {
                let mut sorted = parts.clone();
                sorted.sort();
                sorted.join("|")
            }
        }
    }
}
