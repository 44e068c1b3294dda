//! Who may decide, and what stands in the way: two persons, versions, rules that run again, reasons.

use entity::{Kind, Verdict};
use sea_orm::{ConnectionTrait, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use serde_json::{Value, json};

use super::steps::{Step, coordinator, done, last, problems, report, requisitioned, seen, take};
use crate::database::Raw;
use crate::harness::{Persona, Sent, TestApp, on_both_engines};
use crate::intake::files::FUNDS;
use crate::intake::world::{accepted, rounds};

const ALLOCATIONS: &str = "round;kod;belopp\nK;0180;600\nK;0115;400\n";
const ASKS_500: &str = "round;kod;belopp;rekvirerat_datum\nK;0180;500;2016-05-01\n";

/// A requisition of Stockholm that waits.
async fn waiting(app: &TestApp) -> Value {
    rounds(app).await;
    accepted(app, Kind::Allocations, ALLOCATIONS).await;
    assert_eq!(
        report(app, "0180", Kind::Requisitions, ASKS_500).await,
        Verdict::Received
    );
    last(app, Kind::Requisitions).await["id"].clone()
}

on_both_engines! {
    async fn a_submission_is_decided_by_a_coordinator_of_another_organisation(app: Reference) {
        let id = waiting(&app).await;
        // Who hands in is who decides: a coordinator that sends for others as a reporter would.
        for (who, code) in [(Persona::reporter("0180"), "FORBIDDEN"), (Persona::evaluator(), "FORBIDDEN"), (Persona::public(), "UNAUTHENTICATED")] {
            let answer = take(&app, &who, Step::Accept, &id, 1, None).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{who:?}");
        }
        // A coordinator of no assignment reaches nothing of this one.
        let foreign = take(&app, &Persona::coordinator("barnafrid"), Step::Accept, &id, 1, None).await;
        assert_eq!(problems(&foreign), ["NOT_FOUND"]);
        assert_eq!(foreign["submission"], Value::Null);
        done(&app, &coordinator(), Step::Accept, &id, 1).await;
    }

    async fn the_senders_own_organisation_does_not_accept_its_file(app: Reference) {
        rounds(&app).await;
        let costs = "year;myndighet;kostnadsslag;belopp\n2016;socialstyrelsen;STAFF;100\n";
        let sent = Sent::csv(Kind::AdministrativeCosts, costs).assignment(FUNDS)
            .by("socialstyrelsen").handed_in_by(&Persona::reporter("socialstyrelsen"));
        assert_eq!(app.send(&sent).await.verdict, Verdict::Received);
        let waiting = last(&app, Kind::AdministrativeCosts).await;
        let payload = take(&app, &coordinator(), Step::Accept, &waiting["id"], 1, None).await;
        assert_eq!(problems(&payload), ["FORBIDDEN"]);
        let accept = &waiting["actions"][0];
        assert_eq!((&accept["action"], &accept["allowed"]), (&json!("ACCEPT"), &json!(false)));
        assert!(accept["reason"].as_str().is_some_and(|reason| reason.starts_with("Två personer")), "{accept}");
    }

    async fn a_file_that_is_removed_while_a_decision_waits_for_its_turn_is_not_accepted(app: Reference) {
        let id = waiting(&app).await;
        let raw = Raw::of(&app).await;
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        // Another process has the lock: the decision has read the file, and waits.
        let other = raw.0.begin_with_options(options).await.expect("a transaction");
        if raw.is_postgres() {
            other.execute_unprepared("SELECT pg_advisory_xact_lock(91539935287630)").await.expect("the lock");
        }
        let who = coordinator();
        let removed = async {
            tokio::time::sleep(std::time::Duration::from_millis(700)).await;
            let file = "UPDATE file_content SET bytes = NULL, redacted_at = 1
                WHERE sha256 = (SELECT sha256 FROM submission WHERE kind = 'requisitions')";
            other.execute_unprepared(file).await.expect("the file goes");
            other.commit().await.expect("it is gone");
        };
        let (payload, ()) = tokio::join!(take(&app, &who, Step::Accept, &id, 1, None), removed);
        assert_eq!(problems(&payload), ["FILE_REDACTED"], "{payload}");
    }

    async fn of_two_that_decide_one_comes_too_late(app: Reference) {
        let id = waiting(&app).await;
        let who = coordinator();
        let (one, other) = tokio::join!(
            take(&app, &who, Step::Accept, &id, 1, None),
            take(&app, &who, Step::Return, &id, 1, Some("Fel belopp.")),
        );
        let mut codes: Vec<Vec<&str>> = vec![problems(&one), problems(&other)];
        codes.sort();
        assert_eq!(codes, [vec![], vec!["CONFLICT"]], "{one} {other}");
        let late = take(&app, &who, Step::Withdraw, &id, 1, None).await;
        assert_eq!(problems(&late), ["CONFLICT"]);
        assert_eq!(late["problems"][0]["path"], "input.expectedVersion");
    }

    async fn rules_run_again_at_acceptance_and_may_refuse(app: Reference) {
        let id = waiting(&app).await;
        // Meanwhile the allocation is lowered below what was asked for.
        accepted(&app, Kind::Allocations, "round;kod;belopp\nK;0180;400\n").await;
        let refused = take(&app, &coordinator(), Step::Accept, &id, 1, None).await;
        assert_eq!(problems(&refused), ["RULES"]);
        assert_eq!(refused["findings"], json!([{ "severity": "ERROR", "rule": "requisition_over_allocation", "row": 2 }]));
        assert_eq!(refused["submission"]["state"], "RECEIVED", "it waits still");
        assert_eq!(refused["submission"]["version"], 1);
        accepted(&app, Kind::Allocations, ALLOCATIONS).await;
        done(&app, &coordinator(), Step::Accept, &id, 1).await;
        assert_eq!(requisitioned(&app, &Persona::public(), "ACCEPTED", "0180").await, "500.00");
    }

    async fn a_return_needs_a_reason_that_can_be_kept(app: Reference) {
        let id = waiting(&app).await;
        let too_long = "å".repeat(2_001);
        for reason in [None, Some("  "), Some("Gäller 19121212-1212."), Some(too_long.as_str())] {
            let payload = take(&app, &coordinator(), Step::Return, &id, 1, reason).await;
            assert_eq!(problems(&payload), ["BAD_REASON"], "{reason:?}");
        }
        let payload = take(&app, &coordinator(), Step::Return, &id, 1, Some("Beloppet saknar underlag.")).await;
        assert_eq!(problems(&payload), Vec::<&str>::new());
        let events = &payload["submission"]["events"];
        assert_eq!(events[1]["event"], "RETURNED");
        assert_eq!(events[1]["reason"], "Beloppet saknar underlag.");
        assert_eq!(requisitioned(&app, &coordinator(), "ALL_RECEIVED", "0180").await, "0.00");
        let again = take(&app, &coordinator(), Step::Accept, &id, 2, None).await;
        assert_eq!(problems(&again), ["FORBIDDEN"], "what was returned is not accepted");
    }

    async fn actions_say_what_the_viewer_may_do_and_why_not(app: Reference) {
        waiting(&app).await;
        let of = |seen: &[Value]| seen[0]["actions"].as_array().expect("actions").iter()
            .map(|one| (one["action"].as_str().expect("a name").to_owned(), one["allowed"] == true, one["reason"].is_null())).collect::<Vec<_>>();
        let named = |allowed: [bool; 3]| ["ACCEPT", "RETURN", "WITHDRAW"].iter().zip(allowed)
            .map(|(name, allowed)| ((*name).to_owned(), allowed, allowed)).collect::<Vec<_>>();
        let filter = "kinds: [\"requisitions\"]";
        assert_eq!(of(&seen(&app, &coordinator(), filter).await), named([true, true, true]));
        assert_eq!(of(&seen(&app, &Persona::reporter("0180"), filter).await), named([false, false, true]));
        assert_eq!(of(&seen(&app, &Persona::evaluator(), filter).await), named([false, false, false]));
        assert_eq!(of(&seen(&app, &Persona::reporter("lansstyrelsen_stockholm"), filter).await), named([false, false, false]));
    }
}
