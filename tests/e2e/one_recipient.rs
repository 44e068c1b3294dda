//! One recipient with its money and the support that reached it, in a fixed number of statements however many there are.

use serde_json::{Value, json};

use crate::answer::{data, ore, texts};
use crate::harness::{TestApp, on_both_engines, question};
use crate::intake::files::{FUNDS, SUPPORT};

const FUNDS_OF: &str = "round { code year reportBy } allocatedAmount requisitionedAmount grantedAmount paidAmount usedAmount
    reportedUnusedAmount repaidAmount outstandingAmount unreportedAmount unexplainedAmount
    usageRate { value numerator denominator n of missing { reason count } }";

/// The lines of fund usage by recipient and round, as the recipient's own field should give them.
async fn lines(app: &TestApp, codes: &Value) -> Vec<Value> {
    let document = format!(
        "query ($codes: [RecipientCode!]!) {{ fundUsage(assignment: \"{FUNDS}\", groupBy: [RECIPIENT, ROUND], filter: {{ recipients: $codes }})
        {{ rows {{ key {{ recipient {{ code }} round {{ code year reportBy }} }} {} }} }} }}",
        FUNDS_OF.replace("round { code year reportBy }", "")
    );
    let answer = data(app, &document, json!({ "codes": codes })).await;
    answer["fundUsage"]["rows"]
        .as_array()
        .expect("rows")
        .clone()
}

