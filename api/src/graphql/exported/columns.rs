//! Which list of an answer becomes rows, and which columns they have.
//!
//! The outermost list of objects is the rows, of several the one that is called so; reasons of what is missing belong to a
//! figure, and are none. What stands beside it is repeated on each row; a list within a row is one cell, as JSON. A connection is asked page by page until it is whole.

use async_graphql::parser::parse_query;
use async_graphql::parser::types::ExecutableDocument;

use super::leaves::{Leaf, Step, leaves, operation};
use super::types::Types;

/// The reasons why members of a figure are missing.
const MISSING: &str = "Missing";

/// What the schema calls a list that is what was asked for. Where one of several lists is called so, it is the rows.
const ROWS: [&str; 2] = ["rows", "nodes"];

/// The page's information in a connection.
const PAGE_INFO: &str = "pageInfo";

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Kronor with two decimals.
    Money,
    /// Another exact number.
    Decimal,
    /// A whole number.
    Integer,
    /// True or false.
    Flag,
    /// A civil date.
    Date,
    /// Text, codes and instants.
    Text,
    /// A list, as JSON.
    Json,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name: the way from the row, or from the answer where it is repeated on each row.
    pub name: String,
    /// What its cells hold.
    pub kind: Kind,
    /// Name of the type in the schema.
    pub type_name: String,
    /// What it is, as the schema says; empty for lists.
    pub description: String,
    /// Whether it is a row's own; else it stands beside the rows and is repeated on each.
    pub is_of_row: bool,
    pub(super) way: Vec<String>,
}

/// How an answer is read as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The names of the variables that the document declares.
    pub variables: Vec<String>,
    /// The way to the list of rows; empty where the whole answer is one row.
    pub(super) rows: Vec<String>,
    /// The way to the connection, where the rows are its pages.
    pub(super) connection: Option<Vec<String>>,
    /// Whether the document can be asked for the next page.
    pub(super) turns: bool,
    /// The columns in the order of the document.
    pub columns: Vec<Column>,
    /// Other lists of objects, which are in no column.
    pub left_out: Vec<String>,
}

/// Why a document is no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoTable {
    /// It is no GraphQL.
    #[error("the document is no GraphQL: {0}")]
    NoGraphql(String),
    /// It is not one query.
    #[error("a saved question is one query: no mutation, and no second operation")]
    NoQuery,
    /// A field or fragment that does not exist.
    #[error("there is no {0}")]
    Unknown(String),
    /// Several lists.
    #[error("the answer has several lists: say which is the rows with rows=, one of {}", .0.join(", "))]
    Several(Vec<String>),
    /// The list that is asked for does not exist.
    #[error("the answer has no list {asked}: rows= is one of {}", .lists.join(", "))]
    NoList {
        /// What was asked for.
        asked: String,
        /// What there is.
        lists: Vec<String>,
    },
}

/// How the answer to a document is read as a table, with the list of its rows where one is named.
///
/// # Errors
/// It is no query, or which list is the rows cannot be told.
pub fn layout(document: &str, rows: Option<&str>) -> Result<Layout, NoTable> {
    let parsed = parse_query(document).map_err(|error| NoTable::NoGraphql(error.to_string()))?;
    let leaves = leaves(&parsed, Types::known())?;
    let leaves: Vec<Leaf> = leaves.into_iter().filter(|leaf| !is_paging(leaf)).collect();
    let mut lists: Vec<Vec<Step>> = Vec::new();
    for leaf in &leaves {
        if let Some(list) = outermost(&leaf.way)
            && !lists.contains(&list)
        {
            lists.push(list);
        }
    }
    let chosen = choose(&lists, rows)?;
    let mut columns: Vec<Column> = Vec::new();
    for leaf in &leaves {
        if let Some(column) = column(leaf, chosen.as_deref())
            && !columns
                .iter()
                .any(|one| one.way == column.way && one.is_of_row == column.is_of_row)
        {
            columns.push(column);
        }
    }
    let chosen = chosen.unwrap_or_default();
    let connection = chosen.last().filter(|step| step.of.ends_with("Connection"));
    Ok(Layout {
        variables: declared(&parsed),
        connection: connection.map(|_| keys(&chosen[..chosen.len() - 1])),
        turns: connection.is_some() && turns(&parsed),
        left_out: lists
            .iter()
            .filter(|list| **list != chosen)
            .map(|list| name(&keys(list)))
            .collect(),
        rows: keys(&chosen),
        columns,
    })
}

