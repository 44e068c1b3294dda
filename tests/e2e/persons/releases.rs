//! Releases of the table: who decides of them, what they show, and that nothing of them changes afterwards.

use serde_json::{Value, json};

use super::attack::Seen;
use super::tables::published;
use super::values::{self, command, correct, is_released, release, set};
use crate::answer::data;
use crate::harness::{Persona, TestApp, on_both_engines, question};
use crate::indicators::COUNTS_PERSONS;
use crate::time::asked::{as_of, at, present};

async fn table(app: &TestApp, dataset: &str) -> Value {
    data(app, &at(&question("14-person-table"), dataset), json!({})).await["dataset"]["personTable"]
        .take()
}

async fn shown(app: &TestApp) -> Value {
    let document = format!(
        "{{ personTable(indicator: \"{COUNTS_PERSONS}\", rows: COUNTY, columns: YEAR) {{ release {{ version releasedAt }} }} }}"
    );
    data(app, &document, json!({})).await["personTable"]["release"].take()
}

on_both_engines! {
    async fn only_the_coordinator_of_the_indicator_releases(app: Example) {
        let before = values::example();
        let mut now = before.clone();
        for municipality in ["1480", "1481", "1482", "1484", "1485"] {
            set(&mut now, municipality, 2019, 21, 17);
        }
        correct(&app, &before, &now).await;
        let first = shown(&app).await;
        for (who, code) in [
            (Persona::public(), "UNAUTHENTICATED"),
            (Persona::evaluator(), "FORBIDDEN"),
            (Persona::reporter("socialstyrelsen"), "FORBIDDEN"),
            (Persona::reporter("nck"), "FORBIDDEN"),
        ] {
            let answer = release(&app, &who).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{who:?}: {answer}");
        }
        let answer = release(&app, &Persona::coordinator("nck")).await;
        assert_eq!(answer["data"]["releasePersonTable"]["problems"][0]["code"], "NOT_FOUND", "{answer}");
        assert_eq!(shown(&app).await, first, "none of them has released anything");
        assert!(is_released(&app).await);
        assert_ne!(shown(&app).await, first);
        assert!(!is_released(&app).await, "the same counts are not released twice");
    }

    async fn the_command_line_releases_as_the_mutation_does(app: Example) {
        let before = values::example();
        let mut now = before.clone();
        for municipality in ["1480", "1481", "1482", "1484", "1485"] {
            set(&mut now, municipality, 2019, 21, 17);
        }
        correct(&app, &before, &now).await;
        let first = shown(&app).await;
        let (_, said) = command(&app, "ingen_sadan");
        assert!(said.contains("no count of persons ingen_sadan"), "{said}");
        assert_eq!(shown(&app).await, first);
        let (allowed, said) = command(&app, COUNTS_PERSONS);
        assert!(allowed && said.contains("is released"), "{said}");
        assert_ne!(shown(&app).await, first);
        let (allowed, said) = command(&app, COUNTS_PERSONS);
        assert!(allowed && said.contains("shows the same counts"), "{said}");
        assert!(!is_released(&app).await, "the mutation sees the same");
    }

    async fn a_correction_shows_in_the_next_release_and_never_in_one_before(app: Example) {
        let before = values::example();
        let then = as_of(&present(&app).await);
        let first = table(&app, &then).await;
        assert_eq!(first, table(&app, "").await);
        let mut now = before.clone();
        for municipality in ["1480", "1481", "1482", "1484", "1485"] {
            set(&mut now, municipality, 2019, 21, 17);
        }
        correct(&app, &before, &now).await;
        assert_eq!(table(&app, "").await, first, "a correction waits for a release");
        assert!(is_released(&app).await);
        let second = table(&app, "").await;
        assert_ne!(second, first);
        assert_eq!(table(&app, &then).await, first, "what was shown then is shown of then");
        let tables = published(&app, &now).await;
        let spot = (0, Some("14".to_owned()), Some(2019));
        assert_eq!(tables.places[&spot], Seen::Shown(tables.value(&spot).expect("a count")), "five municipalities make a difference that is shown");
    }

    async fn the_whole_countrys_change_tells_no_correction_of_one(app: Example) {
        let change = async || {
            let document = format!("{{ indicatorShift(indicators: [\"{COUNTS_PERSONS}\"], fromYear: 2020, toYear: 2022) {{ rows {{ pairCount meanChange absent }} }} }}");
            data(&app, &document, json!({})).await["indicatorShift"][0]["rows"][0].take()
        };
        let first = change().await;
        assert!(first["meanChange"].is_string(), "{first}");
        let before = values::example();
        let mut now = before.clone();
        set(&mut now, "1480", 2020, 91, 17);
        correct(&app, &before, &now).await;
        assert_eq!(change().await, first, "a correction waits for a release");
        if is_released(&app).await {
            let second = change().await;
            assert_eq!(second["meanChange"], Value::Null, "with the first it would tell of one municipality: {second}");
            assert_eq!(second["absent"], "SUPPRESSED");
        } else {
            assert_eq!(change().await, first);
        }
    }

    async fn what_is_asked_otherwise_or_of_others_is_an_error(app: Example) {
        for (indicator, code) in [("nothing", "UNKNOWN_CODE"), ("kommun_rutin_skolgang_skyddat_boende", "BAD_USER_INPUT")] {
            let document = format!("{{ personTable(indicator: \"{indicator}\", rows: COUNTY, columns: YEAR) {{ threshold }} }}");
            let answer = app.ask_with(&document, json!({})).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{answer}");
            assert_eq!(answer["errors"][0]["extensions"]["argument"], "indicator", "{answer}");
        }
    }
}
