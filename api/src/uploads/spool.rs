//! Takes a body into a temporary file while it comes: nothing of it stays when the upload breaks off.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use tokio::time::Instant;

use crate::http::{Code, Problem, fault};
use crate::intake::hex;

/// How long a client may send nothing.
const SILENCE: Duration = Duration::from_secs(30);

/// For the whole of a body to arrive: who sends a few bytes now and then holds no place for ever.
pub const LONGEST: Duration = Duration::from_mins(5);

/// A body that has arrived whole.
pub(super) struct Spooled {
    file: File,
    length: u64,
    /// SHA-256 of the bytes.
    pub(super) sha256: String,
}

/// Reads a body of at most `most` bytes. The file has no name in any folder: the system takes it back by itself when
/// the upload breaks off, or the process ends.
pub(super) async fn spool(
    headers: &HeaderMap,
    mut body: Body,
    most: u64,
    longest: Duration,
) -> Result<Spooled, Problem> {
    if announced(headers).is_some_and(|length| length > most) {
        return Err(too_large(most));
    }
    let file = tokio::task::spawn_blocking(tempfile::tempfile).await;
    let mut file = match file {
        Ok(Ok(file)) => tokio::fs::File::from_std(file),
        Ok(Err(error)) => return Err(failed(&error)),
        Err(_) => return Err(failed(&std::io::Error::other("the task ended"))),
    };
    let (mut length, mut hasher) = (0_u64, Sha256::new());
    let deadline = Instant::now() + longest;
    loop {
        let next = deadline.min(Instant::now() + SILENCE);
        let frame = match tokio::time::timeout_at(next, body.frame()).await {
            Ok(Some(Ok(frame))) => frame,
            Ok(None) => break,
            Ok(Some(Err(_))) => {
                let message = "The body broke off. Send it again, with the same Idempotency-Key.";
                return Err(Problem::new(
                    StatusCode::BAD_REQUEST,
                    Code::BadRequest,
                    message,
                ));
            }
            Err(_) => {
                let message = if next == deadline {
                    format!(
                        "The body did not arrive within {} seconds. Send it again, with the same Idempotency-Key.",
                        longest.as_secs()
                    )
                } else {
                    "The body did not go on for 30 seconds. Send it again, with the same Idempotency-Key.".to_owned()
                };
                return Err(Problem::new(
                    StatusCode::REQUEST_TIMEOUT,
                    Code::RequestTimeout,
                    message,
                ));
            }
        };
        let Ok(chunk) = frame.into_data() else {
            continue;
        };
        length = length.saturating_add(chunk.len() as u64);
        if length > most {
            return Err(too_large(most));
        }
        hasher.update(&chunk);
        file.write_all(&chunk)
            .await
            .map_err(|error| failed(&error))?;
    }
    file.flush().await.map_err(|error| failed(&error))?;
    Ok(Spooled {
        file: file.into_std().await,
        length,
        sha256: hex(&hasher.finalize()),
    })
}

impl Spooled {
    /// All bytes. It blocks.
    pub(super) fn read(mut self) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.length).unwrap_or(0));
        self.file.seek(SeekFrom::Start(0))?;
        self.file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    let length = headers.get(header::CONTENT_LENGTH)?.to_str().ok()?;
    Some(length.parse().unwrap_or(u64::MAX))
}

fn too_large(most: u64) -> Problem {
    let message = format!("The file is longer than {most} bytes. Split it.");
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, Code::BodyTooLarge, message)
}

/// The body could not be kept in a temporary file.
pub(super) fn failed(error: &std::io::Error) -> Problem {
    fault(
        error,
        "The file could not be taken. The log has it under the request's id.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_that_drips_is_refused_after_its_whole_time() {
        let drops = futures::stream::unfold((), async |()| {
            tokio::time::sleep(Duration::from_millis(50)).await;
            Some((Ok::<_, std::io::Error>("x"), ()))
        });
        let body = Body::from_stream(drops);
        let began = Instant::now();
        let spooled = spool(&HeaderMap::new(), body, 1_000, Duration::from_millis(300)).await;
        let refused = spooled.err().expect("it is not taken");
        assert_eq!(refused.status(), StatusCode::REQUEST_TIMEOUT);
        assert!(began.elapsed() < Duration::from_secs(5));
    }
}
