//! What a question means, against a small language: each rule that the library leaves out, and what its variables become.

use std::sync::Arc;

use async_graphql::parser::types::Selection;
use async_graphql::{Request, Variables};
use serde_json::{Value, json};

use super::{Language, Reader};
use crate::graphql::limits::Limits;

const LANGUAGE: &str = "
    type Query { money(years: [Int!] = [2016], by: By! = YEAR, where: Where, at: Point, any: JSON, id: ID): Money me: Query }
    type Money { paid: Int used(unit: Unit! = KRONA): Int }
    enum By { YEAR COUNTY }
    enum Unit { KRONA ORE }
    input Where { years: [Int!] by: By! = YEAR within: Where }
    input Point @oneOf { instant: String release: String }
    scalar JSON
    directive @oneOf on INPUT_OBJECT
    schema { query: Query }";

fn reader() -> Reader {
    let language = Language::read(LANGUAGE).unwrap();
    Reader::new(Limits::default(), Arc::new(language))
}

fn values(document: &str, sent: Value) -> Result<Value, String> {
    let values = reader().values(document, None, sent);
    values.map_err(|(code, message)| format!("{code} {message}"))
}

#[test]
fn what_the_library_leaves_out_is_refused() {
    let wrong = [
        "{ money(where: { years: [1], years: [2] }) { paid } }",
        "query($y: Int) { money(years: [$y]) { paid } }",
        "query($y: String!) { money(where: { years: [$y] }) { paid } }",
        "query($y: Int = null) { money(years: [$y]) { paid } }",
        "{ money(any: { a: $nothing }) { paid } }",
        "{ money(at: {}) { paid } }",
        "{ money(at: { instant: null }) { paid } }",
        "{ money(at: { instant: \"x\", release: \"y\" }) { paid } }",
        "query($r: String) { money(at: { release: $r }) { paid } }",
        "{ money(by: \"COUNTY\") { paid } }",
        "{ money(years: [1]) { paid } ...F } fragment F on Query { money(years: [2]) { paid } }",
    ];
    for document in wrong {
        let refused = values(document, json!({})).unwrap_err();
        assert!(
            refused.starts_with("GRAPHQL_VALIDATION_FAILED "),
            "{document}: {refused}"
        );
    }
    let right = [
        "{ money(years: [1, 2], where: { years: 3, by: COUNTY }) { paid used(unit: ORE) } }",
        "query($y: Int = 1) { money(years: [$y]) { paid } }",
        "query($r: String! = \"x\") { money(at: { release: $r }) { paid } }",
        "query($b: By) { money(by: $b) { paid } }",
        "{ __type(name: \"Point\") { isOneOf } money(any: { a: [1, B], c: \"d\" }) { paid } }",
    ];
    for document in right {
        assert_eq!(values(document, json!({})).err(), None, "{document}");
    }
}

#[test]
fn variables_become_what_their_types_say() {
    let asked = "query($y: [Int!] = 1, $w: Where = { within: { by: COUNTY } }, $i: ID = 7, $a: JSON, $p: Point) {
        money(years: $y, where: $w, id: $i, any: $a, at: $p) { paid } }";
    assert_eq!(
        values(asked, json!({ "undeclared": 1 })),
        Ok(json!({
            "y": [1],
            "w": { "within": { "by": "COUNTY" }, "by": "YEAR" },
            "i": "7",
        }))
    );
    let sent = json!({ "y": 2.0, "w": { "years": 3 }, "i": 8, "a": { "b": [1.5, null] }, "p": { "release": "r" } });
    assert_eq!(
        values(asked, sent),
        Ok(json!({
            "y": [2],
            "w": { "years": [3], "by": "YEAR" },
            "i": "8",
            "a": { "b": [1.5, null] },
            "p": { "release": "r" },
        }))
    );
    for (name, wrong) in [
        ("y", json!(["1"])),
        ("y", json!([1.5])),
        ("y", json!([null])),
        ("y", json!(2_147_483_648_i64)),
        ("w", json!({ "nothing": 1 })),
        ("w", json!({ "by": null })),
        ("i", json!(true)),
        ("p", json!({})),
        ("p", json!({ "release": null })),
        ("p", json!({ "release": "r", "instant": "x" })),
    ] {
        let refused = values(asked, json!({ name: wrong.clone() })).unwrap_err();
        assert!(
            refused.starts_with("GRAPHQL_VALIDATION_FAILED"),
            "{name} {wrong}: {refused}"
        );
    }
}

/// The first field of what is to run of a question: its arguments, and the directives of what it selects.
fn running(document: &str, sent: Value) -> (Vec<String>, Vec<usize>) {
    let mut request = Request::new(document).variables(Variables::from_json(sent));
    reader().prepare(&mut request).unwrap();
    let parsed = request.parsed_query().unwrap();
    let (_, operation) = parsed.operations.iter().next().unwrap();
    let Selection::Field(field) = &operation.node.selection_set.node.items[0].node else {
        panic!("a field");
    };
    let arguments = field.node.arguments.iter();
    let arguments = arguments.map(|(name, value)| format!("{}: {}", name.node, value.node));
    let below = field.node.selection_set.node.items.iter();
    let directives = below.map(|item| item.node.directives().len());
    (arguments.collect(), directives.collect())
}

#[test]
fn what_runs_has_its_variables_written_out() {
    let asked = "query Q($y: [Int!], $b: By, $w: Boolean = true, $n: Boolean!) {
        money(years: $y, by: $b, where: { years: $y, within: { by: COUNTY } }) { paid @include(if: $w) used @skip(if: $n) } }";
    let (arguments, directives) = running(asked, json!({ "n": true }));
    assert_eq!(arguments, ["where: {within: {by: COUNTY}}"]);
    assert_eq!(directives, [0, 1], "what is left out says so");
    let sent = json!({ "n": false, "y": [1], "b": "COUNTY", "w": false });
    let (arguments, directives) = running(asked, sent);
    assert_eq!(
        arguments,
        [
            "years: [1]",
            "by: \"COUNTY\"",
            "where: {years: [1], within: {by: COUNTY}}"
        ]
    );
    assert_eq!(directives, [1, 0]);
}
