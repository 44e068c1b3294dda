//! Nothing knows the example: another world of made-up data, sent as files, is counted by hand and compared.

mod expected;
mod money;
mod register;
mod sent;
mod world;

use std::collections::BTreeMap;

use entity::{Nature, Verdict};
use serde_json::{Value, json};

use crate::answer::{data, ore};
use crate::harness::{Sent, TestApp, on_both_engines};

use expected::{Pair, Pairs};
use world::{ASSIGNMENT, Round, World};

const QUESTION: &str = "query ($by: [FundDimension!]!) { fundUsage(assignment: \"S2016/00633/FST\", groupBy: $by) {
    rows { ...Line } total { ...Line } } }
fragment Line on FundUsageLine { key { parts { code absent } } eligibleCount requisitioningCount
    allocatedAmount requisitionedAmount grantedAmount redistributedAmount paidAmount usedAmount reportedUnusedAmount
    repaidAmount outstandingAmount unreportedAmount unexplainedAmount
    usageRate { ...Parts } usageRateBounds { lowest { ...Parts } highest { ...Parts } }
    useAreas { amount } paidPerInhabitant { ...Parts }
    reporting { expectedCount receivedCount onTimeCount rateByAmount { ...Parts } } }
fragment Parts on Rate { value absent numerator denominator n of missing { reason count } }";

const AMOUNTS: [&str; 11] = [
    "allocatedAmount",
    "requisitionedAmount",
    "grantedAmount",
    "redistributedAmount",
    "paidAmount",
    "usedAmount",
    "reportedUnusedAmount",
    "repaidAmount",
    "outstandingAmount",
    "unreportedAmount",
    "unexplainedAmount",
];

async fn send(app: &TestApp, world: &World) {
    for (kind, text) in sent::files(world) {
        let sent = Sent::csv(kind, &text)
            .assignment(ASSIGNMENT)
            .nature(Nature::Synthetic);
        let report = app.send(&sent).await;
        assert_eq!(
            report.verdict,
            Verdict::Accepted,
            "{kind:?}: {:?}",
            report.findings.first()
        );
        assert!(report.new > 0, "{kind:?}: no row came");
    }
}

/// Σ over the pairs that pass.
fn sum(
    group: &Pairs<'_>,
    passes: impl Fn(&Round, &Pair) -> bool,
    of: impl Fn(&Round, &Pair) -> i128,
) -> i128 {
    group
        .iter()
        .filter(|(round, _, pair)| passes(round, pair))
        .map(|(round, _, pair)| of(round, pair))
        .sum()
}

/// A rate of two sums: exact parts, and the value that follows from them.
fn check_rate(rate: &Value, (numerator, denominator): (i128, i128), at: &str) {
    let Some(quotient) = expected::quotient(numerator, denominator) else {
        assert_eq!(
            (&rate["value"], &rate["absent"]),
            (&Value::Null, &json!("NOTHING_TO_DIVIDE")),
            "{at}"
        );
        return;
    };
    assert_eq!(
        (ore(&rate["numerator"]), ore(&rate["denominator"])),
        (numerator, denominator),
        "{at}"
    );
    check_value(rate, quotient, at);
}

fn check_value(rate: &Value, quotient: i128, at: &str) {
    let value = rate["value"]
        .as_str()
        .unwrap_or_else(|| panic!("{at} has no value: {rate}"));
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    assert_eq!(
        format!("{whole}{fraction:0<12}")
            .parse::<i128>()
            .expect("a number"),
        quotient,
        "{at}"
    );
}

