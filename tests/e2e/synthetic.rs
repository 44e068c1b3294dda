//! Made-up data say so: every answer that used synthetic rows is marked, no other is.

use serde_json::json;

use crate::answer::{data, is_marked_synthetic};
use crate::harness::on_both_engines;

const FUND_USAGE: &str = "{ fundUsage(assignment: \"S2016/00633/FST\") { total { paidAmount } } }";
const COVERAGE: &str = "{ coverage(assignment: \"S2020/01591/SOF\", recipientKind: MUNICIPALITY) { total { eventCount } } }";
const ALLOCATION_KEY: &str = "{ allocationKey(assignment: \"S2016/00633/FST\", recipientKind: MUNICIPALITY, year: 2016) { pool rows { amount } } }";
const APPROPRIATIONS: &str = "{ assignment(registryNumber: \"S2016/00633/FST\") { title appropriations { amount sources { row } } } }";
const MUNICIPALITY: &str =
    "{ recipient(code: \"0114\") { name county { name } populations { count } sources { row } } }";
const INFO: &str = "{ dataset { info { synthetic } } }";

on_both_engines! {
    async fn answers_from_synthetic_rows_are_marked(app: Example) {
        for document in [
            FUND_USAGE,
            COVERAGE,
            "{ recipient(code: \"8999967212\") { name } }",
            "{ recipients(where: { kinds: [NGO] }, first: 1) { nodes { name } } }",
            "{ rounds(first: 1) { nodes { code } } }",
            "{ administrativeCosts(assignment: \"S2016/00633/FST\") { years { amount } } }",
            "{ equality(assignment: \"S2016/00633/FST\", measure: USAGE_RATE, recipientKind: MUNICIPALITY) { gini } }",
            "{ assignment(registryNumber: \"S2016/00633/FST\") { programmes { rounds { code } } } }",
            "{ dataset { fundUsage(assignment: \"S2016/00633/FST\") { rowCount } } }",
        ] {
            assert!(is_marked_synthetic(&app, document).await, "{document}");
        }
        // A cached answer is as synthetic as the first.
        assert!(is_marked_synthetic(&app, FUND_USAGE).await);
    }

    async fn answers_from_real_rows_are_not_marked_though_the_store_holds_synthetic_ones(app: Example) {
        for document in [
            MUNICIPALITY,
            ALLOCATION_KEY,
            APPROPRIATIONS,
            "{ recipients(where: { kinds: [MUNICIPALITY, REGION] }, first: 500) { nodes { name } } }",
            "{ dataset { recipient(code: \"R14\") { name } } }",
        ] {
            assert!(!is_marked_synthetic(&app, document).await, "{document}");
        }
        // Asking for both in one document marks the whole answer.
        let both = "{ recipient(code: \"0114\") { name } ngo: recipient(code: \"8999967212\") { name } }";
        assert!(is_marked_synthetic(&app, both).await);
        assert!(!is_marked_synthetic(&app, MUNICIPALITY).await, "a mark does not outlive its request");
    }

    async fn the_reference_data_alone_mark_nothing(app: Reference) {
        for document in [FUND_USAGE, COVERAGE, ALLOCATION_KEY, APPROPRIATIONS, MUNICIPALITY] {
            assert!(!is_marked_synthetic(&app, document).await, "{document}");
        }
        assert_eq!(data(&app, INFO, json!({})).await, json!({ "dataset": { "info": { "synthetic": false } } }));
    }

    async fn a_dataset_says_that_it_holds_synthetic_rows(app: Example) {
        assert_eq!(data(&app, INFO, json!({})).await, json!({ "dataset": { "info": { "synthetic": true } } }));
    }
}
