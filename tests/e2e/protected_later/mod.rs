//! Past protection, attacked: what was received open and is protected now is told of no time and of no release.
//!
//! Two worlds differ in nothing but where an association lies and in the counts of an indicator. Both become protected after
//! somebody has read everything and a release has been sealed. From then on no answer may tell the two worlds apart.

mod asked;
mod opened_again;
mod sealed_late;
mod world;

use std::collections::BTreeMap;
use std::sync::mpsc;

use crate::harness::{Engine, Persona, Prepared, TestApp, run};
use asked::{Question, answers, files, questions};
use world::{World, protect};

/// What one world answers before and after it is protected, by question.
struct Told {
    before: BTreeMap<Question, String>,
    after: BTreeMap<Question, String>,
    files: BTreeMap<String, Vec<u8>>,
}

/// Those who must not tell the worlds apart: anybody, a reporter of another agency, and the boards of the two counties. An
/// evaluator may see single counts, and is asked about the place alone.
fn strangers() -> Vec<Persona> {
    let mut all = vec![Persona::public(), Persona::evaluator()];
    let organisations = [
        "nck",
        "lansstyrelsen_skane",
        "lansstyrelsen_vastra_gotaland",
    ];
    all.extend(organisations.map(Persona::reporter));
    all
}

async fn told(app: TestApp, number: usize) -> Told {
    let (app, world) = World::made(app, number).await;
    let asked = questions(&app, &world).await;
    let before = answers(&app, &asked, &strangers()).await;
    let world = protect(&app, world).await;
    let asked = questions(&app, &world).await;
    Told {
        before,
        after: answers(&app, &asked, &strangers()).await,
        files: files(&app, &world).await,
    }
}

fn told_on(engine: Engine, number: usize) -> Option<Told> {
    let (tell, hear) = mpsc::channel();
    run(engine, Prepared::Example, move |app| async move {
        let told = told(app, number).await;
        tell.send(told).expect("somebody hears");
    });
    // Nothing is told where there is no such engine.
    hear.recv().ok()
}

fn nobody_tells_the_worlds_apart(engine: Engine) {
    let worlds = [0, 1].map(|number| told_on(engine, number));
    let [Some(one), Some(other)] = worlds else {
        return;
    };
    let differ = one.before.iter();
    let differ = differ.filter(|(question, answer)| other.before[question] != **answer);
    let differ = differ.count();
    assert!(
        differ > 60,
        "the questions can tell the worlds apart: {differ}"
    );
    assert_eq!(one.after.len(), other.after.len());
    for (question, answer) in &one.after {
        assert_eq!(answer, &other.after[question], "{question:?} tells");
    }
    assert!(one.files.len() > 6, "documents: {:?}", one.files.keys());
    for (name, bytes) in &one.files {
        assert_eq!(Some(bytes), other.files.get(name), "{name} tells");
    }
}

#[test]
fn what_is_protected_later_is_told_of_no_time_and_of_no_release_on_sqlite() {
    nobody_tells_the_worlds_apart(Engine::Sqlite);
}

#[test]
fn what_is_protected_later_is_told_of_no_time_and_of_no_release_on_postgres() {
    nobody_tells_the_worlds_apart(Engine::Postgres);
}
