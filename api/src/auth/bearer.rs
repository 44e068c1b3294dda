//! The header that carries a token: none, or exactly one `Bearer` with one token.

use axum::http::{HeaderMap, header};

use super::Refusal;

/// The longest token that is looked at; ours have some 400 bytes.
const MOST_BYTES: usize = 4096;

/// The token that a request presents, if it presents anything.
pub(super) fn token(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let Some(only) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(Refusal::SeveralHeaders);
    }
    let text = only.to_str().map_err(|_| Refusal::NotBearer)?;
    let (scheme, token) = text.split_once(' ').ok_or(Refusal::NotBearer)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Refusal::NotBearer);
    }
    if token.len() > MOST_BYTES {
        return Err(Refusal::TooLong);
    }
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~+/=".contains(&byte);
    if token.is_empty() || !token.bytes().all(fits) {
        return Err(Refusal::NotBearer);
    }
    Ok(Some(token))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn read(values: &[&'static str]) -> Result<Option<String>, Refusal> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::AUTHORIZATION, HeaderValue::from_static(value));
        }
        token(&headers).map(|token| token.map(str::to_owned))
    }

    #[test]
    fn one_bearer_token_or_nothing() {
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&["Bearer a.b.c"]), Ok(Some("a.b.c".to_owned())));
        assert_eq!(read(&["bearer a.b.c"]), Ok(Some("a.b.c".to_owned())));
        for wrong in [
            "",
            "Bearer",
            "Bearer ",
            "Bearer  a.b.c",
            "Bearer a b",
            "Basic dTpw",
            "a.b.c",
            "Bearer a.b.c, Bearer d",
        ] {
            assert_eq!(read(&[wrong]), Err(Refusal::NotBearer), "{wrong:?}");
        }
        assert_eq!(
            read(&["Bearer a.b.c", "Bearer a.b.c"]),
            Err(Refusal::SeveralHeaders)
        );
        let long: &'static str = Box::leak(format!("Bearer {}", "a".repeat(MOST_BYTES + 1)).into());
        assert_eq!(read(&[long]), Err(Refusal::TooLong));
    }
}
