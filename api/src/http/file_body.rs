//! A file as the body of an answer: read piece by piece while it is sent.

use std::fs::File;
use std::io;

use axum::body::{Body, Bytes};
use futures::stream::try_unfold;
use tokio::io::AsyncReadExt;

/// Bytes of a piece.
const PIECE: usize = 64 * 1024;

/// The rest of a file as a body.
pub fn file_body(file: File) -> Body {
    let file = tokio::fs::File::from_std(file);
    Body::from_stream(try_unfold(file, async |mut file| {
        let mut piece = vec![0; PIECE];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        Ok::<_, io::Error>((read > 0).then(|| (Bytes::from(piece), file)))
    }))
}
