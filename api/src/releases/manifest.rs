//! The manifest of a release: what it is, by which rules and which program, and the sum of each of its files.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{DeliverableKind, RegistryNumber};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Fault;
use crate::intake::hex;

/// The form of a release; another number where an older program could not read it.
pub const FORMAT: &str = "samsyn-release/1";

/// The manifest's own file.
pub(super) const MANIFEST: &str = "manifest.json";

/// The signature's file.
pub(super) const SIGNATURE: &str = "manifest.sig";

/// The sums of all files, as `sha256sum -c` reads them.
pub(super) const SUMS: &str = "SHA256SUMS";

/// The figures' file.
pub(super) const FIGURES: &str = "figures.json";

/// What a release says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Manifest {
    /// The form of the release.
    pub format: String,
    /// What it is asked for by.
    pub name: String,
    /// Registry number of the assignment whose report it is sealed for.
    pub assignment: String,
    /// What the report is, as the decisions ask for it.
    pub kind: String,
    /// The report's last day.
    pub due_on: Option<NaiveDate>,
    /// Title of the report.
    pub title: String,
    /// The dataset that is sealed.
    pub dataset: SealedDataset,
    /// When it was sealed.
    pub sealed_at: DateTime<Utc>,
    /// Hidden until then from all but those who prepare it.
    pub embargo_until: Option<DateTime<Utc>>,
    /// Whether invented rows are behind the report.
    pub synthetic: bool,
    /// Version of the figures' definitions.
    pub definitions_version: String,
    /// SHA-256 of the register of figures, as `samsyn figures` prints it.
    pub figures_register_sha256: String,
    /// SHA-256 of the rules that files are checked by, as `samsyn rules` prints them.
    pub rules_sha256: String,
    /// The program that sealed it.
    pub program: String,
    /// Thumbprint of the key that signed it; none where nobody did.
    pub key_id: Option<String>,
    /// Its files, in the order of their paths.
    pub files: Vec<SealedFile>,
}

/// The dataset of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SealedDataset {
    /// The version.
    pub version: i64,
    /// Its instant.
    pub as_of: DateTime<Utc>,
    /// The day that is today in it.
    pub today: NaiveDate,
}

/// A file of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SealedFile {
    /// Its path within the release's folder.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// How many rows, or figures.
    pub rows: u64,
    /// Control totals: the sum of each column of amounts, in kronor.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub totals: BTreeMap<String, String>,
}

impl Manifest {
    /// The report that it is sealed for: assignment, kind, and last day.
    ///
    /// # Errors
    /// It names none that this program knows.
    pub fn report(&self) -> Result<(RegistryNumber, (DeliverableKind, Option<NaiveDate>)), Fault> {
        let unknown = |what: &str| Fault::Unreadable(format!("{MANIFEST}: {what} is not known"));
        let assignment =
            RegistryNumber::parse(&self.assignment).map_err(|_| unknown(&self.assignment))?;
        let kind = DeliverableKind::of(&self.kind).ok_or_else(|| unknown(&self.kind))?;
        Ok((assignment, (kind, self.due_on)))
    }

    /// As it is written.
    pub(super) fn text(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("texts and numbers are JSON");
        text.push(b'\n');
        text
    }
}

impl SealedFile {
    pub(super) fn of(path: String, bytes: &[u8], rows: u64, totals: &[(&str, i128)]) -> Self {
        let totals = totals.iter();
        let totals = totals.map(|(column, ore)| ((*column).to_owned(), kronor(*ore)));
        Self {
            path,
            sha256: sha256(bytes),
            bytes: bytes.len() as u64,
            rows,
            totals: totals.collect(),
        }
    }
}

/// SHA-256 of bytes in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// A sum of öre as kronor with two decimals: sums of many amounts may be larger than an amount can be.
pub(super) fn kronor(ore: i128) -> String {
    let sign = if ore < 0 { "-" } else { "" };
    let whole = ore.unsigned_abs();
    format!("{sign}{}.{:02}", whole / 100, whole % 100)
}
