//! Clocks that step back: a version never comes at or before an instant that somebody was answered for.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::DateTime;
use entity::Kind;
use samsyn::clock::Clock;
use serde_json::Value;

use super::asked::{answer, as_of};
use crate::harness::{Sent, TestApp, on_both_engines};

/// A clock of a process of its own, in seconds since 1970.
#[derive(Clone)]
struct Hands(Arc<AtomicI64>);

impl Hands {
    fn at(seconds: i64) -> Self {
        Self(Arc::new(AtomicI64::new(seconds)))
    }

    fn set(&self, seconds: i64) {
        self.0.store(seconds, Ordering::SeqCst);
    }

    fn clock(&self) -> Clock {
        let hands = Arc::clone(&self.0);
        let now =
            move || DateTime::from_timestamp(hands.load(Ordering::SeqCst), 0).expect("a time");
        Clock::from_fn(now)
    }
}

/// 2030-01-01, later than all that the template holds.
const NOON: i64 = 1_893_499_200;

fn instant(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0)
        .expect("a time")
        .to_rfc3339()
}

fn population(count: i64) -> Sent {
    Sent::csv(
        Kind::Populations,
        &format!("kod;datum;befolkning\n0180;2020-12-31;{count}\n"),
    )
}

async fn counted(app: &TestApp, seconds: i64) -> Value {
    let selection =
        "info { version asOf today } recipient(code: \"0180\") { populations { date count } }";
    let mut found = answer(app, selection, &as_of(&instant(seconds))).await;
    assert_eq!(found.get("errors"), None, "{found}");
    found["data"].take()
}

on_both_engines! {
    async fn with_the_clock_set_back_nothing_slips_in_before_an_answer(app: Reference) {
        let hands = Hands::at(NOON);
        let app = app.with_clock(hands.clock());
        app.send(&population(1)).await;
        hands.set(NOON + 100);
        let given = counted(&app, NOON + 100).await;
        // The clock steps back to before the last version: what is written now still comes after what was answered.
        hands.set(NOON - 1_000);
        assert_eq!(app.send(&population(2)).await.verdict.code(), "ACCEPTED");
        assert_eq!(counted(&app, NOON + 100).await, given);
        hands.set(NOON + 200);
        let later = counted(&app, NOON + 200).await;
        assert_ne!(later["dataset"]["recipient"], given["dataset"]["recipient"]);
        assert_eq!(counted(&app, NOON + 100).await, given);
    }

    async fn two_processes_with_clocks_apart_answer_alike(app: Reference) {
        let (ahead, behind) = (Hands::at(NOON + 500), Hands::at(NOON));
        let one = app.with_clock(ahead.clock());
        let other = one.beside(behind.clock()).await;
        let given = counted(&one, NOON + 500).await;
        // The other's clock says that the instant has not come; it was answered for, so what it writes comes after.
        assert_eq!(other.send(&population(7)).await.verdict.code(), "ACCEPTED");
        assert_eq!(counted(&one, NOON + 500).await, given);
        assert_eq!(counted(&other, NOON + 500).await, given);
        other.close().await;
    }
}
