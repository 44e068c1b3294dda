//! The kinds of recipient, between the store's word and the analytics' word.

use analytics::figure::RecipientKind as Analysed;
use entity::RecipientKind as Stored;

/// The analytics' word for a stored kind.
#[must_use]
pub const fn analysed(kind: Stored) -> Analysed {
    match kind {
        Stored::Municipality => Analysed::Municipality,
        Stored::Region => Analysed::Region,
        Stored::Ngo => Analysed::Ngo,
        Stored::CountyBoard => Analysed::CountyBoard,
        Stored::University => Analysed::University,
        Stored::Agency => Analysed::Agency,
    }
}

/// The store's word for an analysed kind.
#[must_use]
pub const fn stored(kind: Analysed) -> Stored {
    match kind {
        Analysed::Municipality => Stored::Municipality,
        Analysed::Region => Stored::Region,
        Analysed::Ngo => Stored::Ngo,
        Analysed::CountyBoard => Stored::CountyBoard,
        Analysed::University => Stored::University,
        Analysed::Agency => Stored::Agency,
    }
}

/// Swedish name of a kind of recipient in a year: regions were called landsting before 2019.
#[must_use]
pub const fn label_sv(kind: Stored, year: Option<i32>) -> &'static str {
    match kind {
        Stored::Municipality => "Kommuner",
        Stored::Region if matches!(year, Some(..2019)) => "Landsting",
        Stored::Region => "Regioner",
        Stored::Ngo => "Ideella föreningar",
        Stored::CountyBoard => "Länsstyrelser",
        Stored::University => "Universitet",
        Stored::Agency => "Myndigheter",
    }
}
