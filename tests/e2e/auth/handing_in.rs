//! Who hands in which kind: what is decided and paid comes from the coordinator, what was asked for and used from whoever
//! had it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use entity::{Kind, Verdict};
use serde_json::json;

use crate::exports::saved;
use crate::harness::{Persona, Sent, TestApp, on_both_engines};
use crate::intake::files::{FUNDS, SUPPORT, said};
use crate::intake::world::{NGO, paid, rounds};
use crate::open_data::publish;

const ASSIGNMENT: &str = "code,title,period_start_year,period_end_year,coordinator\nX2030/00001/X,Uppdrag,2030,2031,barnafrid\n";
const EVENTS: &str =
    "event_code,organisation_code,held_on,form,main_activity,title,audience,participants,reached\n";

/// What is said of a file that an organisation's own reporter hands in.
async fn told(app: &TestApp, who: &str, kind: Kind, assignment: &str, text: &str) -> String {
    let sent = Sent::csv(kind, text)
        .assignment(assignment)
        .by(who)
        .handed_in_by(&Persona::reporter(who));
    let foretold = said(&app.dry_run(&sent).await);
    let told = said(&app.send(&sent).await);
    assert_eq!(foretold, told, "the dry run said so");
    told
}

on_both_engines! {
    async fn whoever_is_paid_hands_in_what_it_asked_for_and_used_and_nothing_that_decides(app: Reference) {
        paid(&app).await;
        for (kind, text) in [
            (Kind::Allocations, "round;kod;belopp\nK;0180;900\n"),
            (Kind::Payments, "reference;round;kod;belopp;utbetalt_datum\nP9;K;0180;1;2016-06-02\n"),
        ] {
            let told = told(&app, "0180", kind, FUNDS, text).await;
            assert!(told.starts_with("REJECTED 0 0 0; ERROR not_your_kind  "), "{kind:?}: {told}");
        }
        for (kind, text) in [
            (Kind::Requisitions, "round;kod;belopp;rekvirerat_datum\nK;0180;590;2016-05-02\n"),
            (Kind::UsageReports, "round;kod;reported_on;used_other;unused\nK;0180;2017-01-01;500;100\n"),
        ] {
            assert!(told(&app, "0180", kind, FUNDS, text).await.starts_with("RECEIVED 0 1 0") || kind == Kind::UsageReports, "{kind:?}");
        }
        let costs = "year;organisation_code;cost_kind;amount\n2016;0180;STAFF;1\n";
        let told = told(&app, "0180", Kind::AdministrativeCosts, FUNDS, costs).await;
        assert!(told.contains("ERROR not_your_kind  "), "{told}");
    }

    async fn an_association_decides_nothing_on_its_own_application(app: Reference) {
        rounds(&app).await;
        let header = "round;kod;sökt_belopp;sökt_datum;beslut;beviljat_belopp;beslutsdatum\n";
        let own = async |row: &str| told(&app, NGO, Kind::Applications, FUNDS, &format!("{header}N;{NGO};{row}\n")).await;
        for decided in ["300;2016-02-01;beviljad;300;2016-03-01", "300;2016-02-01;avslag;;2016-03-01", "300;2016-02-01;;300;"] {
            assert_eq!(own(decided).await, "REJECTED 0 0 0; ERROR not_your_data 2 decision", "{decided}");
        }
        let undecided = Sent::csv(Kind::Applications, &format!("{header}N;{NGO};300;2016-02-01;;;\n")).assignment(FUNDS);
        let undecided = undecided.by(NGO).handed_in_by(&Persona::reporter(NGO));
        assert_eq!(said(&app.dry_run(&undecided).await), "RECEIVED 1 0 0");
        let accepted = format!("{header}N;{NGO};300;2016-02-01;beviljad;200;2016-03-01\n");
        assert_eq!(app.send(&Sent::csv(Kind::Applications, &accepted).assignment(FUNDS)).await.verdict, Verdict::Accepted);
        // What was decided stays as it was decided: it is neither raised nor taken away, and it may be withdrawn.
        for decided in ["300;2016-02-01;beviljad;300;2016-03-01", "301;2016-02-01;;;"] {
            assert_eq!(own(decided).await, "REJECTED 0 0 0; ERROR not_your_data 2 decision", "{decided}");
        }
        let removal = format!("round;kod;sökt_belopp;sökt_datum;åtgärd\nN;{NGO};;;REMOVE\n");
        assert_eq!(told(&app, NGO, Kind::Applications, FUNDS, &removal).await, "REJECTED 0 0 0; ERROR not_your_data 2 decision");
        assert_eq!(own("310;2016-02-01;beviljad;200;2016-03-01").await, "RECEIVED 0 1 0");
        assert_eq!(own("310;2016-02-01;återtagen;;").await, "RECEIVED 0 1 0");
    }

    async fn whoever_has_a_copy_of_the_decision_alone_hands_in_no_support(app: Reference) {
        let event = |of: &str| format!("{EVENTS}E1,{of},2017-03-01,training,1,Utbildning,SOCIAL_SERVICES,10,0180\n");
        for (who, assignment, may) in [("riksrevisionen", FUNDS, false), ("finansdepartementet", FUNDS, false), ("barnafrid", SUPPORT, true),
            ("nck", SUPPORT, true), ("lansstyrelsen_skane", SUPPORT, true)] {
            let year = if assignment == SUPPORT { "2021" } else { "2017" };
            let told = told(&app, who, Kind::SupportEvents, assignment, &event(who).replace("2017", year)).await;
            assert_eq!(told.contains("not_your_kind"), !may, "{who}: {told}");
            assert_eq!(told.starts_with("RECEIVED"), may, "{who}: {told}");
        }
    }

    async fn a_question_is_saved_and_listed_within_its_coordinators_assignments(app: Example) {
        assert_eq!(said(&app.send(&Sent::csv(Kind::Assignments, ASSIGNMENT).by("socialstyrelsen")).await), "ACCEPTED 1 0 0");
        let (own, other, nobody) = (Persona::coordinator("socialstyrelsen"), Persona::coordinator("barnafrid"), Persona::coordinator("nck"));
        let named = [
            format!("{{ fundUsage(assignment: \"{FUNDS}\", groupBy: [GRANT_YEAR]) {{ rows {{ key {{ grantYear }} paidAmount }} }} }}"),
            format!("query ($of: RegistryNumber! = \"{FUNDS}\") {{ fundUsage(assignment: $of, groupBy: [GRANT_YEAR]) {{ rows {{ paidAmount }} }} }}"),
            "{ missingReports(round: \"KOM-2018\") { nodes { recipient { code } } } }".to_owned(),
        ];
        for question in &named {
            let path = saved(&app, question).await;
            for (who, code) in [(&other, "NOT_FOUND"), (&nobody, "NOT_FOUND")] {
                for published in [true, false] {
                    let answer = publish(&app, who, &path, published).await;
                    assert_eq!(answer["data"]["publishQuery"]["problems"][0]["code"], code, "{question}: {answer}");
                }
            }
            let answer = publish(&app, &own, &path, true).await;
            assert_eq!(answer["data"]["publishQuery"]["problems"], json!([]), "{question}: {answer}");
        }
        let save = "mutation ($document: String!) { saveQuery(input: { document: $document }) { query { path } problems { code } } }";
        let open = "{ rounds { totalCount nodes { code } } }";
        let path = saved(&app, open).await;
        assert_eq!(publish(&app, &other, &path, true).await["data"]["publishQuery"]["problems"], json!([]), "it names no assignment");
        for (who, document, problems) in [(&other, named[0].as_str(), json!([{ "code": "FORBIDDEN" }])), (&other, open, json!([])),
            (&nobody, open, json!([{ "code": "FORBIDDEN" }])), (&own, named[0].as_str(), json!([]))] {
            let answer = app.ask_as(who, save, json!({ "document": document })).await;
            assert_eq!(answer["data"]["saveQuery"]["problems"], problems, "{who:?} {document}: {answer}");
        }
    }

    async fn a_token_of_an_organisation_that_nobody_knows_is_refused_on_every_route(app: Example) {
        for unknown in [Persona::coordinator("finns_inte"), Persona::reporter("9999")] {
            for path in ["/", "/health/ready", "/schema.graphql", "/graphql?query=%7B__typename%7D", "/calendar.ics", "/datapackage.json",
                "/templates/requisitions.xlsx", "/submissions/x", "/nothing"] {
                let mut request = Request::get(path).body(Body::empty()).expect("a request");
                unknown.sign(&mut request);
                let (status, answer) = app.call(request).await;
                assert_eq!(status, StatusCode::UNAUTHORIZED, "{path}");
                assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{path}: {answer}");
            }
        }
        for known in [Persona::reporter("8999967212"), Persona::reporter("0180"), Persona::reporter("nck"), Persona::evaluator()] {
            let answer = app.ask_as(&known, "{ __typename }", json!({})).await;
            assert_eq!(answer["data"]["__typename"], "Query", "{known:?}");
        }
    }
}
