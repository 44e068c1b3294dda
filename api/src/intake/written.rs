//! How numbers are written: what looks like one and may mean two things, or is none at all, with advice that fits.

use super::codes::unseen;
use super::column::{Column, Holds};
use super::finding::quiet;
use super::header::plain;
use super::number;
use super::rule::Rule;
use super::values::CellFault;

/// Words and signs that stand for a value that is not there.
const ABSENT: [&str; 18] = [
    "na",
    "n/a",
    "n.a.",
    "nan",
    "null",
    "none",
    "nil",
    "saknas",
    "uppgift saknas",
    "#saknas!",
    "#n/a",
    "#na",
    "ej redovisat",
    "ej aktuellt",
    "ej tillgängligt",
    "ej tillämpligt",
    "x",
    "i.u.",
];

/// Looks at a text before it is read as what its column holds.
///
/// # Errors
/// What nobody sees in it, a mark for a value that is not there, or points or commas that may part thousands.
pub(super) fn check(column: &Column, text: &str) -> Result<(), CellFault> {
    let is_number = match column.holds {
        // What they hold of their own is looked at where they are read.
        Holds::Text | Holds::FreeText | Holds::Code(_) | Holds::PlainCode | Holds::Codes => {
            return Ok(());
        }
        Holds::Date | Holds::Flag | Holds::Choice(_) => false,
        Holds::Money
        | Holds::Decimal
        | Holds::Answer
        | Holds::Quantity
        | Holds::Whole
        | Holds::Year => true,
    };
    if let Some(letter) = entity::invisible(text) {
        return Err(unseen(letter));
    }
    if !is_number || text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    if is_absent(text) {
        return Err(absent(column, text));
    }
    match column.holds {
        Holds::Year => Err(year(text)),
        Holds::Whole if parts_thousands(text) => Err(thousands(text)),
        Holds::Answer | Holds::Quantity if parts_thousands(text) => Err(one_or_thousand(text)),
        _ if has_marks(text) => Err(marks()),
        Holds::Whole if number::parse(text, 20).is_ok() && number::parse(text, 0).is_err() => {
            Err(whole())
        }
        Holds::Money if shares(text) => Err(share(text)),
        _ => match unit(text) {
            Some(number) => Err(with_unit(&number)),
            None => Ok(()),
        },
    }
}

/// Whether a text says that there is no value.
fn is_absent(text: &str) -> bool {
    let marks = |letter: char| ".-–—−‒*_?…/".contains(letter);
    text.chars().all(marks) || ABSENT.contains(&plain(text).as_str())
}

/// What to do where there is no value; never so that it becomes a zero.
fn absent(column: &Column, text: &str) -> CellFault {
    let told = quiet(text);
    let (sv, en) = match column.holds {
        Holds::Answer | Holds::Quantity | Holds::Decimal => (
            format!(
                "{told} är inget tal. Lämna cellen tom, och ange orsaken i kolumnen bortfallsorsak: ej aktuellt än, ej redovisat, ej tillämpligt eller ej tillgängligt."
            ),
            format!(
                "{told} is no number. Leave the cell blank, and give the reason in the column missing_reason: NOT_DUE, NOT_REPORTED, NOT_APPLICABLE or NOT_AVAILABLE."
            ),
        ),
        Holds::Year => (
            format!("{told} är inget år. Skriv året med fyra siffror."),
            format!("{told} is no year. Write the year with four digits."),
        ),
        _ => (
            format!(
                "{told} är inget tal. Skriv talet; är det inte känt, lämna raden tills det är det."
            ),
            format!(
                "{told} is no number. Write the number; if it is not known, leave the row until it is."
            ),
        ),
    };
    CellFault::telling(Rule::NotANumber, sv, en)
}

/// What to do about a text that is no year.
pub(super) fn year(text: &str) -> CellFault {
    let whole = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0"));
    match whole.filter(|whole| whole.len() == 4 && number::plain_whole(whole).is_some()) {
        Some(whole) => CellFault::telling(
            Rule::NotANumber,
            format!("Ett år är fyra siffror utan decimaler. Skriv {whole}."),
            format!("A year is four digits without decimals. Write {whole}."),
        ),
        None => CellFault::telling(
            Rule::NotANumber,
            "Ett år är fyra siffror, från 1900 till 2200.".to_owned(),
            "A year is four digits, from 1900 to 2200.".to_owned(),
        ),
    }
}

/// Whether a point or a comma stands where one between thousands would: one to three digits that do not begin with zero
/// before it, and three behind it.
fn parts_thousands(text: &str) -> bool {
    let text = text.strip_prefix(['-', '−']).unwrap_or(text);
    let Some((before, after)) = text.split_once(['.', ',']) else {
        return false;
    };
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&before.len())
        && after.len() == 3
        && is_digits(before)
        && is_digits(after)
        && !before.starts_with('0')
}

/// Whether a number has more than one point or comma.
fn has_marks(text: &str) -> bool {
    let mark = |letter: char| matches!(letter, '.' | ',');
    text.matches(mark).count() > 1
        && text
            .chars()
            .all(|one| one.is_ascii_digit() || mark(one) || matches!(one, '-' | '−'))
}

fn marks() -> CellFault {
    CellFault::telling(
        Rule::NotANumber,
        "Talet har flera punkter eller komman. Skriv tusental utan dem, och ett enda decimaltecken."
            .to_owned(),
        "The number has several points or commas. Write thousands without them, and a single decimal mark."
            .to_owned(),
    )
}

