//! What waits does not count, and is seen by those within whose reach it lies.

use entity::{Kind, Verdict};
use serde_json::json;

use super::steps::{Step, coordinator, done, last, report, requisitioned, seen};
use crate::harness::{Persona, on_both_engines};
use crate::intake::world::{accepted, rounds};

const ALLOCATIONS: &str = "round;kod;belopp\nK;0180;600\nK;0115;400\n";
const ASKS_500: &str = "round;kod;belopp;rekvirerat_datum\nK;0180;500;2016-05-01\n";
const ASKS_300: &str = "round;kod;belopp;rekvirerat_datum\nK;0180;300;2016-05-02\n";

on_both_engines! {
    async fn a_reporters_file_waits_and_counts_from_its_acceptance(app: Reference) {
        rounds(&app).await;
        accepted(&app, Kind::Allocations, ALLOCATIONS).await;
        assert_eq!(report(&app, "0180", Kind::Requisitions, ASKS_500).await, Verdict::Received);
        assert_eq!(requisitioned(&app, &Persona::public(), "ACCEPTED", "0180").await, "0.00");
        for who in [coordinator(), Persona::evaluator(), Persona::reporter("0180")] {
            assert_eq!(requisitioned(&app, &who, "ALL_RECEIVED", "0180").await, "500.00", "{who:?}");
        }
        assert_eq!(requisitioned(&app, &Persona::reporter("0115"), "ALL_RECEIVED", "0180").await, "0.00");
        let waiting = last(&app, Kind::Requisitions).await;
        assert_eq!((&waiting["state"], &waiting["version"]), (&json!("RECEIVED"), &json!(1)));
        let payload = done(&app, &coordinator(), Step::Accept, &waiting["id"], 1).await;
        assert_eq!(payload["submission"]["state"], "ACCEPTED");
        assert_eq!(payload["submission"]["version"], 2);
        assert_eq!(requisitioned(&app, &Persona::public(), "ACCEPTED", "0180").await, "500.00");
    }

    async fn a_waiting_correction_leaves_the_accepted_row_counting(app: Reference) {
        rounds(&app).await;
        accepted(&app, Kind::Allocations, ALLOCATIONS).await;
        accepted(&app, Kind::Requisitions, ASKS_500).await;
        assert_eq!(report(&app, "0180", Kind::Requisitions, ASKS_300).await, Verdict::Received);
        let waiting = last(&app, Kind::Requisitions).await;
        assert_eq!((&waiting["newCount"], &waiting["correctedCount"]), (&json!(0), &json!(1)));
        assert_eq!(requisitioned(&app, &coordinator(), "ACCEPTED", "0180").await, "500.00");
        assert_eq!(requisitioned(&app, &coordinator(), "ALL_RECEIVED", "0180").await, "300.00");
        let removal = "round;kod;belopp;rekvirerat_datum;åtgärd\nK;0180;;;ta bort\n";
        assert_eq!(report(&app, "0180", Kind::Requisitions, removal).await, Verdict::Received);
        assert_eq!(requisitioned(&app, &coordinator(), "ALL_RECEIVED", "0180").await, "0.00", "the last received stands first");
        assert_eq!(requisitioned(&app, &coordinator(), "ACCEPTED", "0180").await, "500.00");
    }

    async fn the_same_waiting_file_again_is_unchanged(app: Reference) {
        rounds(&app).await;
        accepted(&app, Kind::Allocations, ALLOCATIONS).await;
        assert_eq!(report(&app, "0180", Kind::Requisitions, ASKS_500).await, Verdict::Received);
        assert_eq!(report(&app, "0180", Kind::Requisitions, ASKS_500).await, Verdict::Unchanged);
        let waiting = last(&app, Kind::Requisitions).await;
        done(&app, &coordinator(), Step::Return, &waiting["id"], 1).await;
        assert_eq!(report(&app, "0180", Kind::Requisitions, ASKS_500).await, Verdict::Received, "a returned one has no effect");
    }

    async fn the_coordinators_own_file_counts_at_once(app: Reference) {
        rounds(&app).await;
        accepted(&app, Kind::Allocations, ALLOCATIONS).await;
        let sent = crate::harness::Sent::csv(Kind::Requisitions, ASKS_500)
            .assignment(crate::intake::files::FUNDS)
            .handed_in_by(&coordinator());
        assert_eq!(app.send(&sent).await.verdict, Verdict::Accepted);
        assert_eq!(requisitioned(&app, &Persona::public(), "ACCEPTED", "0180").await, "500.00");
    }

    async fn the_public_sees_no_submission_and_nothing_that_waits(app: Reference) {
        let answer = app.ask_as(&Persona::public(), "{ submissions(first: 1) { totalCount } }", json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
        let answer = app.ask_as(&Persona::public(), "{ dataset(basis: ALL_RECEIVED) { info { version } } }", json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    }

    async fn a_reporter_sees_its_own_submissions_alone(app: Reference) {
        rounds(&app).await;
        accepted(&app, Kind::Allocations, ALLOCATIONS).await;
        report(&app, "0180", Kind::Requisitions, ASKS_500).await;
        assert_eq!(seen(&app, &Persona::reporter("0180"), "").await.len(), 1);
        assert_eq!(seen(&app, &Persona::reporter("0115"), "").await.len(), 0);
        // Stockholm is in the county of its board, which sees its county too.
        assert_eq!(seen(&app, &Persona::reporter("lansstyrelsen_stockholm"), "").await.len(), 1);
        assert_eq!(seen(&app, &Persona::reporter("lansstyrelsen_skane"), "").await.len(), 0);
        let all = seen(&app, &Persona::evaluator(), "").await.len();
        assert!(all > 20, "an evaluator sees the reference data too: {all}");
    }
}
