//! Which list of an answer becomes rows, and what stands beside them.
//!
//! The outermost list of objects is the rows, of several the one that is called so; reasons of what is missing belong to a
//! figure, and are none. What stands beside it is repeated on each row; a list within a row is one cell, as JSON. A list
//! within a list is the rows where it is asked for by name. A connection is asked page by page until it is whole.

use async_graphql::parser::parse_query;
use async_graphql::parser::types::ExecutableDocument;

use super::columns::{self, Column, MISSING, Place, joined, keys, place};
use super::leaves::{Leaf, Site, Step, leaves, operation};
use super::not_exported::NoTable;
use super::types::Types;

/// What the schema calls a list that is what was asked for. Where one of several lists is called so, it is the rows.
const ROWS: [&str; 2] = ["rows", "nodes"];

/// How an answer is read as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The names of the variables that the document declares, with what they are where nothing is given.
    pub(super) variables: Vec<(String, Option<serde_json::Value>)>,
    /// The ways to the lists that the rows stand in, the first from the answer and each other from a member of the one
    /// before; the members of the last are the rows. None where the whole answer is one row.
    pub(super) lists: Vec<Vec<String>>,
    /// The way to the connection, where the first list is its pages.
    pub(super) connection: Option<Vec<String>>,
    /// The lists of the table that may be cut.
    pub(super) sites: Vec<Site>,
    /// The columns in the order of the document.
    pub columns: Vec<Column>,
    /// Other lists of objects, which are in no column.
    pub left_out: Vec<String>,
}

impl Layout {
    /// The names of the variables that the document declares.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().map(|(name, _)| name.as_str())
    }
}

/// How the answer to a document is read as a table, with the list of its rows where one is named.
///
/// # Errors
/// It is no query, or which list is the rows cannot be told.
pub fn layout(document: &str, rows: Option<&str>) -> Result<Layout, NoTable> {
    let parsed = parse_query(document).map_err(|error| NoTable::NoGraphql(error.to_string()))?;
    let (leaves, sites) = leaves(&parsed, Types::known())?;
    let leaves: Vec<Leaf> = leaves.into_iter().filter(|leaf| !is_paging(leaf)).collect();
    let chosen = choose(&leaves, rows)?;
    let lists = within_each_other(&chosen);
    let mut columns: Vec<Column> = Vec::new();
    let mut left_out: Vec<String> = Vec::new();
    for leaf in &leaves {
        match place(leaf, &lists) {
            Place::Column(column) => {
                let is_same = |one: &Column| one.way == column.way && one.level == column.level;
                if !columns.iter().any(is_same) {
                    columns.push(column);
                }
            }
            Place::LeftOut(way) => {
                let name = joined(&way);
                if !left_out.contains(&name) {
                    left_out.push(name);
                }
            }
        }
    }
    columns::name(&mut columns);
    let first = lists.first().map_or(&[][..], Vec::as_slice);
    let connection = first.last().filter(|step| step.of.ends_with("Connection"));
    let connection = connection.map(|_| keys(&first[..first.len() - 1]));
    let chosen = keys(&chosen);
    Ok(Layout {
        variables: declared(&parsed),
        sites: sites
            .into_iter()
            .filter(|site| is_in_table(site, &chosen))
            .collect(),
        lists: segments(&lists),
        connection,
        columns,
        left_out,
    })
}

/// The variables that the document declares.
fn declared(document: &ExecutableDocument) -> Vec<(String, Option<serde_json::Value>)> {
    let found = operation(document).map(|operation| {
        let variables = operation.variable_definitions.iter();
        variables
            .map(|one| {
                let default = one.node.default_value.as_ref();
                let default = default.and_then(|value| value.node.clone().into_json().ok());
                (one.node.name.node.to_string(), default)
            })
            .collect()
    });
    found.unwrap_or_default()
}

/// Whether a leaf is where a page begins and ends, and nothing of the rows: it is another on every page.
fn is_paging(leaf: &Leaf) -> bool {
    leaf.way.last().is_some_and(|step| {
        step.of == "PageInfo" || (step.field == "cursor" && step.of.ends_with("Edge"))
    })
}

/// Whether a list that may be cut stands on the way to the rows, or within one.
fn is_in_table(site: &Site, rows: &[String]) -> bool {
    !rows.is_empty() && (rows.starts_with(&site.way) || site.way.starts_with(rows))
}

/// The ways to lists of objects on the way of a leaf, the outermost first; no reasons, and nothing within them.
fn lists_on(way: &[Step]) -> impl Iterator<Item = &[Step]> {
    let lists = way.iter().enumerate().filter(|(_, step)| step.is_list);
    let real = lists.take_while(|(_, step)| step.gives != MISSING);
    real.map(|(at, _)| &way[..=at])
}