fn whole() -> CellFault {
    CellFault::telling(
        Rule::NotANumber,
        "Här står ett antal, som är ett helt tal. Skriv det utan decimaler.".to_owned(),
        "A count stands here, which is a whole number. Write it without decimals.".to_owned(),
    )
}

fn thousands(text: &str) -> CellFault {
    let digits = text.replace(['.', ','], "");
    CellFault::telling(
        Rule::TooManyDecimals,
        format!(
            "{text} kan betyda ett tal med decimaler eller tusental. Ett antal är helt: skriv {digits} om det är tusental."
        ),
        format!(
            "{text} may mean a number with decimals or thousands. A count is whole: write {digits} if it is thousands."
        ),
    )
}

fn one_or_thousand(text: &str) -> CellFault {
    let digits = text.replace(['.', ','], "");
    CellFault::telling(
        Rule::TooManyDecimals,
        format!(
            "{text} kan betyda tusental eller decimaler. Skriv {digits} om det är tusental, och {text}0 om det är decimaler."
        ),
        format!(
            "{text} may mean thousands or decimals. Write {digits} if it is thousands, and {text}0 if it is decimals."
        ),
    )
}

/// Whether a text is a number of per cent or per mille.
fn shares(text: &str) -> bool {
    let lower = plain(text);
    let marks = ["%", "‰", "procent", "promille"];
    let number = marks.iter().find_map(|mark| lower.strip_suffix(mark));
    number.is_some_and(|number| number::parse(number.trim_end(), 20).is_ok())
}

/// A share of an amount is no amount, and without its mark it would be read as one.
fn share(text: &str) -> CellFault {
    CellFault::telling(
        Rule::NotANumber,
        format!("{text} är en andel, och kolumnen har belopp. Skriv beloppet i kronor."),
        format!("{text} is a share, and the column has amounts. Write the amount in kronor."),
    )
}

/// The number in a text that has a unit beside it.
fn unit(text: &str) -> Option<String> {
    let lower = plain(text);
    let before = ["%", "procent", "kr", "kronor", "sek", ":-", "st"];
    let found = before.iter().find_map(|unit| lower.strip_suffix(unit))?;
    let number = found.trim_end();
    number::parse(number, 20).ok().map(|_| number.to_owned())
}

fn with_unit(number: &str) -> CellFault {
    CellFault::telling(
        Rule::NotANumber,
        format!("Talet har en enhet i cellen. Skriv {number} utan den."),
        format!("The number has a unit in its cell. Write {number} without it."),
    )
}

#[cfg(test)]
mod tests {
    use super::super::values::Said;
    use super::*;

    fn rule(holds: Holds, text: &str) -> Option<Rule> {
        let column = Column::optional("value", &["värde"], holds);
        check(&column, text).err().map(|CellFault(rule, _)| rule)
    }

    #[test]
    fn a_share_among_amounts_is_not_read_as_kronor() {
        let column = Column::required("amount", &["belopp"], Holds::Money);
        let told = |text: &str| match check(&column, text) {
            Err(CellFault(_, Said::Whole((sv, _)))) => sv,
            _ => String::new(),
        };
        for text in ["25%", "50 %", "12,5 procent", "3 ‰"] {
            assert!(told(text).contains("är en andel"), "{text}: {}", told(text));
        }
        assert!(told("25 kr").contains("enhet"));
        assert_eq!(told("25"), "");
    }

    #[test]
    fn points_between_thousands_are_asked_about() {
        for holds in [Holds::Whole, Holds::Answer, Holds::Quantity] {
            for text in ["1.384", "41.816", "1,000", "2,000", "-1.384", "999.999"] {
                assert_eq!(rule(holds, text), Some(Rule::TooManyDecimals), "{text}");
            }
            for text in ["1384", "1 384"] {
                assert_eq!(rule(holds, text), None, "{text}");
            }
        }
        for text in ["0,125", "1,38", "1.3840", "1384.125"] {
            assert_eq!(rule(Holds::Answer, text), None, "{text}");
            assert_eq!(rule(Holds::Whole, text), Some(Rule::NotANumber), "{text}");
        }
        assert_eq!(rule(Holds::Whole, "5,0"), None);
        assert_eq!(rule(Holds::Money, "1.000,00"), Some(Rule::NotANumber));
    }

    #[test]
    fn marks_for_what_is_not_there_are_no_numbers() {
        for text in [
            "..",
            ".",
            "–",
            "-",
            "NA",
            "#SAKNAS!",
            "…",
            "n/a",
            "Uppgift saknas",
            "***",
        ] {
            for holds in [
                Holds::Answer,
                Holds::Quantity,
                Holds::Money,
                Holds::Whole,
                Holds::Year,
            ] {
                assert_eq!(rule(holds, text), Some(Rule::NotANumber), "{text}");
            }
        }
        for text in ["-5", "1.5", "0", "1 000,50", "−7"] {
            assert_eq!(rule(Holds::Money, text), None, "{text}");
        }
    }

    #[test]
    fn what_nobody_sees_is_named_in_numbers_and_days_too() {
        assert_eq!(
            rule(Holds::Money, "100\u{200b}"),
            Some(Rule::InvisibleCharacter)
        );
        assert_eq!(
            rule(Holds::Date, "\u{200e}2017-06-01"),
            Some(Rule::InvisibleCharacter)
        );
        assert_eq!(rule(Holds::FreeText, "mjukt\u{ad}bindestreck"), None);
    }
}
