//! Which of the two media types the client wants, by the `Accept` header with its weights.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use mime::Mime;

use crate::http::{Code, Problem};

/// The media types that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/json`: 200 for every well-formed request, whatever the document.
    Json,
    /// `application/graphql-response+json`: the status tells request errors from answers.
    GraphqlResponse,
}

impl Media {
    /// For `Content-Type`.
    pub(super) const fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        })
    }

    const fn essence(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::GraphqlResponse => "application/graphql-response+json",
        }
    }
}

/// Chooses the media type of the answer.
///
/// Without the header it is `application/json`. Of two with the same weight the one that was named
/// wins over a wildcard, and of two named ones `application/graphql-response+json`.
///
/// # Errors
///
/// 406 when neither is accepted.
pub(super) fn negotiate(headers: &HeaderMap) -> Result<Media, Problem> {
    let mut ranges = Vec::new();
    for value in headers.get_all(header::ACCEPT) {
        let value = value.to_str().unwrap_or_default();
        ranges.extend(
            value
                .split(',')
                .filter_map(|text| text.trim().parse::<Mime>().ok()),
        );
    }
    if !headers.contains_key(header::ACCEPT) {
        return Ok(Media::Json);
    }
    let json = weight(&ranges, Media::Json);
    let graphql = weight(&ranges, Media::GraphqlResponse);
    let chosen = if graphql > json || (graphql == json && graphql.precision == Precision::Named) {
        (Media::GraphqlResponse, graphql)
    } else {
        (Media::Json, json)
    };
    if chosen.1.thousandths == 0 {
        return Err(Problem::new(
            StatusCode::NOT_ACCEPTABLE,
            Code::NotAcceptable,
            "Answers are written as application/graphql-response+json or application/json.",
        ));
    }
    Ok(chosen.0)
}

/// How much a media type is wanted: by weight, then by how precisely it was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Weight {
    thousandths: u16,
    precision: Precision,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precision {
    Anything,
    Application,
    Named,
}

/// The weight that the most precise matching range gives.
fn weight(ranges: &[Mime], media: Media) -> Weight {
    ranges
        .iter()
        .filter_map(|range| {
            Some(Weight {
                precision: precision(range, media)?,
                thousandths: thousandths(range),
            })
        })
        .max_by_key(|weight| weight.precision)
        .unwrap_or(Weight {
            thousandths: 0,
            precision: Precision::Anything,
        })
}

fn precision(range: &Mime, media: Media) -> Option<Precision> {
    let charset = range.get_param(mime::CHARSET);
    if charset.is_some_and(|charset| charset != mime::UTF_8) {
        return None;
    }
    match range.essence_str() {
        essence if essence == media.essence() => Some(Precision::Named),
        "application/*" => Some(Precision::Application),
        "*/*" => Some(Precision::Anything),
        _ => None,
    }
}

/// `q=0.25` is 250; without a weight 1000. What is no weight counts as 0.
fn thousandths(range: &Mime) -> u16 {
    let Some(q) = range.get_param("q") else {
        return 1000;
    };
    let (whole, fraction) = q.as_str().split_once('.').unwrap_or((q.as_str(), ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    let fraction = format!("{fraction:0<3}").parse::<u16>().unwrap_or(0);
    match whole {
        "1" => 1000,
        "0" => fraction,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accept: &'static str) -> Option<Media> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        negotiate(&headers).ok()
    }

    #[test]
    fn the_wanted_media_type_wins() {
        use Media::{GraphqlResponse, Json};
        let table = [
            ("application/json", Some(Json)),
            ("application/graphql-response+json", Some(GraphqlResponse)),
            (
                "application/graphql-response+json, application/json;q=0.9",
                Some(GraphqlResponse),
            ),
            (
                "application/graphql-response+json;q=0.8, application/json",
                Some(Json),
            ),
            (
                "application/json, application/graphql-response+json",
                Some(GraphqlResponse),
            ),
            ("*/*", Some(Json)),
            ("application/*", Some(Json)),
            (
                "application/graphql-response+json, */*",
                Some(GraphqlResponse),
            ),
            ("application/json;q=0, */*", Some(GraphqlResponse)),
            ("application/json;q=0", None),
            ("application/json; charset=utf-8", Some(Json)),
            ("application/json; charset=iso-8859-1", None),
            ("text/html", None),
            ("text/html, */*;q=0.1", Some(Json)),
            ("application/json;q=2", None),
            ("", None),
        ];
        for (accept, expected) in table {
            assert_eq!(chosen(accept), expected, "{accept}");
        }
    }

    #[test]
    fn without_the_header_it_is_json() {
        assert_eq!(negotiate(&HeaderMap::new()).ok(), Some(Media::Json));
    }
}
