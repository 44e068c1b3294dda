//! Days as people write them: ISO 8601 is read, and whoever writes another form is told the day in it.

use chrono::{Datelike, Days, NaiveDate};

use super::finding::quiet;
use super::number::plain_whole;
use super::rule::Rule;
use super::values::CellFault;

/// Years that anyone reports on.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// A date of ISO 8601 in full form, within the centuries that anyone reports on.
///
/// Some programs write the time of midnight behind it.
///
/// # Errors
/// `not_a_date`, with the day that seems to be meant.
pub(super) fn parse(text: &str) -> Result<NaiveDate, CellFault> {
    let parts = text.get(..10).zip(text.get(10..));
    let found = parts.and_then(|(day, time)| is_midnight(time).then(|| plain(day))?);
    found
        .filter(|day| YEARS.contains(&day.year()))
        .ok_or_else(|| fault(text))
}

/// Whether what stands behind a day is nothing, or the time of midnight.
fn is_midnight(time: &str) -> bool {
    let Some(clock) = time.strip_prefix(['T', ' ']) else {
        return time.is_empty();
    };
    let clock = clock.strip_suffix('Z').unwrap_or(clock);
    let parts = clock.split([':', '.']).collect::<Vec<_>>();
    let zeros = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte == b'0');
    (2..=4).contains(&parts.len())
        && parts[..2].iter().all(|part| part.len() == 2)
        && parts.iter().all(zeros)
}

/// A date of four, two and two digits.
fn plain(text: &str) -> Option<NaiveDate> {
    let [year, month, day] = three(text, '-')?;
    let long = [year, month, day].map(str::len) == [4, 2, 2];
    long.then(|| of_parts(year, month, day))?
}

/// The three parts of a text between signs.
fn three(text: &str, sign: char) -> Option<[&str; 3]> {
    let mut parts = text.split(sign);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    parts.next().is_none().then_some(three)
}

fn of_parts(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let small = |part: &str| u32::try_from(plain_whole(part)?).ok();
    let year = i32::try_from(plain_whole(year)?).ok()?;
    NaiveDate::from_ymd_opt(year, small(month)?, small(day)?)
}

/// What to do about a text that is no day of the form that is read.
fn fault(text: &str) -> CellFault {
    let told = quiet(text);
    let (sv, en) = match meant(text)[..] {
        [day] => (
            format!("{told} är inte skrivet som ett datum. Skriv {day}, om det är dagen."),
            format!("{told} is not written as a date. Write {day}, if that is the day."),
        ),
        [first, second] => (
            format!("{told} kan betyda två dagar. Skriv {first} eller {second}."),
            format!("{told} may mean two days. Write {first} or {second}."),
        ),
        _ if is_formed(text) => (
            format!("Dagen {told} finns inte i kalendern, eller ligger inte 1900–2200. Rätta den."),
            format!("The day {told} is not in the calendar, or not within 1900–2200. Correct it."),
        ),
        _ => return CellFault::plain(Rule::NotADate),
    };
    CellFault::telling(Rule::NotADate, sv, en)
}

/// Whether a text has the form that is read.
fn is_formed(text: &str) -> bool {
    let lengths = three(text, '-').map(|parts| parts.map(str::len));
    lengths == Some([4, 2, 2])
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_digit())
}

/// The days that a text of another form may mean: none, one or two.
fn meant(text: &str) -> Vec<NaiveDate> {
    let text = text.split(['T', ' ']).next().unwrap_or(text);
    let digits = text.len() == 8 && plain_whole(text).is_some();
    let mut days = match digits {
        true => vec![of_parts(&text[..4], &text[4..6], &text[6..])],
        false => vec![as_serial(text)],
    };
    for sign in ['-', '/', '.'] {
        let Some([first, second, third]) = three(text, sign) else {
            continue;
        };
        if first.len() == 4 {
            days.push(of_parts(first, second, third));
        } else if third.len() == 4 {
            days.push(of_parts(third, second, first));
            days.push(of_parts(third, first, second));
        }
    }
    let mut days: Vec<NaiveDate> = days.into_iter().flatten().collect();
    days.retain(|day| YEARS.contains(&day.year()));
    days.dedup();
    days
}

/// The day that a spreadsheet counts as a number, of the years in which agencies report.
fn as_serial(text: &str) -> Option<NaiveDate> {
    let number = plain_whole(text).filter(|number| (36_526..73_051).contains(number))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(number.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::values::Said;

    fn told(text: &str) -> String {
        match parse(text) {
            Err(CellFault(Rule::NotADate, Said::Whole((sv, _)))) => sv,
            Err(CellFault(Rule::NotADate, Said::Detail(_))) => String::new(),
            _ => panic!("{text} is read, or breaks another rule"),
        }
    }

    #[test]
    fn days_of_one_form_are_read() {
        for text in ["2017-03-01", "2017-03-01 00:00", "2017-03-01T00:00:00.000Z"] {
            let day = parse(text).ok().map(|day| day.to_string());
            assert_eq!(day.as_deref(), Some("2017-03-01"), "{text}");
        }
    }

    #[test]
    fn who_writes_another_form_is_told_the_day() {
        for (text, day) in [
            ("20170301", "Skriv 2017-03-01,"),
            ("2017/3/1", "Skriv 2017-03-01,"),
            ("2017-3-1", "Skriv 2017-03-01,"),
            ("2017.03.01", "Skriv 2017-03-01,"),
            ("31/3/2017", "Skriv 2017-03-31,"),
            ("3/31/2017", "Skriv 2017-03-31,"),
            ("1/3/2017", "2017-03-01 eller 2017-01-03"),
            ("3.3.2017", "Skriv 2017-03-03,"),
            ("2017-03-01 14:30", "Skriv 2017-03-01,"),
            ("42795", "Skriv 2017-03-01,"),
            ("2017-11-31", "finns inte i kalendern"),
            ("0217-03-01", "finns inte i kalendern"),
        ] {
            assert!(told(text).contains(day), "{text}: {}", told(text));
        }
        for text in [
            "mars 2017",
            "2017",
            "",
            "å017-03-01",
            "2017-03-0å",
            "99999999",
        ] {
            assert_eq!(told(text), "", "{text}");
        }
    }
}
