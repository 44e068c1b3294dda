//! What differs between two states, by cause: the parts sum to the difference, and each cause has its own.

use std::collections::BTreeMap;

use entity::Kind;
use samsyn::clock::Clock;
use samsyn::commands::Outcome;
use serde_json::{Value, json};

use super::{FUNDS, run, seal_into, sealed};
use crate::answer::data;
use crate::harness::{Sent, TestApp, on_both_engines};
use crate::time::asked::change_everything;

async fn changes(app: &TestApp, from: Value, to: Value) -> Value {
    let document = "query ($from: DatasetPoint!, $to: DatasetPoint!, $report: ComparedReport!) {
        changes(from: $from, to: $to, report: $report, unchanged: true) {
            from { version } to { version } compared
            changes { code from to difference unit comparability
                parts { lateReports corrections newPopulation changedRules passageOfTime } } } }";
    let report = json!({ "assignment": FUNDS, "kind": "FINAL_REPORT" });
    let variables = json!({ "from": from, "to": to, "report": report });
    data(app, document, variables).await["changes"].take()
}

/// Numbers as hundred-thousandths of a billionth: sums of them are exact.
fn exact(number: &Value) -> i128 {
    let text = number
        .as_str()
        .unwrap_or_else(|| panic!("a number as a text: {number}"));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let negative = whole.starts_with('-');
    let digits = format!("{}{fraction:0<14}", whole.trim_start_matches('-'));
    let number: i128 = digits.parse().expect("digits");
    if negative { -number } else { number }
}

const PARTS: [&str; 5] = [
    "lateReports",
    "corrections",
    "newPopulation",
    "changedRules",
    "passageOfTime",
];

/// That the parts of each change sum to its difference, and the difference to what lies between; gives how many differ.
fn sums(found: &Value) -> usize {
    let mut differing = 0;
    for one in found["changes"].as_array().expect("changes") {
        if one["difference"].is_null() {
            assert!(one["parts"].is_null(), "{one}");
            assert!(one["from"].is_null() || one["to"].is_null(), "{one}");
            continue;
        }
        let sum: i128 = PARTS.iter().map(|part| exact(&one["parts"][part])).sum();
        assert_eq!(sum, exact(&one["difference"]), "{one}");
        assert_eq!(exact(&one["to"]) - exact(&one["from"]), sum, "{one}");
        assert_eq!(one["comparability"], "COMPARABLE", "{one}");
        differing += usize::from(sum != 0);
    }
    differing
}

/// The parts of a figure that are not nothing.
fn parts(found: &Value, code: &str) -> BTreeMap<String, String> {
    let all = found["changes"].as_array().expect("changes");
    let one = all
        .iter()
        .find(|one| one["code"] == code)
        .unwrap_or_else(|| panic!("{code}"));
    let parts = PARTS
        .iter()
        .map(|part| ((*part).to_owned(), &one["parts"][part]));
    // A figure without a difference has no parts.
    let parts = parts.filter(|(_, part)| !part.is_null() && exact(part) != 0);
    parts
        .map(|(part, number)| (part, number.as_str().expect("a text").to_owned()))
        .collect()
}

async fn accept(app: &TestApp, sent: Sent) {
    let report = app.send(&sent).await;
    assert_eq!(report.verdict.code(), "ACCEPTED", "{:?}", report.findings);
}

on_both_engines! {
    async fn each_cause_has_its_own_part(app: Example) {
        let name = sealed(&app).await;
        let paid = format!("fund.paid|{FUNDS}|2018|MUNICIPALITY");
        let same = changes(&app, json!({ "release": name }), json!({ "asOf": Clock::system().now() })).await;
        assert_eq!(sums(&same), 0, "nothing has happened");
        assert!(same["compared"].as_u64().is_some_and(|count| count > 500), "{}", same["compared"]);
        let population = "kod;datum;befolkning\n0180;2014-12-31;1000000\n";
        accept(&app, Sent::csv(Kind::Populations, population)).await;
        let found = changes(&app, json!({ "release": name }), json!({ "asOf": Clock::system().now() })).await;
        assert!(sums(&found) > 0, "more inhabitants change what is paid to each");
        for one in found["changes"].as_array().expect("changes") {
            let of = parts(&found, one["code"].as_str().expect("a code"));
            assert!(of.keys().all(|part| part == "newPopulation"), "{one}");
        }
        // A payment of 143 114 kronor was 143 014: a correction.
        let payment = "betalningsreferens;round;recipient_code;utbetalt_belopp;utbetalt_datum\nUTB-KOM-2018-0001;KOM-2018;0114;143014;2018-11-08\n";
        accept(&app, Sent::csv(Kind::Payments, payment)).await;
        let found = changes(&app, json!({ "release": name }), json!({ "asOf": Clock::system().now() })).await;
        sums(&found);
        let corrected: BTreeMap<String, String> = [("corrections".to_owned(), "-100".to_owned())].into();
        let of_paid = parts(&found, &paid).into_iter().map(|(part, number)| (part, number.trim_end_matches(".00").to_owned()));
        assert_eq!(of_paid.collect::<BTreeMap<_, _>>(), corrected);
    }

    async fn two_releases_differ_by_the_sum_of_the_parts(app: Example) {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        seal_into(&app, &one, &[]).await;
        change_everything(&app, 1).await;
        seal_into(&app, &two, &[]).await;
        let (one, two) = (one.to_string_lossy().into_owned(), two.to_string_lossy().into_owned());
        assert_eq!(run(&["diff", &one, &two]).await.expect("it compares"), Outcome::Done);
        assert_eq!(run(&["diff", &one, &two, "--all", "--format", "json"]).await.expect("it compares"), Outcome::Done);
        assert!(run(&["diff", &two, &one]).await.is_err(), "the later one is no earlier state");
        let found = app.ask("{ releases { nodes { id } } }").await;
        let release = |place: usize| json!({ "release": found["releases"]["nodes"][place]["id"] });
        let found = changes(&app, release(0), release(1)).await;
        assert!(sums(&found) > 10, "figures differ");
        let every: Vec<String> = found["changes"].as_array().expect("changes").iter()
            .flat_map(|one| if one["parts"].is_null() { Vec::new() } else { parts(&found, one["code"].as_str().expect("a code")).into_keys().collect() })
            .collect();
        for cause in ["lateReports", "newPopulation"] {
            assert!(every.iter().any(|part| part == cause), "{cause}");
        }
    }
}
