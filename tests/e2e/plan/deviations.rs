//! Deviations go to the coordination group with what is proposed, and end in a decision.

use entity::Kind;
use serde_json::{Value, json};

use crate::answer::{data, refusal_in, texts};
use crate::example::expected;
use crate::harness::{Persona, Sent, TestApp, on_both_engines};
use crate::intake::files::SUPPORT;
use crate::stored::Stored;

const ASKED: &str = "query ($assignment: RegistryNumber!, $on: Date, $where: DeviationFilter, $first: Int, $after: String) {
    deviations(assignment: $assignment, onDate: $on, where: $where, first: $first, after: $after) { totalCount
        pageInfo { hasNextPage endCursor } nodes { planVersion row activity { title } organisation { code } perDate reportedState
        deviation deviationAbsent proposedAction proposedActionAbsent state daysOpen
        decision { outcome decidedOn newPlanVersion newPlanVersionAbsent note noteAbsent sources { row } }
        sources { row submission { kind } } } } }";

async fn asked(app: &TestApp, who: &Persona, mut variables: Value) -> Value {
    variables["assignment"] = json!(SUPPORT);
    let mut answer = app.ask_as(who, ASKED, variables.clone()).await;
    assert_eq!(answer.get("errors"), None, "{variables}");
    answer["data"]["deviations"].take()
}

