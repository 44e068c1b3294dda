//! Personal identity numbers: what must not be received, in whatever way it is spaced or parted.
//!
//! Form and check digit: Skatteverket, SKV 704 (personal identity numbers) and SKV 707 (coordination numbers).

use crate::normal_form::is_invisible;
use crate::organisation_number::luhn;

/// Signs between two groups of digits, at most, blanks beside each other being one; more of them part what is not one
/// number.
const MOST_BETWEEN: usize = 5;

/// Whether a text holds something of the form of a personal identity number, or coordination number: ten or twelve
/// digits with a real date and a right check digit, in groups of any length with blanks, hyphens, points, slashes,
/// colons, underscores or the like between them.
///
/// Passed over are digits that stand out as something else: a date of its own beside a part of a number, a day with a
/// time, a telephone number with its area code.
#[must_use]
pub fn looks_like_personal_number(text: &str) -> bool {
    // Most texts have too few digits for one: no need to look closer.
    let digits = |byte: &u8| byte.is_ascii_digit();
    if text.is_ascii() && text.bytes().filter(digits).count() < 10 {
        return false;
    }
    runs(text).iter().any(|run| holds_one(run, false))
}

/// The same of a file's name, in which a day of this century with a time behind it is when the file was written.
#[must_use]
pub fn file_name_holds_personal_number(name: &str) -> bool {
    runs(name).iter().any(|run| holds_one(run, true))
}

/// Digits that stand together, and what stands between them and those that follow.
#[derive(Debug, Default)]
struct Group {
    digits: Vec<u32>,
    after: String,
}

/// The groups of digits that nothing but signs of separation parts.
fn runs(text: &str) -> Vec<Vec<Group>> {
    let mut runs: Vec<Vec<Group>> = Vec::new();
    let mut run: Vec<Group> = Vec::new();
    for letter in text.chars() {
        if let Some(digit) = digit(letter) {
            match run.last_mut() {
                Some(group) if group.after.is_empty() => group.digits.push(digit),
                _ => run.push(Group {
                    digits: vec![digit],
                    after: String::new(),
                }),
            }
        } else if is_invisible(letter) && letter != '\n' && letter != '\t' {
            // What nobody sees parts nothing.
        } else if letter.is_whitespace()
            && (run.last()).is_some_and(|group| group.after.ends_with(char::is_whitespace))
        {
            // Columns of a text are set apart by as many as it takes.
        } else if parts(letter)
            && let Some(group) = run.last_mut()
            && group.after.chars().count() < MOST_BETWEEN
        {
            group.after.push(letter);
        } else if !run.is_empty() {
            runs.push(std::mem::take(&mut run));
        }
    }
    runs.push(run);
    runs
}

/// The digit that a letter is, full-width ones too.
fn digit(letter: char) -> Option<u32> {
    letter.to_digit(10).or_else(|| {
        let from_zero = u32::from(letter).checked_sub(u32::from('０'))?;
        (from_zero < 10).then_some(from_zero)
    })
}

/// Whether a sign is one that people put between the parts of a number.
fn parts(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '-' | '+' | '\u{2010}'
                ..='\u{2015}' | '\u{2212}' | '.' | '\u{b7}' | '/' | '\\' | ':' | '_' | '\''
        )
}

fn holds_one(run: &[Group], of_file: bool) -> bool {
    let dates: Vec<usize> = (0..run.len()).filter(|at| is_date(&run[*at..])).collect();
    (0..run.len()).any(|from| {
        let mut digits: Vec<u32> = Vec::with_capacity(12);
        for (to, group) in run.iter().enumerate().skip(from) {
            digits.extend(&group.digits);
            if digits.len() > 12 {
                return false;
            }
            let whole =
                |date: &usize| *date + 2 < from || *date > to || (from <= *date && date + 2 <= to);
            if matches!(digits.len(), 10 | 12)
                && is_personal(&digits)
                && dates.iter().all(whole)
                && (is_natural(&run[from..=to], digits.len()) || stands_alone(run, from, to))
                && !are_dates(&run[from..=to])
                && !is_time(&run[from..=to])
                && !(of_file && is_stamp(&run[from..=to]))
                && !is_telephone(&run[from..=to], digits.len())
            {
                return true;
            }
        }
        false
    })
}

