//! What happens between a round and a recipient: by chance, and within the rules that the intake holds.

use crate::chance::Chance;

use super::world::{Fact, Round, What};

/// Lets a pair's facts happen.
pub(crate) fn happen(chance: &mut Chance, round: &Round, recipient: &str, facts: &mut Vec<Fact>) {
    let mut happened = Vec::new();
    let (most, wants) = match round.kind {
        "NGO" => (applied(chance, &mut happened), false),
        "COUNTY_BOARD" => (allocated(chance, &mut happened), false),
        _ => requisitioned(chance, &mut happened),
    };
    if most > 0 && chance.percent(85) {
        let start = format!("U-{}-{recipient}", round.code);
        let paid = pay(chance, &start, most, wants, &mut happened);
        report(chance, round, recipient, paid, wants, &mut happened);
    }
    facts.extend(happened.into_iter().map(|what| Fact {
        round: round.code,
        recipient: recipient.to_owned(),
        what,
    }));
}

fn allocated(chance: &mut Chance, happened: &mut Vec<What>) -> i128 {
    if chance.percent(15) {
        return 0;
    }
    let ore = 1 + chance.below(40_000_000);
    happened.push(What::Allocated(ore));
    ore
}

/// What may be paid, and whether more is wanted.
fn requisitioned(chance: &mut Chance, happened: &mut Vec<What>) -> (i128, bool) {
    let allocated = allocated(chance, happened);
    if allocated == 0 || chance.percent(15) {
        return (0, false);
    }
    let ore = if chance.percent(10) {
        0
    } else {
        1 + chance.below(allocated)
    };
    let wants = chance.percent(30);
    happened.push(What::Requisitioned(ore, wants));
    (ore, wants && ore > 0)
}

fn applied(chance: &mut Chance, happened: &mut Vec<What>) -> i128 {
    if chance.percent(20) {
        return 0;
    }
    let ore = 100 + chance.below(50_000_000);
    let granted = 1 + chance.below(ore);
    let (decision, granted) = match chance.below(6) {
        0 => ("DECLINED", 0),
        1 => ("WITHDRAWN", 0),
        2 => ("", 0),
        3 => ("PARTLY_GRANTED", granted),
        _ => ("GRANTED", ore),
    };
    happened.push(What::Applied(ore, decision, granted));
    granted
}

/// Pays in one part or two, now and then with a mistake that is taken back; gives what is left of it.
fn pay(
    chance: &mut Chance,
    start: &str,
    most: i128,
    wants: bool,
    happened: &mut Vec<What>,
) -> i128 {
    let more = if wants { chance.below(9_000_000) } else { 0 };
    let ore = if chance.percent(60) {
        most + more
    } else {
        1 + chance.below(most)
    };
    let first = 1 + chance.below(ore);
    let mut paid = |number: u8, ore: i128, reverses: &str| {
        let reference = format!("{start}-{number}");
        happened.push(What::Paid {
            reference: reference.clone(),
            ore,
            reverses: reverses.to_owned(),
            late: false,
        });
        reference
    };
    paid(1, first, "");
    if ore > first {
        paid(2, ore - first, "");
    }
    if chance.percent(10) {
        let mistake = paid(3, 12_345, "");
        paid(4, 12_345, &mistake);
    }
    ore
}

/// Reports what was used, on time, late or never; pays back some of the rest; pays more to some afterwards.
fn report(
    chance: &mut Chance,
    round: &Round,
    recipient: &str,
    paid: i128,
    wants: bool,
    happened: &mut Vec<What>,
) {
    if chance.percent(25) {
        return;
    }
    let unused = if chance.percent(50) {
        0
    } else {
        chance.below(paid + 1)
    };
    let (mut used, mut left) = ([0; 4], paid - unused);
    for area in used.iter_mut().skip(1) {
        *area = if chance.percent(30) {
            0
        } else {
            chance.below(left + 1)
        };
        left -= *area;
    }
    used[0] = left;
    let (on_the_day, late) = match round.report_by {
        "2099-03-31" => ("2022-01-15", "2022-01-16"),
        "2021-02-28" => ("2021-02-28", "2021-03-01"),
        "2021-03-01" => ("2021-03-01", "2021-03-02"),
        "2022-03-31" => ("2022-03-31", "2022-04-01"),
        _ => ("2022-09-30", "2022-10-01"),
    };
    happened.push(What::Reported(
        if chance.percent(80) { on_the_day } else { late },
        used,
        unused,
    ));
    if wants && chance.percent(30) {
        let reference = format!("U-{}-{recipient}-9", round.code);
        happened.push(What::Paid {
            reference,
            ore: 1 + chance.below(99_999),
            reverses: String::new(),
            late: true,
        });
    }
    if unused == 0 || chance.percent(30) {
        return;
    }
    let start = format!("A-{}-{recipient}", round.code);
    let ore = if chance.percent(60) {
        unused
    } else {
        1 + chance.below(unused)
    };
    let first = format!("{start}-1");
    happened.push(What::Repaid {
        reference: first.clone(),
        ore,
        reverses: String::new(),
    });
    if chance.percent(15) {
        happened.push(What::Repaid {
            reference: format!("{start}-2"),
            ore,
            reverses: first,
        });
    }
}
