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

/// What a body is, and in which encoding its letters are said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    media: Media,
    charset: Option<Charset>,
}

/// The encodings that text files are read in; what a body says is obeyed or refused, since reading another than the one
/// said would turn letters into others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Charset {
    Utf8,
    Windows1252,
    Ascii,
}

impl Charset {
    fn of(label: &str) -> Option<Self> {
        match label.trim().to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Some(Self::Utf8),
            // As the Encoding Standard has it, Latin 1 is read as Windows-1252, which adds letters where it has controls.
            "windows-1252" | "cp1252" | "x-cp1252" | "iso-8859-1" | "iso8859-1" | "iso_8859-1"
            | "latin1" | "l1" => Some(Self::Windows1252),
            "us-ascii" | "ascii" => Some(Self::Ascii),
            _ => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Windows1252 => "windows-1252",
            Self::Ascii => "us-ascii",
        }
    }

    /// Whether intake reads bytes in this encoding: UTF-8 where they are that, else Windows-1252.
    fn is_read(self, bytes: &[u8]) -> bool {
        match self {
            Self::Utf8 => std::str::from_utf8(bytes).is_ok(),
            Self::Windows1252 => bytes.is_ascii() || std::str::from_utf8(bytes).is_err(),
            Self::Ascii => bytes.is_ascii(),
        }
    }
}

/// What the body is. What a form on a page elsewhere can send is refused: no type at all, a form's types, plain text.
pub(super) fn of(headers: &HeaderMap) -> Result<Said, Problem> {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let only = match (types.next(), types.next()) {
        (Some(only), None) => only
            .to_str()
            .ok()
            .and_then(|text| text.parse::<Mime>().ok()),
        _ => None,
    };
    let label = only
        .as_ref()
        .and_then(|media| media.get_param(mime::CHARSET))
        .map(|label| label.as_str().to_owned());
    let media = only.and_then(|media| match media.essence_str() {
        CSV => Some(Media::Csv),
        XLSX => Some(Media::Xlsx),
        "application/octet-stream" => Some(Media::Bytes),
        _ => None,
    });
    let encodings = headers.get_all(header::CONTENT_ENCODING).iter();
    let plain = encodings.into_iter().all(|encoding| encoding == "identity");
    let media = media.filter(|_| plain).ok_or_else(|| {
        let message = format!(
            "The body is the file itself, without a Content-Encoding, as {CSV}, {XLSX} or application/octet-stream."
        );
        unsupported(message)
    })?;
    let charset = match label {
        None => None,
        Some(_) if media == Media::Xlsx => return Err(of_workbook()),
        Some(label) => Some(Charset::of(&label).ok_or_else(|| {
            let known = label.chars().all(|one| one.is_ascii_graphic()) && label.len() <= 40;
            let label = if known { &*label } else { "…" };
            let message = format!(
                "The charset {label} is not read: send the file in utf-8 or windows-1252, and say which, or leave charset out."
            );
            unsupported(message).about("charset")
        })?),
    };
    Ok(Said { media, charset })
}

fn unsupported(message: impl Into<String>) -> Problem {
    Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::UnsupportedMediaType,
        message,
    )
}

fn of_workbook() -> Problem {
    unsupported("A workbook has no charset: leave it out of Content-Type.").about("charset")
}

impl Said {
    /// Whether the bytes are in the encoding that the body says.
    ///
    /// # Errors
    /// They are not, so that their letters would be read as others than the sender's.
    pub(super) fn check(self, bytes: &[u8]) -> Result<(), Problem> {
        match self.charset {
            None => Ok(()),
            Some(_) if is_archive(bytes) => Err(of_workbook()),
            Some(charset) if charset.is_read(bytes) => Ok(()),
            Some(charset) => {
                let message = format!(
                    "The body says charset={}, and its bytes are in another encoding. Say the one that it is in, or save it as utf-8.",
                    charset.name()
                );
                Err(unsupported(message).about("charset"))
            }
        }
    }

    /// The name of a file that was sent without one.
    pub(super) fn name(self, kind: &str, bytes: &[u8]) -> String {
        self.media.name(kind, bytes)
    }
}

/// A workbook is an archive.
fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

impl Media {
    fn name(self, kind: &str, bytes: &[u8]) -> String {
        let workbook = match self {
            Self::Csv => false,
            Self::Xlsx => true,
            Self::Bytes => is_archive(bytes),
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
