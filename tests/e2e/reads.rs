//! Who read what is not open stands in a chain of its own before the answer leaves.

use std::time::{Duration, Instant};

use samsyn::app::App;
use samsyn::clock::Clock;
use samsyn::policy::{Action, Role, Viewer};
use samsyn::service::audit::{NotNoted, Read, ReadLog, Verification, verify};
use samsyn::store::Store;

use serde_json::{Value, json};

use crate::database::Raw;
use crate::harness::{Persona, TestApp, on_both_engines};
use crate::stored::Stored;

fn anna() -> Viewer {
    Viewer {
        subject: "anna".to_owned(),
        role: Role::Evaluator,
        organisation: None,
    }
}

fn read(number: usize) -> Read {
    Read {
        actor: "anna".to_owned(),
        role: "evaluator",
        request: format!("r-{number}"),
        what: format!("READ_FILES: file {number}"),
    }
}

async fn sound(app: &TestApp) -> Verification {
    let found = verify(&app.store, &[]).await.expect("a verification");
    assert_eq!(found.faults.first(), &[]);
    found
}

/// One read, noted as a request notes it.
pub(crate) async fn one(app: &TestApp) {
    let request = App::new(app.store.clone(), Clock::system()).request(anna());
    request.note_read(Action::ReadFreeTexts, "free_text 1");
    request
        .settle_reads("r-1")
        .await
        .expect("the read is noted");
}

