//! Figures beside `expected.json`: money by year and kind, county and group; administration; coverage; equality.

use serde_json::{Value, json};

use super::asked::figure;
use crate::example::compare::{Comparison, list};
use crate::example::expected;
use crate::harness::TestApp;

const FUNDS: &str = "S2016/00633/FST";
const SUPPORT: &str = "S2020/01591/SOF";

/// Rates of a line of money, as the register and `expected.json` call them.
const RATES: [(&str, &str); 8] = [
    ("fund.usage_rate", "/usageRate"),
    ("fund.participation_rate", "/participationRate"),
    ("fund.reporting_rate", "/reporting/rate"),
    ("fund.reporting_rate_by_amount", "/reporting/rateByAmount"),
    (
        "fund.reporting_rate_by_population",
        "/reporting/rateByPopulation",
    ),
    ("fund.usage_rate_lowest", "/usageRate/lowest"),
    ("fund.usage_rate_highest", "/usageRate/highest"),
    ("fund.paid_per_inhabitant", "/paidPerInhabitant"),
];

/// Amounts and counts, likewise.
const NUMBERS: [(&str, &str); 22] = [
    ("application.received", "/applications"),
    ("application.applied", "/appliedAmount"),
    ("application.granted", "/byDecision/GRANTED"),
    ("application.partly_granted", "/byDecision/PARTLY_GRANTED"),
    ("application.declined", "/byDecision/DECLINED"),
    ("application.withdrawn", "/byDecision/WITHDRAWN"),
    ("fund.eligible", "/eligible"),
    ("fund.requisitioning", "/requisitioning"),
    ("fund.allocated", "/allocatedAmount"),
    ("fund.requisitioned", "/requisitionedAmount"),
    ("fund.granted", "/grantedAmount"),
    ("fund.redistributed", "/redistributedAmount"),
    ("fund.paid", "/paidAmount"),
    ("fund.used", "/usedAmount"),
    ("fund.reported_unused", "/reportedUnusedAmount"),
    ("fund.repaid", "/repaidAmount"),
    ("fund.outstanding", "/outstandingAmount"),
    ("fund.unreported", "/unreportedAmount"),
    ("fund.reports_expected", "/reporting/expected"),
    ("fund.reports_received", "/reporting/received"),
    ("fund.reports_on_time", "/reporting/onTime"),
    ("fund.unexplained", "/unexplainedAmount"),
];

async fn rate(to: &mut Comparison, app: &TestApp, code: &str, expected: &Value) {
    let found = figure(app, code)
        .await
        .unwrap_or_else(|| panic!("there is no {code}"));
    to.rate(code, &found["rate"], expected);
}

async fn number(to: &mut Comparison, app: &TestApp, code: &str, expected: &Value) {
    let found = figure(app, code)
        .await
        .unwrap_or_else(|| panic!("there is no {code}"));
    let expected = match expected {
        Value::Number(number) => json!(number.to_string()),
        other => other.clone(),
    };
    to.same(code, &found["quantity"]["value"], &expected);
}

async fn money(to: &mut Comparison, app: &TestApp, key: &str, line: &Value) {
    for (definition, path) in RATES {
        if let Some(expected) = line.pointer(path) {
            rate(to, app, &format!("{definition}|{FUNDS}|{key}"), expected).await;
        }
    }
    for (definition, path) in NUMBERS {
        if let Some(expected) = line.pointer(path) {
            number(to, app, &format!("{definition}|{FUNDS}|{key}"), expected).await;
        }
    }
}

/// Compares everything that the register and `expected.json` both have.
pub(super) async fn compare(app: &TestApp) {
    let (mut to, expected) = (Comparison::default(), expected());
    let funds = &expected["funds"];
    for line in list(&funds["byYearAndRecipientKind"]) {
        let kind = line["recipientKind"].as_str().expect("a kind");
        money(&mut to, app, &format!("{}|{kind}", line["year"]), line).await;
    }
    for line in list(&funds["municipalitiesByYearAndCounty"])
        .iter()
        .step_by(7)
    {
        let county = line["county"].as_str().expect("a county");
        let key = format!("{}|MUNICIPALITY|COUNTY:{county}", line["year"]);
        money(&mut to, app, &key, line).await;
    }
    for line in list(&funds["municipalitiesByYearAndPopulationGroup"])
        .iter()
        .step_by(4)
    {
        let key = format!(
            "{}|MUNICIPALITY|POPULATION_GROUP:{}",
            line["year"], line["populationGroup"]
        );
        money(&mut to, app, &key, line).await;
    }
    administration(&mut to, app, &funds["administration"]).await;
    equality(&mut to, app, &funds["equality"]).await;
    coverage(&mut to, app, &expected["coverage"]).await;
    indicators(&mut to, app, &expected["indicators"]["shift2020To2022"]).await;
    let key = &funds["allocationKey2016"];
    for (code, expected) in [
        ("gini", "giniAmounts"),
        ("gini_per_inhabitant", "giniPerInhabitant"),
    ] {
        let code = format!("allocation_key.{code}|{FUNDS}|2016|MUNICIPALITY");
        let found = figure(app, &code).await.expect("a figure");
        let quantity = &found["quantity"];
        to.number(
            &code,
            &quantity["value"],
            &quantity["absent"],
            &key[expected],
        );
    }
    to.done(400);
}

