//! Releases in order, over one space of places; what each place may hold for those who know why it is hidden.

use super::counts::Cell;
use super::{Counts, Pattern, Place, ROWS_THAT_CHANGE, Sex};

/// A place by number: sex, county and year, the last of counties and years being the total.
pub(super) type At = usize;

/// A release: what it counted, and what it hid.
#[derive(Debug, Clone)]
pub(super) struct Release {
    pub(super) threshold: i64,
    pub(super) whole: bool,
    /// The count or total of each place; none where there is none.
    pub(super) value: Vec<Option<i64>>,
    pub(super) hidden: Vec<bool>,
    /// Hidden in a release before: it stays hidden whatever it has become, so that nothing follows from it.
    pub(super) carried: Vec<bool>,
    /// The latest release before from which it has changed by too few municipalities, or by too little, to show it.
    pub(super) sensitive: Vec<Option<usize>>,
    /// Whether it is another than in the last release before that had it.
    pub(super) changed: Vec<bool>,
    counts: Counts,
}

/// The releases of a table in order of time.
#[derive(Debug, Clone, Default)]
pub struct Series {
    pub(super) counties: Vec<String>,
    pub(super) years: Vec<i32>,
    pub(super) by_sex: bool,
    pub(super) releases: Vec<Release>,
}

impl Series {
    /// Releases as they were made.
    #[must_use]
    pub fn of(releases: &[(Counts, Pattern)]) -> Self {
        let by_sex = releases.first().is_some_and(|(_, pattern)| pattern.by_sex);
        let mut series = Self::space(releases.iter().map(|(counts, _)| counts), by_sex);
        for (counts, pattern) in releases {
            series.push(counts, pattern);
        }
        series
    }

    /// Adds a release as it was made.
    fn push(&mut self, counts: &Counts, pattern: &Pattern) {
        let mut release = self.release(counts, pattern.threshold);
        release.whole = pattern.whole;
        release.hidden = (0..self.len())
            .map(|at| release.value[at].is_some() && pattern.hides(&self.place(at)))
            .collect();
        self.releases.push(release);
    }

