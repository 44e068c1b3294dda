//! Random sequences of receiving, correcting, removing, accepting, returning and withdrawing, on store and model alike.

use std::collections::BTreeMap;

use entity::Kind;
use serde_json::{Value, json};

use super::naive::{Counts, Key, Model, Rows, State};
use crate::answer::ore;
use crate::chance::Chance;
use crate::harness::{Persona, Sent, TestApp, on_both_engines};
use crate::intake::files::FUNDS;
use crate::life::steps::{Step, coordinator, problems, take};

const STEPS: usize = 60;
const KINDS: [&str; 3] = ["CONSULTANT", "STAFF", "TRAVEL"];

/// What the store says of a dataset: the amount of each year and kind of cost, in öre.
pub(crate) async fn counts(app: &TestApp, dataset: &str) -> Counts {
    let document = format!(
        "{{ dataset({dataset}) {{ administrativeCosts(assignment: \"{FUNDS}\") {{ years {{ year
            byCostKind {{ costKind {{ code }} amount }} }} }} }} }}"
    );
    let answer = app
        .ask_as(&Persona::evaluator(), &document, json!({}))
        .await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    let years = answer["data"]["dataset"]["administrativeCosts"]["years"]
        .as_array()
        .expect("years");
    let of_year = |year: &Value| {
        let number = year["year"].as_i64().expect("a year");
        let kinds = year["byCostKind"].as_array().expect("kinds").clone();
        kinds.into_iter().map(move |kind| {
            let code = kind["costKind"]["code"].as_str().expect("a code");
            let code = KINDS
                .iter()
                .find(|one| **one == code)
                .expect("a kind of ours");
            let amount = i64::try_from(ore(&kind["amount"])).expect("an amount");
            ((number, *code), amount)
        })
    };
    years.iter().flat_map(of_year).collect()
}

fn some_rows(chance: &mut Chance, model: &Model) -> Rows {
    let mut rows: BTreeMap<Key, Option<i64>> = BTreeMap::new();
    for _ in 0..=chance.below(4) {
        let year = 2016 + i64::try_from(chance.below(3)).expect("small");
        let kind = KINDS[usize::try_from(chance.below(3)).expect("small")];
        let known = model.all_received().contains_key(&(year, kind));
        // Now and then what is not there is removed: the file is refused.
        let removes = chance.percent(if known { 25 } else { 3 });
        let amount = i64::try_from(chance.below(5)).expect("small") * 100 + 100;
        rows.insert((year, kind), (!removes).then_some(amount));
    }
    rows.into_iter().collect()
}

fn text_of(rows: &Rows) -> String {
    let row = |((year, kind), amount): &(Key, Option<i64>)| match amount {
        Some(ore) => format!("{year};nck;{kind};{}.00;\n", ore / 100),
        None => format!("{year};nck;{kind};;REMOVE\n"),
    };
    let rows: String = rows.iter().map(row).collect();
    format!("year;myndighet;kostnadsslag;belopp;action\n{rows}")
}

async fn receive(app: &TestApp, model: &mut Model, rows: &Rows, waits: bool) {
    let text = text_of(rows);
    let mut sent = Sent::csv(Kind::AdministrativeCosts, &text)
        .assignment(FUNDS)
        .by("nck");
    if waits {
        sent = sent.handed_in_by(&Persona::reporter("nck"));
    }
    let foretold = app.dry_run(&sent).await;
    let report = app.send(&sent).await;
    assert_eq!(
        foretold.verdict, report.verdict,
        "the dry run said so: {text}"
    );
    assert_eq!(foretold.findings, report.findings, "{text}");
    assert_eq!(model.receive(&text, rows, waits), report.verdict, "{text}");
}

