//! What decisions ask for: question 12, states by the day, what was delivered by whom, and what is missing.

use entity::Kind;
use serde_json::{Value, json};

use crate::answer::{data, refusal, refused, texts};
use crate::harness::{Sent, TestApp, on_both_engines, question};

const FUNDS: &str = "S2016/00633/FST";
const SUPPORT: &str = "S2020/01591/SOF";
const HEADER: &str = "redovisning;förfallodag;år;myndighet;lämnat_datum;diarienummer\n";

async fn delivered(app: &TestApp, assignment: &str, rows: &str) {
    let text = format!("{HEADER}{rows}");
    let sent = Sent::csv(Kind::Deliveries, &text).assignment(assignment);
    let report = app.send(&sent).await;
    assert!(
        report.verdict.code() == "ACCEPTED" && report.findings.is_empty(),
        "{rows}: {:?}",
        report.findings
    );
}

/// The deliverable of a kind and a last day.
fn one<'a>(found: &'a Value, kind: &str, due_on: &Value) -> &'a Value {
    let all = found["deliverables"].as_array().expect("deliverables");
    let mut own = all
        .iter()
        .filter(|one| one["kind"] == kind && one["dueOn"] == *due_on);
    let first = own
        .next()
        .unwrap_or_else(|| panic!("no {kind} {due_on}: {found}"));
    assert_eq!(own.next(), None, "{kind} {due_on} is one");
    first
}

async fn states(app: &TestApp, on: &str) -> Vec<String> {
    let found = data(app, &question("12-calendar"), json!({ "onDate": on })).await;
    texts(&found["deliverables"], "/state")
}

async fn codes(app: &TestApp, filter: &str) -> Vec<String> {
    let document =
        format!("{{ deliverables(where: {filter}) {{ kind dueOn assignment {{ code }} }} }}");
    let found = data(app, &document, json!({})).await;
    let line = |one: &Value| {
        let due = one["dueOn"].as_str().unwrap_or("-");
        format!("{} {due}", one["kind"].as_str().expect("a kind"))
    };
    let all = found["deliverables"].as_array().expect("deliverables");
    all.iter().map(line).collect()
}

