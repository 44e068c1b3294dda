//! The columns of a table: what their cells hold, and names of which no two are the same.

use std::collections::HashSet;

use super::leaves::{Leaf, Step};
use super::rates;

/// The reasons why members of a figure are missing.
pub(super) const MISSING: &str = "Missing";

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Kronor with two decimals.
    Money,
    /// The value of a rate: twelve decimals.
    Rate,
    /// Another number that is computed and given with twelve decimals.
    Computed,
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
    /// Its name, which no other column has, in capitals or not: the way from the row, or from the answer where it is
    /// repeated on several rows.
    pub name: String,
    /// What its cells hold.
    pub kind: Kind,
    /// Name of the type in the schema; `Int` of the counts within a rate.
    pub type_name: String,
    /// What it is, as the schema says; empty for lists.
    pub description: String,
    /// Whether it is a row's own; else it stands beside the rows, or beside a list that they stand in, and is repeated.
    pub is_of_row: bool,
    /// In how many lists it stands: none of the answer's own, and all of the rows' own.
    pub(super) level: usize,
    /// The way from the answer or from a member of the last of these lists.
    pub(super) way: Vec<String>,
    /// The way from the answer, lists included.
    whole: Vec<String>,
}

/// Where a leaf stands beside the rows.
pub(super) enum Place {
    /// In a column.
    Column(Column),
    /// In a list that is no part of the table, with its way.
    LeftOut(Vec<String>),
}

/// Where a leaf stands, where the rows are the members of the last of these lists, each within the one before.
pub(super) fn place(leaf: &Leaf, lists: &[Vec<Step>]) -> Place {
    let is_within = |list: &&Vec<Step>| leaf.way.starts_with(list);
    let level = lists.iter().take_while(is_within).count();
    let base = level.checked_sub(1).map_or(0, |last| lists[last].len());
    let is_of_row = level > 0 && level == lists.len();
    let way = &leaf.way[base..];
    let Some(at) = way.iter().position(|step| step.is_list) else {
        let (kind, type_name) = held(leaf);
        return Place::Column(Column {
            name: String::new(),
            kind,
            type_name: type_name.to_owned(),
            description: leaf.description.clone(),
            is_of_row,
            level,
            way: keys(way),
            whole: keys(&leaf.way),
        });
    };
    let whole = keys(&leaf.way[..=base + at]);
    if !is_of_row && way[at].gives != MISSING {
        return Place::LeftOut(whole);
    }
    Place::Column(Column {
        name: String::new(),
        kind: Kind::Json,
        type_name: "JSON".to_owned(),
        description: String::new(),
        is_of_row,
        level,
        way: keys(&way[..=at]),
        whole,
    })
}

/// What a leaf holds, and the name of its type.
fn held(leaf: &Leaf) -> (Kind, &str) {
    let type_name = leaf.type_name.as_str();
    let kind = match type_name {
        _ if leaf.is_list => Kind::Json,
        "Money" => Kind::Money,
        "Decimal" => number(&leaf.way),
        "Int" => Kind::Integer,
        "Boolean" => Kind::Flag,
        "Date" => Kind::Date,
        _ => Kind::Text,
    };
    match (kind, type_name) {
        (Kind::Integer, _) => (kind, "Int"),
        _ => (kind, type_name),
    }
}

/// What an exact number at the end of a way is.
fn number(way: &[Step]) -> Kind {
    let mut back = way.iter().rev();
    let Some(own) = back.next() else {
        return Kind::Decimal;
    };
    let within = back.next();
    let within = within.map(|step| (step.of.as_str(), step.field.as_str()));
    rates::kind(&own.of, &own.field, within)
}

/// Gives every column a name of its own. Some readers take no notice of capitals, so that names differ without them; the
/// shortest ones go first to what stands beside the rows, whose names are whole ways already.
pub(super) fn name(columns: &mut [Column]) {
    let mut taken = HashSet::new();
    for is_of_row in [false, true] {
        for column in columns.iter_mut().filter(|one| one.is_of_row == is_of_row) {
            let own = if is_of_row {
                &column.way
            } else {
                &column.whole
            };
            let (own, whole) = (joined(own), joined(&column.whole));
            let further = (2..).map(|nth: u32| format!("{whole}_{nth}"));
            let mut names = [own, whole.clone()].into_iter().chain(further);
            let is_free = |name: &String| taken.insert(name.to_lowercase());
            column.name = names.find(is_free).unwrap_or(whole);
        }
    }
}

/// The names in the answer along a way.
pub(super) fn keys(way: &[Step]) -> Vec<String> {
    way.iter().map(|step| step.key.clone()).collect()
}

/// A way as a name.
pub(super) fn joined(way: &[String]) -> String {
    way.join(".")
}
