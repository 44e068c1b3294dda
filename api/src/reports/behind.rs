//! What is behind the lines of an answer: the passages of its rows, line by line.

use std::sync::Arc;

use crate::store::{Cited, Passage};

/// The passages of the rows behind an answer, in order of receipt.
#[derive(Debug, Default)]
pub struct Behind {
    /// Behind each line.
    pub lines: Vec<Arc<[Passage]>>,
    /// Behind the total.
    pub total: Arc<[Passage]>,
}

impl Behind {
    /// From the ids of the rows behind each line; all of them together are behind the total.
    pub(super) fn of_parts(lines: Vec<Vec<i64>>, cited: &Cited) -> Self {
        let total = lines.iter().flatten().copied().collect();
        Self {
            total: cited.passages(total),
            lines: lines.into_iter().map(|rows| cited.passages(rows)).collect(),
        }
    }

    /// The passages behind a line, or behind the total.
    #[must_use]
    pub fn of(&self, line: Option<usize>) -> &[Passage] {
        match line {
            None => &self.total,
            Some(line) => self.lines.get(line).map_or(&[], AsRef::as_ref),
        }
    }

    /// How many passages it holds.
    pub(super) fn len(&self) -> usize {
        self.total.len() + self.lines.iter().map(|one| one.len()).sum::<usize>()
    }
}
