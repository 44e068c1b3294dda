//! When the basis of a row changes later, the rule that now fails is a warning on the file that changed it.

use entity::Kind;

use super::world::{NGO, accepted, amounts, paid, reported, rounds, told};
use crate::harness::on_both_engines;

const PAYMENTS: &str = "reference;round;kod;belopp;utbetalt_datum;avser;action\n";

on_both_engines! {
    async fn an_allocation_cut_below_a_requisition_is_a_warning(app: Reference) {
        paid(&app).await;
        let cut = "round;kod;belopp\nK;0180;599.99\n";
        let expected = "ACCEPTED 0 1 0; WARNING requisition_over_allocation 2 amount";
        assert_eq!(told(&app, Kind::Allocations, cut).await, expected);
        assert_eq!(amounts(&app, "0180").await["allocatedAmount"], "599.99");
        // The error comes on the dependent row when that one is sent.
        let requisition = "round;kod;belopp;rekvirerat_datum\nK;0180;600;2016-05-02\n";
        let expected = "REJECTED 0 0 0; ERROR requisition_over_allocation 2 amount";
        assert_eq!(told(&app, Kind::Requisitions, requisition).await, expected);
    }

    async fn an_allocation_removed_from_under_a_requisition_is_a_warning(app: Reference) {
        paid(&app).await;
        let removal = "round;kod;belopp;action\nK;0180;;REMOVE\n";
        let expected = "ACCEPTED 0 1 0; WARNING requisition_over_allocation 2 ";
        assert_eq!(told(&app, Kind::Allocations, removal).await, expected);
    }

    async fn a_requisition_removed_from_under_a_payment_is_a_warning(app: Reference) {
        paid(&app).await;
        let removal = "round;kod;belopp;rekvirerat_datum;action\nK;0180;;;REMOVE\n";
        let expected = "ACCEPTED 0 1 0; WARNING payment_without_basis 2 ";
        assert_eq!(told(&app, Kind::Requisitions, removal).await, expected);
    }

    async fn a_requisition_lowered_below_a_payment_is_a_warning(app: Reference) {
        paid(&app).await;
        for (amount, expected) in [
            ("599.99", "ACCEPTED 0 1 0; WARNING redistribution_not_wanted 2 amount"),
            ("0", "ACCEPTED 0 1 0; WARNING payment_without_basis 2 amount"),
        ] {
            let lower = format!("round;kod;belopp;rekvirerat_datum\nK;0180;{amount};2016-05-01\n");
            assert_eq!(told(&app, Kind::Requisitions, &lower).await, expected);
        }
    }

    async fn a_payment_that_breaks_a_stored_report_is_a_warning_and_shows_as_unexplained(app: Reference) {
        reported(&app).await;
        let expected = "ACCEPTED 0 1 0; WARNING usage_not_balanced 2 amount";
        assert_eq!(told(&app, Kind::Payments, &format!("{PAYMENTS}P1;K;0180;590;2016-06-01;;\n")).await, expected);
        let found = amounts(&app, "0180").await;
        assert_eq!((found["paidAmount"].as_str(), found["unexplainedAmount"].as_str()), (Some("590.00"), Some("-10.00")));
        // A reversal does the same, and the whole is still balanced.
        let expected = "ACCEPTED 1 0 0; WARNING usage_not_balanced 2 amount";
        assert_eq!(told(&app, Kind::Payments, &format!("{PAYMENTS}P9;K;0180;90;2016-07-01;P1;\n")).await, expected);
        let found = amounts(&app, "0180").await;
        assert_eq!((found["paidAmount"].as_str(), found["unexplainedAmount"].as_str()), (Some("500.00"), Some("-100.00")));
        assert_eq!((found["usedAmount"].as_str(), found["outstandingAmount"].as_str()), (Some("500.00"), Some("100.00")));
    }

    async fn a_payment_removed_from_under_a_stored_report_is_a_warning(app: Reference) {
        reported(&app).await;
        let expected = "ACCEPTED 0 1 0; WARNING usage_not_balanced 2 amount";
        let removal = format!("{PAYMENTS}P1;K;;;;;REMOVE\n");
        assert_eq!(told(&app, Kind::Payments, &removal).await, expected);
        assert_eq!(amounts(&app, "0180").await["unexplainedAmount"], "-600.00");
    }

    async fn a_payment_moved_away_from_a_stored_report_is_a_warning(app: Reference) {
        reported(&app).await;
        let moved = format!("{PAYMENTS}P1;K;0115;1;2016-06-01;;\nP2;K;0115;99;2016-06-01;;\n");
        let expected = "ACCEPTED 0 2 0; WARNING usage_not_balanced 2 amount";
        assert_eq!(told(&app, Kind::Payments, &moved).await, expected);
        assert_eq!(amounts(&app, "0180").await["unexplainedAmount"], "-600.00");
    }

    async fn a_payment_removed_or_cut_from_under_its_reversal_is_a_warning(app: Reference) {
        paid(&app).await;
        accepted(&app, Kind::Payments, &format!("{PAYMENTS}P9;K;0180;150;2016-07-01;P1;\n")).await;
        let expected = "ACCEPTED 0 1 0; WARNING unknown_code 2 reference";
        for row in ["P1;K;0180;149;2016-06-01;;", "P1;K;;;;;REMOVE"] {
            assert_eq!(told(&app, Kind::Payments, &format!("{PAYMENTS}{row}\n")).await, expected, "{row}");
        }
        let both = format!("{PAYMENTS}P1;K;0180;600;2016-06-01;;\nP9;K;;;;;REMOVE\n");
        assert_eq!(told(&app, Kind::Payments, &both).await, "ACCEPTED 1 1 0");
    }

    async fn a_repayment_removed_or_cut_from_under_its_reversal_is_a_warning(app: Reference) {
        reported(&app).await;
        let repayments = "reference;round;kod;belopp;repaid_on;avser;action\n";
        accepted(&app, Kind::Repayments, &format!("{repayments}A1;K;0180;100;2017-02-01;;\nA2;K;0180;50;2017-02-02;A1;\n")).await;
        let expected = "ACCEPTED 0 1 0; WARNING unknown_code 2 reference";
        for row in ["A1;K;0180;49;2017-02-01;;", "A1;K;;;;;REMOVE"] {
            assert_eq!(told(&app, Kind::Repayments, &format!("{repayments}{row}\n")).await, expected, "{row}");
        }
        let both = format!("{repayments}A1;K;0180;100;2017-02-01;;\nA2;K;;;;;REMOVE\n");
        assert_eq!(told(&app, Kind::Repayments, &both).await, "ACCEPTED 1 1 0");
    }

    async fn an_unused_sum_lowered_below_what_was_repaid_is_a_warning(app: Reference) {
        reported(&app).await;
        accepted(&app, Kind::Repayments, "reference;round;kod;belopp;repaid_on\nA1;K;0180;100;2017-02-01\n").await;
        let lower = "round;kod;reported_on;used_other;unused\nK;0180;2017-01-02;501;99\n";
        let expected = "ACCEPTED 0 1 0; WARNING repayment_over_unused 2 unused";
        assert_eq!(told(&app, Kind::UsageReports, lower).await, expected);
        assert_eq!(amounts(&app, "0180").await["outstandingAmount"], "-1.00");
    }

    async fn a_report_removed_after_a_repayment_is_a_warning_and_its_money_is_unreported(app: Reference) {
        reported(&app).await;
        accepted(&app, Kind::Repayments, "reference;round;kod;belopp;repaid_on\nA1;K;0180;100;2017-02-01\n").await;
        let removal = "round;kod;reported_on;unused;action\nK;0180;;;REMOVE\n";
        let expected = "ACCEPTED 0 1 0; WARNING repayment_over_unused 2 ";
        assert_eq!(told(&app, Kind::UsageReports, removal).await, expected);
        assert_eq!(amounts(&app, "0180").await["unreportedAmount"], "600.00");
    }

    async fn a_grant_withdrawn_or_cut_after_payment_is_a_warning(app: Reference) {
        rounds(&app).await;
        let header = "round;kod;applied_amount;applied_on;decision;granted_amount\n";
        accepted(&app, Kind::Applications, &format!("{header}N;{NGO};400;2016-04-01;GRANTED;400\n")).await;
        accepted(&app, Kind::Payments, &format!("{PAYMENTS}P5;N;{NGO};400;2016-06-01;;\n")).await;
        for row in ["400;2016-04-01;PARTLY_GRANTED;399", "400;2016-04-01;DECLINED;"] {
            let told = told(&app, Kind::Applications, &format!("{header}N;{NGO};{row}\n")).await;
            assert!(told.starts_with("ACCEPTED 0 1 0; WARNING payment_without_basis 2 "), "{row}: {told}");
        }
        let removal = format!("{header}N;{NGO};;;;\n").replace("granted_amount", "action").replace(";;;;\n", ";;;;REMOVE\n");
        let expected = "ACCEPTED 0 1 0; WARNING payment_without_basis 2 ";
        assert_eq!(told(&app, Kind::Applications, &removal).await, expected);
        assert_eq!(amounts(&app, NGO).await["paidAmount"], "400.00");
    }

    async fn an_available_amount_lowered_below_what_is_paid_is_a_warning(app: Reference) {
        paid(&app).await;
        let lower = "round;assignment;year;recipient_kind;available_amount;closes_on;use_by;report_by\n\
                     K;S2016/00633/FST;2016;MUNICIPALITY;699;2016-10-01;2016-12-31;2017-03-31\n";
        let expected = "ACCEPTED 0 1 0; WARNING over_appropriation 2 available_amount";
        assert_eq!(told(&app, Kind::Rounds, lower).await, expected);
    }
}
