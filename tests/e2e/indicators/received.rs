//! One request over the three pillars, and the comparison of recipients by what they received: held against the files.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::COUNTS_PERSONS;
use super::raw::{Record, cell, hundredths, records};
use crate::answer::{data, refusal, refused};
use crate::example::exact;
use crate::harness::on_both_engines;
use crate::intake::files::{FUNDS, SUPPORT};

const INDICATOR: &str = "exempel_andel_enheter_utan_rutin";

/// Which municipalities got money in 2018, were not reached on main activity 3 in 2020–2022, and got worse on an indicator.
const THREE_PILLARS: &str = "query ($funds: RegistryNumber!, $support: RegistryNumber!, $indicator: IndicatorCode!) {
    recipients(first: 500, where: { kinds: [MUNICIPALITY],
        funds: [{ assignment: $funds, filter: { grantYears: [2018] }, paid: true }],
        support: [{ assignment: $support, filter: { eventYears: [2020, 2021, 2022], mainActivities: [\"3\"] }, reached: false }],
        indicators: [{ indicator: $indicator, fromYear: 2020, toYear: 2022, change: WORSE }] }) {
        totalCount nodes { code name funds(assignment: $funds) { round { code } paidAmount } } } }";

const COMPARISON: &str = "query ($indicator: IndicatorCode!, $assignment: RegistryNumber!, $by: ReceivedDimension!, $year: Int, $to: Int! = 2022, $seed: Int! = 1, $rounds: Int! = 199) {
    indicatorComparison(indicator: $indicator, fromYear: 2020, toYear: $to, assignment: $assignment, by: $by, grantYear: $year, seed: $seed, rounds: $rounds) {
        text textEn chance { seed rounds generator } notComparable { reason }
        all { ...Group } groups { ...Group }
        differences { group other groupPairCount otherPairCount meanDifference medianDifference permutationTest { asExtremeCount pValue } text textEn } } }
    fragment Group on ComparedGroup { code title titleEn memberCount text textEn permutationTest { asExtremeCount pValue }
        signTest { increasedCount decreasedCount tieCount pValue pValueExact }
        change { pairCount meanChange medianChange increasedCount unchangedCount decreasedCount absent } }";

/// Kronor in hundredths paid in a round, by recipient.
fn paid(round: &str) -> BTreeMap<String, i128> {
    let mut paid = BTreeMap::new();
    for one in records("payments")
        .iter()
        .filter(|one| cell(one, &["round", "omgång"]) == round)
    {
        let recipient = cell(one, &["recipient_code", "mottagarkod", "kod"]).to_owned();
        *paid.entry(recipient).or_default() +=
            hundredths(cell(one, &["amount", "belopp", "utbetalt_belopp"]));
    }
    paid.retain(|_, amount| *amount > 0);
    paid
}

/// Whom the events on a main activity have reached.
fn reached(activity: Option<&str>) -> BTreeSet<String> {
    let events = records("support_events");
    let mut reached = BTreeSet::new();
    for one in &events {
        let day = cell(one, &["held_on", "datum"]);
        // A workbook holds the days since 30 December 1899: from the first of 2020 to the last of 2022.
        let within = match day.parse::<u32>() {
            Ok(days) => (43_831..=44_926).contains(&days),
            Err(_) => ("2020-01-01"..="2022-12-31").contains(&day),
        };
        let own = cell(one, &["main_activity", "huvudaktivitet"]);
        if within && activity.is_none_or(|activity| activity == own) {
            reached.extend(
                cell(one, &["reached", "nådda"])
                    .split('|')
                    .map(str::to_owned),
            );
        }
    }
    reached
}

/// The values of an indicator in a year, in hundredths, by municipality.
fn values(year: &str) -> BTreeMap<String, i128> {
    let is_it = |one: &&Record| {
        cell(one, &["indicator", "indikator"]) == INDICATOR && cell(one, &["year", "år"]) == year
    };
    let records = records("indicator_values");
    let own = records
        .iter()
        .filter(is_it)
        .filter(|one| !cell(one, &["value", "värde"]).is_empty());
    own.map(|one| {
        (
            cell(one, &["area_code", "område"]).to_owned(),
            hundredths(cell(one, &["value", "värde"])),
        )
    })
    .collect()
}

/// Follow-up less baseline, in hundredths, by municipality.
fn changes() -> BTreeMap<String, i128> {
    let before = values("2020");
    let pair = |(code, after): (String, i128)| Some((code.clone(), after - before.get(&code)?));
    values("2022").into_iter().filter_map(pair).collect()
}

/// 1 in the fixed point that p-values are computed in a second time.
const ONE: i128 = 10_i128.pow(30);

/// 2·Σ C(n, k) / 2ⁿ by Pascal's triangle, each row halved: near enough to find a fault.
fn sign_test(rises: usize, falls: usize) -> i128 {
    let mut row = vec![ONE];
    for _ in 0..rises + falls {
        let mut next = vec![row[0] / 2];
        next.extend(row.windows(2).map(|pair| i128::midpoint(pair[0], pair[1])));
        next.push(row[row.len() - 1] / 2);
        row = next;
    }
    let tail: i128 = row[..=rises.min(falls)].iter().sum();
    (2 * tail).min(ONE)
}

fn holds(group: &Value, changes: &[i128]) {
    let change = &group["change"];
    let count = |sign: i128| changes.iter().filter(|one| one.signum() == sign).count();
    let (rises, falls) = (count(1), count(-1));
    assert_eq!(change["pairCount"], changes.len(), "{group}");
    assert_eq!(
        (&change["increasedCount"], &change["decreasedCount"]),
        (&json!(rises), &json!(falls)),
        "{group}"
    );
    if changes.is_empty() {
        return;
    }
    let sum: i128 = changes.iter().sum();
    let mean = exact::quotient(&sum.to_string(), &(100 * changes.len()).to_string(), 12);
    assert_eq!(change["meanChange"], mean, "{group}");
    let mut sorted = changes.to_vec();
    sorted.sort_unstable();
    let twice = sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2];
    assert_eq!(
        change["medianChange"],
        exact::quotient(&twice.to_string(), "200", 12),
        "{group}"
    );
    let test = &group["signTest"];
    assert_eq!(
        (
            &test["increasedCount"],
            &test["decreasedCount"],
            &test["tieCount"]
        ),
        (&json!(rises), &json!(falls), &json!(count(0)))
    );
    let p = exact::scaled(test["pValue"].as_str().expect("a number"), 30);
    let near = (p - sign_test(rises, falls)).abs() <= ONE / 10_i128.pow(12);
    assert!(near, "{group}");
    let (above, below) = test["pValueExact"]
        .as_str()
        .expect("a fraction")
        .split_once('/')
        .unwrap_or(("1", "1"));
    assert_eq!(test["pValue"], exact::quotient(above, below, 12), "{group}");
}

/// Every text speaks of a difference, in both languages, and none of an effect.
fn speaks_of_differences(one: &Value) {
    let (text, text_en) = (
        one["text"].as_str().expect("a text").to_lowercase(),
        one["textEn"].as_str().expect("a text").to_lowercase(),
    );
    assert!(
        text.contains("skillnad") && text_en.contains("difference"),
        "{one}"
    );
    assert!(
        !text.contains("effekt") && !text_en.contains("effect") && !text.contains("påverka"),
        "{one}"
    );
}

on_both_engines! {
    async fn money_without_support_and_a_worse_indicator_in_one_request(app: Example) {
        let (paid, reached, changes) = (paid("KOM-2018"), reached(Some("3")), changes());
        // A lower share of units without a routine is better.
        let worse = changes.iter().filter(|(_, change)| **change > 0).map(|(code, _)| code.clone());
        let expected: BTreeSet<String> = worse.filter(|code| paid.contains_key(code) && !reached.contains(code)).collect();
        assert!(expected.len() > 3, "the example has some: {expected:?}");
        let variables = json!({ "funds": FUNDS, "support": SUPPORT, "indicator": INDICATOR });
        let found = data(&app, THREE_PILLARS, variables).await["recipients"].take();
        let nodes = found["nodes"].as_array().expect("nodes");
        let codes: BTreeSet<String> = nodes.iter().map(|one| one["code"].as_str().expect("a code").to_owned()).collect();
        assert_eq!((codes, found["totalCount"].as_u64()), (expected.clone(), Some(expected.len() as u64)));
        for node in nodes {
            assert!(node["name"].as_str().is_some_and(|name| !name.is_empty()));
            let rounds = node["funds"].as_array().expect("rounds");
            let of_2018 = rounds.iter().find(|one| one["round"]["code"] == "KOM-2018").expect("a round");
            let amount = hundredths(of_2018["paidAmount"].as_str().expect("money"));
            assert_eq!(Some(&amount), paid.get(node["code"].as_str().expect("a code")));
        }
    }

    async fn conditions_on_indicators_that_say_nothing_are_refused(app: Example) {
        let document = "query ($where: RecipientFilter!) { recipients(where: $where) { totalCount } }";
        for (indicator, years, change, code, argument) in [
            ("nothing", (2020, 2022), "WORSE", "UNKNOWN_CODE", "where.indicators[0].indicator"),
            (INDICATOR, (2022, 2020), "WORSE", "BAD_USER_INPUT", "where.indicators[0].toYear"),
            ("kommun_overenskommelse_samverkan_kvinnojour", (2022, 2024), "WORSE", "BAD_USER_INPUT", "where.indicators[0].toYear"),
            (COUNTS_PERSONS, (2020, 2022), "INCREASED", "DISCLOSURE", "where.indicators[0].indicator"),
        ] {
            let one = json!({ "indicator": indicator, "fromYear": years.0, "toYear": years.1, "change": change });
            let variables = json!({ "where": { "indicators": [one] } });
            assert_eq!(refusal(&app, document, variables).await, refused(code, argument), "{indicator}");
        }
    }

    async fn recipients_are_compared_by_whether_support_reached_them(app: Example) {
        let (reached, changes) = (reached(None), changes());
        let asked = json!({ "indicator": INDICATOR, "assignment": SUPPORT, "by": "REACHED" });
        let found = data(&app, COMPARISON, asked.clone()).await["indicatorComparison"].take();
        let of = |wanted: bool| -> Vec<i128> { changes.iter().filter(|(code, _)| reached.contains(*code) == wanted).map(|one| *one.1).collect() };
        let groups = found["groups"].as_array().expect("groups");
        assert_eq!(groups.iter().map(|one| &one["code"]).collect::<Vec<_>>(), ["REACHED", "NOT_REACHED"]);
        holds(&found["all"], &changes.values().copied().collect::<Vec<_>>());
        holds(&groups[0], &of(true));
        holds(&groups[1], &of(false));
        let members = groups.iter().map(|one| one["memberCount"].as_u64().expect("a count"));
        assert_eq!(members.sum::<u64>(), 290);
        assert_eq!(found["chance"], json!({ "seed": 1, "rounds": 199, "generator": "SplitMix64" }));
        for one in groups.iter().chain([&found, &found["all"]]).chain(found["differences"].as_array().expect("differences")) {
            speaks_of_differences(one);
        }
        assert_eq!(data(&app, COMPARISON, asked.clone()).await["indicatorComparison"], found, "the same seed, the same answer");
        let mut other = asked;
        other["seed"] = json!(2);
        let other = data(&app, COMPARISON, other).await["indicatorComparison"].take();
        assert_eq!(other["all"]["signTest"], found["all"]["signTest"]);
    }

    async fn recipients_are_compared_by_quartile_of_kronor_per_inhabitant(app: Example) {
        let mut people = BTreeMap::new();
        for one in &records("populations") {
            let recipient = cell(one, &["recipient_code", "mottagarkod", "kod"]).to_owned();
            people.insert(recipient, hundredths(cell(one, &["population", "befolkning", "count", "antal", "folkmängd"])));
        }
        let mut paid: Vec<(String, i128, i128)> = paid("KOM-2018").into_iter().map(|(code, amount)| { let own = people[&code]; (code, amount, own) }).collect();
        paid.sort_by(|a, b| (a.1 * b.2).cmp(&(b.1 * a.2)));
        let changes = changes();
        let asked = json!({ "indicator": INDICATOR, "assignment": FUNDS, "by": "PAID_PER_INHABITANT_QUARTILE", "year": 2018 });
        let found = data(&app, COMPARISON, asked).await["indicatorComparison"].take();
        let groups = found["groups"].as_array().expect("groups");
        assert_eq!(groups.iter().map(|one| &one["code"]).collect::<Vec<_>>(), ["QUARTILE_1", "QUARTILE_2", "QUARTILE_3", "QUARTILE_4", "NOT_PAID"]);
        let mut within: Vec<Vec<i128>> = vec![Vec::new(); 5];
        for (code, change) in &changes {
            let place = paid.iter().position(|one| one.0 == *code);
            // Those with equal rates are where the first of them is.
            let first = place.map(|place| paid.iter().position(|one| one.1 * paid[place].2 == paid[place].1 * one.2).expect("itself"));
            within[first.map_or(4, |first| 4 * first / paid.len())].push(*change);
        }
        for (group, changes) in groups.iter().zip(&within) {
            holds(group, changes);
        }
        assert_eq!(found["differences"].as_array().expect("differences").len(), 10, "each two of five");
    }

    async fn what_cannot_be_compared_is_refused_or_said(app: Example) {
        for (variables, code, argument) in [
            (json!({ "indicator": "nothing", "assignment": FUNDS, "by": "REQUISITIONED" }), "UNKNOWN_CODE", "indicator"),
            (json!({ "indicator": INDICATOR, "assignment": "nothing", "by": "REQUISITIONED" }), "UNKNOWN_CODE", "assignment"),
            (json!({ "indicator": INDICATOR, "assignment": FUNDS, "by": "PAID_PER_INHABITANT_QUARTILE" }), "BAD_USER_INPUT", "grantYear"),
            (json!({ "indicator": INDICATOR, "assignment": FUNDS, "by": "REQUISITIONED", "year": 1999 }), "UNKNOWN_CODE", "grantYear"),
            (json!({ "indicator": INDICATOR, "assignment": FUNDS, "by": "REQUISITIONED", "rounds": 5 }), "BAD_USER_INPUT", "rounds"),
            (json!({ "indicator": INDICATOR, "assignment": FUNDS, "by": "REACHED" }), "NOT_AVAILABLE", "assignment"),
            (json!({ "indicator": COUNTS_PERSONS, "assignment": FUNDS, "by": "REQUISITIONED" }), "DISCLOSURE", "indicator"),
        ] {
            assert_eq!(refusal(&app, COMPARISON, variables).await, refused(code, argument));
        }
        let broken = json!({ "indicator": "kommun_overenskommelse_samverkan_kvinnojour", "assignment": FUNDS, "by": "REQUISITIONED", "to": 2024 });
        let found = data(&app, COMPARISON, broken).await["indicatorComparison"].take();
        assert_eq!((&found["all"]["change"]["absent"], &found["all"]["signTest"]), (&json!("NOT_COMPARABLE"), &Value::Null));
        assert_eq!(found["notComparable"][0]["reason"], "definition version 2 is not comparable with version 1");
        speaks_of_differences(&found);
    }
}
