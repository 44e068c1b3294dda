//! Sources of a dataset of the past are the rows of then; those of all that was received are the rows that wait too.

use entity::{Kind, Verdict};

use super::named::{NAMED, adds_up, ask, names};
use crate::harness::{Persona, TestApp, on_both_engines};
use crate::intake::files::FUNDS;
use crate::intake::world::{accepted, reported};
use crate::life::steps::{coordinator, report};
use crate::time::asked::{as_of, present};

async fn named(app: &TestApp, dataset: &str, measure: &str) -> Vec<String> {
    let selection = format!(
        "fundUsage(assignment: \"{FUNDS}\") {{ total {{ sources(of: {measure}) {NAMED} }} }}"
    );
    names(&ask(app, &coordinator(), dataset, &selection).await["fundUsage"]["total"]["sources"])
}

on_both_engines! {
    async fn after_corrections_the_sources_of_then_are_the_rows_of_then(app: Reference) {
        reported(&app).await;
        let then = format!("({})", as_of(&present(&app).await));
        let first = named(&app, "", "PAID").await;
        assert_eq!(first.iter().map(|name| &name[name.len() - 2..]).collect::<Vec<_>>(), ["|2", "|3"], "both rows of one file");
        accepted(&app, Kind::Payments, "reference;round;kod;belopp;utbetalt_datum\nP2;K;0115;90;2016-06-01\n").await;
        let now = named(&app, "", "PAID").await;
        assert_eq!(now[0], first[0], "by submission and row");
        assert_ne!(now[1], first[1]);
        assert!(now[1].ends_with("|2"), "{now:?}");
        assert_eq!(named(&app, &then, "PAID").await, first);
        for dataset in ["", then.as_str()] {
            assert!(adds_up(&app, &coordinator(), dataset, ", groupBy: [RECIPIENT]").await >= 7, "{dataset}");
        }
    }

    async fn what_waits_is_named_where_it_is_counted(app: Reference) {
        reported(&app).await;
        let before = named(&app, "", "REQUISITIONED").await;
        let asks = "round;kod;belopp;rekvirerat_datum\nK;0180;550;2016-05-01\n";
        assert_eq!(report(&app, "0180", Kind::Requisitions, asks).await, Verdict::Received);
        assert_eq!(named(&app, "", "REQUISITIONED").await, before);
        let all = named(&app, "(basis: ALL_RECEIVED)", "REQUISITIONED").await;
        assert_eq!((all.len(), &all[0]), (2, &before[1]), "what waits came last and stands for Stockholm's accepted row");
        assert!(!before.contains(&all[1]));
        adds_up(&app, &coordinator(), "(basis: ALL_RECEIVED)", ", groupBy: [RECIPIENT]").await;
    }

    async fn the_examples_sums_hold_at_any_time(app: Example) {
        let then = format!("({})", as_of(&present(&app).await));
        accepted(&app, Kind::Allocations, "round;recipient_code;amount\nKOM-2018;0114;143115,50\n").await;
        for dataset in ["", then.as_str()] {
            let named = adds_up(&app, &Persona::public(), dataset, ", groupBy: [GRANT_YEAR, COUNTY]").await;
            assert!(named > 4_000, "{named} under {dataset}");
        }
        let through = ", groupBy: [GRANT_YEAR, COUNTY], through: \"2017-06-30\"";
        let named = adds_up(&app, &Persona::public(), "", through).await;
        assert!((500..4_000).contains(&named), "{named} through a day");
    }
}
