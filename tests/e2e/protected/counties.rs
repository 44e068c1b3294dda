//! Every filter, list and group by county: what it says of a protected recipient is the same whatever county is asked
//! about, and so is every error.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::attacker::answered;
use crate::answer::texts;
use crate::harness::{Persona, TestApp};
use crate::intake::files::{FUNDS, SUPPORT};

/// What of a document's answer is about some recipients: every object that holds one of their codes, by the code.
fn about(answer: &Value, codes: &BTreeSet<String>, found: &mut Vec<(String, String)>) {
    match answer {
        Value::Array(items) => items.iter().for_each(|item| about(item, codes, found)),
        Value::Object(fields) => {
            let own = fields
                .values()
                .filter_map(Value::as_str)
                .find(|text| codes.contains(*text));
            if let Some(code) = own {
                found.push((code.to_owned(), answer.to_string()));
            }
            fields.values().for_each(|item| about(item, codes, found));
        }
        _ => {}
    }
}

/// Asks everything that takes a county for each county.
pub(super) async fn sweep(app: &TestApp, who: &Persona, hidden: &BTreeSet<String>) {
    let regions = answered(
        app,
        who,
        "{ recipients(where: { kinds: [REGION] }) { nodes { county { code } } } }",
        json!({}),
    )
    .await;
    let counties: BTreeSet<String> = texts(&regions["recipients"]["nodes"], "/county/code")
        .into_iter()
        .collect();
    assert_eq!(counties.len(), 21);
    let codes: Vec<&String> = hidden.iter().collect();
    let codes = json!(codes);
    let mut said: BTreeMap<&str, BTreeSet<Vec<(String, String)>>> = BTreeMap::new();
    for county in &counties {
        let only = format!("counties: [\"{county}\"]");
        let recipients = |condition: &str| {
            format!(
                "recipients(first: 100, where: {{ kinds: [NGO], {condition} }}) {{ totalCount nodes {{ code name county {{ code }} countyAbsent validFrom }} }}"
            )
        };
        let had = |asked: &str| {
            recipients(&format!(
                "funds: [{{ assignment: \"{FUNDS}\", filter: {{ {only} }}, {asked} }}]"
            ))
        };
        let fields = [
            ("by county", recipients(&only)),
            ("not requisitioned there", had("requisitioned: false")),
            ("not paid there", had("paid: false")),
            ("paid there", had("paid: true")),
            ("reported there", had("reported: true")),
            (
                "reached there",
                recipients(&format!(
                    "support: [{{ assignment: \"{SUPPORT}\", filter: {{ {only} }}, reached: true }}]"
                )),
            ),
            (
                "unreached there",
                recipients(&format!(
                    "support: [{{ assignment: \"{SUPPORT}\", filter: {{ {only} }}, reached: false }}]"
                )),
            ),
            (
                "money",
                format!(
                    "fundUsage(assignment: \"{FUNDS}\", groupBy: [COUNTY, RECIPIENT], filter: {{ {only}, recipientKinds: [NGO] }}) {{ rows {{ key {{ county {{ code }} recipient {{ code }} }} paidAmount }} }}"
                ),
            ),
            (
                "own money",
                format!(
                    "fundUsage(assignment: \"{FUNDS}\", groupBy: [RECIPIENT], filter: {{ {only}, recipients: {codes} }}) {{ rowCount rows {{ key {{ recipient {{ code }} }} }} total {{ paidAmount eligibleCount }} }}"
                ),
            ),
            (
                "funds",
                format!(
                    "funds(assignment: \"{FUNDS}\", filter: {{ {only}, recipientKinds: [NGO] }}, first: 500) {{ nodes {{ recipient {{ code }} }} }}"
                ),
            ),
            (
                "ledger",
                format!(
                    "fundLedger(assignment: \"{FUNDS}\", filter: {{ {only}, recipients: {codes} }}) {{ total {{ paidAmount }} }}"
                ),
            ),
            (
                "coverage",
                format!(
                    "coverage(assignment: \"{SUPPORT}\", recipientKind: NGO, filter: {{ {only} }}) {{ protectedCount total {{ unreached(first: 100) {{ code }} }} }}"
                ),
            ),
            (
                "the county",
                format!(
                    "county(code: \"{county}\") {{ recipients(first: 500) {{ nodes {{ code }} }} coverage(assignment: \"{SUPPORT}\", recipientKind: NGO) {{ total {{ unreached(first: 100) {{ code }} }} }} }}"
                ),
            ),
            (
                "organisations",
                format!(
                    "organisations(first: 100, where: {{ {only} }}) {{ nodes {{ code name }} }}"
                ),
            ),
        ];
        for (name, field) in fields {
            let answer = app.ask_as(who, &format!("{{ {field} }}"), json!({})).await;
            assert_eq!(answer.get("errors"), None, "{name} {county}");
            let mut found = Vec::new();
            about(&answer["data"], hidden, &mut found);
            if name == "own money" || name == "ledger" {
                found.push((String::new(), answer["data"].to_string()));
            }
            said.entry(name).or_default().insert(found);
        }
    }
    for (name, answers) in &said {
        assert_eq!(answers.len(), 1, "{name} tells counties apart: {answers:?}");
    }
    assert!(
        !said["not paid there"]
            .first()
            .expect("an answer")
            .is_empty(),
        "they are in lists that tell no place"
    );
    for code in hidden {
        let document = format!("{{ recipient(code: \"{code}\") {{ county {{ code }} links {{ date }} sources {{ row }} populationGroup
                supportEvents(assignment: \"{SUPPORT}\") {{ totalCount }} }}
            organisation(code: \"{code}\") {{ county {{ code }} sources {{ row }} }} }}");
        let found = answered(app, who, &document, json!({})).await;
        let nothing = json!({ "recipient": { "county": null, "links": [], "sources": [], "populationGroup": null, "supportEvents": { "totalCount": 0 } },
            "organisation": { "county": null, "sources": [] } });
        assert_eq!(found, nothing, "{code}");
    }
}
