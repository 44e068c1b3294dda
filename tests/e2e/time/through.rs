//! Through a day: data of 2016 that is loaded years later, as somebody could have seen it then.

use entity::Kind;
use serde_json::{Value, json};

use crate::harness::{Sent, TestApp, on_both_engines};
use crate::intake::files::FUNDS;
use crate::intake::world::{accepted, paid};

async fn line(app: &TestApp, through: &str) -> Value {
    let argument = if through.is_empty() {
        String::new()
    } else {
        format!(", through: \"{through}\"")
    };
    let document = format!(
        "{{ fundUsage(assignment: \"{FUNDS}\", filter: {{ recipientKinds: [MUNICIPALITY] }}{argument}) {{ total {{
            allocatedAmount requisitionedAmount paidAmount usedAmount repaidAmount unreportedAmount
            usageRate {{ missing {{ reason count }} }} reporting {{ expectedCount receivedCount }} }} }} }}"
    );
    app.ask(&document).await["fundUsage"]["total"].take()
}

fn amounts(line: &Value) -> Vec<&str> {
    [
        "allocatedAmount",
        "requisitionedAmount",
        "paidAmount",
        "usedAmount",
        "repaidAmount",
        "unreportedAmount",
    ]
    .iter()
    .map(|name| line[name].as_str().expect("an amount"))
    .collect()
}

on_both_engines! {
    async fn facts_are_counted_by_their_own_dates(app: Reference) {
        // Requisitioned 2016-05-01, paid 2016-06-01; the report is dated 2017-01-01 and was registered 2017-02-10.
        paid(&app).await;
        let report = Sent::csv(Kind::UsageReports, "round;kod;reported_on;used_other;unused\nK;0180;2017-01-01;500;100\n")
            .assignment(FUNDS).registered_on("2017-02-10");
        assert_eq!(app.send(&report).await.verdict.code(), "ACCEPTED");
        accepted(&app, Kind::Repayments, "reference;round;kod;belopp;återbetalt_datum\nR1;K;0180;100;2017-03-01\n").await;
        for (through, expected) in [
            ("2015-12-31", ["0.00", "0.00", "0.00", "0.00", "0.00", "0.00"]),
            ("2016-04-30", ["1000.00", "0.00", "0.00", "0.00", "0.00", "0.00"]),
            ("2016-05-01", ["1000.00", "700.00", "0.00", "0.00", "0.00", "0.00"]),
            ("2016-12-31", ["1000.00", "700.00", "700.00", "0.00", "0.00", "700.00"]),
            ("2017-02-09", ["1000.00", "700.00", "700.00", "0.00", "0.00", "700.00"]),
            ("2017-02-10", ["1000.00", "700.00", "700.00", "500.00", "0.00", "100.00"]),
            ("2017-03-01", ["1000.00", "700.00", "700.00", "500.00", "100.00", "100.00"]),
            ("", ["1000.00", "700.00", "700.00", "500.00", "100.00", "100.00"]),
        ] {
            assert_eq!(amounts(&line(&app, through).await), expected, "through {through}");
        }
        // A report that is not due by then is not missing yet: the last day is 2017-03-31.
        assert_eq!(line(&app, "2016-12-31").await["usageRate"]["missing"], json!([{ "reason": "NOT_DUE", "count": 2 }]));
        assert_eq!(line(&app, "2017-04-01").await["usageRate"]["missing"], json!([{ "reason": "NOT_REPORTED", "count": 1 }]));
    }
}
