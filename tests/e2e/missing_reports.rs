//! Who is missing: question 05, held against fund usage's reporting for every round and day, and against `expected.json`.

use chrono::{Days, NaiveDate};
use entity::Kind;
use serde_json::{Value, json};

use crate::answer::{data, ore, refusal, refused, texts};
use crate::example::{answer, expected};
use crate::harness::{Sent, TestApp, on_both_engines};

const FUNDS: &str = "S2016/00633/FST";

/// Every round of the example with its last day to report.
async fn rounds(app: &TestApp) -> Vec<(String, NaiveDate)> {
    let document = "{ rounds(first: 50) { nodes { code reportBy } } }";
    let found = data(app, document, json!({})).await["rounds"]["nodes"].take();
    let days = texts(&found, "/reportBy")
        .into_iter()
        .map(|day| day.parse().expect("a day"));
    texts(&found, "/code").into_iter().zip(days).collect()
}

/// What fund usage and the list say of a round on a day, of the facts through another where one is given.
async fn both(
    app: &TestApp,
    round: &str,
    today: NaiveDate,
    through: Option<NaiveDate>,
) -> (Value, Value) {
    let document = "query ($round: RoundCode!, $rounds: [RoundCode!], $today: Date, $through: Date) { dataset(today: $today) {
        fundUsage(assignment: \"S2016/00633/FST\", filter: { rounds: $rounds }, through: $through) { total {
            reporting { expectedCount receivedCount rateByAmount { numerator denominator } } usageRate { missing { reason count } } } }
        missingReports(round: $round, first: 500, through: $through) { totalCount nodes { paidAmount reason daysLate reportBy } } } }";
    let variables =
        json!({ "round": round, "rounds": [round], "today": today, "through": through });
    let mut found = data(app, document, variables).await["dataset"].take();
    (
        found["fundUsage"]["total"].take(),
        found["missingReports"].take(),
    )
}

/// The list is what is expected and was not received, by count, by amount and by reason.
fn agree(what: &str, usage: &Value, missing: &Value) -> u64 {
    let count = |value: &Value| value.as_u64().unwrap_or_default();
    let reporting = &usage["reporting"];
    let awaited = count(&reporting["expectedCount"]) - count(&reporting["receivedCount"]);
    let nodes = missing["nodes"].as_array().expect("nodes");
    assert_eq!(
        (count(&missing["totalCount"]), nodes.len() as u64),
        (awaited, awaited),
        "{what}"
    );
    let paid: i128 = nodes.iter().map(|one| ore(&one["paidAmount"])).sum();
    let amounts = &reporting["rateByAmount"];
    assert_eq!(
        paid,
        ore(&amounts["denominator"]) - ore(&amounts["numerator"]),
        "{what}"
    );
    for reason in ["NOT_DUE", "NOT_REPORTED"] {
        let own = nodes.iter().filter(|one| one["reason"] == reason).count() as u64;
        let of_usage = usage["usageRate"]["missing"].as_array().expect("reasons");
        let said = of_usage.iter().find(|one| one["reason"] == reason);
        assert_eq!(
            own,
            said.map_or(0, |one| count(&one["count"])),
            "{what} {reason}"
        );
    }
    awaited
}

fn on(app_day: NaiveDate, later: u64) -> NaiveDate {
    app_day.checked_add_days(Days::new(later)).expect("a day")
}

