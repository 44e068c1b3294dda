//! What the rows that sources name hold, read from the store by file, sheet and row.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::answer::ore;
use crate::harness::{Persona, TestApp};
use crate::intake::files::FUNDS;
use crate::stored::Stored;

/// A row by its submission, sheet and number.
pub(crate) type Named = String;

/// The selection of a page that names its rows.
pub(crate) const NAMED: &str = "{ totalCount nodes { sheet row submission { id } } }";

/// What names the row that a fact `t` came in.
const NAME: &str = "s.id || '|' || COALESCE(r.sheet, '') || '|' || r.row_number AS name";
const CAME_IN: &str =
    "JOIN received_row r ON r.id = t.row_id JOIN submission s ON s.id = r.submission_id";

/// Figures whose rows are summed: the measure, the field, the table, and what a row adds.
pub(crate) const SUMS: [(&str, &str, &str, &str); 7] = [
    ("ALLOCATED", "allocatedAmount", "allocation", "t.amount"),
    (
        "REQUISITIONED",
        "requisitionedAmount",
        "requisition",
        "t.amount",
    ),
    (
        "GRANTED",
        "grantedAmount",
        "application",
        "t.granted_amount",
    ),
    (
        "PAID",
        "paidAmount",
        "payment",
        "CASE WHEN t.reverses IS NULL THEN t.amount ELSE -t.amount END",
    ),
    (
        "USED",
        "usedAmount",
        "usage_report",
        "COALESCE((SELECT SUM(l.amount) FROM usage_line l WHERE l.row_id = t.row_id), 0)",
    ),
    (
        "UNUSED",
        "reportedUnusedAmount",
        "usage_report",
        "t.unused_amount",
    ),
    (
        "REPAID",
        "repaidAmount",
        "repayment",
        "CASE WHEN t.reverses IS NULL THEN t.amount ELSE -t.amount END",
    ),
];

/// What each row ever received of a table adds, in öre.
pub(crate) async fn amounts(app: &TestApp, table: &str, adds: &str) -> BTreeMap<Named, i64> {
    let sql = format!("SELECT {NAME}, CAST({adds} AS BIGINT) AS n FROM {table} t {CAME_IN}");
    let adds_something = match table {
        "application" => format!("{sql} WHERE t.granted_amount IS NOT NULL"),
        _ => sql,
    };
    Stored::of(app).await.numbers(&adds_something).await
}

/// The rows of a table that a condition holds for.
pub(crate) async fn rows_where(app: &TestApp, table: &str, condition: &str) -> BTreeSet<Named> {
    let sql = format!("SELECT {NAME} FROM {table} t {CAME_IN} WHERE {condition}");
    Stored::of(app)
        .await
        .texts(&sql)
        .await
        .into_iter()
        .collect()
}

/// The codes that each support event ever received reached.
pub(crate) async fn reached(app: &TestApp) -> BTreeMap<Named, BTreeSet<String>> {
    let name = NAME.replace(" AS name", "");
    let sql = format!(
        "SELECT {name} || '|' || t.recipient_code AS name FROM support_event_reach t {CAME_IN}"
    );
    let mut reached: BTreeMap<Named, BTreeSet<String>> = BTreeMap::new();
    for one in Stored::of(app).await.texts(&sql).await {
        let (row, code) = one.rsplit_once('|').expect("a row and a code");
        reached
            .entry(row.to_owned())
            .or_default()
            .insert(code.to_owned());
    }
    reached
}

/// The rows that a page names, which must be all there are; none twice.
pub(crate) fn names(page: &Value) -> Vec<Named> {
    let nodes = page["nodes"].as_array().expect("nodes");
    assert_eq!(
        page["totalCount"],
        json!(nodes.len()),
        "the page holds them all"
    );
    let name = |node: &Value| {
        let id = node["submission"]["id"].as_str().expect("an identity");
        let id = URL_SAFE_NO_PAD.decode(id).expect("an identity");
        let id = String::from_utf8(id).expect("an identity");
        let number = id
            .strip_prefix("submission:")
            .expect("an identity of a submission");
        format!(
            "{number}|{}|{}",
            node["sheet"].as_str().unwrap_or_default(),
            node["row"]
        )
    };
    let names: Vec<Named> = nodes.iter().map(name).collect();
    assert_eq!(
        names.iter().collect::<BTreeSet<_>>().len(),
        names.len(),
        "a row is named once"
    );
    names
}

/// Asks as somebody of a dataset; gives the data below it.
pub(crate) async fn ask(app: &TestApp, who: &Persona, dataset: &str, selection: &str) -> Value {
    let document = format!("{{ dataset{dataset} {{ {selection} }} }}");
    let mut answer = app.ask_as(who, &document, json!({})).await;
    assert_eq!(answer.get("errors"), None, "{document}");
    answer["data"]["dataset"].take()
}

/// Every line of a grouping, and the total, is the sum of the rows that it names. Gives the rows named by all the lines,
/// figure by figure.
pub(crate) async fn adds_up(app: &TestApp, who: &Persona, dataset: &str, arguments: &str) -> usize {
    let mut all = 0;
    for (measure, field, table, adds) in SUMS {
        let held = amounts(app, table, adds).await;
        let line = format!(
            "key {{ parts {{ code }} }} {field} sources(of: {measure}, first: 500) {NAMED}"
        );
        let selection = format!(
            "fundUsage(assignment: \"{FUNDS}\"{arguments}) {{ rows {{ {line} }} total {{ {field} }} }}"
        );
        let found = ask(app, who, dataset, &selection).await["fundUsage"].take();
        let (mut seen, mut sum) = (BTreeSet::new(), 0);
        for line in found["rows"].as_array().expect("rows") {
            let names = names(&line["sources"]);
            let adds = names
                .iter()
                .map(|name| i128::from(held[name]))
                .sum::<i128>();
            assert_eq!(
                adds,
                ore(&line[field]),
                "{measure} of {} under {dataset}",
                line["key"]
            );
            all += names.len();
            sum += adds;
            for name in names {
                assert!(seen.insert(name.clone()), "{name} stands behind two lines");
            }
        }
        assert_eq!(
            sum,
            ore(&found["total"][field]),
            "{measure} in all under {dataset}"
        );
    }
    all
}
