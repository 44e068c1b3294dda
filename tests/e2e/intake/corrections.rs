//! What changes what counts: corrections, corrections back, the same file again, removals.

use entity::Kind;

use super::files;
use super::world::{accepted, amounts, paid, rounds, send, told};
use crate::harness::on_both_engines;
use crate::stored::Stored;

const FIRST: &str = "round;kod;belopp\nK;0180;600\nK;0115;400\n";
const SECOND: &str = "round;kod;belopp\nK;0180;500\nK;0115;400\n";

on_both_engines! {
    async fn other_content_is_a_correction_and_the_older_file_again_a_correction_back(app: Reference) {
        rounds(&app).await;
        assert_eq!(told(&app, Kind::Allocations, FIRST).await, "ACCEPTED 2 0 0");
        assert_eq!(told(&app, Kind::Allocations, SECOND).await, "ACCEPTED 0 1 1");
        assert_eq!(amounts(&app, "0180").await["allocatedAmount"], "500.00");
        assert_eq!(told(&app, Kind::Allocations, FIRST).await, "ACCEPTED 0 1 1");
        assert_eq!(amounts(&app, "0180").await["allocatedAmount"], "600.00");
        assert_eq!(amounts(&app, "0115").await["allocatedAmount"], "400.00");
    }

    async fn the_same_file_again_is_unchanged_and_leaves_nothing(app: Reference) {
        rounds(&app).await;
        accepted(&app, Kind::Allocations, FIRST).await;
        let stored = Stored::of(&app).await;
        let before = stored.counts().await;
        assert_eq!(told(&app, Kind::Allocations, FIRST).await, "UNCHANGED 0 0 0");
        assert_eq!(stored.counts().await, before);
    }

    async fn equal_content_written_otherwise_is_unchanged_but_kept_as_received(app: Reference) {
        rounds(&app).await;
        accepted(&app, Kind::Allocations, FIRST).await;
        let stored = Stored::of(&app).await;
        let before = stored.counts().await;
        let other = "Belopp,OMGÅNG,mottagarkod,flex_own\n\"600,00\",K,0180,x\n400.0,K,0115,y\n";
        assert_eq!(told(&app, Kind::Allocations, other).await, "ACCEPTED 0 0 2");
        let after = stored.counts().await;
        assert_eq!(after["received_row"], before["received_row"] + 2);
        assert_eq!(after["counted"], before["counted"]);
        assert_eq!(after["dataset_version"], before["dataset_version"]);
    }

    async fn a_removal_needs_the_key_alone_and_takes_the_row_out_of_what_counts(app: Reference) {
        rounds(&app).await;
        accepted(&app, Kind::Allocations, FIRST).await;
        let stored = Stored::of(&app).await;
        let before = stored.counts().await;
        let removal = "round;kod;belopp;åtgärd\nK;0115;;ta bort\n";
        assert_eq!(told(&app, Kind::Allocations, removal).await, "ACCEPTED 0 1 0");
        assert_eq!(amounts(&app, "0115").await["allocatedAmount"], "0.00");
        assert_eq!(amounts(&app, "0180").await["allocatedAmount"], "600.00");
        let after = stored.counts().await;
        assert_eq!(after["allocation"], before["allocation"], "what was received stays, and a removal is no fact");
        assert_eq!(after["received_row"], before["received_row"] + 1);
        // Set again, it counts again as new.
        assert_eq!(told(&app, Kind::Allocations, "round;kod;belopp;action\nK;0115;400;SET\n").await, "ACCEPTED 1 0 0");
        assert_eq!(amounts(&app, "0115").await["allocatedAmount"], "400.00");
    }

    async fn removing_what_is_not_there_is_an_error(app: Reference) {
        rounds(&app).await;
        accepted(&app, Kind::Allocations, FIRST).await;
        let removal = "round;kod;belopp;action\nK;0180;;REMOVE\nK;0114;;REMOVE\n";
        let report = send(&app, Kind::Allocations, removal).await;
        assert_eq!(files::said(&report), "REJECTED 0 0 0; ERROR unknown_code 3 ");
        assert_eq!(amounts(&app, "0180").await["allocatedAmount"], "600.00", "all or nothing");
    }

    async fn a_key_twice_in_a_file_is_reported_on_the_second_row(app: Reference) {
        rounds(&app).await;
        let twice = "round;kod;belopp\nK;0180;600\nK;0115;1\nK;0180;600\n";
        assert_eq!(told(&app, Kind::Allocations, twice).await, "REJECTED 0 0 0; ERROR duplicate_key 4 ");
    }

    async fn a_refused_file_leaves_header_findings_and_audit_alone(app: Reference) {
        paid(&app).await;
        let stored = Stored::of(&app).await;
        let mut before = stored.counts().await;
        let wrong = "round;kod;belopp\nK;0180;600\nK;0115;x\nK;9999;1\n";
        assert_eq!(
            told(&app, Kind::Allocations, wrong).await,
            "REJECTED 0 0 0; ERROR not_a_number 3 amount; ERROR unknown_code 4 recipient_code"
        );
        for (table, more) in [("submission", 1), ("submission_event", 1), ("finding", 2), ("audit_event", 1)] {
            *before.get_mut(table).expect("a table") += more;
        }
        assert_eq!(stored.counts().await, before);
    }
}