/// The decisions of the story: one of each kind.
pub(crate) async fn decide(app: &TestApp) {
    let rows = "planversion;rad;myndighet;per_datum;beslut;beslutsdatum;anteckning;ny_planversion\n\
        1;2;jamstalldhetsmyndigheten;2021-06-30;godtagen;2021-08-20;;\n\
        1;6;jamstalldhetsmyndigheten;2021-10-30;plan reviderad;2021-12-15;Slutår flyttas;2\n\
        2;16;nck;2022-06-30;annan åtgärd;2022-09-01;Se rad 15;\n";
    let report = app
        .send(&Sent::csv(Kind::DeviationDecisions, rows).assignment(SUPPORT))
        .await;
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

fn count(found: &Value) -> usize {
    found["nodes"].as_array().expect("deviations").len()
}

on_both_engines! {
    async fn every_deviation_of_the_example_is_on_the_list_and_open(app: Example) {
        let found = asked(&app, &Persona::public(), json!({ "on": "2026-01-01" })).await;
        assert_eq!(found["totalCount"], expected()["plan"]["deviations"]);
        assert_eq!(count(&found), 15);
        assert!(texts(&found["nodes"], "/state").iter().all(|one| one == "OPEN"));
        let days = texts(&found["nodes"], "/perDate");
        let mut sorted = days.clone();
        sorted.sort();
        assert_eq!(days, sorted);
        for (day, expected) in [("2021-06-29", 0), ("2021-06-30", 1), ("2021-10-30", 4), ("2022-06-30", 5), ("2022-12-31", 10), ("2023-02-28", 15)] {
            assert_eq!(asked(&app, &Persona::public(), json!({ "on": day })).await["totalCount"], expected, "{day}");
        }
        let first = &found["nodes"][0];
        assert_eq!((&first["planVersion"], &first["row"], &first["reportedState"]), (&json!(1), &json!(2), &json!("DELAYED")));
        assert_eq!((&first["deviation"], &first["deviationAbsent"]), (&Value::Null, &json!("NOT_AVAILABLE")));
        assert_eq!(first["daysOpen"], 1646, "from 2021-06-30 to 2026-01-01");
        assert_eq!(first["sources"][0]["submission"]["kind"], "activity_reports");
    }

    async fn a_deviation_ends_in_a_decision_from_its_day_on(app: Example) {
        let before = data(&app, "{ dataset { info { asOf } } }", json!({})).await["dataset"]["info"]["asOf"].clone();
        decide(&app).await;
        let of = async |on: &str, state: &str| {
            let found = asked(&app, &Persona::evaluator(), json!({ "on": on, "where": { "states": [state] } })).await;
            found["nodes"].as_array().expect("deviations").iter().map(|one| json!([one["row"], one["decision"]["outcome"], one["daysOpen"]])).collect::<Vec<_>>()
        };
        assert_eq!(of("2021-08-19", "DECIDED").await, Vec::<Value>::new());
        assert_eq!(of("2021-08-19", "OPEN").await, [json!([2, null, 50])]);
        assert_eq!(of("2021-08-20", "DECIDED").await, [json!([2, "ACCEPTED", 51])]);
        assert_eq!(of("2021-08-20", "OPEN").await, Vec::<Value>::new());
        assert_eq!(of("2026-01-01", "DECIDED").await, [json!([2, "ACCEPTED", 51]), json!([6, "PLAN_REVISED", 46]), json!([16, "OTHER_MEASURE", 63])]);
        assert_eq!(of("2026-01-01", "OPEN").await.len(), 12, "every one is open or decided");
        // Before the decisions were sent, nothing was decided, whatever the day.
        let then = format!("{{ dataset(asOf: {before}) {{ deviations(assignment: \"{SUPPORT}\", where: {{ states: [DECIDED] }}) {{ totalCount }} }} }}");
        assert_eq!(data(&app, &then, json!({})).await["dataset"]["deviations"]["totalCount"], 0);
    }

    async fn texts_are_for_those_who_may_read_them(app: Example) {
        decide(&app).await;
        let decided = json!({ "on": "2026-01-01", "where": { "states": ["DECIDED"] } });
        let seen = async |who: Persona| {
            let found = asked(&app, &who, decided.clone()).await;
            let read = |one: &Value| [&one["deviation"], &one["proposedAction"], &one["decision"]["note"]].iter().filter(|text| text.is_string()).count();
            found["nodes"].as_array().expect("deviations").iter().map(read).collect::<Vec<_>>()
        };
        assert_eq!(seen(Persona::public()).await, [0, 0, 0]);
        assert_eq!(seen(Persona::coordinator("jamstalldhetsmyndigheten")).await, [0, 0, 0], "it coordinates something else or nothing");
        let reads = async || Stored::of(&app).await.counts().await["read_event"];
        assert_eq!(reads().await, 0);
        // Row 2 was accepted without a note.
        assert_eq!(seen(Persona::evaluator()).await, [2, 3, 3]);
        assert_eq!(seen(Persona::coordinator("socialstyrelsen")).await, [2, 3, 3]);
        assert_eq!(seen(Persona::reporter("jamstalldhetsmyndigheten")).await, [2, 3, 0]);
        assert_eq!(seen(Persona::reporter("nck")).await, [0, 0, 3]);
        assert_eq!(reads().await, 4);
        let found = asked(&app, &Persona::evaluator(), decided).await;
        let revised = &found["nodes"][1]["decision"];
        assert_eq!((&revised["newPlanVersion"], &revised["note"], &revised["decidedOn"]), (&json!(2), &json!("Slutår flyttas"), &json!("2021-12-15")));
        assert_eq!(found["nodes"][0]["decision"]["noteAbsent"], "NOT_APPLICABLE");
        assert_eq!(found["nodes"][0]["decision"]["newPlanVersionAbsent"], "NOT_APPLICABLE");
    }

    async fn the_list_is_filtered_and_read_in_pages(app: Example) {
        let of = async |filter: Value| asked(&app, &Persona::public(), json!({ "on": "2026-01-01", "where": filter })).await["totalCount"].clone();
        assert_eq!(of(json!({ "versions": [1] })).await, 4);
        assert_eq!(of(json!({ "versions": [1, 2], "organisations": ["nck"] })).await, 5);
        assert_eq!(of(json!({ "organisations": [] })).await, 0);
        for (filter, argument) in [
            (json!({ "versions": [1, 3] }), "where.versions[1]"), (json!({ "organisations": ["x"] }), "where.organisations[0]"),
        ] {
            let answer = app.ask_with(ASKED, json!({ "assignment": SUPPORT, "where": filter })).await;
            assert_eq!(refusal_in(&answer), crate::answer::refused("UNKNOWN_CODE", argument));
        }
        let (mut seen, mut after) = (0, Value::Null);
        loop {
            let page = asked(&app, &Persona::public(), json!({ "on": "2026-01-01", "first": 4, "after": after })).await;
            assert_eq!(page["totalCount"], 15);
            seen += count(&page);
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(seen, 15);
    }

    async fn a_draft_that_a_decision_led_to_is_not_told(app: Example) {
        let draft = "rad;delaktivitet;ansvarig;startår;slutår;huvudaktivitet\n1;Ny;socialstyrelsen;2021;2023;1\n";
        let report = app.send(&Sent::csv(Kind::ActivityPlan, draft).assignment(SUPPORT).plan(Some(3), None)).await;
        assert!(report.findings.is_empty(), "{:?}", report.findings);
        let rows = "planversion;rad;myndighet;per_datum;beslut;beslutsdatum;ny_planversion\n2;16;nck;2022-06-30;plan reviderad;2022-09-01;3\n";
        let report = app.send(&Sent::csv(Kind::DeviationDecisions, rows).assignment(SUPPORT)).await;
        assert!(report.findings.is_empty(), "{:?}", report.findings);
        let asks = json!({ "where": { "states": ["DECIDED"] } });
        let told = async |who: Persona| asked(&app, &who, asks.clone()).await["nodes"][0]["decision"].take();
        let open = told(Persona::public()).await;
        assert_eq!((&open["newPlanVersion"], &open["newPlanVersionAbsent"]), (&Value::Null, &json!("NOT_AVAILABLE")));
        assert_eq!(told(Persona::evaluator()).await["newPlanVersion"], 3);
        let draft = "planversion;rad;myndighet;per_datum;läge;avvikelse\n3;1;socialstyrelsen;2022-12-31;försenad;Sent\n";
        let report = app.send(&Sent::csv(Kind::ActivityReports, draft).assignment(SUPPORT)).await;
        assert!(report.findings.is_empty(), "{:?}", report.findings);
        assert_eq!(asked(&app, &Persona::public(), json!({})).await["totalCount"], 15, "a deviation from a draft is none yet");
        assert_eq!(asked(&app, &Persona::evaluator(), json!({})).await["totalCount"], 16);
    }
}