/// Whether the document takes the cursor that the next page begins after.
fn turns(document: &ExecutableDocument) -> bool {
    operation(document).is_ok_and(|operation| {
        let mut variables = operation.variable_definitions.iter();
        variables.any(|one| one.node.name.node == "after")
    })
}

/// The variables that the document declares.
fn declared(document: &ExecutableDocument) -> Vec<String> {
    let found = operation(document).map(|operation| {
        let variables = operation.variable_definitions.iter();
        variables
            .map(|one| one.node.name.node.to_string())
            .collect()
    });
    found.unwrap_or_default()
}

fn is_paging(leaf: &Leaf) -> bool {
    let mut way = leaf.way.iter().rev();
    let (last, before) = (way.next(), way.next());
    before.is_some_and(|step| step.key == PAGE_INFO)
        || last.is_some_and(|step| step.key == "cursor" && step.of.ends_with("Edge"))
}

/// The way to the outermost list of objects on a way.
fn outermost(way: &[Step]) -> Option<Vec<Step>> {
    let at = way.iter().position(|step| step.is_list)?;
    (way[at].gives != MISSING).then(|| way[..=at].to_vec())
}

fn choose(lists: &[Vec<Step>], asked: Option<&str>) -> Result<Option<Vec<Step>>, NoTable> {
    let names = || {
        lists
            .iter()
            .map(|list| name(&keys(list)))
            .collect::<Vec<_>>()
    };
    match (asked, lists) {
        (Some(asked), _) => {
            let found = lists.iter().find(|list| name(&keys(list)) == asked);
            let found = found.ok_or_else(|| NoTable::NoList {
                asked: asked.to_owned(),
                lists: names(),
            })?;
            Ok(Some(found.clone()))
        }
        (None, []) => Ok(None),
        (None, [only]) => Ok(Some(only.clone())),
        (None, _) => {
            let is_rows = |list: &&Vec<Step>| {
                list.last()
                    .is_some_and(|step| ROWS.contains(&step.key.as_str()))
            };
            let mut rows = lists.iter().filter(is_rows);
            match (rows.next(), rows.next()) {
                (Some(rows), None) => Ok(Some(rows.clone())),
                _ => Err(NoTable::Several(names())),
            }
        }
    }
}

/// The column of a leaf; none where it stands in a list that is not the rows.
fn column(leaf: &Leaf, rows: Option<&[Step]>) -> Option<Column> {
    let rows = rows.unwrap_or_default();
    let is_of_row = !rows.is_empty() && leaf.way.starts_with(rows);
    let way = if is_of_row {
        &leaf.way[rows.len()..]
    } else {
        &leaf.way[..]
    };
    let inner = way.iter().position(|step| step.is_list);
    if let Some(at) = inner {
        // Another list beside the rows is no part of the table.
        let belongs = is_of_row || way[at].gives == MISSING;
        return belongs.then(|| Column {
            name: name(&keys(&way[..=at])),
            kind: Kind::Json,
            type_name: "JSON".to_owned(),
            description: String::new(),
            way: keys(&way[..=at]),
            is_of_row,
        });
    }
    let kind = match leaf.type_name.as_str() {
        _ if leaf.is_list => Kind::Json,
        "Money" => Kind::Money,
        "Decimal" => Kind::Decimal,
        "Int" => Kind::Integer,
        "Boolean" => Kind::Flag,
        "Date" => Kind::Date,
        _ => Kind::Text,
    };
    Some(Column {
        name: name(&keys(way)),
        kind,
        type_name: leaf.type_name.clone(),
        description: leaf.description.clone(),
        way: keys(way),
        is_of_row,
    })
}

