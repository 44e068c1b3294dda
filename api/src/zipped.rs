//! A ZIP of parts, without a clock: the same parts give the same bytes.

use std::io::{self, Cursor, Read, Seek, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// From this size on a part's sizes have 64 bits: what is packed may be a little larger than what it is packed from.
const LARGE: u64 = 0xF000_0000;

/// A ZIP that is being written.
pub(crate) struct Zipped<W: Write + Seek>(ZipWriter<W>);

impl<W: Write + Seek> Zipped<W> {
    /// Begins one.
    pub(crate) fn begin(out: W) -> Self {
        Self(ZipWriter::new(out))
    }

    /// Adds a part.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn part(&mut self, name: &str, bytes: &[u8]) -> Result<(), ZipError> {
        self.copied(name, bytes.len() as u64, &mut &bytes[..])
    }

    /// Adds a part of a known length, read bit by bit.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub(crate) fn copied(
        &mut self,
        name: &str,
        length: u64,
        from: &mut impl Read,
    ) -> Result<(), ZipError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .large_file(length >= LARGE);
        self.0.start_file(name, options)?;
        io::copy(from, &mut self.0)?;
        Ok(())
    }

    /// Ends it.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn end(self) -> Result<W, ZipError> {
        self.0.finish()
    }
}

/// A ZIP of parts in memory.
///
/// # Errors
/// A part is too large.
pub(crate) fn zipped<'a>(
    parts: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<Vec<u8>, ZipError> {
    let mut out = Zipped::begin(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        out.part(name, bytes)?;
    }
    Ok(out.end()?.into_inner())
}
