//! One line of fund usage against one entry of `expected.json`.

use serde_json::{Value, json};

use super::compare::{Comparison, list, ore, text};

/// Use areas: name in `expected.json`, code of the API.
pub(crate) const AREAS: [(&str, &str); 4] = [
    ("coordination", "COORDINATION"),
    ("competenceDevelopment", "COMPETENCE_DEVELOPMENT"),
    ("newWorkingMethods", "NEW_WORKING_METHODS"),
    ("other", "OTHER"),
];

/// The parts that paid money is made of.
pub(crate) const PARTS: [&str; 5] = [
    "usedAmount",
    "repaidAmount",
    "outstandingAmount",
    "unreportedAmount",
    "unexplainedAmount",
];

/// Compares a line with what is expected of it.
pub(crate) fn compare(to: &mut Comparison, what: &str, found: &Value, expected: &Value) {
    for (found_name, name) in [
        ("eligibleCount", "eligible"),
        ("requisitioningCount", "requisitioning"),
    ] {
        if let Some(expected) = expected.get(name) {
            to.same(&format!("{what} {name}"), &found[found_name], expected);
        }
    }
    let fields = expected.as_object().expect("an entry");
    // What was applied for has no field in the API: `rows` compares it.
    for (name, expected) in fields
        .iter()
        .filter(|(name, _)| name.ends_with("Amount") && *name != "appliedAmount")
    {
        to.same(&format!("{what} {name}"), &found[name], expected);
    }
    for name in ["participationRate", "paidPerInhabitant"] {
        if let Some(expected) = expected.get(name) {
            to.rate(&format!("{what} {name}"), &found[name], expected);
        }
    }
    usage_rate(to, what, found, expected);
    use_areas(to, what, found, expected);
    reporting(to, what, &found["reporting"], &expected["reporting"]);
    let parts: i128 = PARTS.iter().map(|part| ore(&found[part])).sum();
    to.holds(ore(&found["paidAmount"]) == parts, || {
        format!("{what}: paid is not the sum of its parts")
    });
}

fn usage_rate(to: &mut Comparison, what: &str, found: &Value, expected: &Value) {
    to.rate(
        &format!("{what} usageRate"),
        &found["usageRate"],
        &expected["usageRate"],
    );
    for bound in ["lowest", "highest"] {
        let (found, expected) = (
            &found["usageRateBounds"][bound],
            &expected["usageRate"][bound],
        );
        to.rate(&format!("{what} {bound}"), found, expected);
    }
    let (found, expected) = (
        &found["usageRateDistribution"],
        &expected["usageRateUnweighted"],
    );
    to.same(&format!("{what} n"), &found["n"], &expected["n"]);
    for name in ["mean", "median", "p10", "p90"] {
        to.number(
            &format!("{what} {name}"),
            &found[name],
            &found["absent"],
            &expected[name],
        );
    }
}

fn use_areas(to: &mut Comparison, what: &str, found: &Value, expected: &Value) {
    let areas = list(&found["useAreas"]);
    to.same(
        &format!("{what} areas"),
        &json!(areas.len()),
        &json!(AREAS.len()),
    );
    for (name, code) in AREAS {
        let area = areas.iter().find(|area| area["area"]["code"] == code);
        to.holds(area.is_some(), || {
            format!("{what}: the area {code} is not listed")
        });
        let Some(area) = area else { continue };
        let expected = &expected["shareByUseArea"][name];
        to.rate(&format!("{what} {name}"), &area["share"], expected);
        let amount = expected.get("numerator").expect("a numerator");
        to.holds(ore(&area["amount"]) == ore(amount), || {
            format!("{what} {name}: {area} instead of {amount}")
        });
    }
}

fn reporting(to: &mut Comparison, what: &str, found: &Value, expected: &Value) {
    let count = |name: &str| found[name].as_i64().expect("a count");
    for (name, found) in [
        ("expected", count("expectedCount")),
        ("received", count("receivedCount")),
        ("onTime", count("onTimeCount")),
        ("late", count("receivedCount") - count("onTimeCount")),
        ("missing", count("expectedCount") - count("receivedCount")),
    ] {
        to.same(
            &format!("{what} reporting {name}"),
            &json!(found),
            &expected[name],
        );
    }
    for name in ["rate", "rateByAmount", "rateByPopulation"] {
        match expected.get(name) {
            Some(expected) => to.rate(&format!("{what} reporting {name}"), &found[name], expected),
            // Several years or a kind without inhabitants: the answer says why there is none, or gives one.
            None => to.holds(
                found[name]["value"].is_null() != found[name]["absent"].is_null(),
                || format!("{what} reporting {name}: neither a value nor a reason"),
            ),
        }
    }
}

/// The line of a table whose key is the one asked for.
pub(crate) fn line_of<'a>(
    rows: &'a Value,
    what: &str,
    is_it: impl Fn(&Value) -> bool,
) -> &'a Value {
    let found: Vec<&Value> = list(rows).iter().filter(|row| is_it(&row["key"])).collect();
    assert_eq!(found.len(), 1, "one line for {what}");
    found[0]
}

/// A number or a text, for names.
pub(crate) fn name(value: &Value) -> String {
    if value.is_string() {
        text(value).to_owned()
    } else {
        value.to_string()
    }
}
