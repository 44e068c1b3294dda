//! Sealing whatever has happened to submissions: every state of a life one after another, and random lives.
//!
//! `SAMSYN_TEST_LIVES` says how many random lives are led on each engine; a few where it says nothing.

use std::path::{Path, PathBuf};

use entity::{Kind, Verdict};
use samsyn::commands::Outcome;
use samsyn::releases::{Package, verify};
use serde_json::{Value, json};

use super::changes::{changes_of, sums};
use super::closed::assert_closed;
use super::{FUNDS, run, seal_into};
use crate::chance::Chance;
use crate::harness::{Engine, Persona, Prepared, Sent, TestApp, on_both_engines, program};
use crate::intake::files::SUPPORT;
use crate::intake::world::{accepted, paid, send};
use crate::life::steps::{Step, coordinator, done, last, report};
use crate::model::naive::Model;
use crate::model::sequences::{counts, happens};
use crate::redaction;

/// Releases that were sealed one after another, each into a folder of its own.
struct Seals {
    folder: tempfile::TempDir,
    names: Vec<String>,
}

impl Seals {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            names: Vec::new(),
        }
    }

    fn path(&self, number: usize) -> PathBuf {
        self.folder.path().join(number.to_string())
    }

    /// Seals: what is sealed refers to nothing outside, and answers as the store does of that instant.
    async fn seal(&mut self, app: &TestApp, after: &str) -> String {
        let path = self.path(self.names.len());
        seal_into(app, &path, &[]).await;
        let package = Package::read(&path).expect("the release");
        let (manifest, _) = verify(&package, None).expect("nothing is changed");
        assert_closed(&package);
        let then = format!("asOf: \"{}\"", manifest.dataset.as_of.to_rfc3339());
        let release = answers(app, &format!("release: \"{}\"", manifest.name)).await;
        assert_eq!(release, answers(app, &then).await, "{after}");
        self.names.push(manifest.name.clone());
        manifest.name
    }

    /// Each release verifies and reproduces, also after all that came later, and the last differs from the first by what is
    /// the sum of its parts.
    async fn hold(&self, app: &TestApp) {
        for number in 0..self.names.len() {
            holds(&self.path(number), &self.names[number]).await;
        }
        let (first, last) = (0, self.names.len() - 1);
        if first == last {
            return;
        }
        let [from, to] = [first, last].map(|one| self.path(one));
        let (from, to) = (from.to_string_lossy(), to.to_string_lossy());
        let compared = run(&["diff", &from, &to]).await.expect("it compares");
        assert_eq!(compared, Outcome::Done);
        let report = json!({ "assignment": FUNDS, "kind": "FINAL_REPORT" });
        let release = |place: usize| json!({ "release": self.names[place] });
        sums(&changes_of(app, &release(first), &release(last), &report).await);
    }
}

async fn holds(folder: &Path, after: &str) {
    let folder = folder.to_string_lossy();
    for command in ["verify", "reproduce"] {
        let outcome = run(&[command, &folder]).await;
        assert_eq!(
            outcome.expect("it computes"),
            Outcome::Done,
            "{command} {after}"
        );
    }
}

