//! Whoever holds the database's password can change it past its guards: every change is found and named.

mod deeds;
mod intruder;

use entity::{Kind, Nature, Verdict};
use samsyn::service::audit::{Fault, Verification, verify};

use crate::harness::{Sent, TestApp, on_both_engines};
use crate::intake::files::SUPPORT;
use crate::intake::world::{NGO, accepted, reported, send};
use deeds::DEEDS;
use intruder::Intruder;

on_both_engines! {
    async fn every_change_past_the_guards_is_found_and_named(app: Reference) {
        store_of_everything(&app).await;
        let found = verify(&app.store, &[]).await.expect("a verification");
        assert_eq!(found.faults.first(), &[], "untampered, all is well");
        assert!(found.rows > 5_000 && found.events > 30, "everything was looked at");
        let intruder = Intruder::into(&app).await;
        let mut missed = Vec::new();
        for (tables, sql, place) in DEEDS {
            match intruder.tamper(&app, tables, sql).await {
                Err(said) => missed.push(said),
                Ok(found) => {
                    let first = found.faults.first().first();
                    if !first.is_some_and(|fault| fault.place.starts_with(place)) {
                        missed.push(format!("{sql}: {:?}", found.faults.first()));
                    }
                }
            }
        }
        assert!(missed.is_empty(), "{missed:#?}");
        let found = verify(&app.store, &[]).await.expect("a verification");
        assert_eq!(beside_guards(&found), Vec::<Fault>::new(), "everything was put back");
        let guards = found.faults.first().iter().filter(|fault| fault.place.starts_with("guard ")).count();
        assert!(guards > 50, "the guards that were taken away are missed");
    }

    async fn a_chain_cut_together_with_what_it_describes_is_found_by_its_head(app: Example) {
        corrected(&app).await;
        let before = verify(&app.store, &[]).await.expect("a verification");
        let head = before.head.expect("a head").hash;
        let found = verify(&app.store, std::slice::from_ref(&head)).await.expect("a verification");
        assert_eq!(found.faults.count(), 0);
        let intruder = Intruder::into(&app).await;
        let last = "(SELECT max(version) FROM dataset_version)";
        for sql in [
            format!("DELETE FROM counted WHERE opened_version = {last}"),
            format!("UPDATE counted SET closed_version = NULL WHERE closed_version = {last}"),
            "DELETE FROM allocation WHERE row_id IN (SELECT id FROM received_row WHERE submission_id = (SELECT max(id) FROM submission))".to_owned(),
            "DELETE FROM received_row WHERE submission_id = (SELECT max(id) FROM submission)".to_owned(),
            "DELETE FROM finding WHERE submission_id = (SELECT max(id) FROM submission)".to_owned(),
            "DELETE FROM file_content WHERE sha256 = (SELECT sha256 FROM submission ORDER BY id DESC LIMIT 1)".to_owned(),
            format!("DELETE FROM dataset_version WHERE version = {last}"),
            "DELETE FROM submission_event WHERE id = (SELECT max(id) FROM submission_event)".to_owned(),
            "DELETE FROM submission WHERE id = (SELECT max(id) FROM submission)".to_owned(),
            "DELETE FROM audit_event WHERE id = (SELECT max(id) FROM audit_event)".to_owned(),
        ] {
            intruder.run(&sql).await;
        }
        let found = verify(&app.store, &[]).await.expect("a verification");
        assert_eq!(beside_guards(&found), Vec::<Fault>::new(), "no row is left that could tell");
        let found = verify(&app.store, std::slice::from_ref(&head)).await.expect("a verification");
        assert_eq!(found.faults.first().first().map(|fault| fault.place.clone()), Some(format!("head {head}")));
    }
}

/// What was found beside the guards, which every intruder takes away.
fn beside_guards(found: &Verification) -> Vec<Fault> {
    let others = found.faults.first().iter();
    others
        .filter(|fault| !fault.place.starts_with("guard "))
        .cloned()
        .collect()
}

/// Money, texts, events and whom they reached, a correction, a removal, a refusal, waiting files and what was decided of
/// them, reads and a redaction.
async fn store_of_everything(app: &TestApp) {
    reported(app).await;
    corrected(app).await;
    let reports = "round;kod;reported_on;used_other;unused;comment\nK;0180;2017-01-01;500;100;Allt gick väl\nK;0115;2017-01-01;60;40;Nästan allt\n";
    accepted(app, Kind::UsageReports, reports).await;
    let application = format!(
        "round;recipient_code;applied_amount;applied_on;purpose\nN;{NGO};400;2016-03-01;Samtal\n"
    );
    accepted(app, Kind::Applications, &application).await;
    let event = "event_code;organisation_code;held_on;form;main_activity;title;audience;participants;reached\n\
                 E1;socialstyrelsen;2020-05-04;process_support;3;Chefsstöd;MANAGERS;17;2161|0180\n";
    let sent = Sent::csv(Kind::SupportEvents, event)
        .assignment(SUPPORT)
        .nature(Nature::Synthetic);
    assert_eq!(app.send(&sent).await.verdict, Verdict::Accepted);
    let wrong = "round;kod;belopp\nK;0180;x\nK;9999;1\nK;0000;y\n";
    let report = send(app, Kind::Allocations, wrong).await;
    assert!(report.findings.len() > 2, "{report:?}");
    crate::life::steps::everything_happens(app).await;
    for _ in 0..3 {
        crate::reads::one(app).await;
    }
    crate::redaction::text(app, "Nästan allt").await;
}

/// A correction and a removal: they close intervals.
async fn corrected(app: &TestApp) {
    let first = "SELECT round || ';' || recipient_code || ';' AS name FROM allocation JOIN counted ON counted.row_id = allocation.row_id WHERE closed_version IS NULL ORDER BY allocation.row_id LIMIT 2";
    let keys = crate::stored::Stored::of(app).await.texts(first).await;
    let text = format!(
        "round;kod;belopp;action\n{}9000;SET\n{};REMOVE\n",
        keys[0], keys[1]
    );
    let report = send(app, Kind::Allocations, &text).await;
    assert_eq!(report.corrected, 2, "{report:?}");
}
