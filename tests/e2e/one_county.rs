//! One county and one organisation with their money and support: the same figures as the root's for the same filter.

use serde_json::{Value, json};

use crate::answer::{data, ore, texts};
use crate::harness::{TestApp, on_both_engines};
use crate::intake::files::{FUNDS, SUPPORT};

async fn all_funds(app: &TestApp, filter: &str, size: usize) -> Vec<Value> {
    let document = format!("query ($after: String) {{ funds(assignment: \"{FUNDS}\", {filter} first: {size}, after: $after) {{ totalCount
        pageInfo {{ hasNextPage endCursor }} nodes {{ recipient {{ code }} round {{ code }} paidAmount usedAmount repaidAmount sources {{ row }} }} }} }}");
    let (mut nodes, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = data(app, &document, json!({ "after": after })).await["funds"].take();
        nodes.extend(page["nodes"].as_array().expect("nodes").clone());
        if page["pageInfo"]["hasNextPage"] == false {
            assert_eq!(page["totalCount"], json!(nodes.len()));
            return nodes;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

on_both_engines! {
    async fn a_countys_figures_are_those_of_the_filter(app: Example) {
        let document = format!("{{ counties {{ code name
            fundUsage(assignment: \"{FUNDS}\", groupBy: [GRANT_YEAR], filter: {{ recipientKinds: [MUNICIPALITY] }})
                {{ rows {{ key {{ grantYear }} paidAmount usedAmount }} total {{ paidAmount usageRate {{ value }} }} }}
            coverage(assignment: \"{SUPPORT}\", recipientKind: MUNICIPALITY) {{ total {{ coverage {{ numerator denominator }} eventCount }} }}
            recipients(first: 60, where: {{ kinds: [MUNICIPALITY] }}) {{ totalCount nodes {{ county {{ code }} }} }} sources {{ row }} }} }}");
        let counties = data(&app, &document, json!({})).await["counties"].take();
        let counties = counties.as_array().expect("counties");
        assert_eq!(counties.len(), 21);
        let (mut paid, mut recipients) = (0, 0);
        for county in counties {
            let code = county["code"].as_str().expect("a code");
            let same = format!("{{ fundUsage(assignment: \"{FUNDS}\", groupBy: [GRANT_YEAR], filter: {{ recipientKinds: [MUNICIPALITY], counties: [\"{code}\"] }})
                {{ rows {{ key {{ grantYear }} paidAmount usedAmount }} total {{ paidAmount usageRate {{ value }} }} }}
                coverage(assignment: \"{SUPPORT}\", recipientKind: MUNICIPALITY, filter: {{ counties: [\"{code}\"] }})
                {{ total {{ coverage {{ numerator denominator }} eventCount }} }} }}");
            let same = data(&app, &same, json!({})).await;
            assert_eq!((&county["fundUsage"], &county["coverage"]), (&same["fundUsage"], &same["coverage"]), "{code}");
            paid += ore(&county["fundUsage"]["total"]["paidAmount"]);
            let nodes = texts(&county["recipients"]["nodes"], "/county/code");
            assert!(nodes.iter().all(|own| own == code));
            recipients += nodes.len();
        }
        let whole = data(&app, &format!("{{ fundUsage(assignment: \"{FUNDS}\", filter: {{ recipientKinds: [MUNICIPALITY] }}) {{ total {{ paidAmount }} }} }}"), json!({})).await;
        assert_eq!((paid, recipients), (ore(&whole["fundUsage"]["total"]["paidAmount"]), 290));
        let elsewhere = format!("{{ county(code: \"14\") {{ fundUsage(assignment: \"{FUNDS}\", filter: {{ counties: [\"01\"] }}) {{ total {{ paidAmount }} }} }} }}");
        assert_eq!(data(&app, &elsewhere, json!({})).await["county"]["fundUsage"]["total"]["paidAmount"], "0.00");
    }

    async fn an_organisations_events_are_those_of_the_assignment(app: Example) {
        let document = format!("{{ organisations(first: 100) {{ totalCount nodes {{ code
            supportEvents(assignment: \"{SUPPORT}\", first: 1) {{ totalCount nodes {{ organisation {{ code }} }} }} roles {{ assignmentCode role {{ code }} }} }} }}
            supportEvents(assignment: \"{SUPPORT}\", first: 1) {{ totalCount }} }}");
        let answer = data(&app, &document, json!({})).await;
        let nodes = answer["organisations"]["nodes"].as_array().expect("nodes");
        assert_eq!(answer["organisations"]["totalCount"], json!(nodes.len()));
        let count = |one: &Value| one["supportEvents"]["totalCount"].as_u64().expect("a count");
        assert_eq!(json!(nodes.iter().map(count).sum::<u64>()), answer["supportEvents"]["totalCount"]);
        let board = format!("{{ organisation(code: \"barnafrid\") {{ name coverage(assignment: \"{SUPPORT}\", recipientKind: MUNICIPALITY) {{ total {{ eventCount }} }} }}
            supportEvents(assignment: \"{SUPPORT}\", where: {{ organisations: [\"barnafrid\"] }}) {{ totalCount }}
            of: supportEvents(assignment: \"{SUPPORT}\", where: {{ mainActivities: [\"4\"], years: [2021] }}, first: 500) {{ totalCount nodes {{ heldOn mainActivity {{ number }} }} }}
            boards: organisations(where: {{ kinds: [\"COUNTY_BOARD\"] }}) {{ totalCount }} }}");
        let found = data(&app, &board, json!({})).await;
        assert_eq!(found["organisation"]["coverage"]["total"]["eventCount"], found["supportEvents"]["totalCount"]);
        assert_eq!(found["boards"]["totalCount"], 21);
        assert!(found["of"]["totalCount"] != 0 && texts(&found["of"]["nodes"], "/mainActivity/number").iter().all(|number| number.starts_with('4')));
        let unknown = app.ask_with("{ organisations(where: { kinds: [\"KING\"] }) { totalCount } }", json!({})).await;
        assert_eq!(unknown["errors"][0]["extensions"]["argument"], "where.kinds[0]");
    }

    async fn funds_in_pages_are_every_pair_with_a_row_and_add_up(app: Example) {
        let filter = "filter: { grantYears: [2018], recipientKinds: [MUNICIPALITY, NGO] },";
        let nodes = all_funds(&app, filter, 171).await;
        let usage = format!("{{ fundUsage(assignment: \"{FUNDS}\", {filter} groupBy: [ROUND, RECIPIENT]) {{ rows {{ key {{ recipient {{ code }} round {{ code }} }}
            allocatedAmount requisitionedAmount grantedAmount paidAmount usedAmount repaidAmount }} total {{ paidAmount usedAmount repaidAmount }} }} }}");
        let usage = data(&app, &usage, json!({})).await["fundUsage"].take();
        for name in ["paidAmount", "usedAmount", "repaidAmount"] {
            assert_eq!(nodes.iter().map(|one| ore(&one[name])).sum::<i128>(), ore(&usage["total"][name]), "{name}");
        }
        let pair = |one: &Value| format!("{}|{}", one["round"]["code"], one["recipient"]["code"]);
        let listed: std::collections::BTreeSet<String> = nodes.iter().map(pair).collect();
        assert_eq!(listed.len(), nodes.len());
        for row in usage["rows"].as_array().expect("rows") {
            let some = row.as_object().expect("fields").iter().any(|(name, value)| name != "key" && ore(value) != 0);
            assert!(!some || listed.contains(&pair(&row["key"])), "{} is left out", row["key"]);
        }
        assert!(nodes.iter().all(|one| one["sources"].as_array().is_some_and(|rows| !rows.is_empty())));
    }
}
