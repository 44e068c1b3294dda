//! What a figure is: a quantity or a rate, in a unit, and how it is shown.

use analytics::figure::{Absent, Rate};
use rust_decimal::{Decimal, RoundingStrategy};

use super::Language;

/// The unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Kronor, exact to the öre; whole kronor for show.
    Kronor,
    /// Kronor per inhabitant; two decimals for show.
    KronorPerInhabitant,
    /// A count.
    Count,
    /// A count per recipient; two decimals for show.
    PerRecipient,
    /// A share between 0 and 1; percent with one decimal for show.
    Share,
    /// A difference between two shares; percentage points with one decimal for show.
    ShareDifference,
    /// A number without a unit; three decimals for show.
    Number,
    /// Percent as a document prints it; one decimal for show.
    Percent,
    /// Percentage points; one decimal for show.
    PercentagePoints,
}

/// The value of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A bare number, or why there is none.
    Quantity(Result<Decimal, Absent>),
    /// A quotient with what stands behind it.
    Rate(Rate),
}

impl Value {
    /// A number that is always there.
    pub(super) const fn some(value: Decimal) -> Self {
        Self::Quantity(Ok(value))
    }

    /// A count.
    pub(super) fn count(count: u64) -> Self {
        Self::some(count.into())
    }

    /// A number that may be missing for a reason.
    pub(super) fn or_absent(value: Option<Decimal>, absent: Option<Absent>) -> Self {
        Self::Quantity(value.ok_or(absent.unwrap_or(Absent::NothingToDivide)))
    }

    /// The exact number, or why there is none.
    ///
    /// # Errors
    /// There is none.
    pub fn number(&self) -> Result<Decimal, Absent> {
        match self {
            Self::Quantity(value) => *value,
            Self::Rate(rate) => rate
                .value
                .ok_or(rate.absent.unwrap_or(Absent::NothingToDivide)),
        }
    }

    /// Why there is no number, for readers: of a rate with nothing to divide by, the reason that all of its missing share.
    #[must_use]
    pub fn why(&self) -> Option<Absent> {
        let absent = self.number().err()?;
        match self {
            Self::Rate(rate) if absent == Absent::NothingToDivide => {
                match rate.missing.as_slice() {
                    [only] => Some(only.reason),
                    _ => Some(absent),
                }
            }
            _ => Some(absent),
        }
    }

    /// As it is shown: rounded half away from zero once, from the exact value.
    #[must_use]
    pub fn shown(&self, unit: Unit, language: Language) -> String {
        match self.number() {
            Ok(value) => unit.shown(value, language),
            Err(_) => "–".to_owned(),
        }
    }
}

