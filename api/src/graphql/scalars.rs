//! Scalars: money and decimals as strings in both directions, dates, and each code as a type of its own.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;
use entity::Sek;

macro_rules! code_scalar {
    ($(#[$doc:meta])* $name:ident, $graphql:literal, $of:ty) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(pub $of);

        $(#[$doc])*
        #[Scalar(name = $graphql)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                match value {
                    Value::String(text) => <$of>::parse(&text).map(Self).map_err(InputValueError::custom),
                    other => Err(InputValueError::expected_type(other)),
                }
            }

            fn to_value(&self) -> Value {
                Value::String(self.0.to_string())
            }
        }
    };
}

code_scalar!(
    /// Registry number (diarienummer), such as `S2016/00633/FST`.
    RegistryNumber, "RegistryNumber", entity::RegistryNumber
);
code_scalar!(
    /// Code of a recipient (mottagarkod): a municipality's four digits, a region's `R` and two digits, an organisation
    /// number of ten digits, or an organisation's code.
    RecipientCode, "RecipientCode", entity::RecipientCode
);
code_scalar!(
    /// Code of a county (länskod): two digits.
    CountyCode, "CountyCode", entity::CountyCode
);
code_scalar!(
    /// Code of a round (omgångskod), such as `KOM-2018`.
    RoundCode, "RoundCode", entity::RoundCode
);
code_scalar!(
    /// Code of an organisation (myndighetskod), such as `socialstyrelsen`.
    OrganisationCode, "OrganisationCode", entity::OrganisationCode
);

code_scalar!(
    /// Code of an indicator (indikatorkod), such as `rutin_skolgang_skyddat_boende`.
    IndicatorCode, "IndicatorCode", entity::IndicatorCode
);

code_scalar!(
    /// Code of a figure (sifferkod): definition, assignment and key, such as
    /// `fund.usage_rate|S2016/00633/FST|2018|MUNICIPALITY`.
    FigureCode, "FigureCode", crate::reports::FigureCode
);

/// Code of an area (område): `SE`, a county's code or a recipient's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaCode(pub String);

/// Code of an area (område): `SE`, a county's code or a recipient's.
#[Scalar(name = "AreaCode")]
impl ScalarType for AreaCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text)),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// An amount in Swedish kronor (belopp) as a string with two decimals, such as `"50000000.00"`. As input also without
/// decimals; never a number, which programs read through binary fractions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money(pub rust_decimal::Decimal);

impl From<Sek> for Money {
    fn from(amount: Sek) -> Self {
        Self(amount.kronor())
    }
}

impl Money {
    /// The amount as the store has it.
    pub(crate) fn sek(self) -> Result<Sek, entity::Error> {
        Sek::try_from(self.0)
    }
}

/// An amount in Swedish kronor (belopp) as a string with two decimals, such as `"50000000.00"`. As input also without
/// decimals; never a number, which programs read through binary fractions.
#[Scalar(name = "Money")]
impl ScalarType for Money {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        let amount = plain_decimal(text).filter(|amount| amount.scale() <= 2);
        let amount = amount.and_then(|amount| Sek::try_from(amount).ok());
        amount
            .map(Self::from)
            .ok_or_else(|| InputValueError::custom("an amount is a string such as \"61234567.00\""))
    }

    fn to_value(&self) -> Value {
        Value::String(format!("{:.2}", self.0))
    }
}

/// An exact decimal number (decimaltal) as a string, without exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal(pub rust_decimal::Decimal);

/// An exact decimal number (decimaltal) as a string, without exponent.
#[Scalar(name = "Decimal")]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        plain_decimal(text)
            .map(Self)
            .ok_or_else(|| InputValueError::custom("a decimal is a string such as \"0.25\""))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A civil date (datum) in Europe/Stockholm, ISO 8601: `2018-12-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date(pub NaiveDate);

/// A civil date (datum) in Europe/Stockholm, ISO 8601: `2018-12-31`.
#[Scalar(name = "Date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        let date = (text.len() == 10)
            .then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
            .flatten();
        date.map(Self)
            .ok_or_else(|| InputValueError::custom("a date is a string such as \"2018-12-31\""))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A decimal number written with digits and at most one point.
fn plain_decimal(text: &str) -> Option<rust_decimal::Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (are_digits(whole) && are_digits(fraction))
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_a_string_both_ways_and_exact() {
        let read = |value: Value| Money::parse(value).ok().map(|money| money.to_value());
        let text = |text: &str| Value::String(text.to_owned());
        assert_eq!(read(text("61234567")), Some(text("61234567.00")));
        assert_eq!(
            read(text("12345678901234567.89")),
            Some(text("12345678901234567.89"))
        );
        for bad in [
            text("1e5"),
            text("1,5"),
            text("1.005"),
            text(""),
            text("."),
            text("1."),
            Value::from(5),
            Value::from(5.5),
        ] {
            assert_eq!(read(bad.clone()), None, "{bad}");
        }
    }
}