on_both_engines! {
    async fn a_request_leaves_one_event_for_all_that_it_has_read(app: Empty) {
        let service = App::new(app.store.clone(), Clock::system());
        let request = service.request(anna());
        request.settle_reads("r-0").await.expect("nothing was read");
        let stored = Stored::of(&app).await;
        assert_eq!(stored.counts().await["read_event"], 0, "what is open leaves nothing");
        for text in 1..=40 {
            request.note_read(Action::ReadFreeTexts, format!("free_text {text}"));
            // Fields of one request have copies of its context.
            request.clone().note_read(Action::ReadSubmissions, "submission 7");
        }
        request.settle_reads("r-1").await.expect("the reads are noted");
        request.settle_reads("r-1").await.expect("they are noted once");
        let events = "SELECT actor || '|' || action || '|' || subject || '|' || detail AS name FROM read_event";
        assert_eq!(
            stored.texts(events).await,
            ["anna|evaluator|r-1|READ_SUBMISSIONS: submission 7; READ_FREE_TEXTS: free_text 1–40"]
        );
        assert_eq!(sound(&app).await.reads, 1);
    }

    async fn reads_that_come_together_are_noted_together_and_each_is_there(app: Reference) {
        let log = ReadLog::new(app.store.clone(), Clock::system());
        let before = app.store.statements();
        let notes = (0..300).map(|number| {
            let log = log.clone();
            tokio::spawn(async move { log.note(read(number)).await })
        });
        for note in notes.collect::<Vec<_>>() {
            assert_eq!(note.await.expect("no panic"), Ok(()));
        }
        let statements = app.store.statements() - before;
        assert!(statements < 300, "{statements} statements for 300 reads: they did not share transactions");
        let stored = Stored::of(&app).await;
        assert_eq!(stored.number("SELECT COUNT(DISTINCT subject) AS n FROM read_event").await, 300);
        assert_eq!(sound(&app).await.reads, 300);
    }

    async fn two_processes_share_the_chain(app: Empty) {
        let other = Store::open(&app.url).await.expect("a second process");
        let logs = [&app.store, &other].map(|store| ReadLog::new(store.clone(), Clock::system()));
        for round in 0..20 {
            let notes = logs.clone().map(|log| tokio::spawn(async move { log.note(read(round)).await }));
            for note in notes {
                assert_eq!(note.await.expect("no panic"), Ok(()));
            }
        }
        other.close().await.expect("it closes");
        assert_eq!(sound(&app).await.reads, 40);
    }

    async fn what_cannot_be_noted_is_not_answered(app: Empty) {
        let other = Store::open(&app.url).await.expect("a second process");
        let log = ReadLog::new(other.clone(), Clock::system());
        assert_eq!(log.note(read(1)).await, Ok(()));
        other.close().await.expect("it closes");
        assert_eq!(log.note(read(2)).await, Err(NotNoted));
        let request = samsyn::context::RequestContext::new(
            samsyn::reports::Reports::new(app.store.clone()), samsyn::service::release::Releases::new(app.store.clone()),
            samsyn::heavy::Heavy::new(app.store.clone()), Clock::system(), anna());
        request.note_read(Action::ReadFiles, "file 1");
        assert_eq!(request.settle_reads("r-3").await, Err(NotNoted), "without a log nothing leaves");
    }

    async fn a_read_waits_for_a_writer_no_longer_than_it_is_told(app: Empty) {
        let log = ReadLog::new(app.store.clone(), Clock::system()).waiting(Duration::from_millis(300));
        let other = sea_orm::Database::connect(&app.url).await.expect("a connection");
        // SQLite has one writer a file; on PostgreSQL only those who note reads wait for each other.
        let writing = sea_orm::ConnectionTrait::get_database_backend(&other) == sea_orm::DbBackend::Sqlite;
        let (begin, end) = if writing { ("BEGIN IMMEDIATE", "ROLLBACK") } else { ("SELECT pg_advisory_lock(91539935287632)", "SELECT pg_advisory_unlock_all()") };
        let pool = match &other {
            connection if writing => {
                let mut held = connection.get_sqlite_connection_pool().acquire().await.expect("a connection");
                sea_orm::sqlx::query(begin).execute(&mut *held).await.expect("the lock");
                Ok(held)
            }
            connection => {
                let mut held = connection.get_postgres_connection_pool().acquire().await.expect("a connection");
                sea_orm::sqlx::query(begin).execute(&mut *held).await.expect("the lock");
                Err(held)
            }
        };
        let asked = Instant::now();
        assert_eq!(log.note(read(1)).await, Err(NotNoted));
        assert!(asked.elapsed() < Duration::from_secs(5));
        match pool {
            Ok(mut held) => { sea_orm::sqlx::query(end).execute(&mut *held).await.expect("unlocked"); }
            Err(mut held) => { sea_orm::sqlx::query(end).execute(&mut *held).await.expect("unlocked"); }
        }
        let log = log.waiting(Duration::from_secs(20));
        assert_eq!(log.note(read(2)).await, Ok(()));
        assert_eq!(sound(&app).await.reads, 2, "whoever gave up waiting is noted all the same");
    }

    async fn whoever_asks_for_what_is_not_open_is_noted(app: Reference) {
        crate::intake::world::paid(&app).await;
        let document = "{ submissions(first: 2) { nodes { id state actor findings { rule } } } rounds { totalCount } }";
        let open = "{ rounds { totalCount } assignments { code } }";
        let coordinator = Persona::coordinator("socialstyrelsen").named("kim");
        let answer = app.ask_as(&coordinator, document, json!({})).await;
        assert_eq!(answer.get("errors"), None);
        assert_eq!(answer["data"]["submissions"]["nodes"].as_array().map(Vec::len), Some(2));
        app.ask_as(&coordinator, open, json!({})).await;
        app.ask(open).await;
        let last = Stored::of(&app).await.number("SELECT MAX(id) AS n FROM submission").await;
        let events = "SELECT actor || '|' || action || '|' || detail AS name FROM read_event";
        let said: Vec<String> = Stored::of(&app).await.texts(events).await;
        assert_eq!(said.len(), 1, "what is open leaves nothing: {said:?}");
        let expected = format!("kim|coordinator|READ_SUBMISSIONS: list, submission {}–{last}", last - 1);
        assert!(said[0].starts_with(&expected), "{said:?}");
        sound(&app).await;

        // With the chain out of reach nothing that is not open leaves, and everything open does.
        let raw = Raw::of(&app).await;
        raw.run("ALTER TABLE read_event RENAME TO taken_away").await.expect("renamed");
        let refused = app.ask_as(&coordinator, document, json!({})).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "AUDIT_UNAVAILABLE");
        assert!(refused.get("data").is_none_or(Value::is_null), "{refused}");
        let answer = app.ask_as(&coordinator, open, json!({})).await;
        assert_eq!(answer.get("errors"), None);
    }
}
