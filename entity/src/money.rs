//! Money: kronor as `Decimal` outside, whole öre in the database.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use sea_orm::DeriveValueType;

use crate::Error;

/// An amount in Swedish kronor, exact to the öre.
///
/// It is stored as `BIGINT` öre on both databases, since SQLite has no exact decimal. No float ever touches it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
pub struct Sek(i64);

/// The columns of the tables that hold an amount, in öre; no column of another meaning has such a name.
pub const MONEY_COLUMNS: &[&str] = &[
    "amount",
    "applied_amount",
    "available_amount",
    "base",
    "granted_amount",
    "pool",
    "unused_amount",
];

impl Sek {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount of whole öre.
    #[must_use]
    pub const fn from_ore(ore: i64) -> Self {
        Self(ore)
    }

    /// The amount in öre.
    #[must_use]
    pub const fn ore(self) -> i64 {
        self.0
    }

    /// The amount in kronor, with two decimals.
    #[must_use]
    pub fn kronor(self) -> Decimal {
        Decimal::new(self.0, 2)
    }
}

impl TryFrom<Decimal> for Sek {
    type Error = Error;

    /// # Errors
    /// [`Error::TooManyDecimals`] past the öre, [`Error::TooLarge`] past 64 bits of öre.
    fn try_from(kronor: Decimal) -> Result<Self, Error> {
        let kronor = kronor.normalize();
        if kronor.scale() > 2 {
            return Err(Error::TooManyDecimals);
        }
        let ore = kronor
            .checked_mul(Decimal::ONE_HUNDRED)
            .ok_or(Error::TooLarge)?;
        ore.to_i64().map(Self).ok_or(Error::TooLarge)
    }
}

impl std::fmt::Display for Sek {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let ore = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", ore / 100, ore % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kronor_have_two_decimals_and_nothing_is_rounded() {
        assert_eq!(Sek::from_ore(5_000_000_000).to_string(), "50000000.00");
        for ore in [0, -5, 7, -100, 123_456, i64::MAX, i64::MIN] {
            let sek = Sek::from_ore(ore);
            assert_eq!(sek.to_string(), sek.kronor().to_string());
        }
        assert_eq!(Sek::from_ore(-5).to_string(), "-0.05");
        assert_eq!(
            Sek::try_from(Decimal::new(123_450, 3)),
            Ok(Sek::from_ore(12_345))
        );
        assert_eq!(
            Sek::try_from(Decimal::new(123_456, 3)),
            Err(Error::TooManyDecimals)
        );
        assert_eq!(Sek::try_from(Decimal::MAX), Err(Error::TooLarge));
    }
}