/// The identity of the model's submission in the store.
async fn identity(app: &TestApp, index: usize) -> Value {
    let document = "{ submissions(first: 200, where: { kinds: [\"administrative_costs\"], states: [RECEIVED, ACCEPTED, RETURNED, WITHDRAWN] }) { nodes { id } } }";
    let answer = app.ask_as(&Persona::evaluator(), document, json!({})).await;
    let mut ids = answer["data"]["submissions"]["nodes"]
        .as_array()
        .expect("nodes")
        .clone();
    ids.reverse();
    ids[index]["id"].clone()
}

async fn decide(app: &TestApp, model: &mut Model, index: usize, chance: &mut Chance) {
    let (state, version) = (
        model.submissions[index].state,
        model.submissions[index].version,
    );
    let step = match chance.below(10) {
        0..=5 => Step::Accept,
        6..=7 => Step::Return,
        _ => Step::Withdraw,
    };
    let id = identity(app, index).await;
    let payload = take(app, &coordinator(), step, &id, version, Some("Prövat.")).await;
    let found = problems(&payload);
    match (step, state) {
        (Step::Accept, State::Waiting) => {
            let let_in = model.accept(index);
            assert_eq!(
                found,
                if let_in { vec![] } else { vec!["RULES"] },
                "{payload}"
            );
        }
        (Step::Return, State::Waiting) | (Step::Withdraw, State::Waiting | State::Accepted) => {
            model.end(index);
            assert_eq!(found, Vec::<&str>::new(), "{payload}");
        }
        _ => assert_eq!(found, ["FORBIDDEN"], "{payload}"),
    }
}

/// What happens next, on store and model alike.
pub(crate) async fn happens(app: &TestApp, chance: &mut Chance, model: &mut Model) {
    let known = model.submissions.len();
    if known > 0 && chance.percent(45) {
        let index =
            usize::try_from(chance.below(i128::try_from(known).expect("small"))).expect("small");
        decide(app, model, index, chance).await;
    } else if known > 0 && chance.percent(15) {
        // An older file again: a correction back, or unchanged.
        let index =
            usize::try_from(chance.below(i128::try_from(known).expect("small"))).expect("small");
        let rows = model.submissions[index].rows.clone();
        receive(app, model, &rows, chance.percent(50)).await;
    } else {
        let rows = some_rows(chance, model);
        receive(app, model, &rows, chance.percent(60)).await;
    }
}

async fn play(app: &TestApp, seed: u64) {
    let (mut chance, mut model) = (Chance::seeded(seed), Model::default());
    let mut told: Vec<(String, Counts, Counts)> = Vec::new();
    for step in 0..STEPS {
        happens(app, &mut chance, &mut model).await;
        let present = crate::time::asked::present(app).await;
        told.retain(|(instant, ..)| *instant != present);
        told.push((present, model.accepted(), model.all_received()));
        let (_, accepted, all) = told.last().expect("just pushed");
        assert_eq!(
            &counts(app, "basis: ACCEPTED").await,
            accepted,
            "seed {seed}, step {step}"
        );
        assert_eq!(
            &counts(app, "basis: ALL_RECEIVED").await,
            all,
            "seed {seed}, step {step}"
        );
    }
    assert!(told.len() > STEPS / 3, "{} versions", told.len());
    for (instant, accepted, all) in told {
        let as_of = format!("asOf: \"{instant}\"");
        assert_eq!(
            counts(app, &as_of).await,
            accepted,
            "seed {seed} as of {instant}"
        );
        let as_of = format!("{as_of}, basis: ALL_RECEIVED");
        assert_eq!(
            counts(app, &as_of).await,
            all,
            "seed {seed} as of {instant}"
        );
    }
    let ends = |state| {
        model
            .submissions
            .iter()
            .filter(|one| one.state == state)
            .count()
    };
    assert!(
        ends(State::Ended) > 3 && ends(State::Accepted) > 3,
        "seed {seed}: every end is met"
    );
}

on_both_engines! {
    async fn one_life_after_another(app: Reference) {
        play(&app, 3).await;
    }

    async fn another_life(app: Reference) {
        play(&app, 20_261).await;
    }
}
