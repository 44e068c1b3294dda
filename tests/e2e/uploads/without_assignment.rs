//! Files that come without an assignment: their rows name it, or it is asked for; no other coordinator reaches them.

use axum::http::StatusCode;
use entity::{KeyOwner, Kind, Verdict};
use serde_json::{Value, json};

use super::sending::{Answer, coordinator, get, post};
use crate::harness::{Persona, Sent, TestApp, on_both_engines};
use crate::intake::files::FUNDS;
use crate::intake::world::{reported, rounds};
use crate::life::steps::{Step, problems, seen, take};

const DEFINITION: &str = "indikator;definitionsversion;name_sv;enhet;riktning;avser_personer;valid_from_year\nandel;1;Andel;procent;neutral;nej;2019\n";
const VALUE: &str = "indikator;definitionsversion;område;år;värde\nandel;1;SE;2020;50\n";

/// Kinds whose rows name a round, with what Stockholm or the coordinator sends of each.
fn of_rounds() -> Vec<(Kind, Persona, String)> {
    let (stockholm, board) = (Persona::reporter("0180"), coordinator());
    let of = |kind: Kind, who: &Persona, text: &str| (kind, who.clone(), text.to_owned());
    vec![
        of(
            Kind::Rounds,
            &board,
            &format!(
                "round;assignment;year;recipient_kind;available_amount;use_by;report_by\nM;{FUNDS};2017;MUNICIPALITY;900;2017-12-31;2018-03-31\n"
            ),
        ),
        of(Kind::Allocations, &board, "round;kod;belopp\nK;0180;601\n"),
        of(
            Kind::Requisitions,
            &stockholm,
            "round;kod;belopp;rekvirerat_datum\nK;0180;599;2016-05-01\n",
        ),
        of(
            Kind::Applications,
            &board,
            "round;kod;sökt_belopp;sökt_datum\nN;8999967212;10;2016-02-01\n",
        ),
        of(
            Kind::Payments,
            &board,
            "reference;round;kod;belopp;utbetalt_datum\nP1;K;0180;600;2016-06-02\n",
        ),
        of(
            Kind::UsageReports,
            &stockholm,
            "round;kod;reported_on;used_other;unused;comment\nK;0180;2017-01-01;500;100;hemligt\n",
        ),
        of(
            Kind::Repayments,
            &stockholm,
            "reference;round;kod;belopp;repaid_on\nR1;K;0180;10;2017-02-01\n",
        ),
        of(
            Kind::RepaymentClaims,
            &board,
            "round;reference;kod;step;decided_on;amount;due_on\nK;C1;0180;DEMANDED;2017-02-01;10;2017-03-01\n",
        ),
    ]
}

fn path(kind: Kind) -> String {
    format!("/submissions?kind={}&fileName=fil.csv", kind.code())
}

fn refused(answer: &Answer) -> (StatusCode, String) {
    let (status, code, argument) = answer.refusal();
    (status, format!("{code} {argument}"))
}

/// What a coordinator reaches of a file: in the list, its bytes, and a decision.
async fn reached(app: &TestApp, who: &Persona, id: &Value) -> [bool; 3] {
    let listed = seen(app, who, "").await.iter().any(|one| one["id"] == *id);
    let bytes = get(
        app,
        who,
        &format!("/submissions/{}/file", id.as_str().expect("an id")),
        None,
    )
    .await;
    let payload = take(app, who, Step::Return, id, 1, Some("Fel.")).await;
    [
        listed,
        bytes.status == StatusCode::OK,
        problems(&payload) != ["NOT_FOUND"],
    ]
}

on_both_engines! {
    async fn what_names_a_round_belongs_to_the_assignment_of_the_round(app: Reference) {
        reported(&app).await;
        let foreign = Persona::coordinator("barnafrid");
        for (kind, who, text) in of_rounds() {
            let answer = post(&app, &who, &path(kind), &text).await;
            assert!(answer.status.is_success(), "{kind:?}: {}", answer.json());
            let submission = answer.json();
            assert_eq!(submission["assignmentCode"], json!(FUNDS), "{kind:?}: {submission}");
            assert_eq!(reached(&app, &foreign, &submission["id"]).await, [false; 3], "{kind:?}");
            let elsewhere = post(&app, &foreign, &path(kind), &text).await;
            assert_eq!(refused(&elsewhere), (StatusCode::FORBIDDEN, "FORBIDDEN assignment".to_owned()), "{kind:?}");
        }
        let tried: Vec<Kind> = of_rounds().into_iter().map(|(kind, ..)| kind).collect();
        let all = Kind::ALL.iter().copied().filter(|kind| kind.key_owner() == KeyOwner::Itself);
        assert!(all.eq(tried), "every kind of its rounds is tried");
    }

    async fn what_names_nothing_is_asked_for_its_assignment(app: Reference) {
        let asks = (StatusCode::BAD_REQUEST, "BAD_USER_INPUT assignment".to_owned());
        let kinds = Kind::ALL.iter().copied().filter(|kind| kind.key_owner() == KeyOwner::Assignment);
        for (kind, text) in kinds.map(|kind| (kind, "a;b\n1;2\n")).chain([(Kind::IndicatorDefinitions, DEFINITION)]) {
            for who in [Persona::reporter("nck"), coordinator()] {
                assert_eq!(refused(&post(&app, &who, &path(kind), text).await), asks, "{kind:?} {who:?}");
            }
        }
        // A round that does not exist is said to the sender, and nobody else sees the file.
        let unknown = "round;kod;belopp;rekvirerat_datum\nX;0180;599;2016-05-01\n";
        let answer = post(&app, &Persona::reporter("0180"), &path(Kind::Requisitions), unknown).await;
        assert_eq!(answer.json()["verdict"], "REJECTED", "{}", answer.json());
        assert_eq!(seen(&app, &coordinator(), "kinds: [\"requisitions\"]").await, Vec::<Value>::new());
        assert_eq!(seen(&app, &Persona::reporter("0180"), "").await.len(), 1);
    }

    async fn an_indicators_values_belong_to_the_assignment_of_its_definition(app: Reference) {
        let definition = Sent::csv(Kind::IndicatorDefinitions, DEFINITION).assignment(FUNDS).by("nck");
        assert_eq!(app.send(&definition).await.verdict, Verdict::Accepted);
        let answer = post(&app, &Persona::reporter("nck"), &path(Kind::IndicatorValues), VALUE).await;
        assert_eq!(answer.json()["assignmentCode"], json!(FUNDS), "{}", answer.json());
    }

    async fn what_the_command_line_took_without_one_is_no_coordinators(app: Reference) {
        rounds(&app).await;
        for (kind, text) in [(Kind::IndicatorDefinitions, DEFINITION), (Kind::IndicatorValues, VALUE)] {
            assert_eq!(app.send(&Sent::csv(kind, text).by("nck")).await.verdict, Verdict::Accepted);
        }
        let values = seen(&app, &Persona::evaluator(), "kinds: [\"indicator_values\"]").await;
        for who in [coordinator(), Persona::coordinator("barnafrid")] {
            assert_eq!(reached(&app, &who, &values[0]["id"]).await, [false; 3], "{who:?}");
        }
        // A register has no assignment, and every coordinator of one reaches it; who coordinates nothing does not.
        let registers = seen(&app, &coordinator(), "kinds: [\"recipients\"]").await;
        assert!(!registers.is_empty());
        assert!(seen(&app, &Persona::coordinator("barnafrid"), "").await.is_empty());
    }
}
