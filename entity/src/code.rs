//! Codes: short texts that keep their leading zeros, each a type of its own.

use sea_orm::{DbErr, DeriveValueType, TryFromU64};

use crate::{Error, OrganisationNumber};

/// The collective under which the county administrative boards report together.
pub const COUNTY_BOARDS: &str = "lansstyrelserna";

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $word:literal, $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
        pub struct $name(String);

        impl $name {
            /// Checks the form of a text.
            ///
            /// # Errors
            /// The text is not of the form that the type's documentation says.
            pub fn parse(text: &str) -> Result<Self, Error> {
                Self::check(text).map(|()| Self(text.to_owned()))
            }

            /// Checks the form of a text, and keeps nothing of it.
            ///
            /// # Errors
            /// As [`Self::parse`].
            pub fn check(text: &str) -> Result<(), Error> {
                let check: fn(&str) -> Result<(), Error> = $check;
                check(text).map_err(|error| match error {
                    Error::Form(text, _) => Error::Form(text, $word),
                    other => other,
                })
            }

            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        // A key column of SeaORM must say whether it can be a generated number: a code never is.
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

code!(
    /// Registry number (diarienummer) as printed, such as `S2016/00633/FST`: printable, without line breaks, at most 60.
    RegistryNumber,
    "registry number",
    |text| printable(text, 60)
);
code!(
    /// Code of a round (omgång), such as `KOM-2018`: printable, without blanks, at most 60.
    RoundCode,
    "round code",
    |text| compact(text, 60)
);
code!(
    /// Code of an indicator (indikator), such as `rutin_skolgang_skyddat_boende`: printable, without blanks and `|`, at
    /// most 100.
    IndicatorCode,
    "indicator code",
    |text| compact(text, 100)
);
code!(
    /// Code of an organisation (myndighet), such as `lansstyrelsen_skane`: lower-case letters, digits and `_`. A
    /// recipient that reports for itself has its recipient code.
    OrganisationCode,
    "organisation code",
    recipient
);
code!(
    /// Code of a county (län): two digits.
    CountyCode,
    "county code (two digits)",
    |text| digits(text, 2)
);
code!(
    /// Code of a recipient (mottagare): a municipality's four digits, a region's `R` and two digits, an organisation
    /// number of ten digits, or an organisation's code.
    RecipientCode,
    "recipient code",
    recipient
);

fn form(text: &str) -> Error {
    Error::Form(text.to_owned(), "code")
}

fn accept(condition: bool, text: &str) -> Result<(), Error> {
    if condition { Ok(()) } else { Err(form(text)) }
}

fn printable(text: &str, most: usize) -> Result<(), Error> {
    let trimmed = text.trim() == text && !text.is_empty();
    accept(
        trimmed && text.chars().count() <= most && !text.chars().any(char::is_control),
        text,
    )
}

fn compact(text: &str, most: usize) -> Result<(), Error> {
    printable(text, most)?;
    accept(
        !text.contains(|c: char| c.is_whitespace() || c == '|'),
        text,
    )
}

fn word(text: &str) -> Result<(), Error> {
    let ok = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    accept(
        text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.len() <= 60
            && text.chars().all(ok),
        text,
    )
}

fn digits(text: &str, count: usize) -> Result<(), Error> {
    accept(
        text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()),
        text,
    )
}

fn recipient(text: &str) -> Result<(), Error> {
    if text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return OrganisationNumber::parse(text).map(|_| ());
    }
    if let Some(county) = text.strip_prefix('R') {
        return digits(county, 2).map_err(|_| form(text));
    }
    digits(text, 4).or_else(|_| word(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipient_codes_have_four_forms() {
        for good in ["0114", "R14", "8999967212", "lansstyrelsen_skane"] {
            assert!(RecipientCode::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "114",
            "R1",
            "R140",
            "01145",
            "",
            " 0114",
            "8999967213",
            "Skåne",
        ] {
            assert!(RecipientCode::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(
            RecipientCode::parse("1912121212"),
            Err(Error::PersonalNumber)
        );
    }
}
