//! Figures that no question asks for yet: computed by the analytics, or summed, from the rows that count.

use std::collections::{BTreeMap, BTreeSet};

use analytics::coverage::{CoverageFrame, CoverageRows, Event};
use analytics::figure::RecipientKind;
use analytics::register::RecipientPeriod;
use serde_json::{Value, json};

use super::compare::{list, ore, text};
use super::expected;
use crate::harness::{TestApp, on_both_engines};
use crate::stored::{COUNTS, Stored};

/// The events that count, each with its main activity and whom it reached.
async fn events(stored: &Stored) -> Vec<Event> {
    let all = format!(
        "SELECT t.code || '|' || t.main_activity AS name, t.row_id AS n FROM support_event t {COUNTS}"
    );
    let events = stored.numbers(&all).await;
    let pairs = format!(
        "SELECT t.recipient_code || '|' || t.row_id AS name FROM support_event_reach t {COUNTS} AND counted.kind = 'support_events'"
    );
    let mut reached: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for pair in stored.texts(&pairs).await {
        let (code, row) = pair.split_once('|').expect("code and row");
        reached
            .entry(row.parse().expect("a row"))
            .or_default()
            .push(code.to_owned());
    }
    let event = |(name, row): (String, i64)| Event {
        main_activity: name.rsplit('|').next().unwrap_or_default().to_owned(),
        code: name,
        organisation: "any".to_owned(),
        year: 2020,
        form: "any".to_owned(),
        participants: 0,
        reached: reached.remove(&row).unwrap_or_default(),
    };
    events.into_iter().map(event).collect()
}

async fn municipalities(app: &TestApp) -> Vec<RecipientPeriod> {
    let document = "{ recipients(where: { kinds: [MUNICIPALITY] }, first: 500) { nodes { code county { code } } } }";
    let found = app.ask(document).await;
    let period = |one: &Value| RecipientPeriod {
        code: text(&one["code"]).to_owned(),
        kind: RecipientKind::Municipality,
        county: Some(text(&one["county"]["code"]).to_owned()),
        county_absent: None,
        population_group: None,
        valid_from: None,
        valid_to: None,
    };
    list(&found["recipients"]["nodes"])
        .iter()
        .map(period)
        .collect()
}

/// The main activities of the example's activity plan, whose kind is not built yet: read from its file.
fn planned() -> Vec<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../api/example/25-activity_plan.csv");
    let text = std::fs::read_to_string(path).expect("the plan");
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split('\t').collect();
    let at = header
        .iter()
        .position(|name| *name == "main_activity")
        .expect("a column");
    let planned: BTreeSet<String> = lines
        .map(|line| line.split('\t').nth(at).expect("a cell").to_owned())
        .collect();
    planned.into_iter().collect()
}

on_both_engines! {
    async fn planned_and_unreached_counties_are_as_computed_by_hand(app: Example) {
        let rows = CoverageRows {
            events: events(&Stored::of(&app).await).await,
            recipients: municipalities(&app).await,
            ..CoverageRows::default()
        };
        assert_eq!((rows.events.len(), rows.recipients.len()), (896, 290));
        let frame = CoverageFrame::build(&rows).expect("a frame");
        let found = frame.planned_and_unreached(RecipientKind::Municipality, &planned(), 2022);
        assert_eq!(json!(found), expected()["coverage"]["plannedAndUnreached"]);
    }

    async fn applications_by_year_and_decision_are_as_computed_by_hand(app: Example) {
        let stored = Stored::of(&app).await;
        let of = |year: &Value, what: &str| {
            format!(
                "SELECT {what} FROM application t {COUNTS} AND counted.kind = 'applications'
                 WHERE t.round IN (SELECT code FROM round WHERE year = {year} AND recipient_kind = 'NGO')"
            )
        };
        let all = list(&expected()["funds"]["byYearAndRecipientKind"]);
        let entries: Vec<&Value> = all.iter().filter(|entry| entry["recipientKind"] == "NGO").collect();
        assert_eq!(entries.len(), 3);
        let mut applied = 0;
        for entry in entries {
            let year = &entry["year"];
            let decisions = "COALESCE(t.decision, 'UNDECIDED') AS name, COUNT(*) AS n";
            let sql = format!("{} GROUP BY COALESCE(t.decision, 'UNDECIDED')", of(year, decisions));
            assert_eq!(json!(stored.numbers(&sql).await), entry["byDecision"], "{year}");
            assert_eq!(json!(stored.number(&of(year, "COUNT(*) AS n")).await), entry["applications"], "{year}");
            let sum = stored.number(&of(year, "CAST(SUM(t.applied_amount) AS BIGINT) AS n")).await;
            assert_eq!(i128::from(sum), ore(&entry["appliedAmount"]), "{year}");
            applied += sum;
        }
        assert_eq!(i128::from(applied), ore(&expected()["controlTotals"]["applied"]));
    }
}
