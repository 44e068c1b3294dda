//! The example submissions, asked about: every figure of `expected.json` that is built, on both engines.
//!
//! `expected.json` was computed independently of this code from the same files, in exact fractions.

mod administration;
mod allocation_key;
pub(crate) mod balance;
pub(crate) mod compare;
mod control_totals;
mod coverage;
mod equality;
pub(crate) mod exact;
mod fund_line;
mod fund_usage;
mod indicators;
mod person_table;
mod rows;

use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

use crate::harness::{TestApp, question};

/// What is expected of the example submissions.
pub(crate) fn expected() -> &'static Value {
    static EXPECTED: OnceLock<Value> = OnceLock::new();
    EXPECTED.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("e2e/expected.json");
        let text = std::fs::read_to_string(path).expect("expected.json");
        serde_json::from_str(&text).expect("expected.json is JSON")
    })
}

/// Asks one of the evaluators' questions with variables; gives its data, and fails on errors.
pub(crate) async fn answer(app: &TestApp, name: &str, variables: Value) -> Value {
    let mut answer = app.ask_with(&question(name), variables.clone()).await;
    assert_eq!(answer.get("errors"), None, "{name} {variables}");
    assert_eq!(
        answer["extensions"]["synthetic"], true,
        "{name} {variables}"
    );
    answer["data"].take()
}
