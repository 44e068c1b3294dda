//! Codes and references in cells: in one normal form, without what nobody sees, and with advice that fits what is wrong.

use std::borrow::Cow;

use entity::{
    CountyCode, Error, IndicatorCode, OrganisationCode, OrganisationNumber, RecipientCode,
    RegistryNumber, RoundCode, invisible, looks_like_personal_number, normal_form,
};

use super::column::{COUNTRY, CodeOf};
use super::finding::quiet;
use super::kolada;
use super::mangled;
use super::rule::Rule;
use super::values::{CellFault, Value};

/// What people part lists with where `|` is asked for.
const OTHER_SIGNS: [char; 5] = [',', ';', '\n', '\r', '\t'];

/// A code of a form.
pub(super) fn one(of: CodeOf, text: &str) -> Result<Value<'_>, CellFault> {
    let text = seen(text)?;
    if of == CodeOf::KoladaArea {
        let area = kolada::area(&text).into_owned();
        check(CodeOf::Area, &area)?;
        return Ok(Value::Text(area.into()));
    }
    let text = ten_digits(of, text);
    check(of, &text)?;
    Ok(Value::Text(text))
}

/// A code of any form.
pub(super) fn plain(text: &str) -> Result<Value<'_>, CellFault> {
    let text = seen(text)?;
    if looks_like_personal_number(&text) {
        return Err(CellFault::plain(Rule::PersonalNumber));
    }
    Ok(Value::Text(text))
}

/// The parts of a cell between `|`, each once, in the order written.
pub(super) fn list(text: &str) -> Result<Vec<String>, CellFault> {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    // Codes of places among other signs, or with a word between them.
    let words = text.split(|one: char| !one.is_alphanumeric() && one != '-');
    let words: Vec<&str> = words
        .filter(|word| !matches!(*word, "" | "och" | "samt" | "and"))
        .collect();
    let numbers = words.len() > 1 && !text.contains('|') && words.iter().all(|word| digits(word));
    if text.contains(OTHER_SIGNS) || numbers {
        let parts: Vec<&str> = match numbers {
            true => words,
            false => text.split(OTHER_SIGNS).map(str::trim).collect(),
        };
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let told = quiet(&parts.join("|"));
        return Err(CellFault::telling(
            Rule::UnknownCode,
            format!("En lista i en cell delas med |. Skriv {told}."),
            format!("A list within a cell is parted by |. Write {told}."),
        ));
    }
    let mut parts: Vec<String> = Vec::new();
    for part in text.split('|').filter(|part| !part.trim().is_empty()) {
        let part = seen(part.trim())?;
        if looks_like_personal_number(&part) {
            return Err(CellFault::plain(Rule::PersonalNumber));
        }
        if part.len() == 3 && digits(&part) {
            return Err(lost_zero(&part));
        }
        let part = ten_digits(CodeOf::Recipient, part);
        if !parts.iter().any(|known| *known == part) {
            parts.push(part.into_owned());
        }
    }
    Ok(parts)
}

/// A code in normal form.
///
/// # Errors
/// `invisible_character`, by its name; `unknown_value` for letters of another alphabet and numbers that were shortened.
pub(super) fn seen(text: &str) -> Result<Cow<'_, str>, CellFault> {
    if let Some(letter) = invisible(text) {
        return Err(unseen(letter));
    }
    let normal = normal_form(text);
    mangled::shortened(&normal)?;
    match normal
        .chars()
        .find(|letter| is_of_another_alphabet(*letter))
    {
        Some(letter) => Err(of_another_alphabet(letter)),
        None => Ok(normal),
    }
}

/// Whether a letter is none of the Latin alphabet: in a code it is there by mistake, and may look like one that is.
fn is_of_another_alphabet(letter: char) -> bool {
    letter.is_alphabetic()
        && !matches!(letter, '\0'..='\u{24f}' | '\u{2b0}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}')
}

fn of_another_alphabet(letter: char) -> CellFault {
    let number = format!("U+{:04X}", u32::from(letter));
    CellFault::telling(
        Rule::UnknownValue,
        format!(
            "Koden har bokstaven {letter} ({number}) ur ett annat alfabet, som kan se ut som en latinsk. Skriv koden på nytt."
        ),
        format!(
            "The code holds the letter {letter} ({number}) of another alphabet, which may look like a Latin one. Write the code anew."
        ),
    )
}

