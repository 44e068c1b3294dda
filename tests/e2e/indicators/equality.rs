//! Equality of an indicator over the country, as question 09 asks it: held against the files, by loops.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::COUNTS_PERSONS;
use super::raw::{Record, cell, hundredths, records};
use crate::answer::{data, refusal, refused};
use crate::example::exact;
use crate::harness::{Persona, on_both_engines, question};

/// Value, numerator and denominator of a municipality, in hundredths.
type Own = BTreeMap<String, (i128, i128, i128)>;

fn measured(indicator: &str, year: &str) -> Own {
    let is_it = |one: &&Record| {
        cell(one, &["indicator", "indikator"]) == indicator && cell(one, &["year", "år"]) == year
    };
    let records = records("indicator_values");
    let own = records
        .iter()
        .filter(is_it)
        .filter(|one| !cell(one, &["value", "värde"]).is_empty());
    let number = |one: &Record, names: &[&str]| match cell(one, names) {
        "" => 0,
        text => hundredths(text),
    };
    own.map(|one| {
        let terms = (
            number(one, &["value", "värde"]),
            number(one, &["numerator", "täljare"]),
            number(one, &["denominator", "nämnare"]),
        );
        (cell(one, &["area_code", "område"]).to_owned(), terms)
    })
    .collect()
}

/// A value between two of a sorted list, by linear interpolation, as a numerator over 1 000.
fn quantile(sorted: &[i128], tenths: usize) -> String {
    let place = (sorted.len() - 1) * tenths;
    let (lower, rest) = (place / 10, place % 10);
    let upper = sorted[(lower + 1).min(sorted.len() - 1)];
    let weight = |count: usize| i128::try_from(count).expect("a small number");
    exact::quotient(
        &(sorted[lower] * weight(10 - rest) + upper * weight(rest)).to_string(),
        "1000",
        12,
    )
}

async fn held_against_the_files(app: &crate::harness::TestApp, indicator: &str, weighs: bool) {
    let own = measured(indicator, "2021");
    let asked = json!({ "measure": "INDICATOR", "indicator": indicator, "grantYear": 2021 });
    let found = data(app, &question("09-equality"), asked).await["equality"].take();
    let spread = &found["distribution"];
    assert_eq!(
        (&spread["n"], &spread["of"]),
        (&json!(own.len()), &json!(290)),
        "{indicator}"
    );
    let mut values: Vec<i128> = own.values().map(|one| one.0).collect();
    values.sort_unstable();
    let sum: i128 = values.iter().sum();
    assert_eq!(
        spread["mean"],
        exact::quotient(&sum.to_string(), &(100 * values.len()).to_string(), 12),
        "{indicator}"
    );
    for (name, tenths) in [("p10", 1), ("median", 5), ("p90", 9)] {
        assert_eq!(
            spread[name],
            quantile(&values, tenths),
            "{indicator} {name}"
        );
    }
    let apart: i128 = values
        .iter()
        .flat_map(|one| values.iter().map(move |other| (one - other).abs()))
        .sum();
    let by = 2 * i128::try_from(values.len()).expect("a small number") * sum;
    assert_eq!(
        found["gini"],
        exact::quotient(&apart.to_string(), &by.to_string(), 12),
        "{indicator}"
    );
    let mut counties: BTreeMap<&str, (i128, i128)> = BTreeMap::new();
    for (code, (value, numerator, denominator)) in &own {
        let terms = if weighs {
            (*numerator, *denominator)
        } else {
            (*value, 100)
        };
        let county = counties.entry(&code[..2]).or_default();
        *county = (county.0 + terms.0, county.1 + terms.1);
    }
    let groups = found["groups"].as_array().expect("groups");
    let codes: BTreeSet<&str> = groups
        .iter()
        .map(|one| one["key"]["county"]["code"].as_str().expect("a code"))
        .collect();
    assert_eq!(codes, counties.keys().copied().collect());
    for group in groups {
        let own = counties[group["key"]["county"]["code"].as_str().expect("a code")];
        assert_eq!(
            group["rate"]["value"],
            exact::quotient(&own.0.to_string(), &own.1.to_string(), 12),
            "{indicator} {group}"
        );
    }
    let less = |one: &(i128, i128), other: &(i128, i128)| (one.0 * other.1).cmp(&(other.0 * one.1));
    let (highest, lowest) = (
        counties.values().max_by(|a, b| less(a, b)),
        counties.values().min_by(|a, b| less(a, b)),
    );
    let (highest, lowest) = (highest.expect("a county"), lowest.expect("a county"));
    let difference = (highest.0 * lowest.1 - lowest.0 * highest.1).to_string();
    let difference = exact::quotient(&difference, &(highest.1 * lowest.1).to_string(), 12);
    assert_eq!(found["gap"]["difference"], difference, "{indicator}");
    assert_eq!(found["groupsWithoutValueCount"], 0);
}

on_both_engines! {
    async fn equality_of_indicators_is_that_of_the_files(app: Example) {
        held_against_the_files(&app, "exempel_utbildningstimmar_per_10000", true).await;
        held_against_the_files(&app, "exempel_andel_enheter_utan_rutin", true).await;
    }

    async fn equality_without_an_indicator_or_of_one_that_is_not_open_is_refused(app: Example) {
        let document = question("09-equality");
        for (asked, code) in [
            (json!({ "measure": "INDICATOR" }), "BAD_USER_INPUT"),
            (json!({ "measure": "INDICATOR", "indicator": "nothing" }), "UNKNOWN_CODE"),
            (json!({ "measure": "USAGE_RATE", "indicator": "exempel_andel_enheter_utan_rutin" }), "BAD_USER_INPUT"),
            (json!({ "measure": "INDICATOR", "indicator": COUNTS_PERSONS, "grantYear": 2021 }), "DISCLOSURE"),
            (json!({ "measure": "INDICATOR", "indicator": COUNTS_PERSONS, "grantYear": null }), "DISCLOSURE"),
        ] {
            assert_eq!(refusal(&app, &document, asked.clone()).await, refused(code, "indicator"), "{asked}");
        }
        let asked = json!({ "measure": "INDICATOR", "indicator": COUNTS_PERSONS, "grantYear": 2021 });
        let seen = app.ask_as(&Persona::evaluator(), &document, asked).await;
        assert_eq!(seen.get("errors"), None);
        assert!(seen["data"]["equality"]["distribution"]["mean"].is_string());
        let every_year = json!({ "measure": "INDICATOR", "indicator": "exempel_andel_enheter_utan_rutin", "grantYear": null });
        let found = data(&app, &document, every_year).await["equality"].take();
        assert_eq!((&found["distribution"]["absent"], &found["gap"]), (&json!("NOT_APPLICABLE"), &Value::Null));
    }
}
