//! The contract: the schema is the committed file, and everything in it is described in English with the Swedish term.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::{Engine, Prepared, run};

const EVERYTHING: &str = "{ __schema { types { kind name description
    fields(includeDeprecated: true) { name description type { name ofType { name } } args { name description } }
    inputFields { name description }
    enumValues(includeDeprecated: true) { name description }
} } }";

#[test]
fn the_schema_equals_the_committed_file() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/schema.graphql");
    let committed = std::fs::read_to_string(path).expect("api/schema.graphql is there");
    let present = samsyn::graphql::schema_text();
    let line = committed
        .lines()
        .zip(present.lines())
        .take_while(|(one, other)| one == other)
        .count()
        + 1;
    assert!(
        committed == present,
        "api/schema.graphql is another schema from line {line} on. If the change is meant, renew it with\n    \
         cargo run -p samsyn -- schema > api/schema.graphql\nand read the difference before committing it."
    );
}

#[test]
fn everything_of_ours_is_described_with_its_swedish_term() {
    run(Engine::Sqlite, Prepared::Empty, |app| async move {
        let answer = app.ask(EVERYTHING).await;
        let types = answer["__schema"]["types"].as_array().expect("types");
        let relay = Relay::find(types);
        let mut faults = Vec::new();
        let mut seen = 0_usize;
        for one in types.iter().filter(|one| is_ours(one)) {
            let name = text(one, "name");
            if !relay.types.contains(name) {
                seen += 1;
                // A scalar may be the library's own, whose sentence is English alone.
                let fine = if text(one, "kind") == "SCALAR" {
                    !text(one, "description").is_empty()
                } else {
                    is_bilingual(one)
                };
                faults.extend((!fine).then(|| name.to_owned()));
            }
            for (place, part) in parts(one) {
                if !relay.has(name, text(part, "name")) {
                    seen += 1;
                    faults.extend((!is_bilingual(part)).then(|| format!("{name}{place}")));
                }
            }
        }
        assert!(seen > 400, "the walk found only {seen} things to describe");
        assert!(
            faults.is_empty(),
            "without a description, or without a Swedish term in parentheses: {faults:#?}"
        );
    });
}

/// Fields, input fields, enum values and arguments of a type, each with its place.
fn parts(one: &Value) -> Vec<(String, &Value)> {
    let list = |of: &'static str| one[of].as_array().into_iter().flatten();
    let mut parts = Vec::new();
    for part in list("fields")
        .chain(list("inputFields"))
        .chain(list("enumValues"))
    {
        let place = format!(".{}", text(part, "name"));
        for argument in part["args"].as_array().into_iter().flatten() {
            parts.push((format!("{place}({}:)", text(argument, "name")), argument));
        }
        parts.push((place, part));
    }
    parts
}

/// What the Relay specification names itself: pages, edges and the list of a connection.
struct Relay<'a> {
    types: BTreeSet<&'a str>,
}

impl<'a> Relay<'a> {
    /// A page is what a field `pageInfo` gives; a connection has `pageInfo` and `edges`, an edge `node` and `cursor`.
    fn find(types: &'a [Value]) -> Self {
        let fields = |one: &'a Value| one["fields"].as_array().into_iter().flatten();
        let names = |one: &'a Value| {
            fields(one)
                .map(|field| text(field, "name"))
                .collect::<BTreeSet<_>>()
        };
        let has =
            |one: &'a Value, wanted: [&str; 2]| wanted.iter().all(|name| names(one).contains(name));
        let mut found = BTreeSet::new();
        for one in types {
            if has(one, ["pageInfo", "edges"]) {
                let page = fields(one)
                    .find(|field| text(field, "name") == "pageInfo")
                    .expect("just seen");
                found.extend(page["type"]["ofType"]["name"].as_str());
                found.insert(text(one, "name"));
            } else if has(one, ["node", "cursor"]) {
                found.insert(text(one, "name"));
            }
        }
        assert!(found.len() > 2, "no connection was found: {found:?}");
        Self { types: found }
    }

    /// Whether a field is the specification's; what we add to a connection is ours.
    fn has(&self, owner: &str, field: &str) -> bool {
        const NAMED: [&str; 9] = [
            "pageInfo",
            "edges",
            "nodes",
            "node",
            "cursor",
            "hasPreviousPage",
            "hasNextPage",
            "startCursor",
            "endCursor",
        ];
        self.types.contains(owner) && NAMED.contains(&field)
    }
}

/// Introspection's own types begin with two underscores; five scalars are the language's.
fn is_ours(one: &Value) -> bool {
    let name = text(one, "name");
    !name.starts_with("__") && !["Int", "Float", "String", "Boolean", "ID"].contains(&name)
}

/// Whether a description has words in parentheses, as `usage rate (nyttjandegrad)`.
fn is_bilingual(part: &Value) -> bool {
    let description = text(part, "description");
    let mut inside = description
        .split('(')
        .skip(1)
        .filter_map(|rest| rest.split_once(')'));
    inside.any(|(term, _)| term.chars().filter(|letter| letter.is_alphabetic()).count() > 1)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}