/// A character that nobody sees, by its number and name.
pub(super) fn unseen(letter: char) -> CellFault {
    let (sv, en) = match letter {
        '\u{200b}' => ("nollbrett mellanslag", "zero width space"),
        '\u{feff}' => ("byteordningsmarkering", "byte order mark"),
        '\u{ad}' => ("mjukt bindestreck", "soft hyphen"),
        '\u{200c}' | '\u{200d}' | '\u{2060}' => ("osynlig sammanfogning", "invisible joiner"),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            ("tecken för skrivriktning", "bidirectional control")
        }
        '\t' => ("tabb", "tab"),
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => ("radbrytning", "line break"),
        _ if letter.is_control() => ("styrtecken", "control character"),
        _ => ("osynligt tecken", "invisible character"),
    };
    let number = format!("U+{:04X}", u32::from(letter));
    CellFault::detailed(
        Rule::InvisibleCharacter,
        format!("{number} ({sv})"),
        format!("{number} ({en})"),
    )
}

/// An organisation number that is written with its hyphen, or with the century that some registers put before it, as the
/// ten digits that the code is.
fn ten_digits(of: CodeOf, text: Cow<'_, str>) -> Cow<'_, str> {
    if !matches!(
        of,
        CodeOf::Recipient | CodeOf::NewRecipient | CodeOf::Area | CodeOf::OrganisationNumber
    ) {
        return text;
    }
    let short = match text.len() {
        12 | 13 => text.strip_prefix("16"),
        11 => Some(&*text),
        _ => None,
    };
    let digits = short.map(|short| match short.split_once('-') {
        Some((first, last)) if first.len() == 6 && last.len() == 4 => format!("{first}{last}"),
        _ => short.to_owned(),
    });
    match digits {
        Some(digits) if OrganisationNumber::parse(&digits).is_ok() => Cow::Owned(digits),
        _ => text,
    }
}

fn check(of: CodeOf, text: &str) -> Result<(), CellFault> {
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
    if looks_like_personal_number(text) {
        return Err(CellFault::plain(Rule::PersonalNumber));
    }
    match formed {
        Ok(()) => Ok(()),
        Err(Error::PersonalNumber) if defines => Err(CellFault::plain(Rule::PersonalNumber)),
        Err(Error::CheckDigit) if defines => Err(CellFault::detailed(
            Rule::UnknownValue,
            "Organisationsnumrets kontrollsiffra är fel.".to_owned(),
            "The check digit of the organisation number is wrong.".to_owned(),
        )),
        Err(_) => Err(unformed(of, text, defines)),
    }
}

/// What to do about a code that does not have its form.
fn unformed(of: CodeOf, text: &str, defines: bool) -> CellFault {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let of_place = matches!(
        of,
        CodeOf::Recipient | CodeOf::NewRecipient | CodeOf::Area | CodeOf::KoladaArea
    );
    if let Some(whole) = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0"))
        && is_digits(whole)
    {
        return CellFault::telling(
            Rule::UnknownCode,
            format!(
                "Koden {text} har blivit ett tal med decimaler. Skriv den som text, med alla siffror och inledande nollor."
            ),
            format!(
                "The code {text} has become a number with decimals. Write it as text, with all its digits and leading zeros."
            ),
        );
    }
    if of_place && text.len() == 3 && is_digits(text) {
        return lost_zero(text);
    }
    if of == CodeOf::County && text.len() == 1 && is_digits(text) {
        return CellFault::telling(
            Rule::UnknownCode,
            format!(
                "En länskod har två siffror, och den inledande nollan har gått förlorad i {text}. Skriv 0{text}, i en kolumn som är text."
            ),
            format!(
                "A county's code has two digits, and the leading zero is lost in {text}. Write 0{text}, in a column that is text."
            ),
        );
    }
    if defines {
        return CellFault::detailed(
            Rule::UnknownValue,
            "Koden har inte rätt form.".to_owned(),
            "The code does not have the right form.".to_owned(),
        );
    }
    let told = quiet(text);
    if text.contains(OTHER_SIGNS) || text.contains('|') {
        return CellFault::telling(
            Rule::UnknownCode,
            format!(
                "Cellen har flera koder, {told}, och kolumnen tar en enda. Skriv en rad för varje."
            ),
            format!(
                "The cell holds several codes, {told}, and the column takes a single one. Write a row for each."
            ),
        );
    }
    if of_place && text.chars().any(char::is_uppercase) && !text.starts_with('R') {
        return CellFault::telling(
            Rule::UnknownCode,
            format!(
                "{told} är ingen kod. Skriv koden i stället för namnet: fyra siffror för en kommun, R och två siffror för en region, tio siffror för en förening."
            ),
            format!(
                "{told} is no code. Write the code in the place of the name: four digits for a municipality, R and two digits for a region, ten digits for an association."
            ),
        );
    }
    CellFault::same(Rule::UnknownCode, text)
}

/// A municipality's code that a spreadsheet took for a number.
fn lost_zero(text: &str) -> CellFault {
    CellFault::telling(
        Rule::UnknownCode,
        format!(
            "En kommunkod har fyra siffror, och den inledande nollan har gått förlorad i {text}. Skriv 0{text}, i en kolumn som är text."
        ),
        format!(
            "A municipality's code has four digits, and the leading zero is lost in {text}. Write 0{text}, in a column that is text."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(of: CodeOf, text: &str) -> Result<String, Rule> {
        match one(of, text) {
            Ok(Value::Text(code)) => Ok(code.into_owned()),
            Ok(other) => panic!("{other:?} is no code"),
            Err(CellFault(rule, _)) => Err(rule),
        }
    }

    #[test]
    fn organisation_numbers_are_ten_digits_however_they_are_parted() {
        for written in [
            "8999967212",
            "899996-7212",
            "899996–7212",
            "168999967212",
            "16899996-7212",
        ] {
            for of in [
                CodeOf::NewRecipient,
                CodeOf::Recipient,
                CodeOf::OrganisationNumber,
            ] {
                assert_eq!(read(of, written).as_deref(), Ok("8999967212"), "{written}");
            }
        }
        assert_eq!(
            read(CodeOf::NewRecipient, "899996-7213"),
            Err(Rule::UnknownValue)
        );
        assert_eq!(
            read(CodeOf::Recipient, "121212-1212"),
            Err(Rule::PersonalNumber)
        );
        // A reference is what its sender calls it.
        assert_eq!(
            read(CodeOf::Any, "899996-7212").as_deref(),
            Ok("899996-7212")
        );
    }

    #[test]
    fn references_have_one_form_and_nothing_that_nobody_sees() {
        assert_eq!(
            read(CodeOf::Any, "BET-O\u{308}–17").as_deref(),
            Ok("BET-Ö-17")
        );
        assert_eq!(
            read(CodeOf::Any, "BET\u{200b}17"),
            Err(Rule::InvisibleCharacter)
        );
        assert_eq!(
            read(CodeOf::Any, "BET 121212/1212"),
            Err(Rule::PersonalNumber)
        );
        for letter in ['\u{412}', '\u{395}', '\u{13f4}'] {
            let written = format!("{letter}ET-17");
            assert_eq!(read(CodeOf::Any, &written), Err(Rule::UnknownValue));
        }
        assert_eq!(read(CodeOf::Any, "ÅÄÖé-Ñ").as_deref(), Ok("ÅÄÖé-Ñ"));
        assert_eq!(
            read(CodeOf::Round, "\u{202e}KOM-2017"),
            Err(Rule::InvisibleCharacter)
        );
    }

    #[test]
    fn lists_are_parted_by_one_sign_alone() {
        let read = |text: &str| list(text).map_err(|CellFault(rule, _)| rule);
        assert_eq!(
            read("0380| 0381|0380|"),
            Ok(vec!["0380".to_owned(), "0381".to_owned()])
        );
        for text in [
            "0380, 0381",
            "0380;0381",
            "0380\n0381",
            "0380 0381",
            "0380/0381",
            "0380 och 0381",
            "0380 + 0381",
            "380|0381",
        ] {
            assert_eq!(read(text), Err(Rule::UnknownCode), "{text}");
        }
    }
}
