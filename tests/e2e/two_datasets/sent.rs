//! The made-up world as the files that agencies would send.

use entity::Kind;

use super::world::{ASSIGNMENT, Fact, What, World};

/// Kronor as a Swedish file writes them: a decimal comma, and none where there are no öre.
fn kronor(ore: i128) -> String {
    if ore % 100 == 0 {
        (ore / 100).to_string()
    } else {
        format!("{},{:02}", ore / 100, ore % 100)
    }
}

/// The files in the order in which they can be received.
pub(crate) fn files(world: &World) -> Vec<(Kind, String)> {
    let facts = |header: &str, row: &dyn Fn(&Fact) -> Option<String>| {
        let rows = world.facts.iter().filter_map(|fact| {
            row(fact).map(|rest| format!("{};{};{rest}\n", fact.round, fact.recipient))
        });
        format!(
            "round;recipient_code;{header}\n{}",
            rows.collect::<String>()
        )
    };
    let payments = |wanted: bool| {
        facts(
            "reference;amount;paid_on;reverses",
            &|fact| match &fact.what {
                What::Paid {
                    reference,
                    ore,
                    reverses,
                    late,
                } if *late == wanted => Some(format!(
                    "{reference};{};2021-05-05;{reverses}",
                    kronor(*ore)
                )),
                _ => None,
            },
        )
    };
    vec![
        (Kind::Recipients, recipients(world)),
        (Kind::Populations, populations(world)),
        (Kind::Rounds, rounds(world)),
        (
            Kind::Allocations,
            facts("amount", &|fact| match fact.what {
                What::Allocated(ore) => Some(kronor(ore)),
                _ => None,
            }),
        ),
        (
            Kind::Requisitions,
            facts(
                "amount;requisitioned_on;wants_redistribution",
                &|fact| match fact.what {
                    What::Requisitioned(ore, wants) => Some(format!(
                        "{};2020-05-01;{}",
                        kronor(ore),
                        if wants { "ja" } else { "nej" }
                    )),
                    _ => None,
                },
            ),
        ),
        (
            Kind::Applications,
            facts(
                "applied_amount;applied_on;decision;granted_amount",
                &|fact| match fact.what {
                    What::Applied(ore, decision, granted) => Some(format!(
                        "{};2021-02-01;{decision};{}",
                        kronor(ore),
                        kronor(granted)
                    )),
                    _ => None,
                },
            ),
        ),
        (Kind::Payments, payments(false)),
        (
            Kind::UsageReports,
            facts(
                "reported_on;used_coordination;used_competence_development;used_new_working_methods;used_other;unused",
                &|fact| match fact.what {
                    What::Reported(on, used, unused) => Some(format!(
                        "{on};{};{}",
                        used.map(kronor).join(";"),
                        kronor(unused)
                    )),
                    _ => None,
                },
            ),
        ),
        (Kind::Payments, payments(true)),
        (
            Kind::Repayments,
            facts(
                "reference;amount;repaid_on;reverses",
                &|fact| match &fact.what {
                    What::Repaid {
                        reference,
                        ore,
                        reverses,
                    } => Some(format!(
                        "{reference};{};2022-11-11;{reverses}",
                        kronor(*ore)
                    )),
                    _ => None,
                },
            ),
        ),
    ]
}

fn recipients(world: &World) -> String {
    let mut text = "code;kind;name;county_code;valid_from;valid_to;protected_location\n".to_owned();
    for (code, one) in world.recipients.iter().filter(|(_, one)| !one.is_known) {
        for period in &one.periods {
            let protected = if period.protected { "ja" } else { "" };
            text.push_str(&format!(
                "{code};{};Namn {code};{};{};{};{protected}\n",
                one.kind, period.county, period.from, period.to
            ));
        }
    }
    text
}

fn populations(world: &World) -> String {
    let mut text = "recipient_code;date;population\n".to_owned();
    for (code, one) in world.recipients.iter().filter(|(_, one)| !one.is_known) {
        for (day, count) in &one.populations {
            text.push_str(&format!("{code};{day};{count}\n"));
        }
    }
    text
}

fn rounds(world: &World) -> String {
    let mut text =
        "round;assignment;year;recipient_kind;available_amount;use_by;report_by\n".to_owned();
    for one in &world.rounds {
        let line = format!(
            "{};{ASSIGNMENT};{};{};999 999 999,99;{};{}\n",
            one.code, one.year, one.kind, one.use_by, one.report_by
        );
        text.push_str(&line);
    }
    text
}
