//! The report of a release computed again from the sealed facts alone, and held against the figures that were sealed.

use std::collections::BTreeMap;

use super::{Error, Opened, SealedFigure, SealedFigures};

/// A figure that is not as it was sealed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: sealed {sealed}, computed {computed}")]
pub struct Differs {
    /// Its code.
    pub code: String,
    /// As it was sealed; `no such figure` where it was not.
    pub sealed: String,
    /// As it is computed now; likewise.
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

    /// The figures that differ from what was sealed: none where all is well.
    ///
    /// # Errors
    /// The computation fails.
    pub async fn reproduce(&self) -> Result<Vec<Differs>, Error> {
        Ok(differing(&self.figures, &self.computed().await?))
    }
}

/// The figures that are not the same in both, by their codes; each of several with one code is held against its own.
#[must_use]
pub fn differing(sealed: &SealedFigures, computed: &SealedFigures) -> Vec<Differs> {
    let (before, after) = (by_code(sealed), by_code(computed));
    let codes: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let differs = codes.into_iter().filter_map(|key| {
        let (sealed, computed) = (before.get(key), after.get(key));
        match (sealed, computed) {
            (Some(one), Some(other)) if one.equals(other) => None,
            _ => Some(Differs {
                code: key.0.to_owned(),
                sealed: said(sealed.copied()),
                computed: said(computed.copied()),
            }),
        }
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

fn said(figure: Option<&SealedFigure>) -> String {
    figure.map_or_else(|| "no such figure".to_owned(), SealedFigure::said)
}