impl Unit {
    /// Its word, as the schema names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kronor => "KRONOR",
            Self::KronorPerInhabitant => "KRONOR_PER_INHABITANT",
            Self::Count => "COUNT",
            Self::PerRecipient => "PER_RECIPIENT",
            Self::Share => "SHARE",
            Self::ShareDifference => "SHARE_DIFFERENCE",
            Self::Number => "NUMBER",
            Self::Percent => "PERCENT",
            Self::PercentagePoints => "PERCENTAGE_POINTS",
        }
    }

    /// The unit with a word.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        let all = [
            Self::Kronor,
            Self::KronorPerInhabitant,
            Self::Count,
            Self::PerRecipient,
            Self::Share,
            Self::ShareDifference,
            Self::Number,
            Self::Percent,
            Self::PercentagePoints,
        ];
        all.into_iter().find(|one| one.code() == code)
    }

    /// Decimals for show.
    #[must_use]
    pub const fn decimals(self) -> u32 {
        match self {
            Self::Kronor | Self::Count => 0,
            Self::Share | Self::ShareDifference | Self::Percent | Self::PercentagePoints => 1,
            Self::KronorPerInhabitant | Self::PerRecipient => 2,
            Self::Number => 3,
        }
    }

    /// The number that is shown of an exact one: percent for shares, rounded half away from zero.
    #[must_use]
    pub fn rounded(self, value: Decimal) -> Decimal {
        let value = if matches!(self, Self::Share | Self::ShareDifference) {
            value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value)
        } else {
            value
        };
        value.round_dp_with_strategy(self.decimals(), RoundingStrategy::MidpointAwayFromZero)
    }

    /// The exact number as it is shown, without unit.
    #[must_use]
    pub fn shown(self, value: Decimal, language: Language) -> String {
        let text = format!(
            "{:.*}",
            usize::try_from(self.decimals()).unwrap_or(0),
            self.rounded(value)
        );
        grouped(&text, language)
    }

    /// The unit after a number.
    #[must_use]
    pub const fn label(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Kronor, Language::Swedish) => "kr",
            (Self::Kronor, Language::English) => "SEK",
            (Self::KronorPerInhabitant, Language::Swedish) => "kr per invånare",
            (Self::KronorPerInhabitant, Language::English) => "SEK per inhabitant",
            (Self::Count, Language::Swedish) => "antal",
            (Self::Count, Language::English) => "count",
            (Self::PerRecipient, Language::Swedish) => "per mottagare",
            (Self::PerRecipient, Language::English) => "per recipient",
            (Self::Share | Self::Percent, Language::Swedish) => "procent",
            (Self::Share | Self::Percent, Language::English) => "percent",
            (Self::ShareDifference | Self::PercentagePoints, Language::Swedish) => "procentenheter",
            (Self::ShareDifference | Self::PercentagePoints, Language::English) => {
                "percentage points"
            }
            (Self::Number, Language::Swedish) => "tal",
            (Self::Number, Language::English) => "number",
        }
    }

    /// How it is rounded, as the register says it.
    #[must_use]
    pub const fn rounding(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Kronor, Language::Swedish) => {
                "Exakt till öret; visas i hela kronor, hälften från noll."
            }
            (Self::Kronor, Language::English) => {
                "Exact to the öre; shown in whole kronor, half away from zero."
            }
            (Self::Count, Language::Swedish) => "Hela tal; avrundas inte.",
            (Self::Count, Language::English) => "Whole numbers; not rounded.",
            (Self::Share, Language::Swedish) => {
                "Täljare genom nämnare, en gång, 12 decimaler, hälften från noll; visas i procent med en decimal."
            }
            (Self::Share, Language::English) => {
                "Numerator by denominator, once, 12 decimals, half away from zero; shown in percent with one decimal."
            }
            (Self::ShareDifference, Language::Swedish) => {
                "Skillnaden mellan två andelar med 12 decimaler; visas i procentenheter med en decimal, hälften från noll."
            }
            (Self::ShareDifference, Language::English) => {
                "The difference between two shares with 12 decimals; shown in percentage points with one decimal, half away from zero."
            }
            (Self::KronorPerInhabitant | Self::PerRecipient, Language::Swedish) => {
                "Täljare genom nämnare, en gång, 12 decimaler, hälften från noll; visas med två decimaler."
            }
            (Self::KronorPerInhabitant | Self::PerRecipient, Language::English) => {
                "Numerator by denominator, once, 12 decimals, half away from zero; shown with two decimals."
            }
            (Self::Number, Language::Swedish) => {
                "12 decimaler, hälften från noll; visas med tre decimaler."
            }
            (Self::Number, Language::English) => {
                "12 decimals, half away from zero; shown with three decimals."
            }
            (Self::Percent | Self::PercentagePoints, Language::Swedish) => {
                "Som den är publicerad, eller exakt; visas med en decimal, hälften från noll."
            }
            (Self::Percent | Self::PercentagePoints, Language::English) => {
                "As published, or exact; shown with one decimal, half away from zero."
            }
        }
    }
}

/// Thousands in groups: no-break spaces and a comma in Swedish, commas and a point in English.
fn grouped(text: &str, language: Language) -> String {
    let (thousand, decimal, minus) = match language {
        Language::Swedish => ('\u{a0}', ',', '\u{2212}'),
        Language::English => (',', '.', '\u{2212}'),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.trim_start_matches('-');
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.' | b'-'));
    let mut shown = String::new();
    if whole.starts_with('-') && !is_zero {
        shown.push(minus);
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(thousand);
        }
        shown.push(digit);
    }
    if !fraction.is_empty() {
        shown.push(decimal);
        shown.push_str(fraction);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_in_both_languages() {
        let shown = |unit: Unit, text: &str, language| {
            unit.shown(text.parse().expect("a number"), language)
        };
        let sv = Language::Swedish;
        assert_eq!(
            shown(Unit::Kronor, "50000000.50", sv),
            "50\u{a0}000\u{a0}001"
        );
        assert_eq!(shown(Unit::Kronor, "-0.49", sv), "0");
        assert_eq!(shown(Unit::Share, "0.91850", sv), "91,9");
        assert_eq!(shown(Unit::Number, "-0.2996", sv), "\u{2212}0,300");
        assert_eq!(shown(Unit::Kronor, "1234.5", Language::English), "1,235");
    }
}
