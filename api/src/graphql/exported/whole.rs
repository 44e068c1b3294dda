//! Whether the lists of a table are whole: the document is asked with a word more for each connection, which says how many
//! there are in all, and what is answered is held against it. A list is whole, or there is no table.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::Pos;
use serde_json::{Map, Value};

use super::columns::joined;
use super::layout::Layout;
use super::leaves::{Given, Site, SiteKind};

/// What a connection says of itself is asked for under this name, or a longer one where a document has it already.
const MARK: &str = "samsyn_whole";

/// Members that a list within a row is asked for at most, where the document does not say how many: as many as a page holds.
const MOST: u64 = crate::graphql::page::MOST as u64;

/// A document that is asked page by page, with what its connections say of themselves.
#[derive(Clone, Debug)]
pub(super) struct Asking {
    /// The text that is asked.
    pub(super) text: String,
    /// The variable that takes the cursor which the next page begins after.
    pub(super) turn: Option<String>,
    /// Connections, by their place among the layout's, with how many are asked for of each.
    grown: BTreeMap<usize, u64>,
    mark: String,
    document: String,
}

/// What is not whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// The list.
    pub(super) list: String,
    /// What says so, by its place among the lists of the layout, and how many there are.
    pub(super) at: Vec<(usize, u64)>,
    /// Whether each of them can be asked for as many: the document does not say how many, and a page holds them.
    pub(super) is_open: bool,
}

impl Layout {
    /// Whether a list is the one that is asked page by page.
    fn is_turned(&self, site: &Site) -> bool {
        self.connection.as_ref() == Some(&site.way)
    }

    /// The document as it is asked.
    pub(super) fn asking(&self, document: &str) -> Asking {
        let mut mark = MARK.to_owned();
        while document.contains(&mark) {
            mark.push('_');
        }
        let mut turned = self.sites.iter().filter(|site| self.is_turned(site));
        let turn = turned.find_map(|site| match &site.after {
            Some(Given::Variable(name)) => Some(name.clone()),
            _ => None,
        });
        let mut asking = Asking {
            text: String::new(),
            turn,
            grown: BTreeMap::new(),
            mark,
            document: document.to_owned(),
        };
        asking.write(self);
        asking
    }

    /// Takes what connections say of themselves out of an answer.
    ///
    /// # Errors
    /// A list within a row, or on the way to the rows, is not whole.
    pub(super) fn checked(
        &self,
        asking: &Asking,
        variables: &Map<String, Value>,
        answer: &mut Value,
    ) -> Result<(), Cut> {
        let mut cut: Option<Cut> = None;
        let mut seen = BTreeSet::new();
        for (at, site) in self.sites.iter().enumerate() {
            // A field that is selected twice is answered once.
            if self.is_turned(site) || !seen.insert(&site.way) {
                continue;
            }
            let (mut is_whole, mut most) = (true, Some(0));
            each(answer, &site.way, &mut |found| match site.kind {
                SiteKind::Connection => {
                    if let Err(total) = whole(found, &asking.mark) {
                        is_whole = false;
                        most = most.zip(total).map(|(most, total)| most.max(total));
                    }
                }
                SiteKind::List(usual) => {
                    if !self.is_short((site, usual), variables, found) {
                        (is_whole, most) = (false, None);
                    }
                }
            });
            if !is_whole {
                let asked = asking.grown.get(&at).copied().unwrap_or_default();
                let wanted = most.filter(|most| site.is_open && *most <= MOST && *most > asked);
                let cut = cut.get_or_insert_with(|| Cut {
                    list: joined(&site.way),
                    at: Vec::new(),
                    is_open: true,
                });
                cut.is_open &= wanted.is_some();
                cut.at.extend(wanted.map(|wanted| (at, wanted)));
            }
        }
        cut.map_or(Ok(()), Err)
    }

    /// Whether a plain list is shorter than what was asked for, from its first member on.
    fn is_short(
        &self,
        (site, usual): (&Site, Option<u64>),
        variables: &Map<String, Value>,
        found: &Value,
    ) -> bool {
        let first = self.said(site.first.as_ref(), variables);
        let most = first.as_ref().map_or(usual, Value::as_u64);
        let after = self.said(site.after.as_ref(), variables);
        let count = found.as_array().map_or(0, Vec::len) as u64;
        after.is_none_or(|after| after.is_null()) && most.is_some_and(|most| count < most)
    }

