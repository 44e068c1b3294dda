//! The part of an address behind the question mark: percent decoding, and parameters by name.

use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};

use super::{Code, Problem};

/// The parameters in their order, decoded.
///
/// # Errors
/// 400 for a parameter that comes twice, or one that is not UTF-8.
pub fn parameters(text: &str) -> Result<Vec<(String, String)>, Problem> {
    let mut known: Vec<(String, String)> = Vec::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decoded(name)?;
        if known.iter().any(|(before, _)| *before == name) {
            return Err(refused(format!("The parameter \"{name}\" comes twice.")));
        }
        let value = decoded(value)?;
        known.push((name, value));
    }
    Ok(known)
}

/// The parameters of an address, every name known.
#[derive(Debug)]
pub struct Given(Vec<(String, String)>);

impl Given {
    /// Reads the part of an address behind the question mark.
    ///
    /// # Errors
    /// 400 for a parameter that is not among the names, that comes twice, or is not UTF-8.
    pub fn read(query: &str, names: &[&str]) -> Result<Self, Problem> {
        let given = parameters(query)?;
        let known = |name: &String| names.contains(&name.as_str());
        if let Some((name, _)) = given.iter().find(|(name, _)| !known(name)) {
            let message = format!(
                "There is no parameter {name}: these are {}.",
                names.join(", ")
            );
            let problem = Problem::new(StatusCode::BAD_REQUEST, Code::UnknownParameter, message);
            return Err(problem.about(name));
        }
        Ok(Self(given))
    }

    /// A parameter as it stands.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A parameter as what it means.
    ///
    /// # Errors
    /// 400 where it means nothing.
    pub fn parsed<T>(
        &self,
        name: &str,
        what: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        let wrong = || {
            let message = format!("The parameter {name} is {what}.");
            Problem::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message).about(name)
        };
        parse(text).map(Some).ok_or_else(wrong)
    }

    /// A parameter as an instant.
    ///
    /// # Errors
    /// 400 where it is none.
    pub fn instant(&self, name: &str) -> Result<Option<DateTime<Utc>>, Problem> {
        // An address that was put together by hand has a plus sign where a space is meant, and the other way round.
        let instant = |text: &str| {
            let text = text.replace(' ', "+");
            Some(DateTime::parse_from_rfc3339(&text).ok()?.to_utc())
        };
        self.parsed(name, "an instant, such as 2026-11-26T12:00:00Z", instant)
    }

    /// A parameter as a day.
    ///
    /// # Errors
    /// 400 where it is none.
    pub fn date(&self, name: &str) -> Result<Option<NaiveDate>, Problem> {
        // `from_str` also takes days without a leading zero, which no file may write.
        let exact = |text: &str| {
            let day: NaiveDate = text.parse().ok()?;
            (day.to_string() == text).then_some(day)
        };
        self.parsed(name, "a date, written YYYY-MM-DD", exact)
    }
}

/// `+` is a space; a percent sign without two hexadecimal digits stands for itself.
///
/// # Errors
/// 400 for a text that is not UTF-8.
pub fn decoded(text: &str) -> Result<String, Problem> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        bytes.push(match (first, tail) {
            (b'+', _) => b' ',
            (b'%', [high, low, ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    rest = &tail[2..];
                    high * 16 + low
                }
                _ => first,
            },
            _ => first,
        });
    }
    String::from_utf8(bytes).map_err(|_| refused("The address is not UTF-8.".to_owned()))
}

const fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

fn refused(message: String) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, Code::BadRequest, message)
}
