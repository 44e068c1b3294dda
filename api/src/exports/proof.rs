//! What goes with every file: rows, control totals, the dataset, the question, the columns, and the hash of the rows.

use serde_json::{Map, Value, json};

use super::table::Table;
use crate::store::Dataset;

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
    /// The dataset that was asked.
    pub(super) dataset: Dataset,
    /// The instant that was asked for; none for the present.
    pub(super) as_of: Option<String>,
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
            "dataset": { "version": self.dataset.version, "today": self.dataset.today.to_string(), "asOf": self.as_of, "release": self.release() },
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
            ("samsyn.dataset_version", self.dataset.version.to_string()),
            ("samsyn.today", self.dataset.today.to_string()),
            ("samsyn.synthetic", self.synthetic.to_string()),
            ("samsyn.row_count", table.row_count.to_string()),
            ("samsyn.control_totals", totals(table).to_string()),
            ("samsyn.rows_sha256", table.sha256.clone()),
        ];
        let rows = self.rows.clone().map(|rows| ("samsyn.rows", rows));
        let as_of = self.as_of.clone().map(|as_of| ("samsyn.as_of", as_of));
        let release = self
            .release()
            .map(|name| ("samsyn.release", name.to_owned()));
        pairs.extend(rows.into_iter().chain(as_of).chain(release));
        pairs
    }

    /// The sealed release that was asked.
    pub(super) fn release(&self) -> Option<&str> {
        let release = self.dataset.release.as_deref();
        release.map(|release| release.name.as_str())
    }

    /// As headers, for what a text file cannot say in itself.
    pub(super) fn headers(&self, table: &Table) -> [(&'static str, String); 5] {
        let totals = table.totals.iter();
        let totals: Vec<String> = totals.map(|(name, sum)| format!("{name}={sum}")).collect();
        [
            ("samsyn-row-count", table.row_count.to_string()),
            ("samsyn-control-totals", totals.join(", ")),
            ("samsyn-dataset-version", self.dataset.version.to_string()),
            ("samsyn-rows-sha256", table.sha256.clone()),
            ("samsyn-synthetic", self.synthetic.to_string()),
        ]
    }
}

/// The control totals by column, as strings.
fn totals(table: &Table) -> Value {
    let totals = table.totals.iter();
    let totals = totals.map(|(name, sum)| (name.clone(), Value::from(sum.to_string())));
    Value::Object(totals.collect())
}
