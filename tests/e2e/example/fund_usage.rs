//! Fund usage by year, kind, county and population group, as question 03 asks it.

use serde_json::{Value, json};

use super::compare::{Comparison, list, ore};
use super::{answer, exact, expected, fund_line};
use crate::harness::{TestApp, on_both_engines};

/// Where each key stands: in an entry of `expected.json`, and in the key of a line.
type Keys = &'static [(&'static str, fn(&Value) -> &Value)];

const YEAR: (&str, fn(&Value) -> &Value) = ("year", |key| &key["grantYear"]);
const KIND: (&str, fn(&Value) -> &Value) = ("recipientKind", |key| &key["recipientKind"]);
const COUNTY: (&str, fn(&Value) -> &Value) = ("county", |key| &key["county"]["code"]);
const GROUP: (&str, fn(&Value) -> &Value) = ("populationGroup", |key| &key["populationGroup"]);

/// A table of `expected.json` is what the question gives, line by line, and no line more.
async fn table(app: &TestApp, name: &str, keys: Keys, variables: Value, at_least: usize) {
    let found = answer(app, "03-fund-usage", variables).await["fundUsage"].take();
    let entries = list(&expected()["funds"][name]);
    let mut to = Comparison::default();
    to.same("lines", &found["rowCount"], &json!(entries.len()));
    to.same(
        "lines",
        &json!(list(&found["rows"]).len()),
        &json!(entries.len()),
    );
    for entry in entries {
        let what: Vec<String> = keys
            .iter()
            .map(|(name, _)| fund_line::name(&entry[*name]))
            .collect();
        let is_it = |key: &Value| keys.iter().all(|(name, of)| *of(key) == entry[*name]);
        let line = fund_line::line_of(&found["rows"], &what.join(" "), is_it);
        fund_line::compare(&mut to, &what.join(" "), line, entry);
    }
    to.done(at_least);
}

on_both_engines! {
    async fn every_year_and_kind_is_as_computed_by_hand(app: Example) {
        let variables = json!({ "groupBy": ["GRANT_YEAR", "RECIPIENT_KIND"] });
        table(&app, "byYearAndRecipientKind", &[YEAR, KIND], variables, 791).await;
    }

    async fn all_years_together_are_as_computed_by_hand(app: Example) {
        table(&app, "allYears", &[KIND], json!({ "groupBy": ["RECIPIENT_KIND"] }), 232).await;
    }

    async fn municipalities_by_county_are_as_computed_by_hand(app: Example) {
        let filter = json!({ "recipientKinds": ["MUNICIPALITY"] });
        let variables = json!({ "groupBy": ["GRANT_YEAR", "COUNTY"], "filter": filter });
        table(&app, "municipalitiesByYearAndCounty", &[YEAR, COUNTY], variables, 5743).await;
    }

    async fn municipalities_by_population_group_are_as_computed_by_hand(app: Example) {
        let filter = json!({ "recipientKinds": ["MUNICIPALITY"] });
        let variables = json!({ "groupBy": ["GRANT_YEAR", "POPULATION_GROUP"], "filter": filter });
        table(&app, "municipalitiesByYearAndPopulationGroup", &[YEAR, GROUP], variables, 1367).await;
    }

    async fn the_published_counts_and_percentages_come_out(app: Example) {
        let variables = json!({ "groupBy": ["GRANT_YEAR"], "filter": { "recipientKinds": ["MUNICIPALITY"] } });
        let found = answer(&app, "03-fund-usage", variables).await["fundUsage"].take();
        let published = expected()["calibration"].as_object().expect("years");
        assert_eq!(published.len(), 3);
        for (year, published) in published {
            let line = fund_line::line_of(&found["rows"], year, |key| key["grantYear"].as_i64() == year.parse().ok());
            assert_eq!(line["requisitioningCount"], published["requisitioning"], "{year}");
            let rate = &line["usageRate"];
            let (used, paid) = (ore(&rate["numerator"]), ore(&rate["denominator"]));
            let percent = exact::quotient(&(used * 100).to_string(), &paid.to_string(), 0);
            assert_eq!(percent, published["usageRateWholePercent"].to_string(), "{year}");
        }
    }
}
