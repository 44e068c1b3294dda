//! Control totals: what the files hold in sum is what the store holds and what the API says.

use serde_json::{Map, Value, json};

use super::compare::{Comparison, list, ore, text};
use super::{expected, fund_line::AREAS};
use crate::harness::{TestApp, on_both_engines};
use crate::stored::{COUNTS, Stored};

/// Kinds that are not built yet have no rows in the store.
const NOT_BUILT: [&str; 4] = [
    "activity_plan",
    "activity_reports",
    "indicator_definitions",
    "indicator_values",
];

const MONEY: &str = "{ fundUsage(assignment: \"S2016/00633/FST\") { total {
    allocatedAmount requisitionedAmount grantedAmount paidAmount reportedUnusedAmount repaidAmount
    useAreas { area { code } amount } } }
  administrativeCosts(assignment: \"S2016/00633/FST\") { years { amount } }
  rounds(where: { assignments: [\"S2016/00633/FST\"] }, first: 100) { totalCount nodes { availableAmount } } }";

async fn recipients(app: &TestApp, kind: &str) -> Value {
    let document = format!(
        "{{ recipients(where: {{ kinds: [{kind}] }}, first: 500) {{
            totalCount nodes {{ county {{ code }} countyAbsent populations {{ date count }} }} }} }}"
    );
    app.ask(&document).await["recipients"].take()
}

on_both_engines! {
    async fn what_counts_is_what_the_files_hold(app: Example) {
        let stored = Stored::of(&app).await;
        let by_kind = "SELECT kind AS name, COUNT(*) AS n FROM counted WHERE closed_version IS NULL GROUP BY kind";
        let found = stored.numbers(by_kind).await;
        let current = expected()["controlTotals"]["rowsCurrent"].as_object().expect("kinds");
        for (kind, rows) in current.iter().filter(|(kind, _)| !NOT_BUILT.contains(&kind.as_str())) {
            assert_eq!(found.get(kind).copied(), rows.as_i64(), "{kind}");
        }
    }

    async fn money_is_what_the_files_hold(app: Example) {
        let found = app.ask(MONEY).await;
        let totals = &expected()["controlTotals"];
        let total = &found["fundUsage"]["total"];
        let mut to = Comparison::default();
        for (field, name) in [
            ("allocatedAmount", "allocated"),
            ("requisitionedAmount", "requisitioned"),
            ("grantedAmount", "granted"),
            ("paidAmount", "paid"),
            ("reportedUnusedAmount", "unused"),
            ("repaidAmount", "repaid"),
        ] {
            to.same(name, &total[field], &totals[name]);
        }
        for (name, code) in AREAS {
            let area = list(&total["useAreas"]).iter().find(|area| area["area"]["code"] == code);
            to.same(name, area.map_or(&Value::Null, |area| &area["amount"]), &totals["used"][name]);
        }
        let sum = |lines: &Value, field: &str| list(lines).iter().map(|line| ore(&line[field])).sum::<i128>();
        let costs = sum(&found["administrativeCosts"]["years"], "amount");
        to.holds(costs == ore(&totals["administrativeCosts"]), || format!("costs of {costs} öre"));
        to.same("rounds", &found["rounds"]["totalCount"], &totals["rowsCurrent"]["rounds"]);
        let available = sum(&found["rounds"]["nodes"], "availableAmount");
        to.holds(available == ore(&totals["available"]), || format!("{available} öre are available"));
        to.done(13);
    }

    async fn recipients_are_what_the_files_hold(app: Example) {
        let totals = &expected()["controlTotals"];
        let kinds = totals["recipientsByKind"].as_object().expect("kinds");
        let mut found = Map::new();
        for kind in kinds.keys() {
            found.insert(kind.clone(), recipients(&app, kind).await["totalCount"].take());
        }
        assert_eq!(Value::from(found), totals["recipientsByKind"]);
        let ngos = recipients(&app, "NGO").await["nodes"].take();
        let protected = list(&ngos).iter().filter(|one| one["countyAbsent"] == "PROTECTED").count();
        assert_eq!(json!(protected), totals["protectedLocations"]);
        assert!(list(&ngos).iter().all(|one| one["county"].is_null() == one["countyAbsent"].is_string()));
        for (kind, name) in [("MUNICIPALITY", "municipalities"), ("REGION", "regions")] {
            let nodes = recipients(&app, kind).await["nodes"].take();
            let counts = list(&nodes).iter().flat_map(|one| list(&one["populations"]));
            let sum: i64 = counts.map(|one| one["count"].as_i64().expect("a count")).sum();
            assert_eq!(json!(sum), totals["population"][name], "{kind}");
        }
    }

    async fn events_are_what_the_files_hold(app: Example) {
        let totals = &expected()["controlTotals"];
        let stored = Stored::of(&app).await;
        let participants = |whose: &str| {
            format!("SELECT CAST(SUM(t.participants) AS BIGINT) AS n FROM support_event t {COUNTS} WHERE {whose}")
        };
        let pairs = |whose: &str| {
            format!(
                "SELECT COUNT(*) AS n FROM support_event_reach r JOIN support_event t ON t.row_id = r.row_id {COUNTS} WHERE {whose}"
            )
        };
        assert_eq!(json!(stored.number(&participants("1 = 1")).await), totals["participants"]);
        assert_eq!(json!(stored.number(&pairs("1 = 1")).await), totals["reachedPairs"]);
        // Whom support reached at a protected place is told to nobody, nor an event that reached nobody else.
        let open = "r.recipient_code NOT IN (SELECT code FROM recipient WHERE protected_location)";
        let told = format!("EXISTS (SELECT 1 FROM support_event_reach r WHERE r.row_id = t.row_id AND {open})");
        let told_participants = stored.number(&participants(&told)).await;
        let mut told_pairs = 0;
        for kind in ["MUNICIPALITY", "REGION", "NGO"] {
            let document = format!(
                "{{ coverage(assignment: \"S2020/01591/SOF\", recipientKind: {kind}) {{
                    total {{ participantCount eventsPerRecipient {{ numerator }} }} }} }}"
            );
            let total = app.ask(&document).await["coverage"]["total"].take();
            assert_eq!(total["participantCount"], told_participants, "{kind}");
            told_pairs += text(&total["eventsPerRecipient"]["numerator"]).parse::<i64>().expect("a count");
        }
        assert_eq!(told_pairs, stored.number(&pairs(open)).await);
        assert!(json!(told_pairs) != totals["reachedPairs"], "some places are protected");
    }

    async fn requisitions_are_what_the_files_hold(app: Example) {
        let totals = &expected()["controlTotals"];
        let stored = Stored::of(&app).await;
        for (name, condition) in [("wantsRedistribution", "t.wants_redistribution"), ("zeroRequisitions", "t.amount = 0")] {
            let found = stored.number(&format!("SELECT COUNT(*) AS n FROM requisition t {COUNTS} WHERE {condition}")).await;
            assert_eq!(json!(found), totals[name], "{name}");
        }
    }
}
