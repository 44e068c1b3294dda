//! Reversals and repayments: what takes money back.

use entity::Kind;

use super::world::{accepted, amounts, paid, reported, told};
use crate::harness::on_both_engines;

const PAYMENTS: &str =
    "betalningsreferens;omgång;mottagarkod;utbetalt_belopp;utbetalt_datum;avser\n";
const REPAYMENTS: &str =
    "betalningsreferens;omgång;mottagarkod;återbetalt_belopp;återbetalt_datum;avser\n";

on_both_engines! {
    async fn a_reversal_counts_as_minus(app: Reference) {
        paid(&app).await;
        assert_eq!(told(&app, Kind::Payments, &format!("{PAYMENTS}P3;K;0180;150,50;2016-07-01;P1\n")).await, "ACCEPTED 1 0 0");
        assert_eq!(amounts(&app, "0180").await["paidAmount"], "449.50");
        assert_eq!(amounts(&app, "0115").await["paidAmount"], "100.00");
    }

    async fn a_reversal_names_a_payment_of_the_same_round_and_recipient_and_no_more_than_it_was(app: Reference) {
        paid(&app).await;
        let expected = "REJECTED 0 0 0; ERROR unknown_code 2 reverses";
        for row in ["P3;K;0180;1;2016-07-01;P7", "P3;K;0115;1;2016-07-01;P1", "P3;K;0180;600,01;2016-07-01;P1"] {
            assert_eq!(told(&app, Kind::Payments, &format!("{PAYMENTS}{row}\n")).await, expected, "{row}");
        }
        // A reversal of a reversal is none: the payment is corrected instead.
        let twice = format!("{PAYMENTS}P3;K;0180;1;2016-07-01;P1\nP4;K;0180;1;2016-07-01;P3\n");
        assert_eq!(told(&app, Kind::Payments, &twice).await, "REJECTED 0 0 0; ERROR unknown_code 3 reverses");
        assert_eq!(amounts(&app, "0180").await["paidAmount"], "600.00");
    }

    async fn two_reversals_take_back_no_more_than_was_paid(app: Reference) {
        paid(&app).await;
        let twice = format!("{PAYMENTS}P3;K;0180;400;2016-07-01;P1\nP4;K;0180;400;2016-07-01;P1\n");
        let told = told(&app, Kind::Payments, &twice).await;
        assert!(told.starts_with("REJECTED"), "{told}");
        assert_eq!(amounts(&app, "0180").await["paidAmount"], "600.00");
    }

    async fn a_reversal_and_a_new_payment_in_one_file_keep_within_the_round(app: Reference) {
        paid(&app).await;
        let requisition = "round;kod;belopp;rekvirerat_datum\nK;0115;400;2016-05-01\n";
        accepted(&app, Kind::Requisitions, requisition).await;
        let both = format!("{PAYMENTS}P3;K;0180;600;2016-07-01;P1\nP4;K;0180;600;2016-07-02;\nP5;K;0115;300;2016-07-02;\n");
        assert_eq!(told(&app, Kind::Payments, &both).await, "ACCEPTED 3 0 0");
        assert_eq!(amounts(&app, "0180").await["paidAmount"], "600.00");
        assert_eq!(amounts(&app, "0115").await["paidAmount"], "400.00");
    }

    async fn a_repayment_before_any_report_is_a_warning(app: Reference) {
        paid(&app).await;
        let expected = "ACCEPTED 1 0 0; WARNING repayment_over_unused 2 amount";
        assert_eq!(told(&app, Kind::Repayments, &format!("{REPAYMENTS}A1;K;0180;50;2017-02-01;\n")).await, expected);
        let found = amounts(&app, "0180").await;
        assert_eq!((found["repaidAmount"].as_str(), found["outstandingAmount"].as_str()), (Some("50.00"), Some("-50.00")));
    }

    async fn a_repayment_above_the_unused_is_an_error_and_its_reversal_makes_room(app: Reference) {
        reported(&app).await;
        accepted(&app, Kind::Repayments, &format!("{REPAYMENTS}A1;K;0180;100;2017-02-01;\n")).await;
        let more = format!("{REPAYMENTS}A3;K;0180;0,01;2017-02-03;\n");
        assert_eq!(told(&app, Kind::Repayments, &more).await, "REJECTED 0 0 0; ERROR repayment_over_unused 2 amount");
        accepted(&app, Kind::Repayments, &format!("{REPAYMENTS}A2;K;0180;0,01;2017-02-02;A1\n")).await;
        assert_eq!(amounts(&app, "0180").await["repaidAmount"], "99.99");
        accepted(&app, Kind::Repayments, &more).await;
        assert_eq!(amounts(&app, "0180").await["outstandingAmount"], "0.00");
    }

    async fn the_sum_of_a_round_is_checked_over_all_its_payments(app: Reference) {
        paid(&app).await;
        let requisition = "round;kod;belopp;rekvirerat_datum;önskar_omfördelning\nK;0115;400;2016-05-01;ja\n";
        accepted(&app, Kind::Requisitions, requisition).await;
        let over = format!("{PAYMENTS}P4;K;0115;300,01;2016-07-02;\n");
        assert_eq!(
            told(&app, Kind::Payments, &over).await,
            "REJECTED 0 0 0; ERROR over_appropriation 2 amount; ERROR payment_without_basis 2 amount"
        );
        accepted(&app, Kind::Payments, &format!("{PAYMENTS}P4;K;0115;300;2016-07-02;\n")).await;
    }
}
