//! Equality over the country, as question 09 asks it: every measure and year that is expected.

use serde_json::{Value, json};

use super::compare::{Comparison, list, text};
use super::{answer, exact, expected};
use crate::harness::on_both_engines;

/// The measure of a figure of `expected.json`.
fn measure(figure: &Value) -> &'static str {
    match text(figure) {
        "usageRate" => "USAGE_RATE",
        "paidPerInhabitant" => "PAID_PER_INHABITANT",
        "paidPerInhabitantAllEligible" => "PAID_PER_INHABITANT_ALL_ELIGIBLE",
        other => panic!("the figure {other} is unknown"),
    }
}

fn gap(to: &mut Comparison, what: &str, found: &Value, expected: &Value) {
    let gap = &found["gap"];
    to.number(
        &format!("{what} gap"),
        &gap["difference"],
        &Value::Null,
        &expected["gap"],
    );
    for end in ["highest", "lowest"] {
        let (group, expected) = (&gap[end], &expected[end]);
        to.same(
            &format!("{what} {end}"),
            &group["key"]["county"]["code"],
            &expected["county"],
        );
        to.rate(&format!("{what} {end}"), &group["rate"], expected);
    }
    let groups = list(&found["groups"]);
    let with_rate = groups
        .iter()
        .filter(|group| !group["rate"]["value"].is_null())
        .count();
    to.same(
        &format!("{what} counties"),
        &json!(with_rate),
        &expected["counties"],
    );
    to.same(
        &format!("{what} without"),
        &found["groupsWithoutValueCount"],
        &expected["countiesWithoutRate"],
    );
    let values = groups.iter().filter_map(|group| {
        group["rate"]["numerator"]
            .as_str()
            .zip(group["rate"]["denominator"].as_str())
    });
    let highest = (
        text(&gap["highest"]["rate"]["numerator"]),
        text(&gap["highest"]["rate"]["denominator"]),
    );
    to.holds(
        values
            .clone()
            .any(|value| exact::same_ratio(value, highest)),
        || format!("{what}: the highest is no group"),
    );
}

on_both_engines! {
    async fn every_measure_of_every_year_is_as_computed_by_hand(app: Example) {
        let entries = list(&expected()["funds"]["equality"]);
        assert_eq!(entries.len(), 9);
        let mut to = Comparison::default();
        for entry in entries {
            let variables = json!({ "measure": measure(&entry["figure"]), "grantYear": entry["year"] });
            let found = answer(&app, "09-equality", variables).await["equality"].take();
            let what = format!("{} {}", entry["year"], entry["figure"]);
            let spread = &found["distribution"];
            to.same(&format!("{what} n"), &spread["n"], &entry["n"]);
            for name in ["mean", "median", "p10", "p90"] {
                to.number(&format!("{what} {name}"), &spread[name], &spread["absent"], &entry[name]);
            }
            for name in ["p90ToP10", "gini", "theil", "coefficientOfVariation"] {
                // The question has no field for the reason of one measure: that it is null is compared.
                let reason = if found[name].is_null() { entry[name]["missing"].clone() } else { Value::Null };
                to.number(&format!("{what} {name}"), &found[name], &reason, &entry[name]);
            }
            gap(&mut to, &what, &found, &entry["countyGap"]);
        }
        to.done(191);
    }

    async fn a_measure_without_a_value_says_why(app: Example) {
        let document = "{ equality(assignment: \"S2016/00633/FST\", measure: PAID_PER_INHABITANT_ALL_ELIGIBLE,
            grantYear: 2016, recipientKind: MUNICIPALITY, groupBy: [COUNTY]) { p90ToP10 absent } }";
        let found = app.ask(document).await;
        assert_eq!(found["equality"], json!({ "p90ToP10": null, "absent": "NOTHING_TO_DIVIDE" }));
    }
}
