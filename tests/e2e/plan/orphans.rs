//! Orphans of the example, found again one by one from what plan, events and payments say themselves.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::answer::{data, refusal_in, refused, texts};
use crate::harness::{TestApp, on_both_engines};
use crate::intake::files::{FUNDS, SUPPORT};

const ASKED: &str = "query ($support: RegistryNumber!, $version: Int, $through: Date, $of: [RegistryNumber!], $after: String) {
    activityPlan(assignment: $support, version: $version) {
        activities { mainActivity { number } responsible { code } }
        orphans(through: $through) {
            pairs { kind mainActivityNumber mainActivity { number } organisation { code } rowCount sources { totalCount } }
            developmentAreas { code }
            recipients(fundsOf: $of, kinds: [MUNICIPALITY, REGION], first: 500, after: $after) { totalCount nodes { recipient { code } paidAmount } } } } }";
const EVENTS: &str = "query ($support: RegistryNumber!, $after: String) {
    supportEvents(assignment: $support, first: 100, after: $after) { pageInfo { hasNextPage endCursor }
        nodes { heldOn mainActivity { number } organisation { code } } } }";

type Pairs = BTreeMap<(String, String), u64>;

fn main(number: &Value) -> String {
    let number = number.as_str().expect("a number");
    number.trim_end_matches(char::is_alphabetic).to_owned()
}

async fn asked(app: &TestApp, variables: Value) -> Value {
    let mut all = json!({ "support": SUPPORT });
    for (name, value) in variables.as_object().expect("variables") {
        all[name] = value.clone();
    }
    data(app, ASKED, all).await["activityPlan"].take()
}

