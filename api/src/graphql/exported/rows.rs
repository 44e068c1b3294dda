//! Answers as rows: every cell by its column.

use serde_json::Value;

use super::columns::{Column, Kind, Layout};

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// An exact number, as digits with a decimal point.
    Number(String),
    /// Text.
    Text(String),
    /// True or false.
    Flag(bool),
}

/// A row: a cell for each column.
pub type Row = Vec<Cell>;

impl Layout {
    /// The rows of a part of an answer.
    pub(super) fn rows(&self, data: &Value) -> Vec<Row> {
        let row = |row: &Value| {
            let cell = |column: &Column| {
                let from = if column.is_of_row { row } else { data };
                cell(column, at(from, &column.way))
            };
            self.columns.iter().map(cell).collect()
        };
        if self.rows.is_empty() {
            return vec![row(data)];
        }
        let rows = at(data, &self.rows).as_array();
        rows.into_iter().flatten().map(row).collect()
    }

    /// The connection of which the rows are a page.
    pub(super) fn connection<'a>(&self, data: &'a Value) -> Option<&'a Value> {
        Some(at(data, self.connection.as_ref()?))
    }
}

/// What stands at the end of a way; null where the way breaks off.
fn at<'a>(from: &'a Value, way: &[String]) -> &'a Value {
    way.iter().fold(from, |value, key| &value[key.as_str()])
}

fn cell(column: &Column, value: &Value) -> Cell {
    match (column.kind, value) {
        (_, Value::Null) => Cell::Empty,
        (_, Value::Bool(flag)) => Cell::Flag(*flag),
        (_, Value::Number(number)) => Cell::Number(number.to_string()),
        (Kind::Money | Kind::Decimal | Kind::Integer, Value::String(digits)) => {
            Cell::Number(digits.clone())
        }
        (_, Value::String(text)) => Cell::Text(text.clone()),
        (_, list) => Cell::Text(list.to_string()),
    }
}
