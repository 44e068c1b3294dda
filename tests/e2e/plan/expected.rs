//! Everything that `expected.json` says of the plan, exactly.

use serde_json::{Value, json};

use super::asked::plan;
use crate::answer::data;
use crate::example::exact::{quotient, same_ratio};
use crate::example::expected;
use crate::harness::{Persona, TestApp, on_both_engines};
use crate::intake::files::SUPPORT;
use crate::stored::{COUNTS, Stored};

const GROUPS: &str = "query ($assignment: RegistryNumber!, $version: Int!, $on: Date!) {
    activityPlan(assignment: $assignment, version: $version) {
        all: totalProgress(onDate: $on) { ...Progress }
        byOrganisationActivityStatus: progressBy(dimension: ORGANISATION, onDate: $on) { code progress { ...Progress } }
        byOrganisationOwnStatus: progressBy(dimension: ORGANISATION, reading: OWN, onDate: $on) { code progress { ...Progress } }
        byMainActivity: progressBy(dimension: MAIN_ACTIVITY, onDate: $on) { code progress { ...Progress } }
        byDevelopmentArea: progressBy(dimension: DEVELOPMENT_AREA, onDate: $on) { code progress { ...Progress } }
        activities { row status(onDate: $on) { byOrganisation { organisation { code } state } } } } }
    fragment Progress on PlanProgress { activityCount completedOnTimeCount states { state activityCount
        share { value numerator denominator } } }";

/// States with how many, those without any left out.
fn counts(states: &Value) -> Value {
    let all = states.as_array().expect("states");
    assert_eq!(all.len(), 6, "every state is listed");
    let some = all.iter().filter(|one| one["activityCount"] != 0);
    some.map(|one| {
        (
            one["state"].as_str().expect("a state").to_owned(),
            one["activityCount"].clone(),
        )
    })
    .collect::<serde_json::Map<_, _>>()
    .into()
}

/// The text of a number.
fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn check_shares(found: &Value, wanted: &Value, what: &str) {
    assert_eq!(found["activityCount"], wanted["activities"], "{what}");
    assert_eq!(
        found["completedOnTimeCount"], wanted["completedOnTime"],
        "{what}"
    );
    let wanted = wanted["byStatus"].as_object().expect("states");
    let all = found["states"].as_array().expect("states");
    for state in all {
        let name = state["state"].as_str().expect("a state");
        let Some(rate) = wanted.get(name) else {
            assert_eq!(state["activityCount"], 0, "{what} {name}");
            continue;
        };
        let share = &state["share"];
        assert_eq!(share["numerator"], rate["numerator"], "{what} {name}");
        assert_eq!(share["denominator"], rate["denominator"], "{what} {name}");
        let (numerator, denominator) = (text(&rate["numerator"]), text(&rate["denominator"]));
        assert_eq!(
            text(&share["value"]),
            quotient(numerator, denominator, 12),
            "{what} {name}"
        );
        let fraction = (text(&rate["fraction"][0]), text(&rate["fraction"][1]));
        assert!(
            same_ratio(fraction, (numerator, denominator)),
            "{what} {name}"
        );
        assert_eq!(
            state["activityCount"].to_string(),
            rate["numerator"].as_str().expect("a number")
        );
    }
    assert!(
        wanted
            .keys()
            .all(|name| all.iter().any(|one| one["state"] == **name)),
        "{what}"
    );
}

