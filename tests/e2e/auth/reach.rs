//! Reaches that somebody might give themselves: by a register, by another's assignment, reference or time.

use entity::{Kind, Verdict};
use serde_json::json;

use crate::harness::{Persona, Sent, TestApp, on_both_engines};
use crate::intake::files::{FUNDS, SUPPORT, said};
use crate::intake::world::{accepted, reported, rounds};
use crate::life::steps::{report, seen};

/// An assignment that somebody else coordinates, as its decision would have it.
const THEIRS: &str = "code,title,period_start_year,period_end_year,coordinator\nX2030/00001/X,Uppdrag,2030,2031,barnafrid\n";
const DEFINITION: &str = "indikator;definitionsversion;name_sv;enhet;riktning;avser_personer;valid_from_year\nandel;1;Andel;procent;neutral;nej;2019\n";

/// Makes another organisation a coordinator.
async fn another_coordinator(app: &TestApp) -> Persona {
    let sent = Sent::csv(Kind::Assignments, THEIRS).by("socialstyrelsen");
    assert_eq!(said(&app.send(&sent).await), "ACCEPTED 1 0 0");
    Persona::coordinator("barnafrid")
}

async fn told_of(app: &TestApp, sent: Sent, who: &Persona) -> String {
    match app.try_send(&sent.handed_in_by(who)).await {
        Ok(report) => said(&report),
        Err(error) => format!("{error}"),
    }
}

on_both_engines! {
    async fn nobody_takes_anothers_assignment(app: Reference) {
        let other = another_coordinator(&app).await;
        let mine = THEIRS.replace("X2030/00001/X", FUNDS);
        let taken = told_of(&app, Sent::csv(Kind::Assignments, &mine).by("barnafrid"), &other).await;
        assert!(taken.starts_with("REJECTED 0 0 0; ERROR not_your_data 2 code"), "{taken}");
        let removed = format!("code;title;period_start_year;period_end_year;coordinator;åtgärd\n{FUNDS};;;;;REMOVE\n");
        let removed = told_of(&app, Sent::csv(Kind::Assignments, &removed).by("barnafrid"), &other).await;
        assert!(removed.starts_with("REJECTED 0 0 0; ERROR not_your_data 2 code"), "{removed}");
        let own = THEIRS.replace("Uppdrag", "Uppdraget");
        assert_eq!(told_of(&app, Sent::csv(Kind::Assignments, &own).by("barnafrid"), &other).await, "ACCEPTED 0 1 0");
    }

    async fn nobody_becomes_a_county_board_by_a_file(app: Reference) {
        let other = another_coordinator(&app).await;
        let rows = "code;name;kind;county_code\nbarnafrid;Barnafrid;COUNTY_BOARD;01\n";
        let told = told_of(&app, Sent::csv(Kind::Organisations, rows).by("barnafrid"), &other).await;
        assert!(told.contains("ERROR not_your_data 2 kind"), "{told}");
    }

    async fn what_waits_or_is_past_gives_no_reach(app: Reference) {
        rounds(&app).await;
        accepted(&app, Kind::Allocations, "round;kod;belopp\nK;0180;600\nK;0115;400\n").await;
        let asks = "round;kod;belopp;rekvirerat_datum\nK;0180;500;2016-05-01\n";
        assert_eq!(report(&app, "0180", Kind::Requisitions, asks).await, Verdict::Received);
        let before = app.ask("{ dataset { info { asOf } } }").await["data"]["dataset"]["info"]["asOf"].clone();
        // The assignment goes to another coordinator; whoever had it sees no more of it, nor by asking of the past.
        let (old, new) = (Persona::coordinator("socialstyrelsen"), Persona::coordinator("barnafrid"));
        let handed = THEIRS.replace("X2030/00001/X", FUNDS).replace("2030,2031", "2016,2018");
        assert_eq!(said(&app.send(&Sent::csv(Kind::Assignments, &handed).by("socialstyrelsen")).await), "ACCEPTED 0 1 0");
        assert_eq!(seen(&app, &new, "kinds: [\"requisitions\"]").await.len(), 1);
        for (who, count) in [(&old, 0), (&new, 1)] {
            let document = format!("{{ dataset(asOf: {before}) {{ submissions(where: {{ kinds: [\"requisitions\"] }}) {{ totalCount }} }} }}");
            let answer = app.ask_as(who, &document, json!({})).await;
            assert_eq!(answer["data"]["dataset"]["submissions"]["totalCount"], count, "{answer}");
        }
    }

    async fn an_indicator_is_sent_for_its_own_assignment(app: Reference) {
        let definition = Sent::csv(Kind::IndicatorDefinitions, DEFINITION).assignment(FUNDS).by("nck");
        assert_eq!(app.send(&definition).await.verdict, Verdict::Accepted);
        for value in ["andel;1;SE;2020;50\n", "andel;1;0180;2020;50\n"] {
            let rows = format!("indikator;definitionsversion;område;år;värde\n{value}");
            for sender in ["nck", "0180"] {
                let sent = Sent::csv(Kind::IndicatorValues, &rows).assignment(SUPPORT).by(sender);
                let told = said(&app.send(&sent).await);
                assert!(told.starts_with("REJECTED 0 0 0; ERROR "), "{sender} {value}: {told}");
            }
        }
        let renamed = Sent::csv(Kind::IndicatorDefinitions, &DEFINITION.replace("Andel", "Andelen")).assignment(SUPPORT).by("nck");
        assert_eq!(said(&app.send(&renamed).await), "REJECTED 0 0 0; ERROR unknown_code 2 indicator");
    }

    async fn anothers_payment_is_no_ones_to_replace(app: Reference) {
        reported(&app).await;
        accepted(&app, Kind::Repayments, "round;reference;kod;belopp;repaid_on\nK;A1;0180;10;2017-02-01\n").await;
        let mine = "round;reference;kod;belopp;repaid_on\nK;A1;0115;10;2017-02-01\n";
        let told = told_of(&app, Sent::csv(Kind::Repayments, mine).assignment(FUNDS).by("0115"), &Persona::reporter("0115")).await;
        assert!(told.contains("ERROR not_your_data 2 reference"), "{told}");
        let paid = "reference;round;kod;belopp;utbetalt_datum\nP1;K;0115;100;2016-06-01\n";
        let told = told_of(&app, Sent::csv(Kind::Payments, paid).assignment(FUNDS).by("0115"), &Persona::reporter("0115")).await;
        assert!(told.contains("ERROR not_your_data 2 reference"), "{told}");
    }

    async fn a_dry_run_looks_into_no_other_assignment(app: Reference) {
        reported(&app).await;
        let other = another_coordinator(&app).await;
        let programme = "code,assignment,recipient_kind,title\nstod_2030,X2030/00001/X,MUNICIPALITY,Stöd\n";
        assert_eq!(said(&app.send(&Sent::csv(Kind::Programmes, programme)).await), "ACCEPTED 1 0 0");
        let theirs = "round;assignment;year;recipient_kind;available_amount;use_by;report_by\nY;X2030/00001/X;2030;MUNICIPALITY;900;2030-12-31;2031-03-31\n";
        assert_eq!(told_of(&app, Sent::csv(Kind::Rounds, theirs).by("barnafrid"), &other).await, "ACCEPTED 1 0 0");
        let both = "round;reference;kod;belopp;repaid_on\nY;A1;0180;10;2031-02-01\nK;A2;0180;1;2017-02-01\n";
        let told = told_of(&app, Sent::csv(Kind::Repayments, both).by("0180"), &other).await;
        assert!(told.contains("does not coordinate"), "{told}");
    }
}
