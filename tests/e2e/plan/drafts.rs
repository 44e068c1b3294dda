//! A proposed revision is a draft until it is decided: who sees it, and what it becomes.

use entity::Kind;
use serde_json::{Value, json};

use crate::answer::{data, refusal_in};
use crate::harness::{Persona, Sent, TestApp, on_both_engines};
use crate::intake::files::SUPPORT;
use crate::stored::Stored;

const HEADER: &str = "rad;delaktivitet;ansvarig;startår;slutår;huvudaktivitet;ändring_avser\n";
const ROWS: &str =
    "1;Utveckla;socialstyrelsen|nck;2020;2023;1;Hemligt utkast\n2;B;nck;2021;2022;4a;\n";

/// Sends a version of the plan whose only note is "Hemligt utkast".
pub(crate) async fn revise(app: &TestApp, version: i64, decided_on: Option<&str>) {
    let day = decided_on.map(|day| day.parse().expect("a day"));
    let sent = Sent::csv(Kind::ActivityPlan, &format!("{HEADER}{ROWS}"))
        .assignment(SUPPORT)
        .plan(Some(version), day);
    let report = app.send(&sent).await;
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

const PLAN: &str = "query ($version: Int) { activityPlan(assignment: \"S2020/01591/SOF\", version: $version) { version isDraft
    decidedOn decidedOnAbsent changeNote changeNoteAbsent versions { version isDraft decidedOnAbsent activityCount changeNote } } }";

async fn asked(app: &TestApp, who: &Persona, version: Option<i64>) -> Value {
    let mut answer = app.ask_as(who, PLAN, json!({ "version": version })).await;
    match answer.get("errors") {
        None => answer["data"]["activityPlan"].take(),
        Some(_) => json!(refusal_in(&answer).code),
    }
}

fn numbers(plan: &Value) -> Vec<i64> {
    let all = plan["versions"].as_array().expect("versions").iter();
    all.map(|one| one["version"].as_i64().expect("a number"))
        .collect()
}

on_both_engines! {
    async fn a_draft_is_seen_by_those_who_read_what_waits_and_by_nobody_else(app: Reference) {
        revise(&app, 2, None).await;
        for who in [Persona::public(), Persona::reporter("nck"), Persona::coordinator("jamstalldhetsmyndigheten")] {
            let found = asked(&app, &who, None).await;
            assert_eq!((&found["version"], numbers(&found)), (&json!(1), vec![1]), "{who:?}");
            assert_eq!(asked(&app, &who, Some(2)).await, "UNKNOWN_CODE", "{who:?}");
            assert_eq!(asked(&app, &who, Some(3)).await, "UNKNOWN_CODE", "the same answer as of what is not there");
            let since = format!("{{ activityPlan(assignment: \"{SUPPORT}\") {{ changesSince(version: 2) {{ row toTitle }} }} }}");
            assert_eq!(refusal_in(&app.ask_as(&who, &since, json!({})).await).code, "UNKNOWN_CODE");
        }
        let reads = async || Stored::of(&app).await.texts("SELECT detail AS name FROM read_event").await;
        assert_eq!(reads().await, Vec::<String>::new());
        for who in [Persona::evaluator(), Persona::coordinator("socialstyrelsen"), Persona::reporter("socialstyrelsen")] {
            assert_eq!(asked(&app, &who, None).await["version"], 1, "what counts is what is decided");
            let found = asked(&app, &who, Some(2)).await;
            assert_eq!((&found["isDraft"], &found["decidedOn"], &found["decidedOnAbsent"]), (&json!(true), &Value::Null, &json!("NOT_DUE")));
            assert_eq!((&found["changeNote"], numbers(&found)), (&json!("Rad 1: Hemligt utkast"), vec![1, 2]));
        }
        let noted = reads().await;
        assert_eq!(noted.len(), 6);
        assert!(noted.iter().all(|one| one.contains("draft 2 of the plan of S2020/01591/SOF")), "{noted:?}");
        assert!(noted[1].contains("free_text"), "{noted:?}");
    }

    async fn a_decided_draft_is_the_plan_from_its_day_on(app: Reference) {
        revise(&app, 2, None).await;
        let before = data(&app, "{ dataset { info { asOf } } }", json!({})).await["dataset"]["info"]["asOf"].clone();
        revise(&app, 2, Some("2021-12-15")).await;
        let found = asked(&app, &Persona::public(), None).await;
        assert_eq!(found, json!({ "version": 2, "isDraft": false, "decidedOn": "2021-12-15", "decidedOnAbsent": null,
            "changeNote": "Rad 1: Hemligt utkast", "changeNoteAbsent": null, "versions": [
                { "version": 1, "isDraft": false, "decidedOnAbsent": "NOT_AVAILABLE", "activityCount": 18, "changeNote": null },
                { "version": 2, "isDraft": false, "decidedOnAbsent": null, "activityCount": 2, "changeNote": "Rad 1: Hemligt utkast" } ] }));
        let then = format!("{{ dataset(asOf: {before}) {{ activityPlan(assignment: \"{SUPPORT}\") {{ version versions {{ version }} }} }} }}");
        let then = data(&app, &then, json!({})).await["dataset"]["activityPlan"].take();
        assert_eq!(then, json!({ "version": 1, "versions": [{ "version": 1 }] }), "then it was a draft");
        // Decided for a day that has not come: until then a draft.
        let early = format!("{{ dataset(today: \"2021-12-14\") {{ activityPlan(assignment: \"{SUPPORT}\") {{ version versions {{ version }} }} }} }}");
        let early = data(&app, &early, json!({})).await["dataset"]["activityPlan"].take();
        assert_eq!(early["version"], 1);
        // The latest day counts, and of one day the highest number.
        revise(&app, 3, Some("2021-12-15")).await;
        assert_eq!(asked(&app, &Persona::public(), None).await["version"], 3);
        revise(&app, 4, Some("2021-12-14")).await;
        assert_eq!(asked(&app, &Persona::public(), None).await["version"], 3);
    }

    async fn changes_of_every_kind_are_told(app: Reference) {
        revise(&app, 2, Some("2021-12-15")).await;
        let document = format!("query ($to: Int!, $from: Int!) {{ activityPlan(assignment: \"{SUPPORT}\", version: $to) {{
            changesSince(version: $from) {{ row kind fromTitle toTitle fromEndYear toEndYear fromMainActivity toMainActivity
                fromResponsible {{ code }} toResponsible {{ code }} }} }} }}");
        let changes = async |from, to| {
            let found = data(&app, &document, json!({ "from": from, "to": to })).await;
            found["activityPlan"]["changesSince"].as_array().expect("changes").clone()
        };
        let found = changes(1, 2).await;
        let kinds = |row: i64, found: &[Value]| {
            let own = found.iter().filter(|one| one["row"] == row);
            own.map(|one| one["kind"].as_str().expect("a kind").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(kinds(1, &found), ["MOVED", "REWORDED", "REASSIGNED"]);
        assert_eq!(kinds(2, &found), ["MOVED", "REWORDED", "REASSIGNED", "RECLASSIFIED"]);
        assert_eq!((kinds(3, &found), found.len()), (vec!["DROPPED".to_owned()], 7 + 16));
        let back = changes(2, 1).await;
        assert_eq!(kinds(3, &back), ["ADDED"]);
        assert_eq!(back[0]["toTitle"], found[0]["fromTitle"]);
        assert_eq!(found[2]["toResponsible"], json!([{ "code": "socialstyrelsen" }, { "code": "nck" }]));
    }
}
