//! Who seals, and who sees a release before its embargo ends.

use chrono::TimeDelta;
use samsyn::clock::Clock;
use serde_json::json;

use super::{FUNDS, sealed, sealed_by};
use crate::answer::{refusal, refusal_in, refused};
use crate::harness::{Persona, on_both_engines};

on_both_engines! {
    async fn the_coordinator_of_the_assignment_alone_seals(app: Example) {
        for (who, code) in [
            (Persona::public(), "UNAUTHENTICATED"),
            (Persona::evaluator(), "FORBIDDEN"),
            (Persona::reporter("socialstyrelsen"), "FORBIDDEN"),
        ] {
            let answer = sealed_by(&app, &who, json!({})).await;
            assert_eq!(refusal_in(&answer).code, code, "{who:?}");
        }
        let answer = sealed_by(&app, &Persona::coordinator("nck"), json!({})).await;
        assert_eq!(answer["data"]["sealRelease"]["problems"][0]["code"], "FORBIDDEN", "{answer}");
        let coordinator = Persona::coordinator("socialstyrelsen");
        let answer = sealed_by(&app, &coordinator, json!({ "embargoUntil": "2020-01-01T00:00:00Z" })).await;
        assert_eq!(answer["data"]["sealRelease"]["problems"][0]["path"], "input.embargoUntil", "{answer}");
        let answer = sealed_by(&app, &coordinator, json!({ "kind": "INTERIM_REPORT" })).await;
        assert_eq!(answer["data"]["sealRelease"]["problems"][0]["path"], "input.kind", "{answer}");
        let found = app.ask("{ releases { totalCount } }").await;
        assert_eq!(found["releases"]["totalCount"], 0, "nobody has sealed anything");
        let (one, two) = (sealed(&app).await, sealed(&app).await);
        assert_ne!(one, two, "each has a name of its own");
        let found = app.ask("{ releases { totalCount nodes { id keyId } } }").await;
        assert_eq!(found["releases"]["nodes"], json!([{ "id": one, "keyId": null }, { "id": two, "keyId": null }]));
    }

    async fn an_embargo_hides_a_release_from_all_but_those_who_prepare_it(app: Example) {
        let coordinator = Persona::coordinator("socialstyrelsen");
        let until = Clock::system().now() + TimeDelta::days(30);
        let answer = sealed_by(&app, &coordinator, json!({ "embargoUntil": until })).await;
        let name = answer["data"]["sealRelease"]["release"]["id"].as_str().expect("a release").to_owned();
        let list = "{ releases { totalCount nodes { id } } }";
        let dataset = format!("{{ dataset(release: \"{name}\") {{ info {{ version }} }} }}");
        let changes = format!("{{ changes(from: {{ release: \"{name}\" }}, to: {{ release: \"{name}\" }}, report: {{ assignment: \"{FUNDS}\", kind: FINAL_REPORT }}) {{ compared }} }}");
        for who in [Persona::public(), Persona::evaluator(), Persona::coordinator("nck"), Persona::reporter("socialstyrelsen")] {
            let seen = app.ask_as(&who, list, json!({})).await;
            assert_eq!(seen["data"]["releases"]["totalCount"], 0, "{who:?}");
            for (document, argument) in [(&dataset, "release"), (&changes, "from.release")] {
                let answer = app.ask_as(&who, document, json!({})).await;
                assert_eq!(refusal_in(&answer), refused("UNKNOWN_CODE", argument), "{who:?}");
            }
        }
        for document in [&dataset, &changes] {
            let answer = app.ask_as(&coordinator, document, json!({})).await;
            assert_eq!(answer.get("errors"), None, "{answer}");
        }
        let later = app.with_clock(Clock::from_fn(move || until));
        let seen = later.ask(list).await;
        assert_eq!(seen["releases"]["nodes"][0]["id"], name.as_str(), "the embargo has ended");
        assert!(later.ask(&dataset).await["dataset"]["info"]["version"].is_number());
    }

    async fn a_release_is_asked_for_without_another_time(app: Example) {
        let name = sealed(&app).await;
        for more in ["asOf: \"2026-01-01T00:00:00Z\"", "basis: ALL_RECEIVED"] {
            let document = format!("{{ dataset(release: \"{name}\", {more}) {{ info {{ version }} }} }}");
            assert_eq!(refusal(&app, &document, json!({})).await, refused("BAD_USER_INPUT", "release"));
        }
        let nothing = "{ dataset(release: \"nothing\") { info { version } } }";
        assert_eq!(refusal(&app, nothing, json!({})).await, refused("UNKNOWN_CODE", "release"));
    }
}
