//! What goes with every file: rows, control totals, the datasets that were read, the question, the columns, what is left
//! out, and the hash of the rows.

use serde_json::{Map, Value, json};

use super::said::shown;
use super::table::Table;
use crate::graphql::exported::ReadDataset;
use crate::store::Basis;

/// What goes with a file, beside what the table itself knows.
#[derive(Clone, Debug)]
pub(super) struct Proof {
    /// Hash of the question.
    pub(super) query: String,
    /// The question.
    pub(super) document: String,
    /// Its variables.
    pub(super) variables: Map<String, Value>,
    /// The list of rows that was asked for, where the answer has several.
    pub(super) rows: Option<String>,
    /// The datasets that were read: by the address, and within the question.
    pub(super) datasets: Vec<ReadDataset>,
    /// Whether synthetic rows are behind it.
    pub(super) synthetic: bool,
}

impl Proof {
    /// As JSON, with the columns of the table.
    pub(super) fn json(&self, table: &Table) -> Value {
        let columns = table.columns.iter().map(|column| {
            json!({ "name": column.name, "type": column.type_name, "description": column.description })
        });
        json!({
            "query": { "sha256": self.query, "path": format!("/q/{}", self.query), "variables": self.variables, "rows": self.rows },
            "dataset": match self.datasets.as_slice() {
                [only] => dataset(only),
                // None of several is the one that the rows are of.
                _ => Value::Null,
            },
            "datasets": self.datasets(),
            "synthetic": self.synthetic,
            "rowCount": table.row_count,
            "controlTotals": totals(table),
            "sha256": table.sha256,
            "columns": columns.collect::<Vec<_>>(),
            "leftOut": table.left_out,
        })
    }

    /// As names and texts, for forms whose metadata are such.
    pub(super) fn pairs(&self, table: &Table) -> Vec<(&'static str, String)> {
        let mut pairs = vec![
            ("samsyn.query_sha256", self.query.clone()),
            ("samsyn.query", self.document.clone()),
            (
                "samsyn.variables",
                Value::from(self.variables.clone()).to_string(),
            ),
            ("samsyn.dataset_version", self.versions()),
            ("samsyn.datasets", self.datasets().to_string()),
            ("samsyn.synthetic", self.synthetic.to_string()),
            ("samsyn.row_count", table.row_count.to_string()),
            ("samsyn.control_totals", totals(table).to_string()),
            ("samsyn.rows_sha256", table.sha256.clone()),
            (
                "samsyn.left_out",
                Value::from(table.left_out.clone()).to_string(),
            ),
        ];
        let rows = self.rows.clone().map(|rows| ("samsyn.rows", rows));
        pairs.extend(rows);
        if let [only] = self.datasets.as_slice() {
            pairs.push(("samsyn.today", only.dataset.today.to_string()));
            let as_of = only.as_of.map(|as_of| ("samsyn.as_of", shown(as_of)));
            let release = release(only).map(|name| ("samsyn.release", name.to_owned()));
            pairs.extend(as_of.into_iter().chain(release));
        }
        pairs
    }

    /// The versions of the datasets that were read.
    pub(super) fn versions(&self) -> String {
        let versions = self.datasets.iter();
        let versions: Vec<String> = versions
            .map(|one| one.dataset.version.to_string())
            .collect();
        versions.join(", ")
    }

    /// The last of the versions that were read.
    pub(super) fn last_version(&self) -> i64 {
        let versions = self.datasets.iter().map(|one| one.dataset.version);
        versions.max().unwrap_or_default()
    }

    /// The datasets that were read, as JSON.
    fn datasets(&self) -> Value {
        self.datasets.iter().map(dataset).collect()
    }

    /// As headers, for what a text file cannot say in itself.
    pub(super) fn headers(&self, table: &Table) -> Vec<(&'static str, String)> {
        let totals = table.totals.iter();
        let totals: Vec<String> = totals.map(|(name, sum)| format!("{name}={sum}")).collect();
        let mut headers = vec![
            ("samsyn-row-count", table.row_count.to_string()),
            ("samsyn-control-totals", totals.join(", ")),
            ("samsyn-dataset-version", self.versions()),
            ("samsyn-rows-sha256", table.sha256.clone()),
            ("samsyn-synthetic", self.synthetic.to_string()),
        ];
        if !table.left_out.is_empty() {
            headers.push(("samsyn-left-out", table.left_out.join(", ")));
        }
        headers
    }
}

/// A dataset that was read, as JSON.
fn dataset(read: &ReadDataset) -> Value {
    json!({
        "version": read.dataset.version,
        "today": read.dataset.today.to_string(),
        "asOf": read.as_of.map(shown),
        "release": release(read),
        "basis": basis(read),
    })
}

/// The sealed release that was read.
pub(super) fn release(read: &ReadDataset) -> Option<&str> {
    let release = read.dataset.release.as_deref();
    release.map(|release| release.name.as_str())
}

/// What was counted, as the schema says it.
pub(super) const fn basis(read: &ReadDataset) -> &'static str {
    match read.dataset.basis {
        Basis::Accepted => "ACCEPTED",
        Basis::AllReceived => "ALL_RECEIVED",
    }
}

/// The control totals by column, as strings.
fn totals(table: &Table) -> Value {
    let totals = table.totals.iter();
    let totals = totals.map(|(name, sum)| (name.clone(), Value::from(sum.to_string())));
    Value::Object(totals.collect())
}
