//! Answers as rows: every cell by its column.

use std::collections::BTreeSet;

use serde_json::Value;

use super::columns::{Column, Kind, joined};
use super::layout::Layout;

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
    /// The rows of a part of an answer. A list some of whose members have no rows within them is named in `told`: what
    /// stands in such a member is in no row.
    pub(super) fn rows(&self, data: &Value, told: &mut BTreeSet<String>) -> Vec<Row> {
        let mut rows = Vec::new();
        self.descend(&mut vec![data], &mut rows, told);
        rows
    }

    /// Goes down the lists; `members` are the answer and the members that lead to where it is.
    fn descend(&self, members: &mut Vec<&Value>, rows: &mut Vec<Row>, told: &mut BTreeSet<String>) {
        let level = members.len() - 1;
        let Some(way) = self.lists.get(level) else {
            let cell = |column: &Column| cell(column, at(members[column.level], &column.way));
            rows.push(self.columns.iter().map(cell).collect());
            return;
        };
        let own = at(members[level], way).as_array();
        let own = own.map_or(&[][..], Vec::as_slice);
        if own.is_empty() && level > 0 {
            told.insert(joined(&self.lists[..level].concat()));
        }
        for member in own {
            members.push(member);
            self.descend(members, rows, told);
            members.pop();
        }
    }

    /// The connection of which the first list is a page.
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
        (
            Kind::Money | Kind::Rate | Kind::Computed | Kind::Decimal | Kind::Integer,
            Value::String(digits),
        ) => Cell::Number(digits.clone()),
        (_, Value::String(text)) => Cell::Text(text.clone()),
        (_, list) => Cell::Text(list.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::layout::layout;
    use super::*;

    #[test]
    fn a_list_in_a_list_repeats_what_stands_outside_and_tells_of_members_without_rows() {
        let document = "{ counties { code recipients { nodes { code name } } } }";
        let found = layout(document, Some("counties.recipients.nodes")).expect("a table");
        let answer = json!({ "counties": [
            { "code": "01", "recipients": { "nodes": [{ "code": "0114", "name": "A" }, { "code": "0180", "name": "B" }] } },
            { "code": "03", "recipients": { "nodes": [] } },
        ] });
        let mut told = BTreeSet::new();
        let text = |text: &str| Cell::Text(text.to_owned());
        assert_eq!(
            found.rows(&answer, &mut told),
            [
                [text("01"), text("0114"), text("A")],
                [text("01"), text("0180"), text("B")]
            ]
        );
        assert_eq!(told.into_iter().collect::<Vec<_>>(), ["counties"]);
    }
}