    /// What an argument is given, variables and their defaults included; none where nothing is.
    fn said(&self, argument: Option<&Given>, variables: &Map<String, Value>) -> Option<Value> {
        match argument? {
            Given::Variable(name) => {
                let default = || {
                    let mut declared = self.variables.iter();
                    let found = declared.find(|(one, _)| one == name.as_str());
                    found.and_then(|(_, default)| default.clone())
                };
                variables.get(name.as_str()).cloned().or_else(default)
            }
            Given::Value(value) => Some(value.clone()),
        }
    }
}

impl Asking {
    /// Asks for so many members of connections.
    pub(super) fn grow(&mut self, layout: &Layout, wanted: &[(usize, u64)]) {
        for (of, most) in wanted {
            // A field that is selected twice is asked for with the same arguments.
            let way = &layout.sites[*of].way;
            let same = layout.sites.iter().enumerate();
            let same = same.filter(|(_, site)| site.way == *way);
            self.grown.extend(same.map(|(at, _)| (at, *most)));
        }
        self.write(layout);
    }

    fn write(&mut self, layout: &Layout) {
        let mut added: Vec<(usize, String)> = Vec::new();
        let (mut marked, mut widened) = (BTreeSet::new(), BTreeSet::new());
        for (at, site) in layout.sites.iter().enumerate() {
            if site.kind != SiteKind::Connection {
                continue;
            }
            if let Some(begins) = byte(&self.document, site.selection)
                && marked.insert(begins)
            {
                let asked = if layout.is_turned(site) {
                    format!(
                        "{}:pageInfo{{hasNextPage hasPreviousPage endCursor}} ",
                        self.mark
                    )
                } else {
                    format!("{}:totalCount ", self.mark)
                };
                added.push((begins + 1, asked));
            }
            if let Some(most) = self.grown.get(&at)
                && let Some(name) = byte(&self.document, site.name)
                && widened.insert(name)
            {
                let ends = name + site.field.len();
                let rest = self.document[ends..].trim_start();
                let (place, asked) = if rest.starts_with('(') {
                    let open = self.document.len() - rest.len() + 1;
                    (open, format!("first:{most} "))
                } else {
                    (ends, format!("(first:{most})"))
                };
                added.push((place, asked));
            }
        }
        added.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        self.text = self.document.clone();
        for (at, asked) in added {
            self.text.insert_str(at, &asked);
        }
    }

    /// What the connection that is turned says of its page.
    pub(super) fn page<'a>(&self, connection: &'a Value) -> &'a Value {
        &connection[self.mark.as_str()]
    }
}

/// Whether a connection holds all that there are in it, else how many there are; what it says of itself is taken away. A
/// connection of which no list is asked for is whole, and one that says nothing is not.
fn whole(connection: &mut Value, mark: &str) -> Result<(), Option<u64>> {
    let Value::Object(fields) = connection else {
        return Ok(());
    };
    let total = fields.shift_remove(mark).and_then(|count| count.as_u64());
    let mut lists = fields.values().filter_map(Value::as_array);
    if lists.all(|list| Some(list.len() as u64) == total) {
        Ok(())
    } else {
        Err(total)
    }
}

/// Gives what stands at the end of a way, in every member of the lists on it.
fn each(from: &mut Value, way: &[String], give: &mut impl FnMut(&mut Value)) {
    let Some((key, rest)) = way.split_first() else {
        return give(from);
    };
    match from {
        Value::Array(members) => {
            for member in members {
                each(member, way, give);
            }
        }
        Value::Object(fields) => {
            if let Some(next) = fields.get_mut(key) {
                each(next, rest, give);
            }
        }
        _ => {}
    }
}

