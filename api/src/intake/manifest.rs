//! `manifest.json`: kind, assignment, sender and nature of each file of a folder.

use serde::Deserialize;

/// A folder's manifest. What else stands in it is for others.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Manifest {
    /// One entry a file.
    #[serde(default)]
    pub files: Vec<ManifestEntry>,
}

/// What the manifest says of a file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ManifestEntry {
    /// Its name.
    pub file: String,
    /// Its kind.
    #[serde(default)]
    pub kind: Option<String>,
    /// Registry number of its assignment.
    #[serde(default)]
    pub assignment: Option<String>,
    /// Code of its sender.
    #[serde(default)]
    pub organisation: Option<String>,
    /// REAL, SYNTHETIC or MIXED.
    #[serde(default)]
    pub nature: Option<String>,
    /// The day it was registered.
    #[serde(default)]
    pub registered_on: Option<chrono::NaiveDate>,
    /// The version of the plan that it is, for activity plans.
    #[serde(default)]
    pub plan_version: Option<i64>,
    /// The day that version was decided.
    #[serde(default)]
    pub decided_on: Option<chrono::NaiveDate>,
}

impl Manifest {
    /// The entry of a file.
    #[must_use]
    pub fn entry(&self, file: &str) -> Option<&ManifestEntry> {
        self.files.iter().find(|entry| entry.file == file)
    }
}
