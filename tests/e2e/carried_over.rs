//! What is kept from one version to another: an answer made of what was there before is the one made from nothing.
//!
//! Random changes of money, registers and rounds, received, waiting and decided. After each, a service that has answered
//! all the way along and one that begins anew are asked the same, of the present, of an instant before, and with what
//! waits.

use std::collections::BTreeMap;

use entity::{Kind, Verdict};
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::harness::{Persona, Sent, TestApp, on_both_engines};
use crate::intake::files::FUNDS;
use crate::intake::world::NGO;
use crate::life::steps::{Step, coordinator, seen, take};
use crate::time::asked::{at, present};

const STEPS: usize = 24;
/// After how many steps both are compared.
const EVERY: usize = 4;
const ROUNDS: [&str; 4] = ["K16", "K17", "L17", "K18"];
const MUNICIPALITIES: [&str; 4] = ["0180", "0115", "1480", "2580"];

/// Everything that rests on the money of an assignment.
const EVERYTHING: &str = r#"query { $ }
fragment Parts on FundUsageLine { key { grantYear round { code } recipient { code } county { code } } eligibleCount allocatedAmount requisitionedAmount
    grantedAmount redistributedAmount paidAmount usedAmount reportedUnusedAmount repaidAmount outstandingAmount unreportedAmount unexplainedAmount
    usageRate { value absent numerator denominator n of missing { reason count } } paidPerInhabitant { value absent }
    useAreas { area { code } amount } reporting { expectedCount receivedCount onTimeCount } }"#;

fn document(stockholm: bool) -> String {
    let usage = |name: &str, arguments: &str| {
        format!(
            "{name}: fundUsage(assignment: \"{FUNDS}\"{arguments}) {{ divided rows {{ ...Parts }} total {{ ...Parts sources(first: 200) {{ totalCount nodes {{ row submission {{ id }} }} }} }} }}"
        )
    };
    let by = |groups: &str| format!(", groupBy: [{groups}]");
    let codes = if stockholm { "[\"0180\"]" } else { "null" };
    let fields = [
        usage("counties", &by("GRANT_YEAR, COUNTY")),
        usage("pairs", &by("ROUND, RECIPIENT")),
        usage("then", &format!("{}, through: \"2017-12-31\"", by("GRANT_YEAR"))),
        usage("filtered", &format!("{}, filter: {{ grantYears: [2017], recipients: {codes} }}", by("COUNTY"))),
        format!(
            "fundLedger(assignment: \"{FUNDS}\", onDate: \"2019-06-01\") {{ total {{ paidAmount usedAmount repaidAmount }}
                entries(first: 100) {{ nodes {{ round {{ code }} recipient {{ code }} sources {{ row submission {{ id }} }} }} }} }}"
        ),
        format!(
            "stockholm: recipient(code: \"0180\") {{ funds(assignment: \"{FUNDS}\") {{ round {{ code year reportBy }} allocatedAmount paidAmount
                usedAmount usageReport {{ reportedOn onTime source {{ row submission {{ id }} }} }} sources {{ row submission {{ id }} }} }} }}"
        ),
        format!(
            "funds(assignment: \"{FUNDS}\", first: 100) {{ nodes {{ round {{ code }} recipient {{ code }} paidAmount }} }}"
        ),
    ];
    EVERYTHING.replace('$', &fields.join("\n"))
}

/// What was paid to whom, as far as the files say.
#[derive(Default)]
struct Paid(BTreeMap<(usize, usize), i64>);

fn some(chance: &mut Chance, of: usize) -> usize {
    let of = i128::try_from(of).expect("small");
    usize::try_from(chance.below(of)).expect("small")
}

fn amount(chance: &mut Chance, least: i64) -> i64 {
    least + 100 * i64::try_from(some(chance, 6)).expect("small")
}

async fn send(app: &TestApp, kind: Kind, text: &str) -> bool {
    let sent = Sent::csv(kind, text).assignment(FUNDS);
    app.send(&sent).await.verdict == Verdict::Accepted
}

