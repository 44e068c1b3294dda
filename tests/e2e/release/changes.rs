//! What differs between two states, by cause: the parts sum to the difference, and each cause has its own.

use std::collections::BTreeMap;

use entity::Kind;
use samsyn::clock::Clock;
use samsyn::commands::Outcome;
use samsyn::releases::{Opened, Package, verify};
use serde_json::{Value, json};

use super::{FUNDS, run, seal_into, sealed};
use crate::answer::{data, refusal, refusal_in, refused, texts};
use crate::harness::{Sent, TestApp, on_both_engines};
use crate::time::asked::change_everything;

/// Every figure of a report in two states.
pub(super) async fn changes_of(app: &TestApp, from: &Value, to: &Value, report: &Value) -> Value {
    let document = "query ($from: DatasetPoint!, $to: DatasetPoint!, $report: ComparedReport!) {
        changes(from: $from, to: $to, report: $report, unchanged: true) {
            from { version } to { version } compared
            changes { code from fromAbsent to toAbsent difference unit comparability
                parts { lateReports corrections newPopulation changedRules passageOfTime } } } }";
    let variables = json!({ "from": from, "to": to, "report": report });
    data(app, document, variables).await["changes"].take()
}

async fn changes(app: &TestApp, from: Value, to: Value) -> Value {
    let report = json!({ "assignment": FUNDS, "kind": "FINAL_REPORT" });
    changes_of(app, &from, &to, &report).await
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

/// That the parts of each change sum to its difference, and the difference to what lies between, and that what is missing
/// has its reason; gives how many differ.
pub(super) fn sums(found: &Value) -> usize {
    let mut differing = 0;
    for one in found["changes"].as_array().expect("changes") {
        for (value, absent) in [("from", "fromAbsent"), ("to", "toAbsent")] {
            assert_eq!(one[value].is_null(), one[absent].is_string(), "{one}");
        }
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
pub(super) fn parts(found: &Value, code: &str) -> BTreeMap<String, String> {
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

pub(super) async fn accept(app: &TestApp, sent: Sent) {
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

    async fn the_report_that_is_asked_for_is_compared_whatever_was_sealed(app: Example) {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        seal_into(&app, &one, &["--kind", "ANNUAL_REPORT", "--due-on", "2017-09-30"]).await;
        let cost = "year;myndighet;kostnadsslag;belopp\n2016;socialstyrelsen;STAFF;4711\n2017;socialstyrelsen;STAFF;4711\n";
        accept(&app, Sent::csv(Kind::AdministrativeCosts, cost).assignment(FUNDS)).await;
        seal_into(&app, &two, &["--kind", "ANNUAL_REPORT", "--due-on", "2018-09-30"]).await;
        let found = app.ask("{ releases { nodes { id asOf dueOn } } }").await;
        let (earlier, later) = (&found["releases"]["nodes"][0], &found["releases"]["nodes"][1]);
        assert_eq!((&earlier["dueOn"], &later["dueOn"]), (&json!("2017-09-30"), &json!("2018-09-30")));
        let latest = json!({ "assignment": FUNDS, "kind": "ANNUAL_REPORT" });
        let mut answers = Vec::new();
        for report in [json!("2017-09-30"), json!("2018-09-30"), Value::Null] {
            let mut report = json!({ "dueOn": report });
            report["assignment"] = json!(FUNDS);
            report["kind"] = json!("ANNUAL_REPORT");
            let sealed = changes_of(&app, &json!({ "release": earlier["id"] }), &json!({ "release": later["id"] }), &report).await;
            let states = changes_of(&app, &json!({ "asOf": earlier["asOf"] }), &json!({ "asOf": later["asOf"] }), &report).await;
            assert_eq!(sealed["changes"], states["changes"], "{report}");
            assert!(sums(&sealed) > 0, "{report}: what was administered costs otherwise");
            let all = sealed["changes"].as_array().expect("changes");
            assert!(all.iter().all(|one| one["comparability"] == "COMPARABLE" || one["comparability"] == "NO_VALUE"), "{report}");
            answers.push(sealed);
        }
        assert_ne!(answers[0]["changes"], answers[1]["changes"], "the two reports are not the same");
        assert_eq!(answers[1], answers[2], "the latest one, in both states");
        assert_eq!(answers[1], changes_of(&app, &json!({ "release": earlier["id"] }), &json!({ "release": later["id"] }), &latest).await);
        // The same from the folders alone, in the order of the later report.
        let [(earlier, from), (later, to)] = [&one, &two].map(|folder| {
            let package = Package::read(folder).expect("the release");
            let (manifest, _) = verify(&package, None).expect("nothing is changed");
            (manifest, package)
        });
        let opened = Opened::of(&to, later).await.expect("it opens");
        let found = opened.changes_since(&from, &earlier).await.expect("it compares");
        let codes = |found: &[samsyn::releases::Change]| found.iter().map(|one| one.code.clone()).collect::<Vec<_>>();
        let mut sealed: Vec<String> = Vec::new();
        for one in &opened.figures.figures {
            if !sealed.contains(&one.code) {
                sealed.push(one.code.clone());
            }
        }
        assert_eq!(codes(&found), sealed);
        assert_eq!(texts(&answers[1]["changes"], "/code"), sealed);
        assert!(!sealed.is_sorted(), "the report has an order of its own");
        assert_eq!(run(&["diff", &one.to_string_lossy(), &two.to_string_lossy()]).await.expect("it compares"), Outcome::Done);
    }

    async fn a_report_that_the_earlier_state_did_not_ask_for_is_refused(app: Reference) {
        let before = Clock::system().now();
        let later = format!("assignment,kind,title,due_on,responsible,receiver,must_contain,source\n{FUNDS},ANNUAL_REPORT,ännu en,2019-09-30,socialstyrelsen,Socialdepartementet,,\n");
        accept(&app, Sent::csv(Kind::Deliverables, &later)).await;
        let asked = async |day: Option<&str>| {
            let report = json!({ "assignment": FUNDS, "kind": "ANNUAL_REPORT", "dueOn": day });
            let variables = json!({ "from": { "asOf": before }, "to": { "asOf": Clock::system().now() }, "report": report });
            app.ask_with("query ($from: DatasetPoint!, $to: DatasetPoint!, $report: ComparedReport!) {
                changes(from: $from, to: $to, report: $report) { compared } }", variables).await
        };
        for day in [Some("2019-09-30"), Some("2016-09-30"), None] {
            assert_eq!(refusal_in(&asked(day).await), refused("UNKNOWN_CODE", "report.kind"), "{day:?}");
        }
        assert_eq!(asked(Some("2018-09-30")).await.get("errors"), None);
    }

    async fn one_comparison_is_answered_and_three_in_one_request_are_not(app: Reference) {
        let now = Clock::system().now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
        let one = |alias: &str| format!("{alias}: changes(from: {{ asOf: \"{now}\" }}, to: {{ asOf: \"{now}\" }}, report: {{ assignment: \"{FUNDS}\", kind: FINAL_REPORT }}, unchanged: true) {{
            from {{ version asOf today }} to {{ version asOf today }} compared changes {{ code title from fromAbsent to toAbsent difference unit comparability
                parts {{ lateReports corrections newPopulation changedRules passageOfTime }} }} }}");
        let asked = |names: &[&str]| format!("{{ {} }}", names.iter().map(|name| one(name)).collect::<String>());
        let answer = app.ask(&asked(&["one"])).await;
        assert!(answer["one"]["compared"].as_u64().is_some_and(|count| count > 10), "{answer}");
        assert_eq!(refusal(&app, &asked(&["one", "two", "three"]), json!({})).await, refused("TOO_COMPLEX", ""));
    }
}
