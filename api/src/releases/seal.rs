//! Making a release: the tables of a dataset, the figures of its report, the manifest, and the signature.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use entity::{DeliverableKind, Moment, RegistryNumber};

use super::manifest::{FIGURES, SIGNATURE, SUMS, SealedDataset, SealedFile};
use super::{Error, FORMAT, Manifest, Package, SealedFigures, SigningKey, parquet};
use crate::intake::rulebook;
use crate::reports::Reports;
use crate::reports::figure::register;
use crate::store::Dataset;
use crate::store::frozen::{Point, each_portion, frozen};

/// What is to be sealed.
#[derive(Debug)]
pub struct Sealing<'a> {
    /// What it will be asked for by.
    pub name: String,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// What the report is.
    pub kind: DeliverableKind,
    /// Its last day, where there are several.
    pub due_on: Option<chrono::NaiveDate>,
    /// When it is sealed.
    pub sealed_at: DateTime<Utc>,
    /// Hidden until then.
    pub embargo_until: Option<DateTime<Utc>>,
    /// Who signs it.
    pub key: Option<&'a SigningKey>,
}

/// A dataset of accepted submissions as a release.
///
/// # Errors
/// The decisions ask for no such report, or something fails.
pub async fn sealed(
    reports: &Reports,
    dataset: &Dataset,
    sealing: &Sealing<'_>,
) -> Result<(Package, Manifest), Error> {
    let asked = (sealing.kind, sealing.due_on);
    let report = reports.report(dataset, &sealing.assignment, asked).await?;
    let report = report.ok_or_else(|| Error::NoReport(sealing.assignment.clone()))?;
    let mut package = Package::default();
    let mut files = tables(reports, dataset, &mut package).await?;
    let figures = SealedFigures::of(&report);
    let text = figures.text();
    let count = figures.figures.len() as u64;
    files.push(SealedFile::of(FIGURES.to_owned(), &text, count, &[]));
    package.put(FIGURES, text);
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        name: sealing.name.clone(),
        assignment: sealing.assignment.to_string(),
        kind: sealing.kind.code().to_owned(),
        due_on: report.due_on,
        title: report.title.clone(),
        dataset: SealedDataset {
            version: dataset.version,
            as_of: dataset.as_of,
            today: dataset.today,
        },
        sealed_at: sealing.sealed_at,
        embargo_until: sealing.embargo_until,
        synthetic: report.synthetic,
        definitions_version: analytics::DEFINITIONS_VERSION.to_owned(),
        figures_register_sha256: super::manifest::sha256(register().as_bytes()),
        rules_sha256: super::manifest::sha256(rulebook().as_bytes()),
        program: format!("samsyn {}", env!("CARGO_PKG_VERSION")),
        key_id: sealing.key.map(|key| key.public().id()),
        files,
    };
    let text = manifest.text();
    if let Some(key) = sealing.key {
        let signature = STANDARD.encode(key.sign(&text)) + "\n";
        package.put(SIGNATURE, signature.into_bytes());
    }
    package.put(super::manifest::MANIFEST, text);
    let sums = package.sums(&manifest);
    package.put(SUMS, sums.into_bytes());
    Ok((package, manifest))
}

/// Puts the tables into the package, from one state of the database.
async fn tables(
    reports: &Reports,
    dataset: &Dataset,
    package: &mut Package,
) -> Result<Vec<SealedFile>, Error> {
    let point = Point {
        version: dataset.version,
        as_of: Moment::from(dataset.as_of),
        withheld: reports.catalogue(dataset).await?.withheld(),
    };
    let db = reports.store().begin_read().await?;
    let mut files = Vec::new();
    for table in frozen() {
        let mut writing = parquet::Writing::begin(&table)?;
        each_portion(&db, &table, &point, |rows| writing.put(&rows)).await?;
        let written = writing.finish()?;
        let path = table.path();
        let file = SealedFile::of(path.clone(), &written.bytes, written.rows, &written.totals);
        files.push(file);
        package.put(&path, written.bytes);
    }
    db.rollback().await?;
    Ok(files)
}
