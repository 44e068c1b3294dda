//! Pages of sources: every one once, in one order, at the cost of one statement a table; nothing where nobody asks.

use serde_json::{Value, json};

use super::named::{NAMED, ask, names};
use crate::answer::{data, refusal_in, refused};
use crate::harness::{Persona, TestApp, on_both_engines};
use crate::intake::files::FUNDS;

fn total(arguments: &str, selection: &str) -> String {
    format!(
        "{{ fundUsage(assignment: \"{FUNDS}\", filter: {{ grantYears: [2018], recipientKinds: [MUNICIPALITY] }}) {{
            total {{ paidAmount sources(of: PAID{arguments}) {selection} }} }} }}"
    )
}

async fn statements(app: &TestApp, document: &str) -> u64 {
    let before = app.store.statements();
    data(app, document, json!({})).await;
    app.store.statements() - before
}

on_both_engines! {
    async fn pages_go_on_where_the_one_before_ended(app: Example) {
        let page = "{ totalCount pageInfo { hasNextPage endCursor } edges { cursor node { sheet row submission { id } } } }";
        let whole = data(&app, &total(", first: 500", NAMED), json!({})).await["fundUsage"]["total"]["sources"].take();
        let whole = names(&whole);
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let found = data(&app, &total(&format!(", first: 97{after}"), page), json!({})).await["fundUsage"]["total"]["sources"].take();
            assert_eq!(found["totalCount"], json!(whole.len()));
            let nodes: Vec<Value> = found["edges"].as_array().expect("edges").iter().map(|edge| edge["node"].clone()).collect();
            seen.extend(names(&json!({ "totalCount": nodes.len(), "nodes": nodes })));
            if found["pageInfo"]["hasNextPage"] == json!(false) { break; }
            after = format!(", after: {}", found["pageInfo"]["endCursor"]);
        }
        assert_eq!(seen, whole);
        for (arguments, code, argument) in [
            (", first: 501", "PAGE_TOO_LARGE", "first"),
            (", first: -1", "BAD_USER_INPUT", "first"),
            (", after: \"bm8=\"", "BAD_USER_INPUT", "after"),
        ] {
            let answer = app.ask_with(&total(arguments, "{ totalCount }"), json!({})).await;
            assert_eq!(refusal_in(&answer), refused(code, argument));
        }
    }

    async fn a_page_costs_the_same_however_long_and_however_many_lines_ask(app: Example) {
        let page = |first: usize| total(&format!(", first: {first}"), "{ nodes { row sheet submission { fileName sentBy { code } } decision { registryNumber } citation { section } } }");
        let figures = total("", "{ totalCount }").replace("sources(of: PAID) { totalCount }", "");
        statements(&app, &figures).await;
        assert_eq!(statements(&app, &figures).await, 1, "figures alone: the version check");
        statements(&app, &page(1)).await;
        let few = statements(&app, &page(2)).await;
        assert_eq!(statements(&app, &page(250)).await, few);
        assert!(few <= 6, "{few} statements");
        let lines = format!("{{ fundUsage(assignment: \"{FUNDS}\", groupBy: [GRANT_YEAR, COUNTY]) {{ rows {{ sources(of: PAID, first: 20) {{ nodes {{ row submission {{ fileName }} }} }} }} }} }}");
        statements(&app, &lines).await;
        // In other words, so that it is no answer that is kept: rows whose files are known cost the version check, and what
        // has happened to the files.
        let in_other_words = |question: &str| format!("{question} # again");
        assert_eq!(statements(&app, &in_other_words(&lines)).await, 2, "many lines");
        assert_eq!(statements(&app, &in_other_words(&page(250))).await, 2, "known rows");
        assert_eq!(statements(&app, &lines).await, 1, "the same words");
    }

    async fn an_answer_of_too_many_sources_is_refused_whole(app: Example) {
        let lines = format!("fundUsage(assignment: \"{FUNDS}\", groupBy: [RECIPIENT]) {{ rows {{ sources(first: 200) {{ nodes {{ row }} }} }} }}");
        let found = ask(&app, &Persona::public(), "", &lines.replace("first: 200", "first: 2")).await;
        assert!(found["fundUsage"]["rows"].as_array().is_some_and(|rows| rows.len() > 300));
        let many: String = (0..9).map(|number| format!("l{number}: {lines} ")).collect();
        let answer = app.ask_with(&format!("{{ {many} }}"), json!({})).await;
        assert_eq!(refusal_in(&answer).code, "RESULT_TOO_LARGE");
    }
}