/// The way to the list of rows; empty where there is none.
fn choose(leaves: &[Leaf], asked: Option<&str>) -> Result<Vec<Step>, NoTable> {
    let (mut outermost, mut all): (Vec<&[Step]>, Vec<&[Step]>) = (Vec::new(), Vec::new());
    for leaf in leaves {
        for (nth, list) in lists_on(&leaf.way).enumerate() {
            if nth == 0 && !outermost.contains(&list) {
                outermost.push(list);
            }
            if !all.contains(&list) {
                all.push(list);
            }
        }
    }
    let names = |lists: &[&[Step]]| {
        let names = lists.iter().map(|list| joined(&keys(list)));
        names.collect::<Vec<_>>()
    };
    match (asked, outermost.as_slice()) {
        (Some(asked), _) => {
            let found = all.iter().find(|list| joined(&keys(list)) == asked);
            let found = found.ok_or_else(|| NoTable::NoList {
                asked: asked.to_owned(),
                lists: names(&all),
            })?;
            Ok(found.to_vec())
        }
        (None, []) => Ok(Vec::new()),
        (None, [only]) => Ok(only.to_vec()),
        (None, several) => {
            let is_rows = |list: &&&[Step]| {
                let last = list.last();
                last.is_some_and(|step| ROWS.contains(&step.key.as_str()))
            };
            let mut rows = several.iter().filter(is_rows);
            match (rows.next(), rows.next()) {
                (Some(rows), None) => Ok(rows.to_vec()),
                _ => Err(NoTable::Several(names(several))),
            }
        }
    }
}

/// The ways from the answer to each list on a way that ends with one.
fn within_each_other(way: &[Step]) -> Vec<Vec<Step>> {
    let ends = way.iter().enumerate().filter(|(_, step)| step.is_list);
    ends.map(|(at, _)| way[..=at].to_vec()).collect()
}

/// The same ways, each from a member of the list before.
fn segments(lists: &[Vec<Step>]) -> Vec<Vec<String>> {
    let before = std::iter::once(0).chain(lists.iter().map(Vec::len));
    let each = lists.iter().zip(before);
    each.map(|(list, before)| keys(&list[before..])).collect()
}

#[cfg(test)]
mod tests {
    use super::super::columns::Kind;
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
                ("usageRate.value", Kind::Rate),
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
                ("equality.gini", Kind::Computed),
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
        assert!(one.lists.is_empty() && one.columns.len() == 1);
    }

    #[test]
    fn no_two_columns_have_one_name_in_capitals_or_not() {
        let document = "query ($r: RoundCode!, $after: String) { round(code: $r) { code } missingReports(round: $r, after: $after) {
            nodes { round { code year } paid: paidAmount Paid: paidAmount reason } } }";
        let found = layout(document, None).expect("a table");
        let names: Vec<&str> = names(&found).into_iter().map(|(name, _)| name).collect();
        assert_eq!(
            names,
            [
                "round.code",
                "missingReports.nodes.round.code",
                "round.year",
                "paid",
                "missingReports.nodes.Paid",
                "reason",
            ]
        );
        let turning = "{ a: rounds { nodes { b_2: code B: code } } b: rounds { totalCount } B: rounds { totalCount } }";
        let found = layout(turning, None).expect("a table");
        let mut lower: Vec<String> = found
            .columns
            .iter()
            .map(|one| one.name.to_lowercase())
            .collect();
        lower.sort_unstable();
        let all = lower.len();
        lower.dedup();
        assert_eq!(lower.len(), all);
    }

    #[test]
    fn a_list_in_a_list_is_the_rows_where_it_is_named() {
        let document = "{ indicatorShift { indicator { code definitions { version } } rows { key { county { code } } pairCount baseline { missing { reason } } } notComparable { year } } }";
        let found = layout(document, Some("indicatorShift.rows")).expect("a table");
        assert_eq!(
            names(&found),
            [
                ("indicatorShift.indicator.code", Kind::Text),
                ("key.county.code", Kind::Text),
                ("pairCount", Kind::Integer),
                ("baseline.missing", Kind::Json),
            ]
        );
        assert_eq!(
            found.left_out,
            [
                "indicatorShift.indicator.definitions",
                "indicatorShift.notComparable"
            ]
        );
        assert_eq!(found.lists, [["indicatorShift"], ["rows"]]);
        let whole = layout(document, None).expect("a table");
        assert_eq!(whole.left_out, Vec::<String>::new());
        assert!(names(&whole).contains(&("rows", Kind::Json)));
    }

    #[test]
    fn the_terms_of_a_rate_are_what_they_count() {
        let document = "{ fundUsage(assignment: \"x\") { rows { participationRate { value numerator denominator n of }
            usageRate { numerator } paidPerInhabitant { numerator denominator } usageRateDistribution { mean } } } }";
        let found = layout(document, None).expect("a table");
        assert_eq!(
            names(&found),
            [
                ("participationRate.value", Kind::Rate),
                ("participationRate.numerator", Kind::Integer),
                ("participationRate.denominator", Kind::Integer),
                ("participationRate.n", Kind::Integer),
                ("participationRate.of", Kind::Integer),
                ("usageRate.numerator", Kind::Money),
                ("paidPerInhabitant.numerator", Kind::Money),
                ("paidPerInhabitant.denominator", Kind::Integer),
                ("usageRateDistribution.mean", Kind::Computed),
            ]
        );
        assert_eq!(found.columns[1].type_name, "Int");
    }

    #[test]
    fn where_a_page_ends_is_no_column_whatever_it_is_called() {
        let document = "{ rounds { page: pageInfo { more: hasNextPage } edges { at: cursor node { code } } } }";
        let found = layout(document, None).expect("a table");
        assert_eq!(names(&found), [("node.code", Kind::Text)]);
    }
}
