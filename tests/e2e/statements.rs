//! What questions cost the database: nested lists a fixed number of statements, unchanged figures the version check alone.

use entity::Kind;
use serde_json::{Value, json};

use crate::answer::{data, ore};
use crate::harness::{Sent, TestApp, on_both_engines, question};

/// Statements that a question costs once the registers are in memory, and its data.
async fn cost(app: &TestApp, document: &str, variables: Value) -> (u64, Value) {
    data(app, "{ recipient(code: \"0114\") { name } }", json!({})).await;
    let before = app.store.statements();
    let found = data(app, document, variables).await;
    (app.store.statements() - before, found)
}

fn count(assignment: &Value, list: &str) -> usize {
    assignment[list].as_array().map_or(0, Vec::len)
}

const FUND_USAGE: &str =
    "{ fundUsage(assignment: \"S2016/00633/FST\", groupBy: [GRANT_YEAR, RECIPIENT_KIND])
    { rows { key { grantYear recipientKind } allocatedAmount } total { allocatedAmount } } }";

on_both_engines! {
    async fn an_assignment_with_its_sources_costs_the_same_however_long_its_lists(app: Reference) {
        let document = question("01-assignment");
        let (mut costs, mut rows) = (Vec::new(), Vec::new());
        for number in ["S2016/00633/FST", "S2020/01591/SOF"] {
            let (cost, found) = cost(&app, &document, json!({ "registryNumber": number })).await;
            let assignment = &found["assignment"];
            rows.push(count(assignment, "appropriations") + count(assignment, "deliverables") + count(assignment, "publishedFigures"));
            costs.push(cost);
        }
        assert_ne!(rows[0], rows[1], "the two have lists of different length");
        assert_eq!(costs[0], costs[1], "{rows:?} rows cost {costs:?} statements");
        assert!(costs[0] <= 8, "a handful of statements, not {}", costs[0]);
    }

    async fn pages_with_their_sources_cost_the_same_however_many_nodes(app: Example) {
        let page = async |first: usize| {
            let document = format!("{{ recipients(first: {first}) {{ nodes {{ name sources {{ row submission {{ fileName }} citation {{ section }} }} }} }} }}");
            let (cost, found) = cost(&app, &document, json!({})).await;
            assert_eq!(found["recipients"]["nodes"].as_array().map(Vec::len), Some(first));
            cost
        };
        assert_eq!(page(2).await, page(370).await);
    }

    async fn recipients_with_money_and_events_cost_the_same_however_many(app: Example) {
        let page = async |first: usize| {
            let document = format!("{{ recipients(first: {first}, where: {{ kinds: [MUNICIPALITY] }}) {{ nodes {{ code
                funds(assignment: \"S2016/00633/FST\") {{ paidAmount usageReport {{ source {{ row }} }} }}
                supportEvents(assignment: \"S2020/01591/SOF\", first: 3) {{ totalCount nodes {{ title source {{ row }} }} }} }} }} }}");
            let (cost, found) = cost(&app, &document, json!({})).await;
            let nodes = found["recipients"]["nodes"].as_array().expect("nodes");
            assert_eq!(nodes.len(), first);
            assert!(nodes.iter().any(|one| count(one, "funds") > 0 && one["supportEvents"]["totalCount"] != 0));
            cost
        };
        // Rows of money and of events are looked up together or, where some lists are ready before others, in a few goes more:
        // never one for each recipient.
        let costs = (page(3).await, page(120).await, page(290).await);
        assert!([costs.0, costs.1, costs.2].iter().all(|cost| (14..=28).contains(cost)), "{costs:?}");
    }

    async fn rounds_sent_later_cost_no_statement_more(app: Example) {
        let document = "{ assignment(registryNumber: \"S2016/00633/FST\") { programmes { sources { row } rounds { code sources { row } } } } }";
        let (few, _) = cost(&app, document, json!({})).await;
        let mut rounds = "round;assignment;year;recipient_kind;available_amount;use_by;report_by\n".to_owned();
        for number in 0..40 {
            rounds.push_str(&format!("EXTRA-{number};S2016/00633/FST;2018;MUNICIPALITY;1;2018-12-31;2019-03-31\n"));
        }
        let report = app.send(&Sent::csv(Kind::Rounds, &rounds).assignment("S2016/00633/FST")).await;
        assert_eq!(report.new, 40, "{:?}", report.findings);
        let (many, found) = cost(&app, document, json!({})).await;
        let programmes = found["assignment"]["programmes"].as_array().expect("programmes");
        assert_eq!(programmes.iter().map(|one| count(one, "rounds")).max(), Some(43));
        assert_eq!(few, many);
    }

    async fn fund_usage_asked_again_costs_the_version_check_alone(app: Example) {
        let first = data(&app, FUND_USAGE, json!({})).await;
        let (again, second) = cost(&app, FUND_USAGE, json!({})).await;
        assert_eq!(first, second);
        assert_eq!(again, 1, "one statement: which version is the last");
    }

    async fn the_whole_question_of_fund_usage_asked_again_costs_the_version_check_alone(app: Example) {
        let document = question("03-fund-usage");
        let first = data(&app, &document, json!({})).await;
        let (again, second) = cost(&app, &document, json!({})).await;
        assert_eq!(first, second);
        assert_eq!(again, 1, "one statement: which version is the last");
    }

    async fn a_write_in_between_is_seen_at_once(app: Example) {
        let before = data(&app, FUND_USAGE, json!({})).await;
        let (unchanged, _) = cost(&app, FUND_USAGE, json!({})).await;
        let correction = Sent::csv(Kind::Allocations, "round;recipient_code;amount\nKOM-2018;0114;143115,50\n");
        let report = app.send(&correction.assignment("S2016/00633/FST")).await;
        assert_eq!((report.new, report.corrected), (0, 1), "{:?}", report.findings);
        let before_asking = app.store.statements();
        let after = data(&app, FUND_USAGE, json!({})).await;
        assert!(app.store.statements() - before_asking > unchanged, "the figures are read anew");
        let total = |answer: &Value| ore(&answer["fundUsage"]["total"]["allocatedAmount"]);
        assert_eq!(total(&after) - total(&before), 150, "143 114.00 became 143 115.50");
        let line = |answer: &Value| answer["fundUsage"]["rows"].as_array().expect("rows").iter().map(|row| ore(&row["allocatedAmount"])).sum::<i128>();
        assert_eq!(line(&after), total(&after));
    }

    async fn a_refused_file_changes_nothing_and_costs_no_reading(app: Example) {
        let before = data(&app, FUND_USAGE, json!({})).await;
        let wrong = Sent::csv(Kind::Allocations, "round;recipient_code;amount\nKOM-2018;0114;1\nKOM-1999;0114;1\n");
        let report = app.send(&wrong.assignment("S2016/00633/FST")).await;
        assert_eq!(report.verdict, entity::Verdict::Rejected);
        let (cost, after) = cost(&app, FUND_USAGE, json!({})).await;
        assert_eq!((cost, after), (1, before));
    }
}