async fn administration(to: &mut Comparison, app: &TestApp, years: &Value) {
    for line in list(years) {
        let year = &line["year"];
        let code = |definition: &str| format!("administration.{definition}|{FUNDS}|{year}");
        rate(to, app, &code("share"), &line["administrativeShare"]).await;
        number(to, app, &code("costs"), &line["administrativeCosts"]).await;
        number(to, app, &code("paid"), &line["paidAmount"]).await;
        for (kind, amount) in line["byCostKind"].as_object().expect("kinds") {
            number(
                to,
                app,
                &format!("{}|COST_KIND:{kind}", code("costs_of_kind")),
                amount,
            )
            .await;
        }
        for (organisation, amount) in line["byOrganisation"].as_object().expect("organisations") {
            let code = format!(
                "{}|ORGANISATION:{organisation}",
                code("costs_of_organisation")
            );
            number(to, app, &code, amount).await;
        }
    }
}

async fn equality(to: &mut Comparison, app: &TestApp, lines: &Value) {
    for line in list(lines) {
        let measure = match line["figure"].as_str() {
            Some("usageRate") => "usage_rate",
            Some("paidPerInhabitant") => "paid_per_inhabitant",
            _ => continue,
        };
        for (part, field) in [
            ("mean", "mean"),
            ("median", "median"),
            ("p10", "p10"),
            ("p90", "p90"),
            ("gini", "gini"),
            ("theil", "theil"),
            ("coefficient_of_variation", "coefficientOfVariation"),
            ("p90_to_p10", "p90ToP10"),
        ] {
            let code = format!(
                "equality.{measure}.{part}|{FUNDS}|{}|MUNICIPALITY",
                line["year"]
            );
            let found = figure(app, &code).await.expect("a figure");
            let quantity = &found["quantity"];
            to.number(&code, &quantity["value"], &quantity["absent"], &line[field]);
        }
    }
}

async fn coverage(to: &mut Comparison, app: &TestApp, expected: &Value) {
    let mut lines = vec![
        ("ALL|MUNICIPALITY".to_owned(), &expected["municipalities"]),
        ("ALL|REGION".to_owned(), &expected["regions"]),
    ];
    for line in list(&expected["byCounty"]) {
        let county = line["county"].as_str().expect("a county");
        lines.push((format!("ALL|MUNICIPALITY|COUNTY:{county}"), line));
    }
    for line in list(&expected["byYear"]) {
        lines.push((format!("{}|MUNICIPALITY", line["year"]), line));
    }
    for line in list(&expected["byMainActivity"]) {
        let number = line["mainActivity"].as_str().expect("a number");
        lines.push((format!("ALL|MUNICIPALITY|MAIN_ACTIVITY:{number}"), line));
    }
    for (key, line) in lines {
        let code = |definition: &str| format!("coverage.{definition}|{SUPPORT}|{key}");
        rate(to, app, &code("rate"), &line["coverage"]).await;
        rate(
            to,
            app,
            &code("rate_by_population"),
            &line["coverageByPopulation"],
        )
        .await;
        number(to, app, &code("events"), &line["events"]).await;
        number(to, app, &code("unreached"), &line["unreached"]).await;
    }
}

async fn indicators(to: &mut Comparison, app: &TestApp, lines: &Value) {
    let mut compared = 0;
    for line in list(lines) {
        let indicator = line["indicator"].as_str().expect("a code");
        let all = &line["all"];
        let code = |definition: &str| {
            format!(
                "indicator.{definition}|{SUPPORT}|2022|MUNICIPALITY|FROM_YEAR:2020|INDICATOR:{indicator}"
            )
        };
        // What counts persons has no figures.
        let Some(found) = figure(app, &code("pairs")).await else {
            continue;
        };
        compared += 1;
        if let Some(reason) = all.get("missing") {
            let found = figure(app, &code("mean_change")).await.expect("a figure");
            to.same(indicator, &found["quantity"]["absent"], reason);
            continue;
        }
        to.same(
            indicator,
            &found["quantity"]["value"],
            &json!(all["pairs"].to_string()),
        );
        for (part, field) in [
            ("mean_change", "meanChange"),
            ("median_change", "medianChange"),
        ] {
            let found = figure(app, &code(part)).await.expect("a figure");
            let quantity = &found["quantity"];
            to.number(
                &code(part),
                &quantity["value"],
                &quantity["absent"],
                &all[field],
            );
        }
        if all["shareImproved"].is_object() {
            rate(to, app, &code("improved"), &all["shareImproved"]).await;
        }
    }
    to.holds(compared >= 3, || format!("{compared} indicators"));
}