/// Whether groups begin with a date of its own: year, month and day with the same sign between them.
fn is_date(groups: &[Group]) -> bool {
    let [year, month, day, ..] = groups else {
        return false;
    };
    let lengths = [year, month, day].map(|group| group.digits.len());
    lengths == [4, 2, 2]
        && matches!(year.after.as_str(), "-" | "." | "/")
        && year.after == month.after
        && matches!(year.digits[..2], [1, 8 | 9] | [2, 0])
        && is_day(number(&month.digits), number(&day.digits))
}

/// Whether what would be the last four digits is a time after a blank, as in `2017-03-01 10:30`.
fn is_time(groups: &[Group]) -> bool {
    let [.., before, hour, minute] = groups else {
        return false;
    };
    matches!(hour.after.as_str(), ":" | ".")
        && before.after.ends_with(char::is_whitespace)
        && [hour, minute].map(|group| group.digits.len()) == [2, 2]
        && number(&hour.digits) < 24
        && number(&minute.digits) < 60
}

/// Whether groups are a day of this century and a time, as programs name the files that they write.
fn is_stamp(groups: &[Group]) -> bool {
    let [day, time] = groups else {
        return false;
    };
    day.digits.len() == 8
        && day.digits[0] == 2
        && time.digits.len() == 4
        && number(&time.digits[..2]) < 24
        && number(&time.digits[2..]) < 60
}

/// Whether groups are dates and nothing else, as in `2016-01–2016-09`.
fn are_dates(groups: &[Group]) -> bool {
    let is_year =
        |group: &Group| group.digits.len() == 4 && matches!(group.digits[..2], [1, 8 | 9] | [2, 0]);
    let is_month = |group: &Group| group.digits.len() == 2 && is_day(number(&group.digits), 1);
    let mut left = groups;
    let mut any = false;
    while let [year, month, rest @ ..] = left {
        if !is_year(year) || !is_month(month) {
            return false;
        }
        any = true;
        left = match rest {
            [day, rest @ ..] if day.digits.len() == 2 => rest,
            rest => rest,
        };
    }
    any && left.is_empty()
}

/// Whether groups end where the parts of a number do: century, year, month, day.
fn is_natural(groups: &[Group], digits: usize) -> bool {
    let last = if digits == 12 { 8 } else { 6 };
    let mut end = 0;
    groups[..groups.len() - 1].iter().all(|group| {
        end += group.digits.len();
        end % 2 == 0 && end <= last
    })
}

/// Whether groups are parted from those beside them by blanks: else they are a part of another number, such as
/// `4.1-10103/2017`.
fn stands_alone(run: &[Group], from: usize, to: usize) -> bool {
    let blank = |group: &Group| group.after.chars().any(char::is_whitespace);
    let before = from.checked_sub(1).and_then(|at| run.get(at));
    before.is_none_or(blank) && (to + 1 == run.len() || blank(&run[to]))
}

/// Whether ten digits begin as a telephone number does, with an area code: `0122-12 34 56`, `08-120 312 35`.
fn is_telephone(groups: &[Group], digits: usize) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    digits == 10
        && groups[0].digits[0] == 0
        && matches!(lengths[0], 2..=4)
        && lengths != [2, 2, 2, 4]
        && lengths != [2, 4, 4]
        && lengths != [4, 2, 4]
}

fn number(digits: &[u32]) -> u32 {
    digits.iter().fold(0, |number, digit| number * 10 + digit)
}

fn is_personal(digits: &[u32]) -> bool {
    let (century, ten) = digits.split_at(digits.len() - 10);
    let living = century.is_empty() || matches!(number(century), 18..=20);
    let day = number(&ten[4..6]);
    // A coordination number (samordningsnummer) adds 60 to the day.
    let day = if day > 60 { day - 60 } else { day };
    living && is_day(number(&ten[2..4]), day) && luhn(ten)
}

