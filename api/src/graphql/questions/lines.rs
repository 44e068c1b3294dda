//! Places in a text: lines and columns, as errors tell them, from the bytes that the parser counts.

use std::cell::Cell;

use apollo_compiler::parser::SourceSpan;
use async_graphql::Pos;

/// The lines of a text.
pub(crate) struct Lines<'t> {
    text: &'t str,
    /// Where each line begins.
    starts: Vec<usize>,
    /// The last place asked for: questions are walked forwards, and one line may be the whole text.
    last: Cell<(usize, Pos)>,
}

impl<'t> Lines<'t> {
    /// The lines of a text; it ends them as the specification says: `\n`, `\r\n` or `\r`.
    pub(crate) fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|&(at, &byte)| {
            byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
        });
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1));
        Self {
            text,
            starts: starts.collect(),
            last: Cell::new((0, Pos { line: 1, column: 1 })),
        }
    }

    /// The place of a span's beginning.
    pub(crate) fn place(&self, span: Option<SourceSpan>) -> Pos {
        self.at(span.map_or(0, |span| span.offset()))
    }

    /// The place of a byte; a column is a character.
    fn at(&self, offset: usize) -> Pos {
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = line.checked_sub(1).and_then(|at| self.starts.get(at));
        let start = start.copied().unwrap_or_default();
        let (known, place) = self.last.get();
        let (from, before) = if place.line == line && known <= offset {
            (known, place.column)
        } else {
            (start, 1)
        };
        let between = self.text.get(from..offset).unwrap_or_default();
        let column = before + between.chars().count();
        let found = Pos { line, column };
        self.last.set((offset, found));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_three_ways_and_columns_are_characters() {
        let lines = Lines::of("a\r\nåäö b\rc\n\nd");
        let at = |offset| {
            let place = lines.at(offset);
            (place.line, place.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (2, 1));
        assert_eq!(at(10), (2, 5));
        assert_eq!(at(5), (2, 2), "and backwards");
        assert_eq!(at(12), (3, 1));
        assert_eq!(at(15), (5, 1));
    }
}