/// Where a place of the parser's is in a text, counted as the parser counts.
fn byte(text: &str, asked: Pos) -> Option<usize> {
    let (mut line, mut column) = (1, 1);
    for (at, one) in text.char_indices() {
        if (line, column) == (asked.line, asked.column) && !matches!(one, '\r' | '\n') {
            return Some(at);
        }
        match one {
            '\r' => column = 1,
            '\n' => (line, column) = (line + 1, 1),
            _ => column += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::layout::layout;
    use super::super::types::Types;
    use super::*;

    #[test]
    fn every_connection_says_how_many_there_are() {
        let types = Types::known();
        let mut connections = 0;
        for (of, _) in types.giving("PageInfo") {
            assert!(of.ends_with("Connection"), "{of}");
            let total = types.field(of, "totalCount").expect("a total");
            assert_eq!(total.name, "Int", "{of}");
            for (within, field) in types.giving(of) {
                let found = types.field(within, field).expect("a field");
                assert!(found.portion.is_some(), "{within}.{field} takes first");
                connections += 1;
            }
        }
        assert!(connections > 20, "{connections}");
    }

    #[test]
    fn connections_are_asked_for_what_they_say_of_themselves() {
        let document = "query($x:String){recipients(after:$x){nodes{code ...F county{recipients(where:{kinds:[REGION]}){nodes{code}}}}}}fragment F on Recipient{e:supportEvents(assignment:\"å\"){totalCount nodes{code}}}";
        let found = layout(document, None).expect("a table");
        let mut asking = found.asking(document);
        assert_eq!(asking.turn.as_deref(), Some("x"));
        assert_eq!(
            asking.text,
            "query($x:String){recipients(after:$x){samsyn_whole:pageInfo{hasNextPage hasPreviousPage endCursor} nodes{code ...F county{recipients(where:{kinds:[REGION]}){samsyn_whole:totalCount nodes{code}}}}}}fragment F on Recipient{e:supportEvents(assignment:\"å\"){samsyn_whole:totalCount totalCount nodes{code}}}"
        );
        let inner = json!({ "samsyn_whole": 2, "nodes": [{ "code": "1" }] });
        let events = json!({ "samsyn_whole": 0, "totalCount": 0, "nodes": [] });
        let node = json!({ "code": "1", "e": events, "county": { "recipients": inner } });
        let mut answer = json!({ "recipients": { "nodes": [node] } });
        let cut = found
            .checked(&asking, &Map::new(), &mut answer)
            .expect_err("cut");
        assert_eq!(
            (cut.list.as_str(), cut.is_open),
            ("recipients.nodes.county.recipients", true)
        );
        assert_eq!(
            answer["recipients"]["nodes"][0]["e"],
            json!({ "totalCount": 0, "nodes": [] })
        );
        asking.grow(&found, &cut.at);
        assert!(
            asking.text.contains("recipients(first:2 where:"),
            "{}",
            asking.text
        );
        let mut answer = json!({ "recipients": { "nodes": [{ "county": { "recipients": { "samsyn_whole": 1, "nodes": [{}] } } }] } });
        assert_eq!(found.checked(&asking, &Map::new(), &mut answer), Ok(()));
        // One that needs more later is asked for more; what a page does not hold cannot be.
        for (total, is_open) in [(3, true), (500, true), (501, false), (2, false)] {
            let inner = json!({ "samsyn_whole": total, "nodes": [{}] });
            let mut answer =
                json!({ "recipients": { "nodes": [{ "county": { "recipients": inner } }] } });
            let cut = found.checked(&asking, &Map::new(), &mut answer);
            assert_eq!(cut.expect_err("cut").is_open, is_open, "{total}");
        }
        let unknown = json!({ "recipients": { "nodes": [{ "county": { "recipients": { "nodes": [{}] } } }] } });
        assert!(
            found
                .checked(&asking, &Map::new(), &mut unknown.clone())
                .is_err(),
            "what says nothing is not whole"
        );
    }

    #[test]
    fn a_plain_list_is_whole_where_it_is_shorter_than_was_asked_for() {
        let check = |first: &str, variables: Value, count: usize| {
            let document = format!(
                "query($n: Int = 3, $c: RecipientCode) {{ coverage(assignment: \"x\", recipientKind: REGION) {{ rows {{ unreached{first} {{ code }} }} }} }}"
            );
            let found = layout(&document, None).expect("a table");
            let asking = found.asking(&document);
            let Value::Object(variables) = variables else {
                panic!("an object")
            };
            let mut answer =
                json!({ "coverage": { "rows": [{ "unreached": vec![json!({}); count] }] } });
            found.checked(&asking, &variables, &mut answer).is_ok()
        };
        assert!(check("", json!({}), 499) && !check("", json!({}), 500));
        assert!(check("(first: 4)", json!({}), 3) && !check("(first: 3)", json!({}), 3));
        assert!(check("(first: $n)", json!({}), 2) && !check("(first: $n)", json!({ "n": 2 }), 2));
        assert!(
            !check("(after: $c)", json!({ "c": "0180" }), 1) && check("(after: $c)", json!({}), 1)
        );
    }
}