async fn check_day(app: &TestApp, wanted: &Value) {
    let (version, day) = (&wanted["planVersion"], &wanted["day"]);
    let variables = json!({ "assignment": SUPPORT, "version": version, "onDate": day });
    let found = plan(app, &Persona::public(), variables).await;
    let variables = json!({ "assignment": SUPPORT, "version": version, "on": day });
    let groups = data(app, GROUPS, variables).await["activityPlan"].take();
    let activities = wanted["activities"].as_array().expect("activities");
    let (own, each) = (
        &groups["activities"],
        found["activities"].as_array().expect("activities"),
    );
    assert_eq!(each.len(), activities.len());
    for (index, (one, wanted)) in each.iter().zip(activities).enumerate() {
        let status = &one["status"];
        assert_eq!(one["row"], wanted["row"]);
        assert_eq!(status["state"], wanted["status"], "{wanted}");
        assert_eq!(one["endYear"], wanted["endYear"], "{wanted}");
        assert_eq!(
            one["mainActivity"]["number"], wanted["mainActivity"],
            "{wanted}"
        );
        assert_eq!(
            one["mainActivity"]["developmentArea"]["code"], wanted["developmentArea"],
            "{wanted}"
        );
        assert_eq!(status["completedOn"], wanted["completedOn"], "{wanted}");
        assert_eq!(status["onTime"], wanted["onTime"], "{wanted}");
        let own = own[index]["status"]["byOrganisation"]
            .as_array()
            .expect("organisations");
        let own: serde_json::Map<String, Value> = own
            .iter()
            .map(|one| {
                (
                    one["organisation"]["code"]
                        .as_str()
                        .expect("a code")
                        .to_owned(),
                    one["state"].clone(),
                )
            })
            .collect();
        assert_eq!(Value::from(own), wanted["byOrganisation"], "{wanted}");
    }
    check_shares(&groups["all"], &wanted["all"], "all");
    let shares: Value = found["progress"].clone();
    assert_eq!(
        counts(&shares),
        counts(&groups["all"]["states"]),
        "the question gives the same"
    );
    for (name, key) in [
        ("byOrganisationActivityStatus", "organisation"),
        ("byMainActivity", "mainActivity"),
        ("byDevelopmentArea", "developmentArea"),
    ] {
        let (found, wanted) = (
            groups[name].as_array().expect("groups"),
            wanted[name].as_array().expect("groups"),
        );
        assert_eq!(found.len(), wanted.len(), "{name}");
        for (found, wanted) in found.iter().zip(wanted) {
            assert_eq!(found["code"], wanted[key], "{name}");
            check_shares(&found["progress"], wanted, name);
        }
    }
    let found = groups["byOrganisationOwnStatus"]
        .as_array()
        .expect("groups")
        .iter();
    let found: Value = found.map(|one| json!({ "organisation": one["code"], "byStatus": counts(&one["progress"]["states"]) })).collect();
    assert_eq!(found, wanted["byOrganisationOwnStatus"]);
}

on_both_engines! {
    async fn every_status_and_share_of_the_plan_is_as_expected(app: Example) {
        let days = expected()["plan"]["statusOnDay"].as_array().expect("days");
        assert_eq!(days.len(), 2);
        for wanted in days {
            check_day(&app, wanted).await;
        }
    }

    async fn the_slip_between_the_versions_is_as_expected(app: Example) {
        let wanted = &expected()["plan"]["slip"];
        let document = format!("{{ activityPlan(assignment: \"{SUPPORT}\", version: {}) {{
            changesSince(version: {from}) {{ row kind fromEndYear toEndYear }}
            slipSince(version: {from}) {{ commonCount laterCount earlierCount unmovedCount addedCount droppedCount sumOfYears
                meanYears {{ numerator denominator n of }} }} }} }}", wanted["to"], from = wanted["from"]);
        let found = data(&app, &document, json!({})).await["activityPlan"].take();
        let of = |kind: &str| {
            let all = found["changesSince"].as_array().expect("changes");
            all.iter().filter(|one| one["kind"] == kind).cloned().collect::<Vec<_>>()
        };
        let moved: Vec<Value> = of("MOVED").iter().map(|one| {
            let years = one["toEndYear"].as_i64().expect("a year") - one["fromEndYear"].as_i64().expect("a year");
            json!({ "row": one["row"], "from": one["fromEndYear"], "to": one["toEndYear"], "years": years })
        }).collect();
        let rows = |kind| of(kind).iter().map(|one| one["row"].clone()).collect::<Value>();
        assert_eq!(Value::from(moved), wanted["moved"]);
        assert_eq!((rows("ADDED"), rows("DROPPED")), (wanted["added"].clone(), wanted["dropped"].clone()));
        assert_eq!(found["changesSince"].as_array().map(Vec::len), Some(4), "nothing else was changed");
        let slip = &found["slipSince"];
        assert_eq!(slip["commonCount"], wanted["common"]);
        assert_eq!(slip["unmovedCount"], wanted["unmoved"]);
        assert_eq!(slip["sumOfYears"], wanted["sumOfYears"]);
        assert_eq!((&slip["laterCount"], &slip["earlierCount"]), (&json!(2), &json!(0)));
        assert_eq!((&slip["addedCount"], &slip["droppedCount"]), (&json!(1), &json!(1)));
        assert_eq!(slip["meanYears"], json!({ "numerator": "2", "denominator": "17", "n": 17, "of": 17 }));
    }

    async fn as_many_reports_are_counted_as_expected(app: Example) {
        let sql = format!("SELECT COUNT(*) AS n FROM activity_report t {COUNTS}");
        assert_eq!(json!(Stored::of(&app).await.number(&sql).await), expected()["plan"]["reports"]);
    }
}
