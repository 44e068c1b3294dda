//! The events that lines of coverage name are those that the lines count, and reached whom they say.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::named::{NAMED, ask, names, reached};
use crate::harness::{Persona, TestApp, on_both_engines};
use crate::intake::files::SUPPORT;

/// Municipalities by code, with their counties.
async fn municipalities(app: &TestApp) -> BTreeMap<String, String> {
    let document = "{ recipients(where: { kinds: [MUNICIPALITY] }, first: 500) { nodes { code county { code } } } }";
    let found = app.ask(document).await;
    let pair = |node: &Value| {
        let text = |path: &str| {
            node.pointer(path)
                .and_then(Value::as_str)
                .expect("a text")
                .to_owned()
        };
        (text("/code"), text("/county/code"))
    };
    found["recipients"]["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .map(pair)
        .collect()
}

on_both_engines! {
    async fn lines_name_the_events_that_they_count_and_whom_they_reached(app: Example) {
        let (counties, reached) = (municipalities(&app).await, reached(&app).await);
        let mut lines = 0;
        for by in ["", "FORM", "MAIN_ACTIVITY, EVENT_YEAR", "ORGANISATION", "COUNTY, EVENT_YEAR", "POPULATION_GROUP"] {
            let selection = format!("coverage(assignment: \"{SUPPORT}\", recipientKind: MUNICIPALITY, groupBy: [{by}]) {{ rows {{
                key {{ county {{ code }} }} eventCount coverage {{ numerator }}
                events: sources(of: EVENTS) {{ totalCount }} reached: sources(of: REACHED, first: 500) {NAMED} all: sources {{ totalCount }} }} }}");
            let found = ask(&app, &Persona::public(), "", &selection).await["coverage"].take();
            for line in found["rows"].as_array().expect("rows") {
                assert_eq!(line["events"]["totalCount"], line["eventCount"], "{by} {}", line["key"]);
                assert_eq!(line["all"]["totalCount"], line["eventCount"], "those that reached are among them");
                if line["reached"]["totalCount"].as_u64().is_some_and(|count| count > 500) {
                    continue;
                }
                let of_line = |code: &&String| {
                    let county = line["key"]["county"]["code"].as_str();
                    counties.get(*code).is_some_and(|own| county.is_none_or(|county| county == own))
                };
                if by == "POPULATION_GROUP" {
                    continue;
                }
                let names = names(&line["reached"]);
                let codes: BTreeSet<&String> = names.iter().flat_map(|name| &reached[name]).filter(of_line).collect();
                assert_eq!(json!(codes.len().to_string()), line["coverage"]["numerator"], "{by} {}", line["key"]);
                assert!(names.iter().all(|name| reached[name].iter().any(|code| of_line(&code))), "each reached one of the line");
                lines += 1;
            }
        }
        assert!(lines > 100, "{lines} lines");
    }
}
