//! The report of a release computed again from the sealed facts alone, and held against the figures that were sealed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Error, Opened, SealedFigure, SealedFigures};
use crate::reports::FigureCode;
use crate::reports::report::Numbered;

/// A figure that is not as it was sealed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: sealed {sealed}, computed {computed}")]
pub struct Differs {
    /// Its code.
    pub code: String,
    /// As it was sealed.
    pub sealed: String,
    /// As it is computed now; `no such figure` where there is none.
    pub computed: String,
}

impl Opened {
    /// The figures of the report, computed now from what is sealed.
    ///
    /// # Errors
    /// The manifest names no report, or the computation fails.
    pub async fn computed(&self) -> Result<SealedFigures, Error> {
        let (assignment, asked) = self.manifest.report()?;
        let report = self
            .reports
            .report(&self.dataset, &assignment, asked)
            .await?;
        let report = report.ok_or(Error::NoReport(assignment))?;
        Ok(SealedFigures::of(&report))
    }

    /// The figures that differ from what was sealed: none where all is well. A later program may compose its report of
    /// other tables: a figure that it no longer shows is asked for by its code, and one that it shows besides is nobody's
    /// fault.
    ///
    /// # Errors
    /// The computation fails.
    pub async fn reproduce(&self) -> Result<Vec<Differs>, Error> {
        let mut computed = self.computed().await?;
        let shown: BTreeSet<String> = computed
            .figures
            .iter()
            .map(|one| one.code.clone())
            .collect();
        for one in &self.figures.figures {
            if !shown.contains(&one.code)
                && let Ok(code) = FigureCode::parse(&one.code)
                && let Some(figure) = Box::pin(self.reports.figure(&self.dataset, &code)).await?
            {
                let number = one.number.clone();
                computed
                    .figures
                    .push(SealedFigure::of(&Numbered { number, figure }));
            }
        }
        Ok(differing(&self.figures, &computed))
    }
}

/// The sealed figures that are not the same among those computed; each of several with one code is held against its own.
#[must_use]
pub fn differing(sealed: &SealedFigures, computed: &SealedFigures) -> Vec<Differs> {
    let (before, after) = (by_code(sealed), by_code(computed));
    let differs = before.iter().filter_map(|(key, sealed)| {
        // A later report may show it fewer times: it is one figure.
        let computed = after.get(key).or_else(|| after.get(&(key.0, 0)));
        let is_same = computed.is_some_and(|other| sealed.equals(other));
        (!is_same).then(|| Differs {
            code: key.0.to_owned(),
            sealed: sealed.said(),
            computed: computed.map_or_else(|| "no such figure".to_owned(), |one| one.said()),
        })
    });
    differs.collect()
}

/// Figures by code, and which of those with the code: a report may show one more than once.
fn by_code(figures: &SealedFigures) -> BTreeMap<(&str, usize), &SealedFigure> {
    let mut found: BTreeMap<(&str, usize), &SealedFigure> = BTreeMap::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &figures.figures {
        let nth = seen.entry(one.code.as_str()).or_default();
        found.insert((one.code.as_str(), *nth), one);
        *nth += 1;
    }
    found
}
