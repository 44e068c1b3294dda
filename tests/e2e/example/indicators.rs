//! Indicators of the example: the published national series, value by value.

use serde_json::{Value, json};

use super::compare::{Comparison, list, text};
use super::{exact, expected};
use crate::answer::data;
use crate::harness::on_both_engines;

on_both_engines! {
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
