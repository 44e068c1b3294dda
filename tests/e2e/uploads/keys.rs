//! Keys: asking again gives the same answer, word for word, and never a second submission.

use axum::http::StatusCode;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::sending::{Answer, PATH, coordinator, costs, file, get, post_with, reporter};
use crate::harness::{Persona, TestApp, on_both_engines};
use crate::stored::Stored;

async fn submissions(app: &TestApp) -> i64 {
    let sql = "SELECT COUNT(*) AS n FROM submission WHERE kind = 'administrative_costs'";
    Stored::of(app).await.number(sql).await
}

async fn accept(app: &TestApp, submission: &Value) {
    let document = "mutation ($input: SubmissionDecisionInput!) { acceptSubmission(input: $input) { problems { code } } }";
    let input = json!({ "submission": submission["id"], "expectedVersion": submission["version"] });
    let answer = app
        .ask_as(&coordinator(), document, json!({ "input": input }))
        .await;
    assert_eq!(
        answer["data"]["acceptSubmission"]["problems"],
        json!([]),
        "{answer}"
    );
}

fn is_before(answer: &Answer, first: &Answer) {
    assert_eq!((answer.status, &answer.bytes), (first.status, &first.bytes));
    assert_eq!(
        answer.header("samsyn-verdict"),
        first.header("samsyn-verdict")
    );
    assert_eq!(answer.header("location"), first.header("location"));
    assert_eq!(
        (
            first.header("idempotency-replayed"),
            answer.header("idempotency-replayed")
        ),
        ("", "true")
    );
}

on_both_engines! {
    async fn the_same_key_with_the_same_file_gives_the_answer_that_was_given(app: Reference) {
        let first = post_with(&app, &reporter(), PATH, &costs("11"), "one").await;
        assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
        is_before(&post_with(&app, &reporter(), PATH, &costs("11"), "one").await, &first);
        is_before(&get(&app, &reporter(), "/submissions", Some("one")).await, &first);
        // What happens to it afterwards changes nothing of what was answered.
        accept(&app, &first.json()).await;
        let later = post_with(&app, &reporter(), PATH, &costs("12"), "two").await;
        assert_eq!(later.status, StatusCode::CREATED);
        is_before(&post_with(&app, &reporter(), PATH, &costs("11"), "one").await, &first);
        assert_eq!(submissions(&app).await, 2);
    }

    async fn a_refused_file_and_an_unchanged_one_are_answered_again_too(app: Reference) {
        let refused = post_with(&app, &reporter(), PATH, &costs("elva"), "bad").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        is_before(&post_with(&app, &reporter(), PATH, &costs("elva"), "bad").await, &refused);
        post_with(&app, &reporter(), PATH, &costs("11"), "first").await;
        let unchanged = post_with(&app, &reporter(), PATH, &costs("11"), "second").await;
        assert_eq!((unchanged.status, unchanged.header("samsyn-verdict")), (StatusCode::OK, "UNCHANGED"));
        // Now it would be a correction; the key's answer stays.
        post_with(&app, &reporter(), PATH, &costs("12"), "third").await;
        is_before(&post_with(&app, &reporter(), PATH, &costs("11"), "second").await, &unchanged);
        assert_eq!(submissions(&app).await, 3);
    }

    async fn a_key_said_with_something_else_is_refused(app: Reference) {
        post_with(&app, &reporter(), PATH, &costs("11"), "one").await;
        let reused = (StatusCode::UNPROCESSABLE_ENTITY, "IDEMPOTENCY_KEY_REUSED".to_owned(), "Idempotency-Key".to_owned());
        for (path, text) in [(PATH.to_owned(), costs("12")), (format!("{PATH}&registeredOn=2017-03-31"), costs("11"))] {
            assert_eq!(post_with(&app, &reporter(), &path, &text, "one").await.refusal(), reused, "{path}");
        }
        assert_eq!(submissions(&app).await, 1);
        for wrong in ["", " ", &"k".repeat(201)] {
            let answer = post_with(&app, &reporter(), PATH, &costs("11"), wrong).await;
            assert_eq!(answer.refusal().1, "BAD_USER_INPUT");
        }
    }

    async fn a_question_uses_no_key_up(app: Reference) {
        let dry = post_with(&app, &reporter(), &format!("{PATH}&dryRun=true"), &costs("11"), "one").await;
        assert_eq!(dry.status, StatusCode::OK);
        assert_eq!(get(&app, &reporter(), "/submissions", Some("one")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(post_with(&app, &reporter(), PATH, &costs("12"), "one").await.status, StatusCode::CREATED);
    }

    async fn a_key_is_its_callers_own(app: Reference) {
        let first = post_with(&app, &reporter(), PATH, &costs("11"), "one").await;
        let colleague = reporter().named("somebody else");
        assert_eq!(get(&app, &colleague, "/submissions", Some("one")).await.status, StatusCode::NOT_FOUND);
        let own = post_with(&app, &colleague, PATH, &costs("12"), "one").await;
        assert_eq!(own.status, StatusCode::CREATED);
        // The same person for another organisation is another caller.
        let elsewhere = Persona::reporter("socialstyrelsen").named("reporter@nck");
        assert_eq!(get(&app, &elsewhere, "/submissions", Some("one")).await.status, StatusCode::NOT_FOUND);
        is_before(&get(&app, &reporter(), "/submissions", Some("one")).await, &first);
    }

    async fn many_at_once_with_one_key_are_one(app: Reference) {
        let mut work = JoinSet::new();
        for _ in 0..6 {
            let router = app.router.clone();
            work.spawn(async move {
                let mut request = file(PATH, &costs("11"));
                request.headers_mut().insert("idempotency-key", "one".parse().expect("a header"));
                reporter().sign(&mut request);
                crate::uploads::sending::call(&router, request).await
            });
        }
        let answers = work.join_all().await;
        assert!(answers.iter().all(|one| one.status == StatusCode::CREATED && one.bytes == answers[0].bytes), "{answers:?}");
        assert_eq!(answers.iter().filter(|one| one.header("idempotency-replayed").is_empty()).count(), 1);
        assert_eq!(submissions(&app).await, 1);
    }
}
