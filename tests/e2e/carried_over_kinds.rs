//! What is kept of one kind while others change: every question says what it says when it is read anew, whichever kind was
//! written last.

use entity::{Kind, Verdict};
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::harness::{Persona, Sent, TestApp, on_both_engines, question};
use crate::time::asked::{at, present};

/// Each kind twice.
const STEPS: usize = 12;
const FUNDS: &str = "S2016/00633/FST";
const SUPPORT: &str = "S2020/01591/SOF";

/// Questions that rest on different kinds.
const QUESTIONS: [&str; 7] = [
    "03-fund-usage",
    "04-one-municipality",
    "05-who-is-missing",
    "06-coverage",
    "07-plan",
    "08-indicator-shift",
    "09-equality",
];

fn below(chance: &mut Chance, of: i128) -> i64 {
    i64::try_from(chance.below(of)).expect("small")
}

/// A row of some kind: new, a correction, or what is there already.
fn sent(chance: &mut Chance, step: usize) -> Sent {
    let (day, number) = (1 + below(chance, 28), 1 + below(chance, 40));
    let code = ["0114", "0115", "0180", "1480"][usize::try_from(below(chance, 4)).expect("small")];
    match step % 6 {
        0 => Sent::csv(
            Kind::Payments,
            &format!("reference;round;recipient_code;amount;paid_on\nUTB-KOM-2018-0001;KOM-2018;0114;143114;2018-10-{day:02}\n"),
        )
        .assignment(FUNDS),
        1 => Sent::csv(
            Kind::SupportEvents,
            &format!(
                "event_code;organisation_code;held_on;form;main_activity;title;audience;participants;reached;digital\n\
                 BES-{number};socialstyrelsen;2021-05-{day:02};training;3;Prov;MANAGERS;{number};{code};ja\n"
            ),
        )
        .assignment(SUPPORT),
        2 => Sent::csv(
            Kind::IndicatorValues,
            &format!(
                "indicator;definition_version;area_code;year;sex;value;numerator;denominator\n\
                 exempel_utbildningstimmar_per_10000;1;{code};2022;;{number};{number};10000\n"
            ),
        ),
        3 => Sent::csv(
            Kind::ActivityReports,
            &format!("plan_version;row;organisation_code;per_date;status\n2;6;jamstalldhetsmyndigheten;2023-07-{day:02};DELAYED\n"),
        )
        .assignment(SUPPORT),
        4 => Sent::csv(
            Kind::UsageReports,
            &format!("round;recipient_code;reported_on;used_coordination;used_other;unused\nKOM-2018;0114;2019-03-{day:02};43114;100000;0\n"),
        )
        .assignment(FUNDS),
        _ => Sent::csv(
            Kind::Populations,
            &format!("recipient_code;date;population\n{code};2018-12-31;{}\n", 20_000 + number),
        ),
    }
}

async fn answers(app: &TestApp) -> Vec<Value> {
    let mut found = Vec::new();
    for name in QUESTIONS {
        let document = question(name);
        let answer = app
            .ask_as(&Persona::evaluator(), &document, json!({}))
            .await;
        assert_eq!(answer.get("errors"), None, "{name}: {answer}");
        found.push(answer["data"].clone());
    }
    found
}

on_both_engines! {
    async fn what_is_kept_of_one_kind_is_right_while_others_change(app: Example) {
        let mut chance = Chance::seeded(7);
        let (mut changes, mut different) = (0, [0; QUESTIONS.len()]);
        let mut before = answers(&app).await;
        let first = present(&app).await;
        for step in 0..STEPS {
            let report = app.send(&sent(&mut chance, step)).await;
            changes += usize::from(report.verdict == Verdict::Accepted);
            let along = answers(&app).await;
            for (place, (now, then)) in along.iter().zip(&before).enumerate() {
                different[place] += usize::from(now != then);
            }
            if step % 6 == 5 {
                let anew = app.beside(samsyn::clock::Clock::system()).await;
                let read = answers(&anew).await;
                for (place, name) in QUESTIONS.iter().enumerate() {
                    assert_eq!(along[place], read[place], "step {step}: {name}");
                }
                anew.close().await;
            }
            before = along;
        }
        assert!(changes > STEPS / 2, "{changes} changes");
        let changed = different.iter().filter(|one| **one > 0).count();
        assert!(changed > 4, "the answers changed: {different:?}");
        let dataset = format!("asOf: \"{first}\"");
        let document = at(&question("06-coverage"), &dataset);
        let along = app.ask_as(&Persona::evaluator(), &document, json!({})).await;
        let anew = app.beside(samsyn::clock::Clock::system()).await;
        assert_eq!(along, anew.ask_as(&Persona::evaluator(), &document, json!({})).await);
        anew.close().await;
    }
}
