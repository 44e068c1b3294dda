//! What can be and mostly is a slip: amounts in thousands, days that lie ahead, codes that a spreadsheet turned into something
//! else; and a header that nobody knows, which hides nothing of the rows.

use entity::Kind;

use super::files::{FUNDS, said};
use crate::harness::{Sent, TestApp, on_both_engines};

async fn told(app: &TestApp, kind: Kind, text: &str) -> String {
    said(&app.send(&Sent::csv(kind, text).assignment(FUNDS)).await)
}

/// A requisition of an association's round, with what follows its amount.
fn requisition(rest: &str) -> String {
    format!(
        "omgång;mottagarkod;rekvirerat_belopp;rekvirerat_datum;diarienummer\nKOM-2017;0123;{rest}\n"
    )
}

on_both_engines! {
    async fn slips_are_noted_and_taken(app: Example) {
        for (rest, expected) in [
            ("120,99;2017-06-01;", "ACCEPTED 1 0 0; WARNING unlikely_amount 2 amount"),
            ("120986;2011-06-01;", "ACCEPTED 0 1 0; WARNING unlikely_day 2 requisitioned_on"),
            ("1000;2017-06-01;01-mar", "ACCEPTED 0 1 0; WARNING doubtful_code 2 registry_number"),
            ("1000;2017-06-01;SN 2017/01", "ACCEPTED 0 1 0"),
        ] {
            assert_eq!(told(&app, Kind::Requisitions, &requisition(rest)).await, expected, "{rest}");
        }
    }

    async fn a_number_that_a_spreadsheet_shortened_is_no_reference(app: Example) {
        let text = "omgång;betalningsreferens;mottagarkod;utbetalt_belopp;utbetalt_datum\nKOM-2017;1,23457E+11;0123;1;2017-12-20\n";
        assert_eq!(told(&app, Kind::Payments, text).await, "REJECTED 0 0 0; ERROR unknown_value 2 reference");
    }

    async fn a_header_that_nobody_knows_hides_nothing_of_the_rows(app: Example) {
        let text = "omgång;mottagarkod;rekvirerat_belopp;rekvirerat_datum;anteckning\nKOM-2017;0123;tusen;2017-06-01;a\nKOM-2017;0123;1;2017-06-31;b\n";
        assert_eq!(
            told(&app, Kind::Requisitions, text).await,
            "REJECTED 0 0 0; ERROR unknown_header 1 ; ERROR not_a_number 2 amount; ERROR not_a_date 3 requisitioned_on"
        );
        // What a column that nobody knows may belong to is not judged without it.
        let text = "indikator;definitionsversion;område;år;kon;värde\nN1;1;0123;2020;kvinnor;1\nN1;1;0123;2020;män;2\n";
        assert_eq!(told(&app, Kind::IndicatorValues, text).await, "REJECTED 0 0 0; ERROR unknown_header 1 ");
    }
}
