//! How much an export may be, and how long it may take.

use std::time::Duration;

/// How much an export may be, and how long it may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Rows of a file (10 000 000).
    pub row_count: u64,
    /// From the question to the file, before its first byte is sent (8 min): a connection lives for 10.
    pub time: Duration,
    /// Exports that are made at one time (4), at most half of them for those without a token; others wait for their turn
    /// within their time.
    pub at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            row_count: 10_000_000,
            time: Duration::from_mins(8),
            at_once: 4,
        }
    }
}