fn keys(way: &[Step]) -> Vec<String> {
    way.iter().map(|step| step.key.clone()).collect()
}

fn name(way: &[String]) -> String {
    way.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(layout: &Layout) -> Vec<(&str, Kind)> {
        let columns = layout.columns.iter();
        columns.map(|one| (one.name.as_str(), one.kind)).collect()
    }

    #[test]
    fn the_only_list_is_the_rows_and_what_stands_beside_is_repeated() {
        let document = "query Q($a: RegistryNumber!) { fundUsage(assignment: $a, groupBy: [GRANT_YEAR]) { rowCount rows {
            key { grantYear } paid: paidAmount ...R } } } fragment R on FundUsageLine { usageRate { value missing { reason count } } }";
        let found = layout(document, None).expect("a table");
        assert_eq!(
            names(&found),
            [
                ("fundUsage.rowCount", Kind::Integer),
                ("key.grantYear", Kind::Integer),
                ("paid", Kind::Money),
                ("usageRate.value", Kind::Decimal),
                ("usageRate.missing", Kind::Json),
            ]
        );
        assert!(found.connection.is_none() && found.left_out.is_empty());
        assert!(found.columns[2].description.contains("utbetalt"));
    }

    #[test]
    fn of_several_lists_one_is_named() {
        let document = "{ equality(assignment: \"x\", measure: USAGE_RATE, grantYear: 2018) { gini groups { key { county { code } } } gap { highest { rate { missing { reason } } } } calculation: groups { rate { value } } } }";
        let lists = ["equality.groups", "equality.calculation"]
            .map(str::to_owned)
            .to_vec();
        assert_eq!(layout(document, None), Err(NoTable::Several(lists.clone())));
        let asked = "equality.x".to_owned();
        assert_eq!(
            layout(document, Some("equality.x")),
            Err(NoTable::NoList { asked, lists })
        );
        let found = layout(document, Some("equality.groups")).expect("a table");
        assert_eq!(
            names(&found),
            [
                ("equality.gini", Kind::Decimal),
                ("key.county.code", Kind::Text),
                ("equality.gap.highest.rate.missing", Kind::Json),
            ]
        );
        assert_eq!(found.left_out, ["equality.calculation"]);
    }

    #[test]
    fn of_several_lists_the_one_called_rows_is_the_rows() {
        let document = "{ fundUsage(assignment: \"x\") { rows { paidAmount } total { paidAmount useAreas { amount } } } administrativeCosts(assignment: \"x\") { years { amount } } }";
        let found = layout(document, None).expect("a table");
        assert_eq!(
            names(&found),
            [
                ("paidAmount", Kind::Money),
                ("fundUsage.total.paidAmount", Kind::Money),
            ]
        );
        let left = ["fundUsage.total.useAreas", "administrativeCosts.years"];
        assert_eq!(found.left_out, left);
    }

    #[test]
    fn pages_of_a_connection_are_its_rows() {
        let document = "query ($after: String) { rounds(first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { code } } }";
        let found = layout(document, None).expect("a table");
        assert_eq!(
            names(&found),
            [("rounds.totalCount", Kind::Integer), ("code", Kind::Text)]
        );
        assert_eq!(
            found.connection.as_deref(),
            Some(&["rounds".to_owned()][..])
        );
        assert!(found.turns);
    }

    #[test]
    fn what_is_no_query_is_no_table() {
        assert!(matches!(layout("{", None), Err(NoTable::NoGraphql(_))));
        assert_eq!(
            layout("query A { a } mutation B { b }", None),
            Err(NoTable::NoQuery)
        );
        assert_eq!(layout("mutation { b }", None), Err(NoTable::NoQuery));
        let unknown = NoTable::Unknown("Query.nothing".to_owned());
        assert_eq!(layout("{ nothing }", None), Err(unknown));
        let one = layout("{ dataset { info { version } } }", None).expect("one row");
        assert!(one.rows.is_empty() && one.columns.len() == 1);
    }
}
