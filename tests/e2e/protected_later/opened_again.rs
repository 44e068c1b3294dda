//! What was protected once and is open again is open now, and stays withheld of the time when it was not; and what waits
//! opens nothing.

use entity::{Kind, Nature};
use serde_json::{Value, json};

use super::world::{ASSOCIATION, COUNTIES, accept, association};
use crate::harness::{Persona, Sent, TestApp, on_both_engines};
use crate::release::sealed;
use crate::time::asked::{as_of, present};

async fn county(app: &TestApp, who: &Persona, dataset: &str) -> Value {
    let document = format!(
        "{{ dataset({dataset}) {{ recipient(code: \"{ASSOCIATION}\") {{ county {{ code }} }} }} }}"
    );
    let answer = app.ask_as(who, &document, json!({})).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer["data"]["dataset"]["recipient"]["county"]["code"].clone()
}

on_both_engines! {
    async fn a_place_is_withheld_of_the_time_at_which_it_was_protected_and_by_the_registers_of_now(app: Example) {
        let (public, open) = (Persona::public(), json!(COUNTIES[0]));
        accept(&app, association(COUNTIES[0], "nej")).await;
        let before = as_of(&present(&app).await);
        let release = format!("release: \"{}\"", sealed(&app).await);
        assert_eq!(county(&app, &public, &before).await, open);
        assert_eq!(county(&app, &public, &release).await, open);
        accept(&app, association(COUNTIES[0], "ja")).await;
        let protected = as_of(&present(&app).await);
        let of_protected = format!("release: \"{}\"", sealed(&app).await);
        for dataset in [&before, &release, &protected, &of_protected] {
            assert_eq!(county(&app, &public, dataset).await, Value::Null, "{dataset}");
        }
        accept(&app, association(COUNTIES[0], "nej")).await;
        let after = format!("release: \"{}\"", sealed(&app).await);
        for dataset in [&before, &release, &after] {
            assert_eq!(county(&app, &public, dataset).await, open, "{dataset}");
        }
        for dataset in [&protected, &of_protected] {
            assert_eq!(county(&app, &public, dataset).await, Value::Null, "{dataset}");
        }
    }

    async fn a_file_that_waits_opens_no_protected_place(app: Example) {
        accept(&app, association(COUNTIES[0], "ja")).await;
        let opening = association(COUNTIES[0], "nej").handed_in_by(&Persona::reporter("socialstyrelsen"));
        assert_eq!(app.send(&opening).await.verdict.code(), "RECEIVED");
        for who in [Persona::evaluator(), Persona::coordinator("socialstyrelsen"), Persona::reporter("socialstyrelsen")] {
            assert_eq!(county(&app, &who, "basis: ALL_RECEIVED").await, Value::Null, "{who:?}");
        }
    }

    async fn a_row_that_says_nothing_of_a_protected_place_is_refused(app: Example) {
        accept(&app, association(COUNTIES[0], "ja")).await;
        let without = format!("kod;typ;namn;länskod;organisationsnummer\n{ASSOCIATION};NGO;Ett nytt namn;{};{ASSOCIATION}\n", COUNTIES[0]);
        let without = Sent::csv(Kind::Recipients, &without).nature(Nature::Synthetic);
        let blank = association(COUNTIES[0], "").nature(Nature::Synthetic);
        for sent in [without, blank] {
            let report = app.send(&sent).await;
            assert_eq!(report.verdict.code(), "REJECTED", "{report:?}");
            let rules: Vec<&str> = report.findings.iter().map(|one| one.rule.code()).collect();
            assert_eq!(rules, ["protection_left_out"]);
            assert_eq!(county(&app, &Persona::public(), "basis: ACCEPTED").await, Value::Null);
        }
        let said = association(COUNTIES[0], "nej").nature(Nature::Synthetic);
        let report = app.send(&said).await;
        assert_eq!(report.verdict.code(), "ACCEPTED", "{report:?}");
        assert!(report.findings.iter().any(|one| one.rule.code() == "protection_ends"), "{report:?}");
        assert_eq!(county(&app, &Persona::public(), "basis: ACCEPTED").await, json!(COUNTIES[0]));
    }
}
