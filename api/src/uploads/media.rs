//! Media types of files: which a body may have, and which of a name.

use axum::http::{HeaderMap, StatusCode, header};
use mime::Mime;

use crate::http::{Code, Problem};

/// Workbooks.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Text files.
pub(super) const CSV: &str = "text/csv";

/// What a body says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// A text file.
    Csv,
    /// A workbook.
    Xlsx,
    /// Bytes.
    Bytes,
}

/// What the body is. What a form on a page elsewhere can send is refused: no type at all, a form's types, plain text.
pub(super) fn of(headers: &HeaderMap) -> Result<Media, Problem> {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let only = match (types.next(), types.next()) {
        (Some(only), None) => only
            .to_str()
            .ok()
            .and_then(|text| text.parse::<Mime>().ok()),
        _ => None,
    };
    let media = only.and_then(|media| match media.essence_str() {
        CSV => Some(Media::Csv),
        XLSX => Some(Media::Xlsx),
        "application/octet-stream" => Some(Media::Bytes),
        _ => None,
    });
    let encodings = headers.get_all(header::CONTENT_ENCODING).iter();
    let plain = encodings.into_iter().all(|encoding| encoding == "identity");
    media.filter(|_| plain).ok_or_else(|| {
        let message = format!(
            "The body is the file itself, without a Content-Encoding, as {CSV}, {XLSX} or application/octet-stream."
        );
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::UnsupportedMediaType, message)
    })
}

impl Media {
    /// The name of a file that was sent without one.
    pub(super) fn name(self, kind: &str, bytes: &[u8]) -> String {
        let workbook = match self {
            Self::Csv => false,
            Self::Xlsx => true,
            // A workbook is an archive.
            Self::Bytes => bytes.starts_with(b"PK\x03\x04"),
        };
        format!("{kind}.{}", if workbook { "xlsx" } else { "csv" })
    }
}

/// The media type of a file by its name.
pub(super) fn by_name(name: &str) -> &'static str {
    let lower = name.to_lowercase();
    if lower.ends_with(".xlsx") {
        XLSX
    } else if lower.ends_with(".csv") {
        CSV
    } else {
        "application/octet-stream"
    }
}
