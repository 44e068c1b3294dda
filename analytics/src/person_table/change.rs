//! Whether the whole country's change between two years may be told beside what earlier releases told of it.

use std::collections::BTreeMap;

use super::{Counts, ROWS_THAT_CHANGE, Sex};

/// By municipality its counts of two years.
type Both<'a> = BTreeMap<&'a String, [Option<i64>; 2]>;

impl Counts {
    /// Whether the change of everybody's counts between two years, over the municipalities that have both, may be told in
    /// a release when it was told in those before: of each, as many municipalities as show a change must differ, and the
    /// sum of the changes by more than a small number; or nothing differs at all.
    ///
    /// It says nothing of one release alone.
    #[must_use]
    pub fn change_may_be_told(&self, before: &[Self], years: [i32; 2], threshold: i64) -> bool {
        let now = self.both(years);
        before.iter().all(|before| {
            let then = before.both(years);
            let names = now
                .keys()
                .chain(then.keys().filter(|name| !now.contains_key(*name)));
            let differing = names
                .filter(|name| now.get(*name) != then.get(*name))
                .count();
            let moved = (change(&now) - change(&then)).abs();
            differing == 0 || (differing >= ROWS_THAT_CHANGE && (moved == 0 || moved > threshold))
        })
    }

    fn both(&self, years: [i32; 2]) -> Both<'_> {
        let mut both = Both::new();
        for ((_, year), cell) in &self.cells {
            let Some(at) = years.iter().position(|one| one == year) else {
                continue;
            };
            for (municipality, value) in cell.of(Sex::Total) {
                both.entry(municipality).or_default()[at] = Some(*value);
            }
        }
        both
    }
}

/// Σ of the changes over the municipalities that have both counts; the counts' own sums do not overflow.
fn change(both: &Both<'_>) -> i64 {
    let pairs = both
        .values()
        .filter_map(|counts| Some(counts[1]? - counts[0]?));
    pairs.sum()
}
