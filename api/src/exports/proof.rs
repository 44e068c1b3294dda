//! What goes with every file: rows, control totals, the dataset, the question, the columns, and the hash of the rows.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::csv::{self, Dialect};
use crate::graphql::exported::{Cell, Kind, Table};
use crate::intake::hex;
use crate::store::Dataset;

/// What goes with a file.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Hash of the question.
    pub query: String,
    /// Its variables.
    pub variables: Map<String, Value>,
    /// The list of rows that was asked for, where the answer has several.
    pub rows: Option<String>,
    /// The version of the dataset.
    pub version: i64,
    /// The day that is today in it.
    pub today: String,
    /// The instant that was asked for; none for the present.
    pub as_of: Option<String>,
    /// Whether synthetic rows are behind it.
    pub synthetic: bool,
    /// How many rows.
    pub row_count: usize,
    /// The sum of each of the rows' own columns of kronor, by its name.
    pub totals: Vec<(String, Decimal)>,
    /// SHA-256 over the rows as CSV for programs.
    pub sha256: String,
}

impl Proof {
    /// Of a table.
    ///
    /// # Errors
    /// A mistake in the program.
    pub fn of(
        table: &Table,
        (query, variables): (&str, &Map<String, Value>),
        (dataset, as_of): (&Dataset, Option<String>),
        synthetic: bool,
    ) -> Result<Self, ::csv::Error> {
        Ok(Self {
            query: query.to_owned(),
            variables: variables.clone(),
            rows: None,
            version: dataset.version,
            today: dataset.today.to_string(),
            as_of,
            synthetic,
            row_count: table.rows.len(),
            totals: totals(table),
            sha256: hex(&Sha256::digest(csv::write(table, Dialect::Programs)?)),
        })
    }

    /// As JSON, with the columns of the table.
    #[must_use]
    pub fn json(&self, table: &Table) -> Value {
        let total = |(name, sum): &(String, Decimal)| (name.clone(), Value::from(sum.to_string()));
        let columns = table.columns.iter().map(|column| {
            json!({ "name": column.name, "type": column.type_name, "description": column.description })
        });
        json!({
            "query": { "sha256": self.query, "path": format!("/q/{}", self.query), "variables": self.variables, "rows": self.rows },
            "dataset": { "version": self.version, "today": self.today, "asOf": self.as_of },
            "synthetic": self.synthetic,
            "rowCount": self.row_count,
            "controlTotals": self.totals.iter().map(total).collect::<Map<_, _>>(),
            "sha256": self.sha256,
            "columns": columns.collect::<Vec<_>>(),
            "leftOut": table.left_out,
        })
    }
}

/// The sum of each of the rows' own columns of kronor, exactly. What stands beside the rows and is repeated on each has none.
fn totals(table: &Table) -> Vec<(String, Decimal)> {
    let money = table.columns.iter().enumerate();
    let money = money.filter(|(_, column)| column.kind == Kind::Money && column.is_of_row);
    let sum = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| match &row[at] {
            Cell::Number(digits) => digits.parse::<Decimal>().ok(),
            _ => None,
        });
        cells.sum()
    };
    money
        .map(|(at, column)| (column.name.clone(), sum(at)))
        .collect()
}
