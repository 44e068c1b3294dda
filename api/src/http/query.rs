//! The part of an address behind the question mark: percent decoding, and parameters by name.

use axum::http::StatusCode;

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