    /// An empty series over the counties and years of some counts.
    fn space<'a>(counts: impl Iterator<Item = &'a Counts>, by_sex: bool) -> Self {
        let (mut counties, mut years) = (Vec::new(), Vec::new());
        for (county, year) in counts.flat_map(|one| one.cells.keys()) {
            counties.push(county.clone());
            years.push(*year);
        }
        counties.sort();
        counties.dedup();
        years.sort_unstable();
        years.dedup();
        Self {
            counties,
            years,
            by_sex,
            releases: Vec::new(),
        }
    }

    /// The same releases with one more, of which what must be hidden is hidden: small counts, what was hidden before,
    /// and what has changed by too little.
    pub(super) fn with(&self, counts: &Counts, threshold: i64, by_sex: bool) -> Self {
        let by_sex = self.releases.first().map_or(by_sex, |_| self.by_sex);
        let before: Vec<(Counts, Pattern)> = (0..self.releases.len())
            .map(|release| (self.releases[release].counts.clone(), self.pattern(release)))
            .collect();
        let all = before.iter().map(|(counts, _)| counts).chain([counts]);
        let mut series = Self::space(all, by_sex);
        for (counts, pattern) in &before {
            series.push(counts, pattern);
        }
        let mut last = series.release(counts, threshold);
        for at in 0..series.len() {
            let small = last.value[at].is_some_and(|value| (1..=threshold).contains(&value));
            let otherwise = last.carried[at] || last.sensitive[at].is_some();
            last.hidden[at] = last.value[at].is_some() && (small || otherwise);
        }
        series.releases.push(last);
        series
    }

    /// Hides everything of the last release.
    pub(super) fn hide_whole(&mut self) {
        if let Some(last) = self.releases.last_mut() {
            last.whole = true;
            for at in 0..last.value.len() {
                last.hidden[at] = last.value[at].is_some();
            }
        }
    }

    /// A release after those that are there, with nothing hidden yet.
    fn release(&self, counts: &Counts, threshold: i64) -> Release {
        let mut value = vec![None; self.len()];
        for ((county, year), cell) in &counts.cells {
            let (i, j) = self.position(county, *year);
            for sex in self.sexes() {
                let Some(count) = cell.value(sex) else {
                    continue;
                };
                for at in self.lines(sex, i, j) {
                    value[at] = Some(value[at].unwrap_or(0) + count);
                }
            }
        }
        let hidden_before = |at: At| self.releases.iter().any(|one| one.hidden[at]);
        let latest = |at: At| self.releases.iter().rev().find_map(|one| one.value[at]);
        let at_all = 0..self.len();
        Release {
            threshold,
            whole: false,
            hidden: vec![false; self.len()],
            carried: at_all.clone().map(hidden_before).collect(),
            changed: at_all
                .map(|at| latest(at).is_some_and(|before| value[at] != Some(before)))
                .collect(),
            sensitive: self.sensitive(counts, threshold),
            value,
            counts: counts.clone(),
        }
    }

    /// By place the latest release from which it has changed by too little to show it.
    fn sensitive(&self, counts: &Counts, threshold: i64) -> Vec<Option<usize>> {
        let mut sensitive = vec![None; self.len()];
        for (release, before) in self.releases.iter().enumerate() {
            let (rows, sum) = self.differences(&before.counts, counts);
            for at in 0..self.len() {
                let little = sum[at].abs() <= threshold || rows[at] < ROWS_THAT_CHANGE;
                if sum[at] != 0 && little {
                    sensitive[at] = Some(release);
                }
            }
        }
        sensitive
    }

    /// By place how many municipalities' counts differ, and by how much the place does. What was not there before is no
    /// difference: new counts are in the totals, and are protected there.
    fn differences(&self, before: &Counts, now: &Counts) -> (Vec<usize>, Vec<i64>) {
        let (mut rows, mut sum) = (vec![0; self.len()], vec![0; self.len()]);
        let none = Cell::default();
        for (key, then) in &before.cells {
            let now = now.cells.get(key).unwrap_or(&none);
            let (i, j) = self.position(&key.0, key.1);
            for sex in self.sexes() {
                let Some(was) = then.value(sex) else {
                    continue;
                };
                let (differing, is) = (now.changed(then, sex), now.value(sex).unwrap_or(0));
                for at in self.lines(sex, i, j) {
                    rows[at] += differing;
                    sum[at] += is - was;
                }
            }
        }
        (rows, sum)
    }

    /// What a release hides.
    pub(super) fn pattern(&self, release: usize) -> Pattern {
        let release = &self.releases[release];
        let hidden = (0..self.len())
            .filter(|at| release.hidden[*at] && !release.whole)
            .map(|at| self.place(at));
        Pattern {
            threshold: release.threshold,
            by_sex: self.by_sex,
            whole: release.whole,
            hidden: hidden.collect(),
        }
    }

    /// Places of a release.
    pub(super) fn len(&self) -> usize {
        3 * (self.counties.len() + 1) * (self.years.len() + 1)
    }

    /// The sexes that are published.
    pub(super) fn sexes(&self) -> std::ops::Range<usize> {
        if self.by_sex { 0..3 } else { 0..1 }
    }

    /// The place of a sex, a county and a year.
    pub(super) fn at(&self, sex: usize, county: usize, year: usize) -> At {
        (sex * (self.counties.len() + 1) + county) * (self.years.len() + 1) + year
    }

    /// Sex, county and year of a place.
    pub(super) fn coordinates(&self, at: At) -> (usize, usize, usize) {
        let (line, year) = (at / (self.years.len() + 1), at % (self.years.len() + 1));
        let (sex, county) = (
            line / (self.counties.len() + 1),
            line % (self.counties.len() + 1),
        );
        (sex, county, year)
    }

    /// A count's own place, and those of the totals that it is in.
    pub(super) fn lines(&self, sex: usize, county: usize, year: usize) -> [At; 4] {
        let (counties, years) = (self.counties.len(), self.years.len());
        [
            self.at(sex, county, year),
            self.at(sex, county, years),
            self.at(sex, counties, year),
            self.at(sex, counties, years),
        ]
    }

    /// A place by its names.
    pub(super) fn place(&self, at: At) -> Place {
        let (sex, county, year) = self.coordinates(at);
        Place {
            sex: Sex::ALL[sex],
            county: self.counties.get(county).cloned(),
            year: self.years.get(year).copied(),
        }
    }

    /// A place by its names; none where the space has no such county or year.
    pub(super) fn at_of(&self, place: &Place) -> Option<At> {
        let county = match &place.county {
            None => self.counties.len(),
            Some(code) => self.counties.binary_search(code).ok()?,
        };
        let year = match place.year {
            None => self.years.len(),
            Some(year) => self.years.binary_search(&year).ok()?,
        };
        Some(self.at(place.sex as usize, county, year))
    }

    fn position(&self, county: &String, year: i32) -> (usize, usize) {
        let county = self.counties.binary_search(county);
        let year = self.years.binary_search(&year);
        (
            county.expect("the space has every county"),
            year.expect("the space has every year"),
        )
    }
}

impl Release {
    /// What a hidden place may hold for those who know why it is hidden. Where it is hidden whatever it holds, as for
    /// what was hidden before, that is anything.
    pub(super) fn bounds(&self, at: At) -> (i64, i64) {
        let whatever = self.whole || self.carried[at] || self.sensitive[at].is_some();
        match self.value[at] {
            _ if whatever => (0, i64::MAX),
            Some(value) if value <= self.threshold => (1, self.threshold),
            _ => (self.threshold + 1, i64::MAX),
        }
    }

    /// What was counted.
    pub(super) const fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Whether a place could be hidden beside others: it is neither missing nor 0.
    pub(super) fn can_cover(&self, at: At) -> bool {
        self.value[at].is_some_and(|value| value > self.threshold)
    }
}
