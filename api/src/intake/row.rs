//! A row whose cells have been read: typed values by column name, natural key, canonical content.

use chrono::NaiveDate;
use entity::{RegistryNumber, RowAction, Sek};
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::column::Column;
use super::values::Value;

/// A row without faults of form.
#[derive(Debug)]
pub struct Row<F> {
    /// What every row has.
    pub head: RowHead,
    /// The fact; none where the row removes one.
    pub fact: Option<F>,
}

/// What every row has, whatever its kind.
#[derive(Clone, Debug)]
pub struct RowHead {
    /// Number of the record.
    pub number: i64,
    /// Canonical natural key, owner first.
    pub key: String,
    /// SHA-256 of the canonical content.
    pub content_sha256: ContentHash,
    /// Whether it sets or removes.
    pub action: RowAction,
    /// Document and section of the sources, for reference data.
    pub citations: Vec<(String, Option<String>)>,
}

/// SHA-256 of a row's canonical content; in the store and in texts it is hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentHash([u8; 32]);

impl std::fmt::Display for ContentHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl PartialEq<str> for ContentHash {
    fn eq(&self, other: &str) -> bool {
        hex(&self.0) == other
    }
}

/// The values of a row by column name, and the assignment that owns its key where the kind has one.
#[derive(Debug)]
pub struct Values<'a> {
    held: Vec<(&'static str, Value<'a>)>,
    owner: Option<&'a RegistryNumber>,
    /// Columns that were blank in the file.
    filled: Vec<&'static str>,
}