/// The rounds, as they are at first or with others' last days and years.
fn rounds(chance: &mut Chance, anew: bool) -> String {
    let mut text =
        "round;assignment;year;recipient_kind;available_amount;closes_on;use_by;report_by\n"
            .to_owned();
    for (index, code) in ROUNDS.iter().enumerate() {
        let own = 2016 + (i64::try_from(index).expect("small") + 1) / 2 % 3;
        let (year, day) = if anew {
            (own, 31)
        } else {
            (
                2016 + i64::try_from(some(chance, 3)).expect("small"),
                1 + some(chance, 31),
            )
        };
        text.push_str(&format!(
            "{code};{FUNDS};{year};MUNICIPALITY;100000;{year}-10-01;{year}-12-31;{}-03-{day:02}\n",
            year + 1
        ));
    }
    text.push_str(&format!(
        "N16;{FUNDS};2016;NGO;50000;2016-10-01;2016-12-31;2017-03-31\n"
    ));
    text
}

async fn begin(app: &TestApp, chance: &mut Chance) {
    let ngo = format!("code;kind;name;county_code\n{NGO};NGO;Exempelföreningen;01\n");
    assert!(app.send(&Sent::csv(Kind::Recipients, &ngo)).await.verdict == Verdict::Accepted);
    assert!(send(app, Kind::Rounds, &rounds(chance, true)).await);
    let mut allocations = "round;kod;belopp\n".to_owned();
    let mut requisitions = "round;kod;belopp;rekvirerat_datum;önskar_omfördelning\n".to_owned();
    for round in ROUNDS {
        for code in MUNICIPALITIES {
            allocations.push_str(&format!("{round};{code};2000\n"));
            requisitions.push_str(&format!("{round};{code};1000;2016-05-01;ja\n"));
        }
    }
    assert!(send(app, Kind::Allocations, &allocations).await);
    assert!(send(app, Kind::Requisitions, &requisitions).await);
}

/// Something of the money of one pair changes.
async fn change(app: &TestApp, chance: &mut Chance, paid: &mut Paid) -> bool {
    let pair = (
        some(chance, ROUNDS.len()),
        some(chance, MUNICIPALITIES.len()),
    );
    let (round, code) = (ROUNDS[pair.0], MUNICIPALITIES[pair.1]);
    let known = paid.0.get(&pair).copied();
    match chance.below(10) {
        0 => {
            let text = format!(
                "round;kod;belopp\n{round};{code};{}\n",
                amount(chance, 2000)
            );
            send(app, Kind::Allocations, &text).await
        }
        1 => {
            let text = format!("round;kod;belopp;action\n{round};{code};;REMOVE\n");
            send(app, Kind::Allocations, &text).await
        }
        2 => {
            let text = format!(
                "round;kod;belopp;rekvirerat_datum;önskar_omfördelning\n{round};{code};{};2016-06-01;ja\n",
                amount(chance, 1000)
            );
            send(app, Kind::Requisitions, &text).await
        }
        3..=5 => {
            let ore = amount(chance, 300);
            let text = format!(
                "reference;round;kod;belopp;utbetalt_datum\nP-{round}-{code};{round};{code};{ore};2016-06-15\n"
            );
            let accepted = send(app, Kind::Payments, &text).await;
            if accepted {
                paid.0.insert(pair, ore);
            }
            accepted
        }
        6..=7 if known.is_some() => {
            let all = known.unwrap_or(0);
            let unused = 100 * i64::try_from(some(chance, 3)).expect("small");
            let day = 1 + some(chance, 28);
            let text = format!(
                "round;kod;reported_on;used_coordination;used_other;unused\n{round};{code};2017-04-{day:02};{};100;{unused}\n",
                all - unused - 100
            );
            send(app, Kind::UsageReports, &text).await
        }
        8 if known.is_some() => {
            let text = format!(
                "reference;round;kod;belopp;återbetalt_datum\nR-{round}-{code};{round};{code};100;2017-05-01\n"
            );
            send(app, Kind::Repayments, &text).await
        }
        _ => {
            let text = format!(
                "round;kod;belopp;sökt_datum;beslut;beviljat_belopp;beslutsdatum\nN16;{NGO};5000;2016-04-01;GRANTED;{};2016-05-01\n",
                amount(chance, 1000)
            );
            send(app, Kind::Applications, &text).await
        }
    }
}

