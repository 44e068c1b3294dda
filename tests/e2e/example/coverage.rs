//! Coverage in every grouping, as question 06 asks it, with the lists of those not reached.

use serde_json::{Value, json};

use super::compare::{Comparison, list};
use super::{answer, expected, fund_line};
use crate::harness::{TestApp, on_both_engines};

type Key = (&'static str, fn(&Value) -> &Value);

const COUNTY: Key = ("county", |key| &key["county"]["code"]);
const YEAR: Key = ("year", |key| &key["eventYear"]);
const ACTIVITY: Key = ("mainActivity", |key| &key["mainActivity"]["number"]);
const ORGANISATION: Key = ("organisation", |key| &key["organisation"]["code"]);
const FORM: Key = ("form", |key| &key["form"]["code"]);
const GROUP: Key = ("populationGroup", |key| &key["populationGroup"]);

async fn coverage(app: &TestApp, group_by: Value, kind: &str, filter: Value) -> Value {
    let variables = json!({ "groupBy": group_by, "recipientKind": kind, "filter": filter });
    answer(app, "06-coverage", variables).await["coverage"].take()
}

fn codes(recipients: &Value) -> Value {
    list(recipients)
        .iter()
        .map(|one| one["code"].clone())
        .collect()
}

/// Compares a line with an entry, field by field of the entry.
fn line(to: &mut Comparison, what: &str, found: &Value, entry: &Value) {
    for name in ["coverage", "coverageByPopulation"] {
        to.rate(&format!("{what} {name}"), &found[name], &entry[name]);
    }
    for (name, found) in [
        ("unreached", found["unreachedCount"].clone()),
        ("events", found["eventCount"].clone()),
        ("participants", found["participantCount"].clone()),
        ("unreachedMunicipalities", codes(&found["unreached"])),
    ] {
        if let Some(expected) = entry.get(name) {
            to.same(&format!("{what} {name}"), &found, expected);
        }
    }
    to.same(
        &format!("{what} list"),
        &json!(list(&found["unreached"]).len()),
        &found["unreachedCount"],
    );
}

async fn table(to: &mut Comparison, app: &TestApp, name: &str, group_by: Value, keys: &[Key]) {
    let found = coverage(app, group_by, "MUNICIPALITY", Value::Null).await;
    let entries = list(&expected()["coverage"][name]);
    to.same(
        name,
        &json!(list(&found["rows"]).len()),
        &json!(entries.len()),
    );
    for entry in entries {
        let what: Vec<String> = keys
            .iter()
            .map(|(name, _)| fund_line::name(&entry[*name]))
            .collect();
        let what = format!("{name} {}", what.join(" "));
        let is_it = |key: &Value| keys.iter().all(|(name, of)| *of(key) == entry[*name]);
        line(
            to,
            &what,
            fund_line::line_of(&found["rows"], &what, is_it),
            entry,
        );
    }
}

on_both_engines! {
    async fn every_grouping_is_as_computed_by_hand(app: Example) {
        let mut to = Comparison::default();
        table(&mut to, &app, "byCounty", json!(["COUNTY"]), &[COUNTY]).await;
        table(&mut to, &app, "byYear", json!(["EVENT_YEAR"]), &[YEAR]).await;
        table(&mut to, &app, "byMainActivity", json!(["MAIN_ACTIVITY"]), &[ACTIVITY]).await;
        table(&mut to, &app, "byMainActivityCode", json!(["MAIN_ACTIVITY_CODE"]), &[ACTIVITY]).await;
        table(&mut to, &app, "byOrganisation", json!(["ORGANISATION"]), &[ORGANISATION]).await;
        table(&mut to, &app, "byForm", json!(["FORM"]), &[FORM]).await;
        table(&mut to, &app, "byPopulationGroup", json!(["POPULATION_GROUP"]), &[GROUP]).await;
        let both = json!(["COUNTY", "MAIN_ACTIVITY"]);
        table(&mut to, &app, "byCountyAndMainActivity", both, &[COUNTY, ACTIVITY]).await;
        to.done(2400);
    }

    async fn the_country_as_a_whole_is_as_computed_by_hand(app: Example) {
        let all = &expected()["coverage"];
        let mut to = Comparison::default();
        let total = coverage(&app, json!([]), "MUNICIPALITY", Value::Null).await["total"].take();
        line(&mut to, "municipalities", &total, &all["municipalities"]);
        to.same("unreached", &codes(&total["unreached"]), &all["unreachedMunicipalities"]);
        to.same("events", &total["eventCount"], &all["events"]);
        to.same("participants", &total["participantCount"], &all["participants"]);
        let total = coverage(&app, json!([]), "REGION", Value::Null).await["total"].take();
        line(&mut to, "regions", &total, &all["regions"]);
        to.same("unreached", &codes(&total["unreached"]), &all["unreachedRegions"]);
        to.done(30);
    }

    async fn years_cumulate_as_computed_by_hand(app: Example) {
        let entries = list(&expected()["coverage"]["byYearCumulative"]);
        assert_eq!(entries.len(), 3);
        let mut to = Comparison::default();
        for entry in entries {
            let through = entry["throughYear"].as_i64().expect("a year");
            let filter = json!({ "eventYears": (2020..=through).collect::<Vec<_>>() });
            let found = coverage(&app, json!([]), "MUNICIPALITY", filter).await;
            line(&mut to, &format!("through {through}"), &found["total"], entry);
        }
        to.done(39);
    }

    async fn events_per_municipality_are_as_computed_by_hand(app: Example) {
        let document = "{ coverage(assignment: \"S2020/01591/SOF\", recipientKind: MUNICIPALITY) {
            total { eventsPerRecipient { value absent numerator denominator n } } } }";
        let found = app.ask(document).await;
        let mut to = Comparison::default();
        let expected = &expected()["coverage"]["eventsPerMunicipality"];
        to.rate("events per municipality", &found["coverage"]["total"]["eventsPerRecipient"], expected);
        to.done(5);
    }
}