on_both_engines! {
    async fn question_12_has_every_deliverable_with_its_state_and_source(app: Reference) {
        let found = data(&app, &question("12-calendar"), json!({ "onDate": "2020-09-01" })).await;
        let all = found["deliverables"].as_array().expect("deliverables");
        assert_eq!(all.len(), 12, "all of the reference data, those without a day too");
        let due: Vec<&str> = all.iter().filter_map(|one| one["dueOn"].as_str()).collect();
        assert!(due.is_sorted() && due.len() == 9, "{due:?}");
        assert!(all[9..].iter().all(|one| one["dueOn"].is_null() && one["state"] == "UNDATED"));
        // Both last days of 2020, each with the document that says it.
        for (kind, day, state, document, receiver) in [
            ("ACCOUNT_OF_IMPLEMENTATION", "2020-09-01", "DUE", "002_b11fa46f8d8feee5.txt", "Socialdepartementet"),
            ("JOINT_PLAN", "2020-12-01", "UPCOMING", "004_9d7bf3edd0c9ca6d.txt", "Regeringskansliet"),
        ] {
            let found = one(&found, kind, &json!(day));
            assert_eq!((&found["state"], &found["receiver"]), (&json!(state), &json!(receiver)));
            assert_eq!(found["assignment"]["code"], SUPPORT);
            assert_eq!(found["source"]["citation"]["document"], document);
            assert_eq!(found["responsible"].as_array().map(Vec::len), Some(5));
        }
        assert_eq!(one(&found, "FINAL_REPORT", &json!("2019-09-30"))["state"], "OVERDUE");
    }

    async fn days_choose_by_the_last_day_and_pass_what_has_none(app: Reference) {
        let found = data(&app, &question("12-calendar"), json!({ "from": "2020-09-01", "to": "2020-12-01" })).await;
        let all = found["deliverables"].as_array().expect("deliverables");
        let due: Vec<&Value> = all.iter().map(|one| &one["dueOn"]).collect();
        assert_eq!(due, [&json!("2020-09-01"), &json!("2020-12-01"), &Value::Null, &Value::Null, &Value::Null]);
        assert_eq!(codes(&app, &format!("{{ assignments: [\"{SUPPORT}\"] }}")).await.len(), 6);
        assert_eq!(codes(&app, "{ organisations: [\"vardanalys\"] }").await, ["EVALUATION 2023-11-30"]);
        let boards = ["JOINT_PLAN 2016-05-31", "ACCOUNT_OF_IMPLEMENTATION 2020-09-01", "JOINT_PLAN 2020-12-01", "COUNTY_ANNUAL_REPORT -", "SUPPLEMENTARY_PLAN -"];
        assert_eq!(codes(&app, "{ organisations: [\"lansstyrelserna\"] }").await, boards);
        assert_eq!(codes(&app, "{ organisations: [\"lansstyrelsen_uppsala\"] }").await, boards, "a board is one of the boards");
        assert_eq!(codes(&app, "{ organisations: [] }").await, Vec::<String>::new());
        let ask = async |arguments: &str| refusal(&app, &format!("{{ deliverables({arguments}) {{ kind }} }}"), json!({})).await;
        assert_eq!(ask("where: { organisations: [\"nck\", \"ingen\"] }").await, refused("UNKNOWN_CODE", "where.organisations[1]"));
        assert_eq!(ask("where: { assignments: [\"S1999/1/X\"] }").await, refused("UNKNOWN_CODE", "where.assignments[0]"));
        assert_eq!(ask("from: \"2020-09-02\", to: \"2020-09-01\"").await, refused("BAD_USER_INPUT", "to"));
    }

    async fn what_is_delivered_is_so_from_its_day_on(app: Reference) {
        let before = states(&app, "2030-01-01").await;
        assert_eq!(before.iter().filter(|state| *state == "OVERDUE").count(), 9);
        delivered(&app, SUPPORT, "JOINT_PLAN;2020-12-01;;socialstyrelsen;2020-12-03;2020-11-7033\n").await;
        let document = "query ($on: Date) { deliverables(from: \"2020-12-01\", to: \"2020-12-01\") { kind dueOn state(onDate: $on)
            deliveredOn(onDate: $on) daysLate(onDate: $on) deliveries { organisation { code } deliveredOn registryNumber year
            sources { row submission { kind } } } missing(onDate: $on) { isMissing contents organisations { code } } } }";
        let due = json!("2020-12-01");
        for (on, state, delivered, late) in [
            ("2020-11-30", "UPCOMING", Value::Null, Value::Null), ("2020-12-01", "DUE", Value::Null, Value::Null),
            ("2020-12-02", "OVERDUE", Value::Null, json!(1)), ("2020-12-03", "DELIVERED", json!("2020-12-03"), json!(2)),
            ("2026-01-01", "DELIVERED", json!("2020-12-03"), json!(2)),
        ] {
            let found = data(&app, document, json!({ "on": on })).await;
            let plan = one(&found, "JOINT_PLAN", &due);
            assert_eq!(json!([plan["state"], plan["deliveredOn"], plan["daysLate"]]), json!([state, delivered, late]), "{on}");
            assert_eq!(plan["deliveries"], json!([{ "organisation": { "code": "socialstyrelsen" }, "deliveredOn": "2020-12-03",
                "registryNumber": "2020-11-7033", "year": null, "sources": [{ "row": 2, "submission": { "kind": "deliveries" } }] }]));
            let missing = &plan["missing"];
            let (is_missing, count) = if state == "DELIVERED" { (false, 0) } else { (true, 5) };
            assert_eq!((&missing["isMissing"], missing["organisations"].as_array().map(Vec::len)), (&json!(is_missing), Some(count)), "{on}");
            assert_eq!(missing["contents"].as_array().map(Vec::len), Some(usize::from(is_missing)), "{on}");
        }
    }

    async fn county_boards_have_delivered_together_when_the_last_of_them_has(app: Reference) {
        let document = "query ($on: Date) { deliverables(where: { organisations: [\"lansstyrelserna\"] }) { kind dueOn state(onDate: $on)
            deliveredOn(onDate: $on) deliveries { year } missing(onDate: $on) { organisations { code } } } }";
        let ask = async |on: &str| data(&app, document, json!({ "on": on })).await;
        let boards = data(&app, "{ recipients(where: { kinds: [REGION] }) { totalCount } }", json!({})).await["recipients"]["totalCount"].take();
        assert_eq!(boards, 21);
        // Each year by itself: never delivered once and for all.
        delivered(&app, FUNDS, "COUNTY_ANNUAL_REPORT;;2016;lansstyrelsen_uppsala;2017-03-01;\nCOUNTY_ANNUAL_REPORT;;2017;lansstyrelsen_uppsala;2018-03-01;\n").await;
        let found = ask("2020-01-01").await;
        let yearly = one(&found, "COUNTY_ANNUAL_REPORT", &Value::Null);
        assert_eq!((&yearly["state"], &yearly["deliveries"]), (&json!("UNDATED"), &json!([{ "year": 2016 }, { "year": 2017 }])));
        assert_eq!(texts(&yearly["missing"]["organisations"], "/code"), ["lansstyrelserna"]);
        // The supplementary plan, board by board.
        let codes: Vec<String> = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../api/reference/02-organisations.csv"))
            .expect("organisations").lines().filter(|line| line.contains(",COUNTY_BOARD,"))
            .map(|line| line.split(',').next().unwrap_or_default().to_owned()).collect();
        assert_eq!(codes.len(), 21);
        let row = |code: &String, day: &str| format!("SUPPLEMENTARY_PLAN;;;{code};{day};\n");
        let rows: String = codes[1..].iter().map(|code| row(code, "2021-02-01")).collect();
        delivered(&app, SUPPORT, &rows).await;
        let found = ask("2021-03-01").await;
        let plan = one(&found, "SUPPLEMENTARY_PLAN", &Value::Null);
        assert_eq!(plan["state"], "UNDATED");
        assert_eq!(texts(&plan["missing"]["organisations"], "/code"), codes[..1]);
        delivered(&app, SUPPORT, &row(&codes[0], "2021-02-15")).await;
        for (on, state, missing) in [("2021-02-14", "UNDATED", 1), ("2021-02-15", "DELIVERED", 0)] {
            let found = ask(on).await;
            let plan = one(&found, "SUPPLEMENTARY_PLAN", &Value::Null);
            assert_eq!((&plan["state"], plan["missing"]["organisations"].as_array().map(Vec::len)), (&json!(state), Some(missing)), "{on}");
        }
        let found = ask("2021-03-01").await;
        assert_eq!(one(&found, "SUPPLEMENTARY_PLAN", &Value::Null)["deliveredOn"], "2021-02-15");
    }

    async fn what_is_missing_for_a_report_agrees_with_the_reporting_of_its_rounds(app: Example) {
        let document = "{ deliverables(where: { assignments: [\"S2016/00633/FST\"] }) { kind dueOn missing { isMissing contents
            rounds { round { code reportBy } expectedCount receivedCount missingCount } } } }";
        let found = data(&app, document, json!({})).await;
        let rounds = |kind: &str, day: &str| texts(&one(&found, kind, &json!(day))["missing"]["rounds"], "/round/code");
        assert_eq!(rounds("ANNUAL_REPORT", "2017-09-30"), ["KOM-2016", "NGO-2016", "REG-2016"]);
        assert_eq!(rounds("ANNUAL_REPORT", "2018-09-30"), ["KOM-2017", "NGO-2017", "REG-2017"]);
        assert_eq!(rounds("FINAL_REPORT", "2019-09-30").len(), 9);
        assert_eq!(rounds("JOINT_PLAN", "2016-05-31"), Vec::<String>::new());
        let last = &one(&found, "FINAL_REPORT", &json!("2019-09-30"))["missing"];
        assert_eq!(last["contents"].as_array().map(Vec::len), Some(2), "two passages that are not adjacent");
        for one in last["rounds"].as_array().expect("rounds") {
            let list = data(&app, "query ($round: RoundCode!) { missingReports(round: $round) { totalCount } }", json!({ "round": one["round"]["code"] })).await;
            assert_eq!(one["missingCount"], list["missingReports"]["totalCount"], "{one}");
            assert!(one["expectedCount"].as_u64() > one["receivedCount"].as_u64().filter(|_| one["missingCount"] != 0));
        }
    }
}