on_both_engines! {
    async fn the_whole_question_is_answered_for_every_municipality_asked(app: Example) {
        let document = question("04-one-municipality");
        for code in ["0180", "0114", "2580"] {
            let answer = data(&app, &document, json!({ "code": code })).await["recipient"].take();
            assert_eq!((&answer["code"], answer["funds"].as_array().map(Vec::len)), (&json!(code), Some(3)));
            let values = answer["indicatorValues"].as_array().expect("values");
            assert!(values.len() > 10, "{} values", values.len());
            let years: Vec<i64> = values.iter().filter_map(|one| one["year"].as_i64()).collect();
            assert!(years.contains(&2020) && years.contains(&2022) && years.iter().all(|year| [2020, 2022].contains(year)));
            for value in values {
                let quantity = &value["quantity"];
                assert_eq!(quantity["value"].is_null(), !quantity["absent"].is_null(), "{value}");
                // Counts of persons say nothing, not even where they came from.
                let hidden = value["indicator"]["code"] == "exempel_skyddsplacerade_antal";
                assert_eq!((quantity["absent"] == "SUPPRESSED", value["source"].is_null()), (hidden, hidden), "{value}");
            }
            assert!(values.iter().any(|one| one["quantity"]["absent"] == "SUPPRESSED"));
        }
    }

    async fn each_recipients_money_is_what_fund_usage_says(app: Example) {
        let some = data(&app, "{ recipients(first: 500, where: { kinds: [MUNICIPALITY, REGION, NGO] }) { nodes { code } } }", json!({})).await;
        let codes: Vec<String> = texts(&some["recipients"]["nodes"], "/code").into_iter().step_by(7).collect();
        assert!(codes.len() > 40);
        let mut compared = 0;
        let lines = lines(&app, &json!(codes)).await;
        for code in codes {
            let document = format!("query ($code: RecipientCode!) {{ recipient(code: $code) {{ funds(assignment: \"{FUNDS}\") {{ {FUNDS_OF} }} }} }}");
            let answer = data(&app, &document, json!({ "code": code })).await;
            for own in answer["recipient"]["funds"].as_array().expect("rounds") {
                let line = lines.iter().find(|line| line["key"]["recipient"]["code"] == code.as_str() && line["key"]["round"] == own["round"])
                    .unwrap_or_else(|| panic!("{code} has a line for {}", own["round"]));
                for (name, value) in own.as_object().expect("fields").iter().filter(|(name, _)| *name != "round") {
                    assert_eq!(*value, line[name], "{code} {} {name}", own["round"]["code"]);
                }
                compared += 1;
            }
        }
        assert!(compared > 100, "{compared} rounds");
    }

    async fn its_rows_add_up_and_lead_to_the_files(app: Example) {
        let document = format!("{{ recipient(code: \"0180\") {{ funds(assignment: \"{FUNDS}\") {{ round {{ code reportBy }} paidAmount
            usageReport {{ reportedOn onTime source {{ row submission {{ kind }} }} }} sources {{ row submission {{ kind sha256 }} decision {{ registryNumber }} }} }} }} }}");
        let answer = data(&app, &document, json!({})).await;
        let rounds = answer["recipient"]["funds"].as_array().expect("rounds");
        assert_eq!(rounds.len(), 3, "{rounds:?}");
        for round in rounds {
            assert!(ore(&round["paidAmount"]) > 0);
            let kinds = texts(&round["sources"], "/submission/kind");
            for kind in ["allocations", "requisitions", "payments"] {
                assert!(kinds.iter().any(|one| one == kind), "{kind} in {kinds:?}");
            }
            assert!(texts(&round["sources"], "/decision/registryNumber").iter().all(|number| number == FUNDS));
            let report = &round["usageReport"];
            assert_eq!(report["source"]["submission"]["kind"], "usage_reports");
            let (day, last) = (report["reportedOn"].as_str().expect("a day"), round["round"]["reportBy"].as_str().expect("a day"));
            assert_eq!(report["onTime"], json!(day <= last));
        }
    }

    async fn its_events_are_those_of_coverage(app: Example) {
        let document = format!("query ($code: RecipientCode!, $first: Int, $after: String) {{ recipient(code: $code) {{
            supportEvents(assignment: \"{SUPPORT}\", first: $first, after: $after) {{ totalCount pageInfo {{ hasNextPage endCursor }}
                nodes {{ code title heldOn form {{ code title }} mainActivity {{ number title }} organisation {{ code name }}
                    participantCount source {{ row submission {{ kind }} }} }} }} }} }}");
        let whole = data(&app, &document, json!({ "code": "0180", "first": 500 })).await["recipient"]["supportEvents"].take();
        let coverage = format!("{{ coverage(assignment: \"{SUPPORT}\", recipientKind: MUNICIPALITY) {{ total {{ eventsPerRecipient {{ numerator }} unreached {{ code }} }} }} }}");
        let unreached = texts(&data(&app, &coverage, json!({})).await["coverage"]["total"]["unreached"], "/code");
        assert!(!unreached.contains(&"0180".to_owned()) && whole["totalCount"] != 0);
        let none = data(&app, &document, json!({ "code": unreached[0], "first": 500 })).await;
        assert_eq!(none["recipient"]["supportEvents"]["totalCount"], 0, "who was not reached has no event");
        // In pages of 7 the same, in order of time.
        let (mut paged, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = data(&app, &document, json!({ "code": "0180", "first": 7, "after": after })).await["recipient"]["supportEvents"].take();
            paged.extend(page["nodes"].as_array().expect("nodes").clone());
            if page["pageInfo"]["hasNextPage"] == false { break; }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(json!(paged), whole["nodes"]);
        assert!(paged.is_sorted_by_key(|event| event["heldOn"].as_str().expect("a day").to_owned()));
    }

    async fn a_protected_recipient_has_money_and_no_events(app: Example) {
        let hidden = data(&app, "{ recipients(first: 500, where: { kinds: [NGO] }) { nodes { code countyAbsent } } }", json!({})).await;
        let nodes = hidden["recipients"]["nodes"].as_array().expect("nodes").iter();
        let hidden: Vec<&str> = nodes.filter(|one| one["countyAbsent"] == "PROTECTED").filter_map(|one| one["code"].as_str()).collect();
        assert_eq!(hidden.len(), 8);
        let mut paid = 0;
        for code in hidden {
            let document = format!("{{ recipient(code: \"{code}\") {{ funds(assignment: \"{FUNDS}\") {{ paidAmount }}
                supportEvents(assignment: \"{SUPPORT}\") {{ totalCount nodes {{ code }} }} }} }}");
            let found = data(&app, &document, json!({})).await["recipient"].take();
            assert_eq!(found["supportEvents"], json!({ "totalCount": 0, "nodes": [] }), "{code}");
            paid += found["funds"].as_array().expect("rounds").iter().map(|one| ore(&one["paidAmount"])).sum::<i128>();
        }
        assert!(paid > 0);
    }

    async fn recipients_are_chosen_by_their_money_and_their_support(app: Example) {
        let document = format!("query ($paid: Boolean, $reached: Boolean!) {{ recipients(first: 500, where: {{ kinds: [MUNICIPALITY],
            funds: {{ assignment: \"{FUNDS}\", filter: {{ grantYears: [2018] }}, paid: $paid }},
            support: {{ assignment: \"{SUPPORT}\", filter: {{ mainActivities: [\"3\"], eventYears: [2020, 2021, 2022] }}, reached: $reached }} }})
            {{ totalCount nodes {{ code }} }} }}");
        let mut all = Vec::new();
        for (paid, reached) in [(true, true), (true, false), (false, true), (false, false)] {
            let found = data(&app, &document, json!({ "paid": paid, "reached": reached })).await;
            all.extend(texts(&found["recipients"]["nodes"], "/code"));
        }
        all.sort();
        let count = all.len();
        all.dedup();
        assert_eq!((count, all.len()), (290, 290), "each municipality is in one of the four");
        let usage = format!("{{ fundUsage(assignment: \"{FUNDS}\", groupBy: [RECIPIENT], filter: {{ grantYears: [2018], recipientKinds: [MUNICIPALITY] }})
            {{ rows {{ key {{ recipient {{ code }} }} paidAmount }} }}
            coverage(assignment: \"{SUPPORT}\", recipientKind: MUNICIPALITY, filter: {{ mainActivities: [\"3\"], eventYears: [2020, 2021, 2022] }})
            {{ total {{ unreached {{ code }} }} }} }}");
        let answer = data(&app, &usage, json!({})).await;
        let unreached = texts(&answer["coverage"]["total"]["unreached"], "/code");
        let rows = answer["fundUsage"]["rows"].as_array().expect("rows").iter();
        let mut expected: Vec<String> = rows.filter(|row| ore(&row["paidAmount"]) > 0)
            .filter_map(|row| row["key"]["recipient"]["code"].as_str().map(str::to_owned)).filter(|code| unreached.contains(code)).collect();
        let found = data(&app, &document, json!({ "paid": true, "reached": false })).await;
        let mut found = texts(&found["recipients"]["nodes"], "/code");
        found.sort();
        expected.sort();
        assert!(!expected.is_empty());
        assert_eq!(found, expected);
        let unknown = app.ask_with("{ recipients(where: { funds: { assignment: \"S1900/00001/X\", paid: true } }) { totalCount } }", json!({})).await;
        assert_eq!(unknown["errors"][0]["extensions"]["argument"], "where.funds.assignment");
    }
}
