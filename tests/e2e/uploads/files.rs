//! The file as it was sent, for those who may, and as if it were not there for all others.

use axum::http::StatusCode;

use super::sending::{PATH, coordinator, costs, get, post, reporter};
use crate::database::Raw;
use crate::harness::{Persona, on_both_engines};

on_both_engines! {
    async fn the_bytes_are_those_that_were_sent_for_those_who_may(app: Reference) {
        // Bytes that no reader would write again: a mark at the beginning, ends of lines of two kinds.
        let text = format!("\u{feff}{}\r\n", costs("11"));
        let answer = post(&app, &reporter(), &PATH.replace("kostnader", "%C3%85ret%20%22"), &text).await;
        let submission = answer.json();
        let path = format!("{}/file", answer.header("location"));
        for who in [reporter(), coordinator(), Persona::evaluator()] {
            let file = get(&app, &who, &path, None).await;
            assert_eq!((file.status, file.bytes.as_slice()), (StatusCode::OK, text.as_bytes()), "{who:?}");
            assert_eq!(file.header("content-type"), "text/csv");
            assert_eq!(file.header("content-disposition"), "attachment; filename*=UTF-8''%C3%85ret%20%22.csv");
            assert_eq!(file.header("etag"), format!("\"{}\"", submission["sha256"].as_str().expect("a hash")));
            assert_eq!(file.header("cache-control"), "no-store");
        }
        assert_eq!(get(&app, &Persona::public(), &path, None).await.refusal().1, "UNAUTHENTICATED");
        // What lies outside the reach is not told apart from what is not there.
        let there = get(&app, &Persona::reporter("lansstyrelsen_skane"), &path, None).await;
        let nowhere = get(&app, &reporter(), "/submissions/c3VibWlzc2lvbjo5OTk5/file", None).await;
        assert_eq!(there.status, StatusCode::NOT_FOUND);
        assert_eq!((there.status, &there.bytes), (nowhere.status, &nowhere.bytes));
        let elsewhere = get(&app, &Persona::coordinator("lansstyrelsen_skane"), &path, None).await;
        assert_eq!(elsewhere.bytes, nowhere.bytes);
    }

    async fn a_refused_file_is_not_kept_and_a_removed_one_is_gone(app: Reference) {
        let refused = post(&app, &reporter(), PATH, &costs("elva")).await;
        let path = format!("{}/file", refused.header("location"));
        assert_eq!(get(&app, &reporter(), &path, None).await.refusal().1, "FILE_NOT_KEPT");
        let kept = post(&app, &reporter(), PATH, &costs("11")).await;
        let path = format!("{}/file", kept.header("location"));
        let hash = kept.json()["sha256"].as_str().expect("a hash").to_owned();
        let raw = Raw::of(&app).await;
        let redact = format!("UPDATE file_content SET bytes = NULL, redacted_at = 1 WHERE sha256 = '{hash}'");
        assert_eq!(raw.run(&redact).await.expect("a file is redacted"), 1);
        let gone = get(&app, &reporter(), &path, None).await;
        assert_eq!((gone.status, gone.refusal().1.as_str()), (StatusCode::GONE, "FILE_REDACTED"));
    }
}