/// A column was asked for as something that it does not hold: a mistake in the kind's own table of columns.
#[derive(Debug, thiserror::Error)]
#[error("the column {0} does not hold what the kind asks of it")]
pub struct Misread(&'static str);

impl<'a> Values<'a> {
    pub(super) const fn new(
        values: Vec<(&'static str, Value<'a>)>,
        owner: Option<&'a RegistryNumber>,
    ) -> Self {
        Self {
            held: values,
            owner,
            filled: Vec::new(),
        }
    }

    /// The assignment that owns the key.
    pub fn owner(&self) -> Result<RegistryNumber, Misread> {
        self.owner.cloned().ok_or(Misread("assignment"))
    }

    fn get(&self, name: &'static str) -> &Value<'a> {
        self.held
            .iter()
            .find(|(column, _)| *column == name)
            .map_or(&Value::Blank, |(_, value)| value)
    }

    /// A text that must be there.
    pub fn text(&self, name: &'static str) -> Result<String, Misread> {
        self.text_or_none(name)?.ok_or(Misread(name))
    }

    /// A text or none.
    pub fn text_or_none(&self, name: &'static str) -> Result<Option<String>, Misread> {
        Ok(self.written(name)?.map(str::to_owned))
    }

    /// A text or none, where it stands.
    fn written(&self, name: &'static str) -> Result<Option<&str>, Misread> {
        match self.get(name) {
            Value::Blank => Ok(None),
            Value::Text(text) => Ok(Some(text)),
            _ => Err(Misread(name)),
        }
    }

    /// A code that must be there, of a type that parses texts.
    pub fn code<T>(
        &self,
        name: &'static str,
        parse: fn(&str) -> Result<T, entity::Error>,
    ) -> Result<T, Misread> {
        self.code_or_none(name, parse)?.ok_or(Misread(name))
    }

    /// A code or none.
    pub fn code_or_none<T>(
        &self,
        name: &'static str,
        parse: fn(&str) -> Result<T, entity::Error>,
    ) -> Result<Option<T>, Misread> {
        self.written(name)?
            .map(|text| parse(text).map_err(|_| Misread(name)))
            .transpose()
    }

    /// A value of a closed list that must be there.
    pub fn choice<T>(&self, name: &'static str, of: fn(&str) -> Option<T>) -> Result<T, Misread> {
        self.choice_or_none(name, of)?.ok_or(Misread(name))
    }

    /// A value of a closed list or none.
    pub fn choice_or_none<T>(
        &self,
        name: &'static str,
        of: fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Misread> {
        self.written(name)?
            .map(|text| of(text).ok_or(Misread(name)))
            .transpose()
    }

    /// An amount that must be there.
    pub fn money(&self, name: &'static str) -> Result<Sek, Misread> {
        self.money_or_none(name)?.ok_or(Misread(name))
    }

    /// An amount or none.
    pub fn money_or_none(&self, name: &'static str) -> Result<Option<Sek>, Misread> {
        match self.get(name) {
            Value::Blank => Ok(None),
            Value::Money(amount) => Ok(Some(*amount)),
            _ => Err(Misread(name)),
        }
    }

    /// A decimal number or none, with the decimals it was written with.
    pub fn decimal_or_none(&self, name: &'static str) -> Result<Option<Decimal>, Misread> {
        match self.get(name) {
            Value::Blank => Ok(None),
            Value::Decimal(number) => Ok(Some(*number)),
            _ => Err(Misread(name)),
        }
    }

    /// A whole number or none.
    pub fn whole_or_none(&self, name: &'static str) -> Result<Option<i64>, Misread> {
        match self.get(name) {
            Value::Blank => Ok(None),
            Value::Whole(number) => Ok(Some(*number)),
            _ => Err(Misread(name)),
        }
    }

    /// A whole number that must be there.
    pub fn whole(&self, name: &'static str) -> Result<i64, Misread> {
        match self.get(name) {
            Value::Whole(number) => Ok(*number),
            _ => Err(Misread(name)),
        }
    }

    /// A date that must be there.
    pub fn date(&self, name: &'static str) -> Result<NaiveDate, Misread> {
        self.date_or_none(name)?.ok_or(Misread(name))
    }

    /// A date or none.
    pub fn date_or_none(&self, name: &'static str) -> Result<Option<NaiveDate>, Misread> {
        match self.get(name) {
            Value::Blank => Ok(None),
            Value::Date(date) => Ok(Some(*date)),
            _ => Err(Misread(name)),
        }
    }

    /// A truth value or none.
    pub fn flag(&self, name: &'static str) -> Result<Option<bool>, Misread> {
        match self.get(name) {
            Value::Blank => Ok(None),
            Value::Flag(flag) => Ok(Some(*flag)),
            _ => Err(Misread(name)),
        }
    }

    /// A list, empty where blank.
    pub fn list(&self, name: &'static str) -> Result<Vec<String>, Misread> {
        match self.get(name) {
            Value::Blank => Ok(Vec::new()),
            Value::List(parts) => Ok(parts.clone()),
            _ => Err(Misread(name)),
        }
    }

    /// Adds what is said beside the file.
    pub(super) fn add(&mut self, name: &'static str, value: Value<'a>) {
        self.held.push((name, value));
    }

    /// Says in numbers what was answered by yes or no; gives whether it was.
    pub(super) fn yes_is_one(&mut self, name: &'static str) -> bool {
        let held = self.held.iter_mut().find(|(column, _)| *column == name);
        let Some((_, held)) = held else { return false };
        let Value::Flag(yes) = *held else {
            return false;
        };
        *held = Value::Decimal(if yes { Decimal::ONE } else { Decimal::ZERO });
        true
    }

    /// Whether nothing is said.
    pub(super) fn is_blank(&self, name: &'static str) -> bool {
        *self.get(name) == Value::Blank
    }

    /// Fills a blank: the file's form lets it out, its meaning does not.
    pub(super) fn default(&mut self, name: &'static str, value: Value<'a>) {
        if let Some((_, held)) = self
            .held
            .iter_mut()
            .find(|(column, held)| *column == name && *held == Value::Blank)
        {
            *held = value;
            self.filled.push(name);
        }
    }

    /// Whether the file said nothing, and a blank was filled.
    pub(super) fn is_filled(&self, name: &'static str) -> bool {
        self.filled.contains(&name)
    }

    /// The natural key: the owner, then the key columns in their order.
    pub(super) fn key(&self, columns: &[Column]) -> String {
        let mut key = String::with_capacity(32);
        if let Some(owner) = self.owner {
            key.push_str(owner.as_str());
            key.push('|');
        }
        for column in columns.iter().filter(|column| column.key) {
            self.get(column.name).write_canonical(&mut key);
            key.push('|');
        }
        key.pop();
        key.shrink_to_fit();
        key
    }

    /// SHA-256 over the names and canonical values of all columns that are facts.
    pub(super) fn content_sha256(&self, columns: &[Column]) -> ContentHash {
        let mut content = String::with_capacity(256);
        for column in columns {
            content.push_str(column.name);
            content.push('\u{1f}');
            self.get(column.name).write_canonical(&mut content);
            content.push('\u{1e}');
        }
        ContentHash(Sha256::digest(&content).into())
    }
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digits = |byte: &u8| [byte >> 4, byte & 15].map(|half| DIGITS[usize::from(half)]);
    bytes.iter().flat_map(digits).collect()
}
