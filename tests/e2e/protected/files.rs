//! Files that tell where recipients are or whom events reached, and the hashes of their rows: for their senders and for the
//! coordinators.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use super::attacker::answered;
use crate::harness::{Persona, TestApp};

const FILES: &str =
    "query ($kinds: [String!]) { submissions(first: 100, where: { kinds: $kinds }) {
    nodes { id kind sentBy { code } } } }";

async fn files(app: &TestApp, who: &Persona, kinds: Value) -> Vec<(String, String, String)> {
    let found = answered(app, who, FILES, json!({ "kinds": kinds })).await;
    let nodes = found["submissions"]["nodes"]
        .as_array()
        .expect("nodes")
        .iter();
    let text = |node: &Value, path: &str| {
        node.pointer(path)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    nodes
        .map(|node| {
            (
                text(node, "/id"),
                text(node, "/kind"),
                text(node, "/sentBy/code"),
            )
        })
        .collect()
}

/// How many rows files that tell places have, and what was found in them.
async fn said_of(app: &TestApp, who: &Persona) -> Vec<Value> {
    let kinds = json!([
        "recipients",
        "support_events",
        "recipient_links",
        "indicator_values"
    ]);
    let asked = FILES.replace("sentBy {", "rowCount findings { rule } sentBy {");
    let found = answered(app, who, &asked, json!({ "kinds": kinds })).await;
    let nodes = found["submissions"]["nodes"].as_array().expect("nodes");
    assert!(nodes.len() > 5 || who.viewer().organisation.is_some());
    nodes.clone()
}

async fn status(app: &TestApp, who: &Persona, id: &str, what: &str) -> StatusCode {
    let mut request = Request::get(format!("/submissions/{id}/{what}"))
        .body(Body::empty())
        .expect("a request");
    who.sign(&mut request);
    app.call(request).await.0
}

/// The row of a support event and that of a protected recipient, as somebody is told of them.
async fn rows(app: &TestApp, who: &Persona) -> Vec<Value> {
    let key = |kind: &str, key: &str| {
        format!(
            "history(kind: \"{kind}\", key: \"{key}\") {{ entries {{ contentSha256 asSent {{ value }} sources {{ row }} }} }}"
        )
    };
    let event = key(
        "support_events",
        "S2020/01591/SOF|lansstyrelsen_stockholm|LST-AB-2020-001",
    );
    let place = key("recipients", "8999895041|");
    let found = answered(
        app,
        who,
        &format!("{{ event: {event} place: {place} }}"),
        json!({}),
    )
    .await;
    let entries =
        ["event", "place"].map(|name| found[name]["entries"].as_array().expect("entries").clone());
    entries.concat()
}

/// Somebody who reaches submissions, but is told no place.
pub(super) async fn are_kept_from(app: &TestApp, who: &Persona) {
    let own = who
        .viewer()
        .organisation
        .as_ref()
        .map_or("", |code| code.as_str());
    let told = files(
        app,
        who,
        json!([
            "recipients",
            "support_events",
            "recipient_links",
            "indicator_values"
        ]),
    )
    .await;
    for (id, kind, sender) in told.iter().filter(|(_, _, sender)| sender != own) {
        for what in ["file", "findings.xlsx"] {
            assert_eq!(
                status(app, who, id, what).await,
                StatusCode::NOT_FOUND,
                "{kind} of {sender}"
            );
        }
    }
    for entry in rows(app, who).await {
        assert_eq!(
            entry,
            json!({ "contentSha256": null, "asSent": null, "sources": [] })
        );
    }
    for node in said_of(app, who).await {
        if node["sentBy"]["code"] != own {
            assert_eq!(
                (&node["rowCount"], &node["findings"]),
                (&Value::Null, &Value::Null),
                "{node}"
            );
        }
    }
    if own.is_empty() {
        assert!(told.len() > 5);
        assert_eq!(
            rows(app, who).await.len(),
            2,
            "the life of the rows is known, their content is not"
        );
        let others = files(app, who, json!(["payments"])).await;
        assert_eq!(
            status(app, who, &others[0].0, "file").await,
            StatusCode::OK,
            "which tells no place"
        );
    }
}

/// Somebody who keeps the registers.
pub(super) async fn are_given_to(app: &TestApp, who: &Persona) {
    for (id, kind, _) in files(app, who, json!(["recipients", "support_events"])).await {
        assert_eq!(
            status(app, who, &id, "file").await,
            StatusCode::OK,
            "{kind}"
        );
    }
    let rows = rows(app, who).await;
    assert_eq!(rows.len(), 2);
    assert!(
        rows.iter().all(|row| row["contentSha256"].is_string()
            && row["asSent"].is_array()
            && row["sources"][0]["row"].is_i64()),
        "{rows:?}"
    );
    let said = said_of(app, who).await;
    assert!(
        said.iter()
            .all(|node| node["rowCount"].is_i64() && node["findings"].is_array()),
        "{said:?}"
    );
}