fn check_line(line: &Value, group: &Pairs<'_>, at: &str) {
    let all = |_: &Round, _: &Pair| true;
    for name in AMOUNTS {
        assert_eq!(
            ore(&line[name]),
            sum(group, all, |_, pair| pair.get(name)),
            "{name} of {at}"
        );
    }
    let paid = |_: &Round, pair: &Pair| pair.get("paidAmount");
    let count = |passes: &dyn Fn(&Round, &Pair) -> bool| sum(group, passes, |_, _| 1);
    let (several_years, kinds) = expected::span(group);
    let eligible = count(&|_, pair| pair.eligible);
    assert_eq!(
        line["eligibleCount"],
        if several_years {
            Value::Null
        } else {
            json!(eligible)
        },
        "eligible of {at}"
    );
    let requisitioning = count(&|round, pair| pair.eligible && pair.asked(round) > 0);
    assert_eq!(
        line["requisitioningCount"],
        json!(requisitioning),
        "requisitioning of {at}"
    );

    let is_expected = |_: &Round, pair: &Pair| pair.get("paidAmount") > 0;
    let expected = count(&is_expected);
    let received = count(&|round, pair| is_expected(round, pair) && pair.report.is_some());
    let on_time = count(&|round, pair| is_expected(round, pair) && pair.report == Some(true));
    let reporting = &line["reporting"];
    let counts =
        ["expectedCount", "receivedCount", "onTimeCount"].map(|name| reporting[name].clone());
    assert_eq!(
        counts,
        [json!(expected), json!(received), json!(on_time)],
        "reporting of {at}"
    );

    let used = sum(group, all, |_, pair| pair.get("usedAmount"));
    let unreported = sum(group, all, |_, pair| pair.get("unreportedAmount"));
    let of_reporters = sum(group, |_, pair| pair.report.is_some(), paid);
    let all_paid = sum(group, all, paid);
    check_rate(
        &line["usageRate"],
        (used, of_reporters),
        &format!("usage rate of {at}"),
    );
    check_rate(
        &line["usageRateBounds"]["lowest"],
        (used, all_paid),
        &format!("lowest of {at}"),
    );
    check_rate(
        &line["usageRateBounds"]["highest"],
        (used + unreported, all_paid),
        &format!("highest of {at}"),
    );
    check_rate(
        &reporting["rateByAmount"],
        (of_reporters, all_paid),
        &format!("rate by amount of {at}"),
    );
    let waiting = count(&|round, pair| {
        is_expected(round, pair) && pair.report.is_none() && round.report_by > "2026-01-01"
    });
    let missing: BTreeMap<&str, i128> = [
        ("NOT_DUE", waiting),
        ("NOT_REPORTED", expected - received - waiting),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .collect();
    let said = line["usageRate"]["missing"]
        .as_array()
        .expect("a list")
        .iter();
    let said: BTreeMap<&str, i128> = said
        .map(|one| {
            (
                one["reason"].as_str().expect("a reason"),
                one["count"].as_i64().expect("a count").into(),
            )
        })
        .collect();
    assert_eq!(said, missing, "missing of {at}");
    for (area, found) in line["useAreas"]
        .as_array()
        .expect("areas")
        .iter()
        .enumerate()
    {
        assert_eq!(
            ore(&found["amount"]),
            sum(group, all, |_, pair| pair.used[area]),
            "area {area} of {at}"
        );
    }
    let populated = !several_years
        && kinds == 1
        && group
            .iter()
            .all(|(round, ..)| ["MUNICIPALITY", "REGION"].contains(&round.kind));
    check_per_inhabitant(&line["paidPerInhabitant"], group, populated, at);
}

/// Paid / inhabitants of those paid; a recipient's people once, however many rounds the year has.
fn check_per_inhabitant(rate: &Value, group: &Pairs<'_>, populated: bool, at: &str) {
    let mut members: BTreeMap<&str, (i128, Option<i128>)> = BTreeMap::new();
    for (_, code, pair) in group {
        members.entry(code).or_insert((0, pair.population)).0 += pair.get("paidAmount");
    }
    let paid = members.values().filter(|(ore, _)| *ore > 0);
    if !populated {
        assert_eq!(
            rate["absent"],
            json!("NOT_APPLICABLE"),
            "per inhabitant of {at}"
        );
        return;
    }
    let known = paid.filter_map(|(ore, population)| population.map(|count| (ore, count)));
    let (ore, inhabitants) = known.fold((0, 0), |(sum, people), (ore, count)| {
        (sum + ore, people + count)
    });
    match expected::quotient(ore, inhabitants * 100) {
        Some(quotient) => check_value(rate, quotient, &format!("per inhabitant of {at}")),
        None => assert_eq!(
            rate["absent"],
            json!("NOTHING_TO_DIVIDE"),
            "per inhabitant of {at}"
        ),
    }
}

async fn compare(app: &TestApp, world: &World) {
    let pairs = expected::pairs(world);
    for by in [
        &[][..],
        &["GRANT_YEAR"],
        &["RECIPIENT_KIND"],
        &["ROUND"],
        &["COUNTY"],
        &["RECIPIENT"],
        &["GRANT_YEAR", "RECIPIENT_KIND"],
        &["COUNTY", "GRANT_YEAR"],
        &["RECIPIENT_KIND", "COUNTY"],
    ] {
        let groups = expected::grouped(world, &pairs, by);
        let found = data(app, QUESTION, json!({ "by": by })).await["fundUsage"].take();
        let rows = found["rows"].as_array().expect("rows");
        assert_eq!(rows.len(), groups.len(), "groups by {by:?}");
        for row in rows {
            let parts = row["key"]["parts"].as_array().expect("parts").iter();
            let key: Vec<String> = parts
                .map(|part| {
                    part["code"]
                        .as_str()
                        .or(part["absent"].as_str())
                        .expect("a code or a reason")
                        .to_owned()
                })
                .collect();
            let group = groups
                .get(&key)
                .unwrap_or_else(|| panic!("there is no group {key:?} by {by:?}"));
            check_line(row, group, &format!("{key:?}"));
        }
        check_line(&found["total"], &pairs, "everything");
    }
}

#[test]
fn the_made_up_world_has_what_it_should_test() {
    let world = World::of(7);
    let pairs = expected::pairs(&world);
    let some = |name: &str, passes: &dyn Fn(&Round, &str, &Pair) -> bool| {
        assert!(
            pairs
                .iter()
                .any(|(round, code, pair)| passes(round, code, pair)),
            "the world has no {name}"
        );
    };
    some("öre", &|_, _, pair| pair.get("paidAmount") % 100 != 0);
    some("late report", &|_, _, pair| pair.report == Some(false));
    some("missing report", &|_, _, pair| {
        pair.get("unreportedAmount") > 0
    });
    some("payment after a report", &|_, _, pair| {
        pair.get("unexplainedAmount") > 0
    });
    some("redistribution", &|_, _, pair| {
        pair.get("redistributedAmount") > 0
    });
    some("debt", &|_, _, pair| pair.get("outstandingAmount") > 0);
    some("requisition of nothing", &|round, _, pair| {
        pair.eligible && round.kind == "REGION" && pair.asked(round) == 0
    });
    some("county board that was paid", &|round, _, pair| {
        round.kind == "COUNTY_BOARD" && pair.get("paidAmount") > 0
    });
    some("declined application", &|round, _, pair| {
        round.kind == "NGO" && pair.eligible && pair.asked(round) == 0
    });
    let counties = expected::grouped(&world, &pairs, &["RECIPIENT", "GRANT_YEAR", "COUNTY"]);
    let of = |code: &str, year: &str, county: &str| {
        counties.contains_key(&[code, year, county].map(str::to_owned)[..])
    };
    assert!(
        of("9901", "2020", "04") && of("9901", "2021", "19"),
        "a municipality moves"
    );
    assert!(
        of("9902", "2020", "24") && !of("9903", "2020", "25"),
        "recipients come and go"
    );
}

on_both_engines! {
    async fn a_made_up_world_is_counted_as_by_hand(app: Reference) {
        let world = World::of(7);
        send(&app, &world).await;
        compare(&app, &world).await;
    }

    async fn another_seed_is_counted_as_by_hand(app: Reference) {
        let world = World::of(20_261_122);
        send(&app, &world).await;
        compare(&app, &world).await;
    }
}
