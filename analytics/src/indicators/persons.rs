//! Changes in counts of persons: what of the whole country's change may be told to everybody.

use super::ShiftLine;

impl ShiftLine {
    /// Whether mean and median change, and how many rose, stayed and fell, may be told, though the counts behind them may
    /// not. Numbers from 1 up to the threshold are small.
    ///
    /// - Fewer pairs than that would tell single counts' changes, and so would a class (rose, stayed, fell) of so few.
    /// - Where none changed, every single change is told.
    /// - Where few are without a pair, the totals that are published of both years would tell theirs.
    ///
    /// Levels are never told: they would be the totals of a part of the country, and the rest follows.
    #[must_use]
    pub const fn may_be_told(&self, threshold: u64) -> bool {
        const fn is_small(count: u64, threshold: u64) -> bool {
            count > 0 && count <= threshold
        }
        self.pair_count > threshold
            && self.unchanged < self.pair_count
            && !is_small(self.increased, threshold)
            && !is_small(self.unchanged, threshold)
            && !is_small(self.decreased, threshold)
            && !is_small(self.of - self.pair_count, threshold)
    }
}