/// Whether there is such a day in some year.
fn is_day(month: u32, day: u32) -> bool {
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way of putting a sign, or none, into eleven gaps would be too many: these are one sign in every gap, and
    /// each sign in the gaps in which people write one.
    #[test]
    fn twelve_and_ten_digits_are_found_however_they_are_parted() {
        let signs = [
            "", "-", "−", " ", "\u{a0}", ".", "/", ":", "_", "–", " - ", "\u{202f}", "\u{200b}",
        ];
        let gaps: [&[usize]; 7] = [
            &[8],
            &[6],
            &[2, 4, 6, 8],
            &[4, 6, 8],
            &[3, 6, 9],
            &[4, 8],
            &[2, 4, 6, 8, 10],
        ];
        for (number, from) in [("191212121212", 0), ("1212121212", 2), ("1212721219", 2)] {
            let digits: Vec<char> = number.chars().collect();
            for sign in signs {
                for places in gaps {
                    let mut text = String::from("Gäller ärendet för ");
                    for (at, digit) in digits.iter().enumerate() {
                        if places
                            .iter()
                            .any(|place| *place >= from && place - from == at)
                        {
                            text.push_str(sign);
                        }
                        text.push(*digit);
                    }
                    text.push_str(" se akten");
                    assert!(looks_like_personal_number(&text), "{text}");
                }
            }
        }
    }

    #[test]
    fn personal_numbers_are_found_in_running_text() {
        for text in [
            "Gäller 19121212-1212, se akt",
            "121212-1212",
            "1212121212.",
            "(191212121212)",
            "12121272-1212 och 121212-1212",
            "Gäller ärendet för 1912-12-12-1212 se akten",
            "Gäller ärendet för 12 12 12-1212 se akten",
            "1912-12-12 1212",
            "Åren 2016 2017: 121212 1212",
            "1 9 1 2 1 2 1 2 1 2 1 2",
            "１９１２１２１２-１２１２",
            "BET_121212_1212",
            "Gäller 121212      1212",
            "19121212 --- 1212",
            "1912 12\t\t 12   1212",
        ] {
            assert!(looks_like_personal_number(text), "{text}");
        }
    }

    #[test]
    fn names_of_files_are_searched_too() {
        for name in [
            "akt 19121212-1212.csv",
            "1212121212.csv",
            "19121212_1212.xlsx",
            "1912.12.12-1212",
        ] {
            assert!(file_name_holds_personal_number(name), "{name}");
        }
    }

    #[test]
    fn other_digits_are_no_personal_numbers() {
        for text in [
            "802000-0000",
            "8999967212",
            "899996-7212",
            "168999967212",
            "tel 08-123 45 67",
            "tel 0701-21 12 10",
            "191313131313",
            "2016-04-15",
            "SN 2018/611",
            "121212-1213",
            "120230-1212",
            "2016-01-01–2016-12-31",
            "2023-01-01–2023-12-31",
            "2023-01-01/2023-12-31",
            "S2016/00633/FST",
            "64 809,50 och 65 218,50",
            "0114|0115|0117",
            "12121212121212121212",
            "2018-03-15 12.30",
            "2016-01–2016-09",
            "08-120 312 35",
            "010 780 60 10",
            "070 123 21 00",
            "4.1-10103/2017",
            "1 200 000, 1 250 000",
        ] {
            assert!(!looks_like_personal_number(text), "{text}");
        }
        // Of the minutes of an hour every tenth makes a right check digit with the day.
        for minute in 0..60 {
            for mark in [':', '.'] {
                let text = format!("Möte 2017-03-01 10{mark}{minute:02}");
                assert!(!looks_like_personal_number(&text), "{text}");
            }
            let name = format!("redovisning_20180315_08{minute:02}.csv");
            assert!(!file_name_holds_personal_number(&name), "{name}");
        }
    }
}
