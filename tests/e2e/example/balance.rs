//! The balance: paid = used + repaid + outstanding + unreported + unexplained, whatever money is grouped by.

use serde_json::{Value, json};

use super::compare::{list, ore};
use super::fund_line::PARTS;
use crate::harness::{TestApp, on_both_engines};

const DIMENSIONS: [&str; 6] = [
    "GRANT_YEAR",
    "RECIPIENT_KIND",
    "ROUND",
    "COUNTY",
    "POPULATION_GROUP",
    "RECIPIENT",
];

/// Amounts that are sums over lines.
const SUMS: [&str; 7] = [
    "allocatedAmount",
    "requisitionedAmount",
    "grantedAmount",
    "redistributedAmount",
    "paidAmount",
    "reportedUnusedAmount",
    "usedAmount",
];

const DOCUMENT: &str = "query ($groupBy: [FundDimension!]!) {
  fundUsage(assignment: \"S2016/00633/FST\", groupBy: $groupBy) { rowCount rows { ...Amounts } total { ...Amounts } }
}
fragment Amounts on FundUsageLine {
  allocatedAmount requisitionedAmount grantedAmount redistributedAmount paidAmount usedAmount reportedUnusedAmount
  repaidAmount outstandingAmount unreportedAmount unexplainedAmount
}";

/// A line is balanced, and what is outstanding is what is unused and not repaid.
fn is_balanced(line: &Value) -> bool {
    let parts: i128 = PARTS.iter().map(|part| ore(&line[part])).sum();
    ore(&line["paidAmount"]) == parts
        && ore(&line["outstandingAmount"])
            == ore(&line["reportedUnusedAmount"]) - ore(&line["repaidAmount"])
}

/// Checks the balance of every line of every grouping; gives the number of lines.
pub(crate) async fn check(app: &TestApp) -> usize {
    let mut lines = 0;
    for subset in 0..1_u32 << DIMENSIONS.len() {
        let group_by: Vec<&str> = (0..DIMENSIONS.len())
            .filter(|index| subset >> index & 1 == 1)
            .map(|index| DIMENSIONS[index])
            .collect();
        let answer = app.ask_with(DOCUMENT, json!({ "groupBy": group_by })).await;
        assert_eq!(answer.get("errors"), None, "{group_by:?}");
        let usage = &answer["data"]["fundUsage"];
        let rows = list(&usage["rows"]);
        assert_eq!(usage["rowCount"], rows.len(), "{group_by:?}");
        for line in rows.iter().chain([&usage["total"]]) {
            assert!(is_balanced(line), "{group_by:?}: {line}");
        }
        for name in SUMS.iter().chain(&PARTS) {
            let sum: i128 = rows.iter().map(|line| ore(&line[name])).sum();
            assert_eq!(
                sum,
                ore(&usage["total"][name]),
                "{group_by:?}: the lines make the total of {name}"
            );
        }
        lines += rows.len();
    }
    lines
}

on_both_engines! {
    async fn every_line_of_every_grouping_is_balanced_to_the_ore(app: Example) {
        assert!(check(&app).await > 10_000, "the groupings have lines");
    }
}
