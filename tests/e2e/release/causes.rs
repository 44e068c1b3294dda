//! Why a figure is another: each of the five parts of a difference has its own cause, and no other moves it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::Kind;
use samsyn::clock::Clock;
use serde_json::{Value, json};

use super::FUNDS;
use super::changes::{accept, changes_of, parts, sums};
use crate::harness::{Sent, TestApp, on_both_engines};
use crate::intake::files::SUPPORT;

/// That what changed since an instant is said by one part alone; gives that part of a figure.
async fn only(
    app: &TestApp,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    part: &str,
    code: &str,
) -> Option<String> {
    let (assignment, _) = code
        .split_once('|')
        .and_then(|(_, key)| key.split_once('|'))
        .expect("an assignment");
    let report = json!({ "assignment": assignment, "kind": "FINAL_REPORT" });
    let (from, to) = (json!({ "asOf": since }), json!({ "asOf": until }));
    let found = changes_of(app, &from, &to, &report).await;
    assert!(sums(&found) > 0, "{part}: nothing differs");
    for one in found["changes"].as_array().expect("changes") {
        let of = parts(&found, one["code"].as_str().expect("a code"));
        assert!(of.keys().all(|other| other == part), "{part}: {one}");
        let said: &Value = &one["comparability"];
        assert!(said == "COMPARABLE" || said == "NO_VALUE", "{part}: {one}");
    }
    let of: BTreeMap<String, String> = parts(&found, code);
    let number = of.get(part)?;
    Some(number.trim_end_matches(".00").to_owned())
}

on_both_engines! {
    async fn what_is_sent_moves_the_part_of_its_own_cause(app: Example) {
        let paid = format!("fund.paid|{FUNDS}|2018|MUNICIPALITY");
        let costs = format!("administration.costs|{FUNDS}|2016");
        let pool = format!("allocation_key.pool|{FUNDS}|2018|MUNICIPALITY");
        let payment = "betalningsreferens;round;recipient_code;utbetalt_belopp;utbetalt_datum\n";
        let rule = "assignment,recipient_kind,from_year,to_year,pool,base,threshold,source\n";
        let stories = [
            (Kind::AdministrativeCosts, "year;myndighet;kostnadsslag;belopp\n2016;nck;OTHER;500\n".to_owned(), "lateReports", &costs, Some("500")),
            (Kind::Payments, format!("{payment}UTB-KOM-2018-0001;KOM-2018;0114;143014;2018-11-08\n"), "corrections", &paid, Some("-100")),
            (Kind::Populations, "kod;datum;befolkning\n0114;2014-12-31;1000000\n".to_owned(), "newPopulation", &paid, None),
            (Kind::AllocationRules, format!("{rule}{FUNDS},MUNICIPALITY,2016,2018,50000100,80000,30000,\n"), "changedRules", &pool, Some("100")),
        ];
        for (kind, text, part, code, expected) in stories {
            let since = Clock::system().now();
            let sent = Sent::csv(kind, &text);
            let of_money = kind == Kind::AdministrativeCosts;
            accept(&app, if of_money { sent.assignment(FUNDS) } else { sent }).await;
            let found = only(&app, since, Clock::system().now(), part, code).await;
            // Inhabitants move other figures, and nothing that was paid.
            assert_eq!(found.as_deref(), expected, "{part}: {code}");
        }
    }

    async fn what_has_fallen_due_is_the_passage_of_time_and_nothing_else(app: Example) {
        // One activity is late since 2023 and one will be from 2049 on.
        let plan = "rad;delaktivitet;ansvarig;startår;slutår;huvudaktivitet;ändring_avser\n1;Utveckla;nck;2020;2048;1;\n2;B;nck;2021;2022;4a;\n";
        let day = "2022-01-15".parse().expect("a day");
        accept(&app, Sent::csv(Kind::ActivityPlan, plan).assignment(SUPPORT).plan(Some(3), Some(day))).await;
        let since = Clock::system().now();
        let until = "2049-06-01T12:00:00Z".parse::<DateTime<Utc>>().expect("an instant");
        let app = app.with_clock(Clock::from_fn(move || until));
        let late = format!("plan.late|{SUPPORT}|VERSION:3");
        let found = only(&app, since, until, "passageOfTime", &late).await;
        assert_eq!(found.as_deref(), Some("1"));
    }
}