async fn events(app: &TestApp) -> Vec<Value> {
    let (mut all, mut after) = (Vec::new(), Value::Null);
    loop {
        let page =
            data(app, EVENTS, json!({ "support": SUPPORT, "after": after })).await["supportEvents"]
                .take();
        all.extend(page["nodes"].as_array().expect("events").iter().cloned());
        if page["pageInfo"]["hasNextPage"] == false {
            return all;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// Whether one organisation answers for another: itself, or a county board and those of them together.
fn answers(one: &str, other: &str) -> bool {
    let board = |code: &str| code.starts_with("lansstyrelsen_");
    one == other
        || (one == "lansstyrelserna" && board(other))
        || (other == "lansstyrelserna" && board(one))
}

fn without(side: &Pairs, other: &Pairs) -> Vec<(String, String, u64)> {
    let met = |(number, code): &(String, String)| {
        other
            .keys()
            .any(|(theirs, of)| theirs == number && answers(code, of))
    };
    side.iter()
        .filter(|(key, _)| !met(key))
        .map(|((number, code), count)| (number.clone(), code.clone(), *count))
        .collect()
}

fn told(found: &Value, kind: &str) -> Vec<(String, String, u64)> {
    let pairs = found["orphans"]["pairs"].as_array().expect("pairs").iter();
    let mut told: Vec<_> = pairs
        .filter(|one| one["kind"] == kind)
        .map(|one| {
            assert_eq!(one["rowCount"], one["sources"]["totalCount"], "{one}");
            (
                one["mainActivityNumber"]
                    .as_str()
                    .expect("a number")
                    .to_owned(),
                one["organisation"]["code"]
                    .as_str()
                    .expect("a code")
                    .to_owned(),
                one["rowCount"].as_u64().expect("a count"),
            )
        })
        .collect();
    told.sort();
    told
}

on_both_engines! {
    async fn pairs_without_a_counterpart_are_those_of_plan_and_events(app: Example) {
        let all = events(&app).await;
        for (version, through) in [(1, "2020-12-31"), (2, "2022-12-31"), (2, "2021-06-30")] {
            let found = asked(&app, json!({ "version": version, "through": through })).await;
            let (mut planned, mut held) = (Pairs::new(), Pairs::new());
            for activity in found["activities"].as_array().expect("activities") {
                for code in texts(&activity["responsible"], "/code") {
                    *planned.entry((main(&activity["mainActivity"]["number"]), code.to_owned())).or_default() += 1;
                }
            }
            for event in all.iter().filter(|one| one["heldOn"].as_str().expect("a day") <= through) {
                let code = event["organisation"]["code"].as_str().expect("a code");
                *held.entry((main(&event["mainActivity"]["number"]), code.to_owned())).or_default() += 1;
            }
            assert_eq!(told(&found, "PLANNED"), without(&planned, &held), "{version} {through}");
            assert_eq!(told(&found, "HELD"), without(&held, &planned), "{version} {through}");
            assert!(!told(&found, "PLANNED").is_empty(), "the example has some");
        }
        let total = asked(&app, json!({})).await;
        assert_eq!(told(&total, "PLANNED").len() + told(&total, "HELD").len(), total["orphans"]["pairs"].as_array().expect("pairs").len());
    }

    async fn before_any_event_every_activity_waits_and_areas_are_those_without_a_plan(app: Example) {
        let found = asked(&app, json!({ "through": "2019-12-31" })).await;
        assert_eq!(told(&found, "HELD"), []);
        let mut planned: BTreeSet<String> = BTreeSet::new();
        for activity in found["activities"].as_array().expect("activities") {
            planned.insert(main(&activity["mainActivity"]["number"]));
        }
        let areas = data(&app, "query ($of: RegistryNumber!) { assignment(registryNumber: $of) { mainActivities { number developmentArea { code } } goals { code level } } }",
            json!({ "of": SUPPORT })).await["assignment"].take();
        let touched: BTreeSet<&str> = areas["mainActivities"].as_array().expect("main activities").iter()
            .filter(|one| planned.contains(&main(&one["number"])))
            .filter_map(|one| one["developmentArea"]["code"].as_str()).collect();
        let every: BTreeSet<&str> = areas["goals"].as_array().expect("goals").iter()
            .filter(|one| one["level"] == "DEVELOPMENT_AREA").filter_map(|one| one["code"].as_str()).collect();
        let without: Vec<&str> = every.difference(&touched).copied().collect();
        assert_eq!(texts(&found["orphans"]["developmentAreas"], "/code"), without);
    }

    async fn recipients_with_money_and_no_support_are_told_with_the_amount(app: Example) {
        let found = asked(&app, json!({})).await["orphans"]["recipients"].take();
        let reach = data(&app, "query ($of: RegistryNumber!) { recipients(first: 500, where: { support: { assignment: $of, reached: true } }) {
            totalCount nodes { code } } }", json!({ "of": SUPPORT })).await["recipients"].take();
        assert!(reach["totalCount"].as_u64() < Some(500), "one page holds them all");
        let reached: BTreeSet<String> = texts(&reach["nodes"], "/code").into_iter().collect();
        let lines = data(&app, "query ($of: RegistryNumber!) { fundUsage(assignment: $of, groupBy: [RECIPIENT]) { rows { key { recipient { code kind } } paidAmount } } }",
            json!({ "of": FUNDS })).await["fundUsage"]["rows"].take();
        let expected: BTreeMap<String, String> = lines.as_array().expect("rows").iter().filter_map(|line| {
            let recipient = &line["key"]["recipient"];
            let code = recipient["code"].as_str()?;
            let paid = line["paidAmount"].as_str()?;
            let is = ["MUNICIPALITY", "REGION"].contains(&recipient["kind"].as_str()?) && paid != "0.00" && !reached.contains(code);
            is.then(|| (code.to_owned(), paid.to_owned()))
        }).collect();
        let told: BTreeMap<String, String> = found["nodes"].as_array().expect("recipients").iter().map(|one| {
            (one["recipient"]["code"].as_str().expect("a code").to_owned(), one["paidAmount"].as_str().expect("an amount").to_owned())
        }).collect();
        assert!(!expected.is_empty());
        assert_eq!(told, expected);
        assert_eq!(found["totalCount"], told.len());
        let none = asked(&app, json!({ "of": [SUPPORT] })).await["orphans"]["recipients"]["totalCount"].clone();
        assert_eq!(none, 0, "the assignment of 2020 has no money here");
        let unknown = app.ask_with(ASKED, json!({ "support": SUPPORT, "of": ["X2000/1"] })).await;
        assert_eq!(refusal_in(&unknown), refused("UNKNOWN_CODE", "fundsOf[0]"));
    }
}
