//! Withdrawing restores what a submission had replaced, however far back, and only where it was the last word.

use entity::{Kind, Verdict};
use serde_json::{Value, json};

use super::steps::{Step, coordinator, done, last, problems, report, requisitioned, take};
use crate::harness::{Persona, TestApp, on_both_engines};
use crate::intake::world::{accepted, rounds};

/// Accepts a requisition of Stockholm from the coordinator; gives its submission.
async fn asks(app: &TestApp, amount: &str) -> Value {
    let text = format!("round;kod;belopp;rekvirerat_datum\nK;0180;{amount};2016-05-01\n");
    accepted(app, Kind::Requisitions, &text).await;
    last(app, Kind::Requisitions).await["id"].clone()
}

async fn prepared(app: &TestApp) {
    rounds(app).await;
    accepted(
        app,
        Kind::Allocations,
        "round;kod;belopp\nK;0180;600\nK;0115;400\n",
    )
    .await;
}

async fn counts(app: &TestApp) -> String {
    requisitioned(app, &Persona::public(), "ACCEPTED", "0180").await
}

async fn withdraws(app: &TestApp, id: &Value) {
    let payload = done(app, &coordinator(), Step::Withdraw, id, 1).await;
    assert_eq!(payload["submission"]["state"], "WITHDRAWN");
}

on_both_engines! {
    async fn what_was_replaced_counts_again(app: Reference) {
        prepared(&app).await;
        let (first, second, third) = (asks(&app, "100").await, asks(&app, "200").await, asks(&app, "300").await);
        withdraws(&app, &third).await;
        assert_eq!(counts(&app).await, "200.00");
        withdraws(&app, &first).await;
        assert_eq!(counts(&app).await, "200.00", "what was replaced long ago takes nothing with it");
        withdraws(&app, &second).await;
        assert_eq!(counts(&app).await, "0.00", "the first is withdrawn too");
    }

    async fn a_removal_that_is_withdrawn_brings_the_row_back(app: Reference) {
        prepared(&app).await;
        asks(&app, "100").await;
        accepted(&app, Kind::Requisitions, "round;kod;belopp;rekvirerat_datum;åtgärd\nK;0180;;;ta bort\n").await;
        let removal = last(&app, Kind::Requisitions).await["id"].clone();
        assert_eq!(counts(&app).await, "0.00");
        withdraws(&app, &removal).await;
        assert_eq!(counts(&app).await, "100.00");
    }

    async fn what_another_file_says_too_stays(app: Reference) {
        prepared(&app).await;
        let first = asks(&app, "100").await;
        // The same content in another file: unchanged, and it says so too.
        accepted(&app, Kind::Requisitions, "omgång;kod;belopp;rekvirerat_datum\nK;0180;100,00;2016-05-01\n").await;
        withdraws(&app, &first).await;
        assert_eq!(counts(&app).await, "100.00");
    }

    async fn what_counts_is_withdrawn_by_the_coordinator_alone(app: Reference) {
        prepared(&app).await;
        let text = "round;kod;belopp;rekvirerat_datum\nK;0180;500;2016-05-01\n";
        assert_eq!(report(&app, "0180", Kind::Requisitions, text).await, Verdict::Received);
        let own = last(&app, Kind::Requisitions).await["id"].clone();
        let reporter = Persona::reporter("0180");
        // While it waits, its sender may.
        done(&app, &reporter, Step::Withdraw, &own, 1).await;
        assert_eq!(report(&app, "0180", Kind::Requisitions, text).await, Verdict::Received);
        let own = last(&app, Kind::Requisitions).await["id"].clone();
        done(&app, &coordinator(), Step::Accept, &own, 1).await;
        let payload = take(&app, &reporter, Step::Withdraw, &own, 2, None).await;
        assert_eq!(problems(&payload), ["FORBIDDEN"]);
        done(&app, &coordinator(), Step::Withdraw, &own, 2).await;
        assert_eq!(counts(&app).await, "0.00");
    }

    async fn a_history_says_what_counted_when(app: Reference) {
        prepared(&app).await;
        asks(&app, "100").await;
        let second = asks(&app, "200").await;
        withdraws(&app, &second).await;
        let document = "{ history(kind: \"requisitions\", key: \"K|0180\") { kind key entries { action
            counted { fromVersion toVersion supersededAt supersededBy { id state } } submission { state fileName } sources { row }
            asSent { header value } } } }";
        let answer = app.ask_as(&Persona::evaluator(), document, json!({})).await;
        assert_eq!(answer.get("errors"), None, "{answer}");
        let entries = answer["data"]["history"]["entries"].as_array().expect("entries");
        assert_eq!(entries.len(), 2);
        let (first, second) = (&entries[0], &entries[1]);
        let intervals = first["counted"].as_array().expect("intervals");
        assert_eq!(intervals.len(), 2, "it counted, was replaced, and counts again: {first}");
        assert_eq!(intervals[0]["toVersion"], second["counted"][0]["fromVersion"]);
        assert_eq!(intervals[1]["fromVersion"], second["counted"][0]["toVersion"]);
        assert_eq!(intervals[1]["toVersion"], Value::Null);
        assert_eq!(intervals[0]["supersededBy"]["state"], "WITHDRAWN", "the file that corrected it, as it is now");
        assert_eq!(second["counted"][0]["supersededBy"], intervals[0]["supersededBy"], "its own withdrawal ended it");
        assert_eq!(second["submission"]["state"], "WITHDRAWN");
        assert_eq!(second["sources"][0]["row"], 2);
        assert_eq!(second["asSent"][2], json!({ "header": "belopp", "value": "200" }));
    }
}
