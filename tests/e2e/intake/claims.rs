//! Claims for repayment: which steps are legal, how much may be claimed, and what changes under a claim.

use entity::{Kind, Verdict};

use super::files::{self, FUNDS};
use super::world::{accepted, reported, send, told};
use crate::harness::{Sent, TestApp, on_both_engines};

const HEADER: &str =
    "omgång;återkravsreferens;kod;läge;beslutsdatum;belopp;betalas_senast;åtgärd\n";
const REPAYMENTS: &str = "reference;round;kod;belopp;repaid_on;avser;action\n";

/// Sends rows of claims; gives what is said of them.
async fn claimed(app: &TestApp, rows: &str) -> String {
    told(app, Kind::RepaymentClaims, &format!("{HEADER}{rows}\n")).await
}

/// Stockholm has 100 of its 600 left and is asked for it; Vallentuna has not reported on its 100.
async fn demanded(app: &TestApp) {
    reported(app).await;
    let demand = format!("{HEADER}K;C1;0180;krävd;2017-05-01;100;2017-06-01;\n");
    accepted(app, Kind::RepaymentClaims, &demand).await;
}

on_both_engines! {
    async fn a_claim_is_demanded_deferred_paid_and_waived_and_then_nothing_more(app: Reference) {
        demanded(&app).await;
        assert_eq!(claimed(&app, "K;C1;0180;anstånd;2017-05-20;;2017-09-01;").await, "ACCEPTED 1 0 0");
        accepted(&app, Kind::Repayments, &format!("{REPAYMENTS}A1;K;0180;40;2017-06-15;;\n")).await;
        assert_eq!(claimed(&app, "K;C1;0180;WAIVED;2017-07-01;60,01;;").await, "REJECTED 0 0 0; ERROR claim_step 2 amount");
        assert_eq!(claimed(&app, "K;C1;0180;WAIVED;2017-07-01;60;;").await, "ACCEPTED 1 0 0");
        let withdrawal = format!("{HEADER}K;C1;0180;återkallad;2017-08-01;;;\n");
        let report = send(&app, Kind::RepaymentClaims, &withdrawal).await;
        assert_eq!(files::said(&report), "REJECTED 0 0 0; ERROR claim_step 2 step");
        let told = &report.findings[0];
        assert_eq!(told.key.as_deref(), Some("K|C1|WITHDRAWN|2017-08-01"));
        assert!(told.message_sv.contains("allt är då betalt eller eftergivet. Inget mer steg är tillåtet."), "{}", told.message_sv);
        assert!(told.message_en.contains("all of it is paid or waived. No further step is legal."), "{}", told.message_en);
    }

    async fn a_step_that_does_not_follow_is_an_error_that_says_what_is_legal(app: Reference) {
        demanded(&app).await;
        for (row, expected) in [
            ("K;C2;0180;DEFERRED;2017-05-02;;2017-09-01;", "step"),
            ("K;C1;0180;DEMANDED;2017-05-02;100;2017-06-01;", "step"),
            ("K;C1;0180;DEFERRED;2017-05-02;;2017-06-01;", "due_on"),
            ("K;C1;0180;DEFERRED;2017-04-30;;2017-07-01;", "step"),
            ("K;C1;0180;WAIVED;2017-05-02;0;;", "amount"),
        ] {
            assert_eq!(claimed(&app, row).await, format!("REJECTED 0 0 0; ERROR claim_step 2 {expected}"), "{row}");
        }
        let text = format!("{HEADER}K;C2;0180;WITHDRAWN;2017-05-02;;;\n");
        let told = send(&app, Kind::RepaymentClaims, &text).await.findings;
        assert!(told[0].message_sv.ends_with("inget är krävt då. Tillåtet då: DEMANDED (krävd)."), "{}", told[0].message_sv);
        assert!(told[0].message_en.ends_with("nothing is demanded yet. Legal then: DEMANDED."), "{}", told[0].message_en);
        let other = "ACCEPTED 0 0 1";
        assert_eq!(claimed(&app, "K;C1;0180;DEMANDED;2017-05-01;100,00;2017-06-01;set").await, other, "nothing of it counts");
    }

    async fn a_step_has_the_cells_that_it_needs_and_no_others(app: Reference) {
        demanded(&app).await;
        for (row, expected) in [
            ("K;C2;0115;DEMANDED;2017-05-02;;2017-06-01;", "missing_value 2 amount"),
            ("K;C2;0115;DEMANDED;2017-05-02;1;;", "missing_value 2 due_on"),
            ("K;C2;0115;DEMANDED;2017-05-02;1;2017-05-01;", "unknown_value 2 due_on"),
            ("K;C1;0180;WAIVED;2017-05-02;1;2017-06-01;", "unknown_value 2 due_on"),
            ("K;C1;0180;WITHDRAWN;2017-05-02;1;;", "unknown_value 2 amount"),
            ("K;C1;0180;PAID;2017-05-02;1;;", "unknown_value 2 step"),
            ("K;C1;0115;DEFERRED;2017-05-02;;2017-07-01;", "claim_step 2 step; ERROR claim_step 2 recipient_code"),
        ] {
            assert_eq!(claimed(&app, row).await, format!("REJECTED 0 0 0; ERROR {expected}"), "{row}");
        }
    }

    async fn what_is_claimed_above_what_is_left_is_a_warning_and_above_what_was_received_an_error(app: Reference) {
        reported(&app).await;
        let demand = |amount: &str| format!("K;C1;0180;DEMANDED;2017-05-01;{amount};2017-06-01;");
        assert_eq!(claimed(&app, &demand("600,01")).await, "REJECTED 0 0 0; ERROR claim_over_outstanding 2 amount");
        assert_eq!(claimed(&app, &demand("100,01")).await, "ACCEPTED 1 0 0; WARNING claim_over_outstanding 2 amount");
        assert_eq!(claimed(&app, &demand("100")).await, "ACCEPTED 0 1 0");
        let second = "K;C2;0180;DEMANDED;2017-05-01;0,01;2017-06-01;";
        assert_eq!(claimed(&app, second).await, "ACCEPTED 1 0 0; WARNING claim_over_outstanding 2 amount");
        // Without a report everything is claimed back, once it should have been there.
        let unreported = |day: &str| format!("K;C3;0115;DEMANDED;{day};100;2017-06-01;");
        let early = "ACCEPTED 1 0 0; WARNING claim_over_outstanding 2 decided_on";
        assert_eq!(claimed(&app, &unreported("2017-03-31")).await, early);
        let both = format!("{}\nK;C3;;DEMANDED;2017-03-31;;;REMOVE", unreported("2017-04-01"));
        assert_eq!(claimed(&app, &both).await, "ACCEPTED 1 1 0");
    }

    async fn only_the_coordinator_claims(app: Reference) {
        reported(&app).await;
        let text = format!("{HEADER}K;C1;0180;DEMANDED;2017-05-01;100;2017-06-01;\n");
        let sent = Sent::csv(Kind::RepaymentClaims, &text).assignment(FUNDS).by("lansstyrelsen_skane");
        let report = app.send(&sent).await;
        assert_eq!(files::said(&report), "REJECTED 0 0 0; ERROR not_your_data 2 recipient_code");
    }

    async fn a_demand_cannot_be_taken_from_under_its_later_steps(app: Reference) {
        demanded(&app).await;
        assert_eq!(claimed(&app, "K;C1;0180;DEFERRED;2017-05-20;;2017-09-01;").await, "ACCEPTED 1 0 0");
        let removal = "K;C1;;DEMANDED;2017-05-01;;;ta bort";
        assert_eq!(claimed(&app, removal).await, "REJECTED 0 0 0; ERROR claim_step 2 step");
        let both = format!("{removal}\nK;C1;;DEFERRED;2017-05-20;;;ta bort");
        assert_eq!(claimed(&app, &both).await, "ACCEPTED 0 2 0");
    }

    async fn money_that_changes_under_a_claim_is_a_warning_on_the_file_that_changes_it(app: Reference) {
        demanded(&app).await;
        let over = |counts: &str| format!("ACCEPTED {counts}; WARNING claim_over_outstanding 2 ");
        let lower = "round;kod;reported_on;used_other;unused\nK;0180;2017-01-02;510;90\n";
        assert_eq!(told(&app, Kind::UsageReports, lower).await, over("0 1 0"));
        let back = "round;kod;reported_on;used_other;unused\nK;0180;2017-01-02;500;100\n";
        accepted(&app, Kind::UsageReports, back).await;
        // What is repaid after the demand pays it; what came before it makes the demand too large.
        accepted(&app, Kind::Repayments, &format!("{REPAYMENTS}A1;K;0180;30;2017-05-01;;\n")).await;
        accepted(&app, Kind::RepaymentClaims, &format!("{HEADER}K;C1;0180;WAIVED;2017-05-10;70;;\n")).await;
        let early = format!("{REPAYMENTS}A2;K;0180;10;2017-04-30;;\n");
        assert_eq!(told(&app, Kind::Repayments, &early).await, over("1 0 0"));
        let removal = format!("{REPAYMENTS}A2;K;;;;;REMOVE\n");
        accepted(&app, Kind::Repayments, &removal).await;
        let late = format!("{REPAYMENTS}A3;K;0180;10;2017-05-09;;\n");
        let report = send(&app, Kind::Repayments, &late).await;
        assert_eq!(report.verdict, Verdict::Accepted);
        assert!(files::said(&report).contains("WARNING claim_step 2 amount"), "{}", files::said(&report));
    }
}
