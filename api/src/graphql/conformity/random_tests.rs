//! Random documents: each is written together with the answer that the specification gives it.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::dummy;

/// A small generator: the same documents on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) % sides
    }
}

/// The dummy's leaves and their values; none for one whose null rises.
fn leaf(name: &str) -> Option<Value> {
    match name {
        "ok" => Some(json!(1)),
        "late" => Some(json!(2)),
        "__typename" => Some(json!("Node")),
        "numbers" => Some(json!([1, null])),
        "failingItems" => Some(json!([1, null, null])),
        "mustFail" => None,
        _ => Some(Value::Null),
    }
}

const LEAVES: [&str; 9] = [
    "ok",
    "late",
    "nothing",
    "fails",
    "numbers",
    "failingItems",
    "failingList",
    "__typename",
    "mustFail",
];

/// Writes a selection set on a node and returns the object; none when null rises from it.
fn write(dice: &mut Dice, text: &mut String, depth: u64, next: &mut u64) -> Option<Value> {
    let mut object = Some(Map::new());
    text.push('{');
    for _ in 0..=dice.roll(4) {
        *next += 1;
        let key = format!("k{next}");
        // Some fields are in fragments of their own, and some left out.
        let (open, close, is_out) = match dice.roll(8) {
            0 => ("...on Node{", "}", false),
            1 => ("...{", "}", false),
            2 => ("...@skip(if:true){", "}", true),
            _ => ("", "", false),
        };
        write!(text, "{open}{key}:").unwrap();
        let sides = if depth == 0 { 1 } else { 2 };
        let value = if dice.roll(sides) == 0 {
            // The last one, whose null rises, is rarer.
            let at = usize::try_from(dice.roll(25) % 9).unwrap();
            let name = if at == 8 && dice.roll(2) == 0 {
                "ok"
            } else {
                LEAVES[at]
            };
            text.push_str(name);
            leaf(name)
        } else {
            nested(dice, text, depth, next)
        };
        write!(text, "{close} ").unwrap();
        if !is_out {
            match (value, &mut object) {
                (Some(value), Some(object)) => drop(object.insert(key, value)),
                (None, _) => object = None,
                _ => {}
            }
        }
    }
    // A set of which everything may be left out would be a null that no one can tell apart.
    *next += 1;
    write!(text, "k{next}:fails}}").unwrap();
    let mut object = object?;
    object.insert(format!("k{next}"), Value::Null);
    Some(Value::Object(object))
}

fn nested(dice: &mut Dice, text: &mut String, depth: u64, next: &mut u64) -> Option<Value> {
    let kind = dice.roll(4);
    text.push_str(["node", "must", "nodes", "mustNodes"][usize::try_from(kind).unwrap()]);
    let node = write(dice, text, depth - 1, next);
    let or_null = |value: Option<Value>| value.unwrap_or(Value::Null);
    match kind {
        0 => Some(or_null(node)),
        1 => node,
        2 => {
            let node = or_null(node);
            Some(json!([node, null, node]))
        }
        _ => Some(or_null(node.map(|node| json!([[node], [], [node, node]])))),
    }
}

#[tokio::test]
async fn random_documents_are_answered_as_the_specification_says() {
    let schema = dummy::schema();
    let mut dice = Dice(0x5eed);
    let (mut nulls, mut objects) = (0, 0);
    for _ in 0..1_000 {
        let mut text = String::new();
        let mut next = 0;
        let depth = 1 + dice.roll(4);
        let selection = write(&mut dice, &mut text, depth, &mut next);
        let expected = selection.map_or(Value::Null, |must| json!({ "must": must }));
        let query = format!("{{must{text}}}");
        let response = schema.execute(&query).await;
        let data = serde_json::to_string(&response.data).unwrap();
        assert_eq!(
            data,
            expected.to_string(),
            "{query}\n{:?}",
            response.errors.first()
        );
        if expected.is_null() {
            nulls += 1;
        } else {
            objects += 1;
        }
    }
    assert!(nulls > 50 && objects > 500, "{nulls} {objects}");
}
