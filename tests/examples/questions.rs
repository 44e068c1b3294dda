//! Says what the service makes of questions, so that it can be held against another implementation: one JSON object a line
//! in (`document`, `variables`, `operationName`), one a line out (`valid` with `variables`, or `code` with `message`).

use std::io::{BufRead, Write};

use samsyn::graphql::limits::Limits;
use serde_json::{Value, json};

fn main() -> anyhow::Result<()> {
    let reader = samsyn::graphql::reader(&Limits::default());
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let question: Value = serde_json::from_str(&line?)?;
        let text = |name: &str| question[name].as_str();
        let values = reader.values(
            text("document").unwrap_or_default(),
            text("operationName"),
            question["variables"].clone(),
        );
        let said = match values {
            Ok(variables) => json!({ "valid": true, "variables": variables }),
            Err((code, message)) => json!({ "valid": false, "code": code, "message": message }),
        };
        writeln!(out, "{said}")?;
    }
    Ok(())
}
