//! A server that is killed, stopped or frozen.

use std::io::Write;
use std::time::{Duration, Instant};

use super::deeds::{Files, QUESTION, rounds, until_ready};
use super::service::Service;
use crate::chance::Chance;
use crate::harness::{Cause, Server, program};

#[test]
fn a_server_that_is_killed_stopped_or_frozen_loses_nothing_and_is_told_of_within_seconds() {
    let mut server = match Server::start() {
        Ok(server) => server,
        Err(error) => {
            let required = program::environment("SAMSYN_REQUIRE_POSTGRES");
            assert!(
                required.is_none_or(|value| value != "1"),
                "PostgreSQL is required: {error:#}"
            );
            // Written past the test runner's capture.
            let _ = writeln!(
                std::io::stderr(),
                "\nOUTAGES OF POSTGRESQL LEFT OUT: {error:#}\n"
            );
            return;
        }
    };
    let folder = tempfile::tempdir().expect("a folder");
    let service = Service::start(&[], folder.path(), server.url());
    let mut files = Files::begin(&service);
    let mut chance = Chance::seeded(20_261_129);
    let (mut slowest, mut latest) = (Duration::ZERO, Duration::ZERO);
    for round in 0..rounds() {
        let cause = [Cause::Freeze, Cause::Crash, Cause::Stop][round % 3];
        files.send_in_calm(&service);
        // A file is on its way while it happens.
        let (key, text) = files.next();
        let wait = Duration::from_millis(u64::try_from(chance.below(400)).expect("a time"));
        let caught = std::thread::scope(|scope| {
            let caught = scope.spawn(|| service.send("allocations", &key, &text));
            std::thread::sleep(wait);
            server.suffer(cause);
            caught.join().expect("it is answered")
        });
        files.note(&key, &caught);
        assert!(
            caught.status == 201 || caught.is_unavailable(),
            "{cause:?}: {caught:?}"
        );
        let mut told = vec![caught.took];
        for _ in 0..2 {
            let (key, text) = files.next();
            let (written, asked, ready) = std::thread::scope(|scope| {
                let written = scope.spawn(|| service.send("allocations", &key, &text));
                let asked = scope.spawn(|| service.ask(QUESTION));
                let ready = service.get("/health/ready", "");
                (
                    written.join().expect("an answer"),
                    asked.join().expect("an answer"),
                    ready,
                )
            });
            assert!(written.is_unavailable(), "{cause:?}: {written:?}");
            assert!(asked.is_unavailable(), "{cause:?}: {asked:?}");
            assert_eq!(ready.status, 503, "{cause:?}: {ready:?}");
            told.extend([written.took, asked.took, ready.took]);
        }
        let longest = told.into_iter().max().expect("answers");
        assert!(
            longest < files.soon(),
            "{cause:?} was told of after {longest:?}"
        );
        slowest = slowest.max(longest);
        server.recover(cause);
        let since = Instant::now();
        latest = latest.max(files.until_taken(&service, since));
        let asked = service.ask(QUESTION);
        assert_eq!(
            (asked.status, asked.body.contains("errors")),
            (200, false),
            "{asked:?}"
        );
        until_ready(&service, 200, (since, files.soon()));
    }
    files.assert_whole(&service, server.url(), &[]);
    let _ = writeln!(
        std::io::stderr(),
        "{} outages of PostgreSQL: told of within {slowest:?}, written again within {latest:?}",
        rounds()
    );
}
