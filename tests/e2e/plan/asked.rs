//! Question 07 as evaluators ask it, and who reads what of it.

use serde_json::{Value, json};

use crate::answer::{data, refusal, refused, texts};
use crate::harness::{Persona, TestApp, on_both_engines, question};
use crate::intake::files::{FUNDS, SUPPORT};
use crate::stored::Stored;

/// The plan that question 07 gives somebody.
pub(super) async fn plan(app: &TestApp, who: &Persona, variables: Value) -> Value {
    let mut answer = app
        .ask_as(who, &question("07-plan"), variables.clone())
        .await;
    assert_eq!(answer.get("errors"), None, "{variables}");
    answer["data"]["activityPlan"].take()
}

fn in_row(plan: &Value, row: i64) -> &Value {
    let mut all = plan["activities"].as_array().expect("activities").iter();
    all.find(|one| one["row"] == row).expect("an activity")
}

const DEVIATION: &str = "Underlag från kommunerna dröjer; pandemin påverkar.";
const PROPOSAL: &str = "Förläng tiden, pröva i chefssamordningsgruppen.";

on_both_engines! {
    async fn the_question_gives_the_latest_decided_version_as_printed_and_revised(app: Example) {
        let found = plan(&app, &Persona::public(), json!({})).await;
        assert_eq!((&found["version"], &found["decidedOn"]), (&json!(2), &json!("2021-12-15")));
        let note = "Rad 6, 11: Slutår ändrat från 2021 till 2022 (syntetiskt exempel)\nRad 19: Ny delaktivitet (syntetiskt exempel)";
        assert_eq!(found["versions"], json!([
            { "version": 1, "decidedOn": null, "changeNote": null, "activityCount": 18 },
            { "version": 2, "decidedOn": "2021-12-15", "changeNote": note, "activityCount": 18 },
        ]));
        assert_eq!(found["changeNote"], note);
        let last = in_row(&found, 19);
        assert_eq!((&last["startYear"], &last["endYear"]), (&json!(2022), &json!(2022)));
        assert_eq!(texts(&last["responsible"], "/code"), ["nck", "lansstyrelserna"]);
        assert_eq!(last["mainActivity"]["developmentArea"]["code"], "g2020_d4");
        assert_eq!(last["status"]["state"], "NOT_REPORTED", "the boards have never reported on it");
        assert_eq!(found["changesSince"], json!([
            { "row": 6, "title": in_row(&found, 6)["title"], "kind": "MOVED", "fromEndYear": 2021, "toEndYear": 2022 },
            { "row": 11, "title": in_row(&found, 11)["title"], "kind": "MOVED", "fromEndYear": 2021, "toEndYear": 2022 },
            { "row": 18, "title": "Planera uppföljning av kompetensstödet", "kind": "DROPPED", "fromEndYear": 2021, "toEndYear": null },
            { "row": 19, "title": last["title"], "kind": "ADDED", "fromEndYear": null, "toEndYear": 2022 },
        ]));
        let first = plan(&app, &Persona::public(), json!({ "version": 1, "onDate": "2021-09-15" })).await;
        assert_eq!((&first["version"], &first["decidedOn"], &first["changesSince"]), (&json!(1), &Value::Null, &json!([])));
        assert_eq!(first["activities"].as_array().map(Vec::len), Some(18));
        // Of rows by two organisations the one that is behind decides.
        assert_eq!(in_row(&first, 2)["status"]["reportedBy"]["code"], "jamstalldhetsmyndigheten");
        assert_eq!(in_row(&first, 2)["status"]["statusDate"], "2021-06-30");
    }

    async fn what_was_written_freely_is_read_by_those_who_may_and_noted(app: Example) {
        let asked = json!({ "version": 2, "onDate": "2022-12-31" });
        let texts = |plan: &Value| {
            let status = &in_row(plan, 7)["status"];
            [status["deviation"].clone(), status["proposedAction"].clone()]
        };
        let reads = async || Stored::of(&app).await.counts().await["read_event"];
        for who in [Persona::public(), Persona::reporter("nck"), Persona::coordinator("jamstalldhetsmyndigheten")] {
            assert_eq!(texts(&plan(&app, &who, asked.clone()).await), [Value::Null, Value::Null], "{who:?}");
        }
        let before = reads().await;
        assert_eq!(before, 1, "nck has read its own");
        for who in [Persona::evaluator(), Persona::coordinator("socialstyrelsen"), Persona::reporter("socialstyrelsen")] {
            assert_eq!(texts(&plan(&app, &who, asked.clone()).await), [json!(DEVIATION), json!(PROPOSAL)], "{who:?}");
        }
        assert_eq!(reads().await, before + 3);
        let document = format!("{{ activityPlan(assignment: \"{SUPPORT}\") {{ activities {{ row status(onDate: \"2022-12-31\") {{
            hasDeviation deviation deviationAbsent proposedActionAbsent completedOn completedOnAbsent daysLate daysLateAbsent
            byOrganisation {{ organisation {{ code }} state deviation deviationAbsent }} }} }} }} }}");
        let found = data(&app, &document, json!({})).await["activityPlan"].take();
        let status = &in_row(&found, 7)["status"];
        assert_eq!((&status["hasDeviation"], &status["deviationAbsent"]), (&json!(true), &json!("NOT_AVAILABLE")), "that there is one is open");
        assert_eq!(in_row(&found, 1)["status"]["deviationAbsent"], "NOT_APPLICABLE");
        // Row 2 was to end in 2021: a year late by the last day of 2022; row 3 was completed on 16 March 2022.
        let late = |row| (in_row(&found, row)["status"]["daysLate"].clone(), in_row(&found, row)["status"]["daysLateAbsent"].clone());
        assert_eq!([late(2), late(3), late(5)], [(json!(365), Value::Null), (json!(75), Value::Null), (json!(0), Value::Null)]);
        assert_eq!([late(16), late(6)], [(Value::Null, json!("NOT_APPLICABLE")), (Value::Null, json!("NOT_DUE"))]);
        let own = &in_row(&found, 2)["status"]["byOrganisation"];
        assert_eq!(crate::answer::texts(own, "/state"), ["COMPLETED", "DELAYED"]);
    }

    async fn unknown_versions_are_errors_and_an_assignment_without_a_plan_is_null(app: Example) {
        let of = |more: &str| format!("{{ activityPlan(assignment: \"{SUPPORT}\"{more}) {{ version }} }}");
        assert_eq!(refusal(&app, &of(", version: 9"), json!({})).await, refused("UNKNOWN_CODE", "version"));
        let since = of("").replace("{ version }", "{ changesSince(version: 9) { row } }");
        assert_eq!(refusal(&app, &since, json!({})).await, refused("UNKNOWN_CODE", "version"));
        let unknown = of("").replace(SUPPORT, "S1999/1");
        assert_eq!(refusal(&app, &unknown, json!({})).await, refused("UNKNOWN_CODE", "assignment"));
        let none = of("").replace(SUPPORT, FUNDS);
        assert_eq!(data(&app, &none, json!({})).await, json!({ "activityPlan": null }));
    }

    async fn a_plan_costs_the_same_however_many_activities_and_texts(app: Example) {
        let mut costs = Vec::new();
        plan(&app, &Persona::evaluator(), json!({})).await;
        for version in [1, 2] {
            let before = app.store.statements();
            plan(&app, &Persona::evaluator(), json!({ "version": version, "onDate": "2022-12-31" })).await;
            costs.push(app.store.statements() - before);
        }
        assert!(costs.iter().all(|cost| *cost <= 8), "{costs:?}");
    }
}
