//! Readers as of now while writers commit at the same moment: what each was told is told again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{SubsecRound, TimeDelta};
use entity::Kind;
use samsyn::clock::Clock;
use serde_json::Value;

use super::asked::{answer, as_of};
use crate::harness::{Sent, TestApp, on_both_engines};

const WRITES: i64 = 40;

async fn told(app: &TestApp, instant: &str) -> Value {
    let selection =
        "info { version asOf } recipient(code: \"0180\") { populations { date count } }";
    let found = answer(app, selection, &as_of(instant)).await;
    assert_eq!(found.get("errors"), None, "{found}");
    found
}

/// Asks as of the present instant, and just before it, until the writers are done and a few times at least.
async fn read(app: Arc<TestApp>, ended: Arc<AtomicBool>) -> Vec<(String, Value)> {
    let mut told_so_far = Vec::new();
    let clock = Clock::system();
    while !ended.load(Ordering::SeqCst) || told_so_far.len() < 9 {
        for back in [0, 300, 3_000] {
            let instant = (clock.now() - TimeDelta::microseconds(back))
                .trunc_subsecs(6)
                .to_rfc3339();
            let answer = told(&app, &instant).await;
            told_so_far.push((instant, answer));
        }
        tokio::task::yield_now().await;
    }
    told_so_far
}

async fn write(app: Arc<TestApp>, from: i64) {
    for count in from..from + WRITES {
        let text = format!("kod;datum;befolkning\n0180;2020-12-31;{count}\n");
        let report = app.send(&Sent::csv(Kind::Populations, &text)).await;
        assert_eq!(report.verdict.code(), "ACCEPTED");
    }
}

on_both_engines! {
    async fn readers_and_writers_at_the_same_moment(app: Reference) {
        let one = Arc::new(app);
        let other = Arc::new(one.beside(Clock::system()).await);
        let ended = Arc::new(AtomicBool::new(false));
        let readers: Vec<_> = [&one, &other, &one].into_iter()
            .map(|app| tokio::spawn(read(Arc::clone(app), Arc::clone(&ended)))).collect();
        let writers = [tokio::spawn(write(Arc::clone(&one), 1_000)), tokio::spawn(write(Arc::clone(&other), 2_000))];
        for writer in writers {
            writer.await.expect("the writer ends");
        }
        ended.store(true, Ordering::SeqCst);
        let mut told_in_all = 0;
        for reader in readers {
            for (instant, given) in reader.await.expect("the reader ends") {
                assert_eq!(told(&one, &instant).await, given, "as of {instant}");
                told_in_all += 1;
            }
        }
        assert!(told_in_all >= 27, "{told_in_all} answers");
        Arc::into_inner(other).expect("nobody else has it").close().await;
    }
}
