//! Swedish alphabetical order as bytes that both databases compare alike: å, ä, ö after z.

use std::sync::OnceLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;

/// The collation key of a text: keys compare as bytes the way the texts stand in a Swedish register.
#[must_use]
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::new();
    if let Some(collator) = swedish() {
        // Writing into a vector cannot fail.
        let Ok(()) = collator.write_sort_key_to(text, &mut key);
    }
    key
}

fn swedish() -> Option<&'static CollatorBorrowed<'static>> {
    static COLLATOR: OnceLock<Option<CollatorBorrowed<'static>>> = OnceLock::new();
    let make = || {
        let preferences = CollatorPreferences::from(&locale!("sv"));
        CollatorBorrowed::try_new(preferences, CollatorOptions::default()).ok()
    };
    COLLATOR.get_or_init(make).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swedish_letters_stand_after_z() {
        let mut names = [
            "Östersund",
            "Åre",
            "Ängelholm",
            "Zinkgruvan",
            "Arboga",
            "Årjäng",
            "Aneby",
        ];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(
            names,
            [
                "Aneby",
                "Arboga",
                "Zinkgruvan",
                "Åre",
                "Årjäng",
                "Ängelholm",
                "Östersund"
            ]
        );
    }
}
