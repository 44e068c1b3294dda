//! The service answers at all.

use serde_json::json;

use crate::harness::{on_both_engines, question};

on_both_engines! {
    async fn every_question_of_this_stage_runs_verbatim(app: Example) {
        for name in ["01-assignment", "02-allocation-key", "03-fund-usage", "06-coverage", "09-equality"] {
            let answer = app.ask_with(&question(name), json!({})).await;
            assert_eq!(answer.get("errors"), None, "{name}");
        }
    }
}
