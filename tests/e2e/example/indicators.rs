//! Indicators of the example: the published national series value by value, values of groups, and changes between years.

use serde_json::{Value, json};

use super::compare::{Comparison, list, text};
use super::{answer, exact, expected};
use crate::answer::data;
use crate::harness::on_both_engines;
use crate::indicators::COUNTS_PERSONS;

const GROUP_VALUES: &str = "query ($years: [Int!], $groupBy: [IndicatorDimension!]! = []) {
    indicatorGroupValues(years: $years, groupBy: $groupBy) { indicator { code unit concernsPersons }
        rows { year definitionVersion key { parts { code } } answered { value absent numerator denominator n of missing { reason count } }
            weighted { value absent numerator denominator n of } weightedValue unweighted { n of mean absent } sum absent } } }";

/// The changes of every sort over a list of rows.
fn count(rows: &[Value], field: &str) -> u64 {
    rows.iter()
        .map(|row| row[field].as_u64().expect("a count"))
        .sum()
}

/// One line of the change between two years, held against what is expected of it.
fn compare_shift(to: &mut Comparison, what: &str, row: &Value, expected: &Value) {
    if let Some(missing) = expected.get("missing") {
        for rate in ["baseline", "followUp", "improved", "unchanged", "worse"] {
            to.same(&format!("{what} {rate}"), &row[rate]["absent"], missing);
        }
        to.holds(row["meanChange"].is_null() && row["pairCount"] == 0, || {
            what.to_owned()
        });
        return;
    }
    to.same(
        &format!("{what} pairs"),
        &row["pairCount"],
        &expected["pairs"],
    );
    to.number(
        &format!("{what} mean"),
        &row["meanChange"],
        &Value::Null,
        &expected["meanChange"],
    );
    to.number(
        &format!("{what} median"),
        &row["medianChange"],
        &Value::Null,
        &expected["medianChange"],
    );
    for (field, own) in [
        ("increasedCount", "increased"),
        ("unchangedCount", "unchanged"),
        ("decreasedCount", "decreased"),
    ] {
        to.same(&format!("{what} {own}"), &row[field], &expected[own]);
    }
    for (field, own) in [
        ("improved", "shareImproved"),
        ("unchanged", "shareUnchanged"),
        ("worse", "shareWorse"),
    ] {
        to.rate(&format!("{what} {own}"), &row[field], &expected[own]);
        to.same(
            &format!("{what} {own} of"),
            &row[field]["of"],
            &expected["of"],
        );
    }
    let missing = list(&row["missing"])
        .iter()
        .map(|one| one["count"].as_u64().expect("a count"));
    let of = expected["of"].as_u64().expect("a count");
    to.holds(
        missing.sum::<u64>() + count(std::slice::from_ref(row), "pairCount") == of,
        || format!("{what}: who is missing"),
    );
}