on_both_engines! {
    async fn question_05_lists_as_many_as_are_expected_to_be_missing(app: Example) {
        let mut seen = 0;
        for entry in expected()["funds"]["byYearAndRecipientKind"].as_array().expect("entries") {
            let kind = match entry["recipientKind"].as_str().expect("a kind") {
                "MUNICIPALITY" => "KOM",
                "REGION" => "REG",
                other => other,
            };
            let round = format!("{kind}-{}", entry["year"]);
            let found = answer(&app, "05-who-is-missing", json!({ "round": round })).await["missingReports"].take();
            assert_eq!(found["totalCount"], entry["reporting"]["missing"], "{round}");
            let nodes = found["nodes"].as_array().expect("nodes");
            let paid: i128 = nodes.iter().map(|one| ore(&one["paidAmount"])).sum();
            assert_eq!(paid, ore(&entry["unreportedAmount"]), "{round}");
            assert!(nodes.iter().all(|one| one["reason"] == "NOT_REPORTED"), "{round}");
            seen += nodes.len();
        }
        assert!(seen > 30, "{seen}");
        let usual = answer(&app, "05-who-is-missing", json!({})).await["missingReports"].take();
        let named = answer(&app, "05-who-is-missing", json!({ "round": "KOM-2018" })).await["missingReports"].take();
        assert_eq!(usual, named);
        let place = |one: &Value| one["recipient"]["county"]["code"].as_str().map(str::to_owned);
        assert!(usual["nodes"].as_array().expect("nodes").iter().all(|one| place(one).is_some()), "municipalities have counties");
    }

    async fn for_every_round_the_list_is_fund_usages_expected_less_received(app: Example) {
        let rounds = rounds(&app).await;
        assert_eq!(rounds.len(), 9);
        let mut missing = 0;
        for (round, last_day) in rounds {
            for later in [0, 1, 500] {
                let today = on(last_day, later);
                let (usage, list) = both(&app, &round, today, None).await;
                missing += agree(&format!("{round} {today}"), &usage, &list);
                let late = if later == 0 { json!([null, "NOT_DUE"]) } else { json!([later, "NOT_REPORTED"]) };
                for one in list["nodes"].as_array().expect("nodes") {
                    assert_eq!(json!([one["daysLate"], one["reason"]]), late, "{round} {today}");
                    assert_eq!(one["reportBy"], json!(last_day));
                }
            }
            let through = on(last_day, 3);
            let (usage, list) = both(&app, &round, on(last_day, 900), Some(through)).await;
            let then = agree(&format!("{round} through {through}"), &usage, &list);
            assert!(list["nodes"].as_array().expect("nodes").iter().all(|one| one["daysLate"] == 3), "the day is today too");
            missing += then;
        }
        assert!(missing > 100, "{missing}");
    }

    async fn pages_go_on_where_they_ended_and_lead_to_the_payments(app: Example) {
        let whole = answer(&app, "05-who-is-missing", json!({})).await["missingReports"].take();
        let codes = texts(&whole["nodes"], "/recipient/code");
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = answer(&app, "05-who-is-missing", json!({ "first": 4, "after": after })).await["missingReports"].take();
            assert_eq!(page["totalCount"], whole["totalCount"]);
            seen.extend(texts(&page["nodes"], "/recipient/code"));
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(seen, codes);
        let document = "{ missingReports(round: \"KOM-2018\", first: 500) { nodes { recipientCode round { code }
            sources { row submission { kind } } } } }";
        let found = data(&app, document, json!({})).await["missingReports"]["nodes"].take();
        assert_eq!(texts(&found, "/recipientCode"), codes);
        for one in found.as_array().expect("nodes") {
            let sources = one["sources"].as_array().expect("sources");
            assert!(!sources.is_empty() && sources.iter().all(|one| one["submission"]["kind"] == "payments"), "{one}");
            assert_eq!(one["round"]["code"], "KOM-2018");
        }
    }

    async fn a_report_that_comes_is_missing_no_longer(app: Reference) {
        let accepted = async |kind: Kind, text: &str| {
            let report = app.send(&Sent::csv(kind, text).assignment(FUNDS)).await;
            assert_eq!(report.verdict.code(), "ACCEPTED", "{text}: {:?}", report.findings);
        };
        let rounds = format!("round;assignment;year;recipient_kind;available_amount;use_by;report_by\n\
            K;{FUNDS};2016;MUNICIPALITY;1000;2016-12-31;2017-03-31\n");
        accepted(Kind::Rounds, &rounds).await;
        accepted(Kind::Allocations, "round;kod;belopp\nK;0115;100\nK;0123;100\nK;0180;50\n").await;
        accepted(Kind::Requisitions, "round;kod;belopp;rekvirerat_datum\nK;0115;100;2016-05-01\nK;0123;100;2016-05-01\nK;0180;50;2016-05-01\n").await;
        accepted(Kind::Payments, "reference;round;kod;belopp;utbetalt_datum\nP1;K;0115;100;2016-06-01\nP2;K;0123;100;2016-06-01\nP3;K;0180;50;2016-06-01\n").await;
        accepted(Kind::Payments, "reference;round;kod;belopp;utbetalt_datum;reverses\nP4;K;0180;50;2016-07-01;P3\n").await;
        let document = "query ($day: Date, $through: Date) { missingReports(round: \"K\", onDate: $day, through: $through) {
            totalCount nodes { recipient { name } paidAmount reason daysLate } } }";
        let ask = async |day: &str, through: Option<&str>| {
            data(&app, document, json!({ "day": day, "through": through })).await["missingReports"]["nodes"].take()
        };
        let late = |name: &str, days: i64| json!({ "recipient": { "name": name }, "paidAmount": "100.00", "reason": "NOT_REPORTED", "daysLate": days });
        assert_eq!(ask("2017-04-10", None).await, json!([late("Järfälla", 10), late("Vallentuna", 10)]), "Stockholm's money was taken back");
        accepted(Kind::UsageReports, "round;kod;reported_on;used_other;unused\nK;0123;2017-04-05;100;0\n").await;
        assert_eq!(ask("2017-04-10", None).await, json!([late("Vallentuna", 10)]));
        assert_eq!(ask("2017-04-04", None).await, json!([late("Vallentuna", 4)]), "which reports count is the dataset's");
        let then = [late("Järfälla", 4), late("Vallentuna", 4)];
        assert_eq!(ask("2017-04-04", Some("2017-04-04")).await, json!(then), "or the day's through which is counted");
        assert_eq!(ask("2017-04-04", Some("2016-05-31")).await, json!([]), "nobody is paid yet");
        assert_eq!(ask("2017-04-04", Some("2015-12-31")).await, json!([]), "the round has not begun");
        let unknown = "{ missingReports(round: \"KOM-1999\") { totalCount } }";
        assert_eq!(refusal(&app, unknown, json!({})).await, refused("UNKNOWN_CODE", "round"));
    }
}
