//! Sources tell no county of a protected location: what a line leaves out, it does not name.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::named::{NAMED, ask, names, reached, rows_where};
use crate::harness::{Persona, on_both_engines};
use crate::intake::files::{FUNDS, SUPPORT};

const PROTECTED: &str = "IN (SELECT p.code FROM recipient p WHERE p.protected_location)";

on_both_engines! {
    async fn money_by_county_names_no_row_of_a_protected_location_but_apart(app: Example) {
        let mut hidden = BTreeSet::new();
        for table in ["application", "payment", "usage_report", "repayment"] {
            hidden.extend(rows_where(&app, table, &format!("t.recipient_code {PROTECTED}")).await);
        }
        hidden.extend(rows_where(&app, "recipient", &format!("t.code {PROTECTED}")).await);
        assert!(hidden.len() > 10, "{hidden:?}");
        let counties = app.ask("{ recipients(where: { kinds: [REGION] }) { nodes { county { code } } } }").await;
        let counties: Vec<&Value> = counties["recipients"]["nodes"].as_array().expect("nodes").iter().map(|node| &node["county"]["code"]).collect();
        let selection = format!("byCounty: fundUsage(assignment: \"{FUNDS}\", groupBy: [COUNTY], filter: {{ recipientKinds: [NGO] }})
                {{ rows {{ key {{ county {{ code }} }} sources(first: 500) {NAMED} }} }}
            inCounties: fundUsage(assignment: \"{FUNDS}\", filter: {{ recipientKinds: [NGO], counties: {} }}) {{ total {{ sources(first: 500) {NAMED} }} }}",
            json!(counties));
        let found = ask(&app, &Persona::public(), "", &selection).await;
        let mut apart = BTreeSet::new();
        for line in found["byCounty"]["rows"].as_array().expect("rows") {
            let names = names(&line["sources"]);
            if line["key"]["county"].is_null() {
                apart.extend(names);
            } else {
                assert!(names.iter().all(|name| !hidden.contains(name)), "{}", line["key"]);
            }
        }
        assert!(apart.intersection(&hidden).count() > 10, "they stand apart, as their figures do");
        let in_counties = names(&found["inCounties"]["total"]["sources"]);
        assert!(in_counties.len() > 100 && in_counties.iter().all(|name| !hidden.contains(name)));
    }

    async fn no_figure_of_money_names_the_row_of_the_register_of_a_protected_location(app: Example) {
        let hidden = rows_where(&app, "recipient", &format!("t.code {PROTECTED}")).await;
        assert!(hidden.len() > 5, "{hidden:?}");
        let sources = format!("sources(first: 500) {NAMED}");
        let selection = format!("byRecipient: fundUsage(assignment: \"{FUNDS}\", groupBy: [RECIPIENT], filter: {{ recipientKinds: [NGO] }}) {{ rows {{ {sources} eligible: sources(of: ELIGIBLE, first: 500) {NAMED} }} }}
            inAll: fundUsage(assignment: \"{FUNDS}\", filter: {{ recipientKinds: [NGO] }}) {{ total {{ eligible: sources(of: ELIGIBLE, first: 500) {NAMED} }} }}");
        for who in [Persona::public(), Persona::evaluator()] {
            let found = ask(&app, &who, "", &selection).await;
            let mut told: BTreeSet<String> = names(&found["inAll"]["total"]["eligible"]).into_iter().collect();
            for line in found["byRecipient"]["rows"].as_array().expect("rows") {
                told.extend(names(&line["sources"]));
                told.extend(names(&line["eligible"]));
            }
            let open = rows_where(&app, "recipient", &format!("t.kind = 'NGO' AND NOT t.code {PROTECTED}")).await;
            assert!(open.iter().any(|name| told.contains(name)), "others are named");
            assert!(hidden.iter().all(|name| !told.contains(name)), "{who:?}");
        }
    }

    async fn coverage_names_no_event_for_the_sake_of_a_protected_location(app: Example) {
        let text = |table: &'static str| format!("SELECT DISTINCT p.code AS name FROM recipient p WHERE p.kind = 'NGO' AND {table}");
        let stored = crate::stored::Stored::of(&app).await;
        let open: BTreeSet<String> = stored.texts(&text("NOT p.protected_location")).await.into_iter().collect();
        let hidden: BTreeSet<String> = stored.texts(&text("p.protected_location")).await.into_iter().collect();
        let reached = reached(&app).await;
        let selection = format!("coverage(assignment: \"{SUPPORT}\", recipientKind: NGO, groupBy: [COUNTY]) {{
            total {{ sources(of: REACHED, first: 500) {NAMED} }}
            rows {{ key {{ county {{ code }} parts {{ absent }} }} eventCount sources(first: 500) {NAMED} }} }}");
        let found = ask(&app, &Persona::public(), "", &selection).await["coverage"].take();
        let all = names(&found["total"]["sources"]);
        assert!(all.len() > 5, "{all:?}");
        assert!(all.iter().all(|name| reached[name].iter().any(|code| open.contains(code))), "each reached an open one");
        let alone = reached.values().filter(|codes| codes.iter().any(|code| hidden.contains(code)));
        assert!(alone.count() > 0, "the example reaches a protected location");
        let rows = found["rows"].as_array().expect("rows");
        assert!(rows.len() > 10);
        for line in rows {
            assert!(line["key"]["county"].is_object(), "they are in no figure either: {}", line["key"]);
            assert_eq!(json!(names(&line["sources"]).len()), line["eventCount"]);
        }
    }
}