on_both_engines! {
    async fn values_of_groups_are_as_computed_by_hand(app: Example) {
        let expected = list(&expected()["indicators"]["municipalGroupValues"]);
        let found = data(&app, GROUP_VALUES, json!({})).await["indicatorGroupValues"].take();
        let mut to = Comparison::default();
        let rows = list(&found).iter().flat_map(|one| list(&one["rows"]).iter().map(move |row| (&one["indicator"], row)));
        to.same("rows", &json!(rows.clone().count()), &json!(expected.len()));
        for one in expected {
            let what = format!("{} {}", one["indicator"], one["year"]);
            let (indicator, row) = rows.clone().find(|(indicator, row)| indicator["code"] == one["indicator"] && row["year"] == one["year"])
                .unwrap_or_else(|| panic!("{what} has a line"));
            to.same(&what, &indicator["unit"], &one["unit"]);
            to.same(&what, &row["definitionVersion"], &one["definitionVersion"]);
            if indicator["concernsPersons"] == true {
                for hidden in ["weightedValue", "sum"] {
                    to.same(&what, &row[hidden], &Value::Null);
                }
                for hidden in [&row["answered"], &row["weighted"], &row["unweighted"], row] {
                    to.same(&what, &hidden["absent"], &json!("SUPPRESSED"));
                }
                continue;
            }
            let mut answered = one.clone();
            answered["numerator"] = one["n"].to_string().into();
            answered["denominator"] = one["of"].to_string().into();
            answered["fraction"] = json!([one["n"].to_string(), one["of"].to_string()]);
            answered["missingCount"] = one["missing"].clone();
            to.rate(&what, &row["answered"], &answered);
            to.same(&what, &row["unweighted"]["of"], &one["of"]);
            to.number(&format!("{what} mean"), &row["unweighted"]["mean"], &Value::Null, &one["unweightedMean"]);
            if let Some(weighted) = one.get("weighted") {
                to.number(&format!("{what} weighted"), &row["weightedValue"], &Value::Null, weighted);
                to.same(&what, &row["weighted"]["numerator"], &one["numerator"]);
                to.same(&what, &row["weighted"]["denominator"], &one["denominator"]);
            }
        }
        to.done(41 * 6);
    }

    async fn values_by_county_and_population_group_add_up_to_the_country(app: Example) {
        let total = data(&app, GROUP_VALUES, json!({})).await["indicatorGroupValues"].take();
        for group_by in [["COUNTY"], ["POPULATION_GROUP"]] {
            let variables = json!({ "groupBy": group_by });
            let grouped = data(&app, GROUP_VALUES, variables).await["indicatorGroupValues"].take();
            for (one, all) in list(&grouped).iter().zip(list(&total)) {
                assert_eq!(one["indicator"], all["indicator"]);
                for row in list(&all["rows"]).iter().filter(|row| row["absent"].is_null()) {
                    let of_year = list(&one["rows"]).iter().filter(|one| one["year"] == row["year"]);
                    let sum = |field: &str| of_year.clone().map(|one| one["answered"][field].as_u64().expect("a count")).sum::<u64>();
                    assert_eq!((sum("n"), sum("of")), (row["answered"]["n"].as_u64().expect("a count"), 290), "{} {}", one["indicator"], row["year"]);
                    let weighted = of_year.clone().filter_map(|one| one["weighted"]["numerator"].as_str());
                    let weighted: i128 = weighted.map(|one| exact::scaled(one, 0)).sum();
                    assert_eq!(weighted, exact::scaled(text(&row["weighted"]["numerator"]), 0), "{}", one["indicator"]);
                }
            }
        }
    }

    async fn changes_between_years_are_as_computed_by_hand(app: Example) {
        let shifts = list(&expected()["indicators"]["shift2020To2022"]);
        let breaks = list(&expected()["indicators"]["shiftOverTheBreakOf2024"]);
        let mut to = Comparison::default();
        for one in shifts.iter().chain(breaks) {
            let variables = json!({ "indicators": [one["indicator"]], "from": one["from"], "to": one["to"] });
            let found = answer(&app, "08-indicator-shift", variables.clone()).await["indicatorShift"].take();
            let what = text(&one["indicator"]);
            let [shift] = list(&found) else { panic!("{what}: one indicator was asked for") };
            if one.get("unit").is_some() {
                to.same(what, &shift["indicator"]["unit"], &one["unit"]);
                to.same(what, &shift["indicator"]["direction"], &one["direction"]);
            }
            let [row] = list(&shift["rows"]) else { panic!("{what}: one line") };
            compare_shift(&mut to, what, row, &one["all"]);
            let reasons: Vec<&Value> = list(&shift["notComparable"]).iter().map(|one| &one["reason"]).collect();
            to.same(what, &json!(reasons), &one["all"].get("reason").map_or_else(|| json!([]), |reason| json!([reason])));
            let Some(counties) = one.get("byCounty").map(list) else { continue };
            let mut variables = variables;
            variables["groupBy"] = json!(["COUNTY"]);
            let found = answer(&app, "08-indicator-shift", variables).await["indicatorShift"].take();
            let rows = list(&found[0]["rows"]);
            to.same(&format!("{what} counties"), &json!(rows.len()), &json!(counties.len()));
            for (row, county) in rows.iter().zip(counties) {
                let what = format!("{what} {}", county["county"]);
                to.same(&what, &row["key"]["county"]["code"], &county["county"]);
                to.same(&what, &row["key"]["parts"][0]["code"], &county["county"]);
                compare_shift(&mut to, &what, row, county);
            }
        }
        to.done(1_700);
    }

    async fn changes_by_population_group_and_by_both_add_up_to_the_country(app: Example) {
        let all = answer(&app, "08-indicator-shift", json!({})).await["indicatorShift"].take();
        for group_by in [json!(["POPULATION_GROUP"]), json!(["POPULATION_GROUP", "COUNTY"])] {
            let grouped = answer(&app, "08-indicator-shift", json!({ "groupBy": group_by })).await["indicatorShift"].take();
            assert_eq!(list(&grouped).len(), list(&all).len());
            let own = |code: &Value| list(&grouped).iter().find(|one| one["indicator"]["code"] == *code).expect("the same indicators");
            for shift in list(&all).iter().filter(|one| one["indicator"]["code"] != COUNTS_PERSONS) {
                let code = &shift["indicator"]["code"];
                let rows = list(&own(code)["rows"]);
                for field in ["pairCount", "increasedCount", "unchangedCount", "decreasedCount"] {
                    assert_eq!(count(rows, field), count(list(&shift["rows"]), field), "{code} {field}");
                }
            }
            for row in list(&own(&json!(COUNTS_PERSONS))["rows"]) {
                assert_eq!((&row["pairCount"], &row["meanChange"], &row["worse"]["absent"]), (&Value::Null, &Value::Null, &json!("SUPPRESSED")));
            }
        }
    }

    async fn the_published_national_series_are_as_published(app: Example) {
        let published = &expected()["indicators"]["publishedNationalSeries"];
        let document = "query ($codes: [IndicatorCode!]!) { indicatorValues(indicators: $codes, areas: [\"SE\"], first: 500) { totalCount
            nodes { indicator { code unit } year sex area { code kind name } definitionVersion quantity { value unit absent } numerator
                statedSource isRestricted source { row submission { kind sentBy { code } } } } } }";
        let codes: Vec<&Value> = list(&published["series"]).iter().map(|one| &one["indicator"]).collect();
        let found = data(&app, document, json!({ "codes": codes })).await["indicatorValues"].take();
        let mut to = Comparison::default();
        to.same("values", &found["totalCount"], &published["values"]);
        let nodes = list(&found["nodes"]);
        for series in list(&published["series"]) {
            for (year, percent) in series["percent"].as_object().expect("years") {
                let what = format!("{} {year}", series["indicator"]);
                let is_it = |node: &&Value| node["indicator"]["code"] == series["indicator"] && node["year"].as_i64() == year.parse().ok();
                let node = nodes.iter().find(is_it).unwrap_or_else(|| panic!("{what} has a value"));
                let value = exact::plain(text(&node["quantity"]["value"]));
                to.same(&what, &json!(value), &json!(exact::plain(text(percent))));
                to.same(&what, &node["quantity"]["unit"], &json!("PERCENT"));
                to.same(&what, &node["area"], &json!({ "code": "SE", "kind": "COUNTRY", "name": "Riket" }));
                to.same(&what, &node["source"]["submission"]["kind"], &json!("indicator_values"));
                to.holds(node["statedSource"].is_string() && node["isRestricted"] == false && node["sex"] == "TOTAL", || what.clone());
            }
        }
        to.done(38 * 5 + 1);
    }
}