/// What a dataset says of money, and of what was received.
async fn answers(app: &TestApp, dataset: &str) -> Value {
    let document = format!(
        "{{ dataset({dataset}) {{
            fundUsage(assignment: \"{FUNDS}\", groupBy: [RECIPIENT]) {{ rows {{ key {{ recipient {{ code }} }} paidAmount usedAmount }} }}
            administrativeCosts(assignment: \"{FUNDS}\") {{ years {{ year amount }} }}
            supportEvents(assignment: \"{SUPPORT}\", first: 50) {{ totalCount }} }} }}"
    );
    let mut answer = app.ask_as(&Persona::public(), &document, json!({})).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer["data"].take()
}

fn used(amount: i64, comment: &str) -> String {
    format!(
        "round;kod;reported_on;used_other;unused;comment\nK;0180;2017-01-01;{amount};{};{comment}\n",
        600 - amount
    )
}

async fn waits(app: &TestApp, text: &str) -> Value {
    let verdict = report(app, "0180", Kind::UsageReports, text).await;
    assert_eq!(verdict, Verdict::Received, "{text}");
    last(app, Kind::UsageReports).await["id"].clone()
}

on_both_engines! {
    async fn a_release_is_sealed_in_every_state_that_a_submission_can_be_in(app: Reference) {
        paid(&app).await;
        let mut seals = Seals::new();
        let event = "event_code;myndighet;datum;form;huvudaktivitet;titel;målgrupp;deltagare;nådda\n\
                     tills-1;nck;2021-03-01;training;3;Väntar;OTHER;4;0180|0114\n";
        let of_another = Sent::csv(Kind::SupportEvents, event)
            .assignment(SUPPORT).by("nck").handed_in_by(&Persona::reporter("nck"));
        assert_eq!(app.send(&of_another).await.verdict, Verdict::Received);
        seals.seal(&app, "one of another assignment waits").await;
        let returned = waits(&app, &used(100, "Det första")).await;
        done(&app, &coordinator(), Step::Return, &returned, 1).await;
        let withdrawn = waits(&app, &used(200, "Det andra")).await;
        done(&app, &Persona::reporter("0180"), Step::Withdraw, &withdrawn, 1).await;
        let refused = "round;kod;reported_on;used_other;unused\nK;0180;2017-01-01;900;100\n";
        assert_eq!(send(&app, Kind::UsageReports, refused).await.verdict, Verdict::Rejected);
        let replaced = waits(&app, &used(300, "Det tredje")).await;
        seals.seal(&app, "one was returned, one withdrawn before acceptance, one refused, one waits").await;
        done(&app, &coordinator(), Step::Accept, &replaced, 1).await;
        accepted(&app, Kind::UsageReports, &used(400, "Det fjärde")).await;
        let replacing = last(&app, Kind::UsageReports).await["id"].clone();
        redaction::text(&app, "Det fjärde").await;
        seals.seal(&app, "one was accepted and replaced, and a text was taken away with its file").await;
        done(&app, &coordinator(), Step::Withdraw, &replacing, 1).await;
        seals.seal(&app, "what replaced was withdrawn, and what it had replaced counts again").await;
        done(&app, &coordinator(), Step::Withdraw, &replaced, 2).await;
        seals.seal(&app, "all were withdrawn").await;
        seals.hold(&app).await;
    }
}

/// What happens in a random life before its end.
const STEPS: usize = 14;

/// A random life of submissions, sealed now and then and at its end.
async fn sealed_life(app: TestApp, seed: u64) {
    let (mut chance, mut model) = (Chance::seeded(seed), Model::default());
    let (mut seals, mut told) = (Seals::new(), Vec::new());
    for step in 1..=STEPS {
        happens(&app, &mut chance, &mut model).await;
        if step == STEPS || chance.percent(8) {
            let after = format!("seed {seed}, step {step}");
            let name = seals.seal(&app, &after).await;
            told.push((name, model.accepted()));
        }
    }
    for (name, accepted) in told {
        let release = format!("release: \"{name}\"");
        assert_eq!(
            counts(&app, &release).await,
            accepted,
            "seed {seed}, {name}"
        );
    }
    seals.hold(&app).await;
}

fn random_lives(engine: Engine) {
    let said = program::environment("SAMSYN_TEST_LIVES");
    let said = said.and_then(|text| text.into_string().ok());
    let lives = said.map_or(2, |text| text.parse().expect("a number of lives"));
    for life in 0..lives {
        crate::harness::run(engine, Prepared::Reference, move |app| {
            sealed_life(app, 26_000 + life)
        });
    }
}

#[test]
fn every_seal_in_random_lives_verifies_and_reproduces_on_sqlite() {
    random_lives(Engine::Sqlite);
}

#[test]
fn every_seal_in_random_lives_verifies_and_reproduces_on_postgres() {
    random_lives(Engine::Postgres);
}