/// Something of the registers changes: no row of money does, and every figure may.
async fn change_registers(app: &TestApp, chance: &mut Chance) -> bool {
    match chance.below(3) {
        0 => send(app, Kind::Rounds, &rounds(chance, false)).await,
        1 => {
            let code = MUNICIPALITIES[some(chance, MUNICIPALITIES.len())];
            let text = format!(
                "recipient_code;date;population\n{code};2016-12-31;{}\n",
                amount(chance, 20_000)
            );
            app.send(&Sent::csv(Kind::Populations, &text)).await.verdict == Verdict::Accepted
        }
        _ => {
            let county = ["01", "14", "25"][some(chance, 3)];
            let text =
                format!("code;kind;name;county_code\n{NGO};NGO;Exempelföreningen;{county}\n");
            app.send(&Sent::csv(Kind::Recipients, &text)).await.verdict == Verdict::Accepted
        }
    }
}

/// A municipality sends a requisition that waits, or one that waits is decided.
async fn live(app: &TestApp, chance: &mut Chance) -> bool {
    let waiting = seen(app, &coordinator(), "states: [RECEIVED]").await;
    if waiting.is_empty() || chance.percent(50) {
        let (round, code) = (
            ROUNDS[some(chance, ROUNDS.len())],
            MUNICIPALITIES[some(chance, MUNICIPALITIES.len())],
        );
        let text = format!(
            "round;kod;belopp;rekvirerat_datum;önskar_omfördelning\n{round};{code};{};2016-07-01;ja\n",
            amount(chance, 1000)
        );
        let sent = Sent::csv(Kind::Requisitions, &text)
            .assignment(FUNDS)
            .by(code)
            .handed_in_by(&Persona::reporter(code));
        return app.send(&sent).await.verdict != Verdict::Rejected;
    }
    let one = &waiting[some(chance, waiting.len())];
    let step = if chance.percent(60) {
        Step::Accept
    } else {
        Step::Withdraw
    };
    let version = one["version"].as_i64().expect("a version");
    let payload = take(
        app,
        &coordinator(),
        step,
        &one["id"],
        version,
        Some("Prövat."),
    )
    .await;
    payload["problems"] == json!([])
}

async fn answer(app: &TestApp, dataset: &str, stockholm: bool) -> Value {
    let document = at(&document(stockholm), dataset);
    let answer = app
        .ask_as(&Persona::evaluator(), &document, json!({}))
        .await;
    assert_eq!(answer.get("errors"), None, "{dataset}: {answer}");
    answer["data"].clone()
}

async fn play(app: &TestApp, seed: u64) {
    let mut chance = Chance::seeded(seed);
    let mut paid = Paid::default();
    let (mut instants, mut changes, mut answers) = (Vec::new(), 0, Vec::new());
    begin(app, &mut chance).await;
    for step in 0..STEPS {
        let done = match chance.below(10) {
            0..=6 => change(app, &mut chance, &mut paid).await,
            7 => change_registers(app, &mut chance).await,
            _ => live(app, &mut chance).await,
        };
        changes += usize::from(done);
        // The one that goes along is asked after every step, so that it keeps something of most versions.
        let stockholm = chance.percent(50);
        let along = answer(app, "basis: ACCEPTED", stockholm).await;
        instants.push(present(app).await);
        if step % EVERY != EVERY - 1 {
            continue;
        }
        let anew = app.beside(samsyn::clock::Clock::system()).await;
        let tells = format!("seed {seed}, step {step}");
        assert_eq!(
            along,
            answer(&anew, "basis: ACCEPTED", stockholm).await,
            "{tells}"
        );
        let before = &instants[some(&mut chance, instants.len())];
        for dataset in [
            format!("asOf: \"{before}\""),
            "basis: ALL_RECEIVED".to_owned(),
            format!("asOf: \"{before}\", basis: ALL_RECEIVED"),
        ] {
            let along = answer(app, &dataset, stockholm).await;
            let anew = answer(&anew, &dataset, stockholm).await;
            assert_eq!(along, anew, "{tells}: {dataset}");
        }
        anew.close().await;
        answers.push(along.to_string());
    }
    answers.dedup();
    assert!(changes > STEPS / 3, "seed {seed}: {changes} changes");
    assert!(answers.len() > 2, "seed {seed}: the answers changed");
}

on_both_engines! {
    async fn what_is_kept_answers_as_what_is_read_anew(app: Reference) {
        play(&app, 1).await;
    }
}
