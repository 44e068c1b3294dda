//! The files of many grants: rounds, what is allocated and requisitioned, paid and reported, a few rounds to a file.

use std::fmt::Write;

use entity::{Kind, Nature, OrganisationCode, RegistryNumber, Verdict};
use samsyn::clock::Clock;
use samsyn::intake::Limits;
use samsyn::service::submission::{Actor, Delivery, Mode};
use samsyn::store::Store;

const ASSIGNMENT: &str = "S2016/00633/FST";
const SENDER: &str = "socialstyrelsen";
/// The register that the program brings along.
const MUNICIPALITIES: &str = include_str!("../../reference/14-recipients.csv");
const REGIONS: &str = include_str!("../../reference/15-recipients.csv");
const FIRST_YEAR: usize = 2009;
/// Rounds of one file: the rules on payments look at all pairs of a file for each of its rounds.
const ROUNDS_A_FILE: usize = 50;

/// A round with its recipients.
struct Round {
    code: String,
    year: usize,
    kind: &'static str,
}

/// Receives a file, which must be accepted.
pub(crate) async fn receive(
    store: &Store,
    clock: &Clock,
    delivery: &Delivery,
) -> anyhow::Result<()> {
    let receive = samsyn::service::submission::receive;
    let report = receive(store, clock, Limits::default(), delivery, Mode::Receive).await?;
    let is_in = matches!(report.verdict, Verdict::Accepted | Verdict::Unchanged);
    anyhow::ensure!(is_in, "{}: {:?}", report.file, report.findings.first());
    Ok(())
}

/// Makes and receives everything; gives the number of pairs of round and recipient.
pub(crate) async fn receive_all(
    store: &Store,
    clock: &Clock,
    grants: usize,
    years: usize,
) -> anyhow::Result<usize> {
    let mut rounds = Vec::new();
    for year in FIRST_YEAR..FIRST_YEAR + years {
        for grant in 0..grants {
            for (letter, kind) in [('K', "MUNICIPALITY"), ('R', "REGION")] {
                let code = format!("{letter}{grant:03}-{year}");
                rounds.push(Round { code, year, kind });
            }
        }
    }
    let (municipalities, regions) = (codes(MUNICIPALITIES), codes(REGIONS));
    let mut text =
        "round;assignment;year;recipient_kind;available_amount;use_by;report_by\n".to_owned();
    for round in &rounds {
        let (code, year, kind) = (&round.code, round.year, round.kind);
        let next = year + 1;
        writeln!(
            text,
            "{code};{ASSIGNMENT};{year};{kind};900000000;{year}-12-31;{next}-03-31"
        )?;
    }
    receive(store, clock, &of(Kind::Rounds, text)?).await?;
    let mut pairs = 0;
    for some in rounds.chunks(ROUNDS_A_FILE) {
        let of_round = |round: &Round| match round.kind {
            "REGION" => &regions,
            _ => &municipalities,
        };
        let mut each = Vec::new();
        for round in some {
            each.extend(of_round(round).iter().map(|code| (round, *code)));
        }
        for (kind, text) in texts(&each, pairs)? {
            receive(store, clock, &of(kind, text)?).await?;
        }
        pairs += each.len();
    }
    Ok(pairs)
}

/// Changes one allocation of the example to a number of kronor.
pub(crate) async fn change(store: &Store, clock: &Clock, number: usize) -> anyhow::Result<()> {
    let text = format!("round;recipient_code;amount\nKOM-2018;0114;{number}\n");
    receive(store, clock, &of(Kind::Allocations, text)?).await
}

fn codes(register: &'static str) -> Vec<&'static str> {
    let lines = register.lines().skip(1);
    lines.filter_map(|line| line.split(',').next()).collect()
}

fn of(kind: Kind, text: String) -> anyhow::Result<Delivery> {
    Ok(Delivery {
        file_name: format!("{}.csv", kind.code()),
        bytes: text.into_bytes(),
        kind,
        assignment: Some(RegistryNumber::parse(ASSIGNMENT)?),
        organisation: OrganisationCode::parse(SENDER)?,
        actor: Actor::Coordinator,
        nature: Nature::Synthetic,
        registered_on: None,
        plan_version: None,
        decided_on: None,
    })
}

/// The files of some pairs. Three of four have asked, one of nine of those has not reported.
fn texts(pairs: &[(&Round, &str)], first: usize) -> anyhow::Result<Vec<(Kind, String)>> {
    let mut allocations = "round;recipient_code;amount\n".to_owned();
    let mut requisitions = "round;recipient_code;amount;requisitioned_on\n".to_owned();
    let mut payments = "round;reference;recipient_code;amount;paid_on\n".to_owned();
    let mut reports =
        "round;recipient_code;reported_on;used_coordination;used_other;unused\n".to_owned();
    for (index, (round, code)) in (first..).zip(pairs) {
        let (year, next, name) = (round.year, round.year + 1, &round.code);
        let (one, other, unused) = (index * 7 % 90_000, index * 11 % 90_000, index * 23 % 50_000);
        let amount = one + other + unused;
        writeln!(allocations, "{name};{code};{amount}")?;
        if index % 4 == 0 {
            continue;
        }
        writeln!(requisitions, "{name};{code};{amount};{year}-05-31")?;
        writeln!(payments, "{name};P-{code};{code};{amount};{year}-06-15")?;
        if index % 9 != 0 && amount > 0 {
            let month = 1 + index % 3;
            writeln!(
                reports,
                "{name};{code};{next}-{month:02}-15;{one};{other};{unused}"
            )?;
        }
    }
    Ok(vec![
        (Kind::Allocations, allocations),
        (Kind::Requisitions, requisitions),
        (Kind::Payments, payments),
        (Kind::UsageReports, reports),
    ])
}
