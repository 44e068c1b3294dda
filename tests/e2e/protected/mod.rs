//! Where the protected places are follows from no answer: an attack that knows answers alone, at everybody's reach.

mod attacker;
mod channels;
mod counties;
mod files;
mod values;

use attacker::Attacker;

use crate::harness::{Persona, on_both_engines};

/// Who attacks: anybody, an evaluator, an association, and the board of a county in which a protected place is.
fn attackers() -> [Persona; 4] {
    [
        Persona::public(),
        Persona::evaluator(),
        Persona::reporter("8999967212"),
        Persona::reporter("lansstyrelsen_vasterbotten"),
    ]
}

on_both_engines! {
    async fn no_list_of_those_reached_places_a_protected_one(app: Example) {
        for who in attackers() {
            let attacker = Attacker::of(&app, &who).await;
            assert_eq!((attacker.events.len(), attacker.hidden().len()), (896, 8));
            let [with, without] = channels::conditions(&app, &who, &attacker, None).await;
            attacker.places_nobody("reached: true", &with);
            attacker.places_nobody("reached: false", &without);
            channels::comparisons(&app, &who, &attacker, &with).await;
            if who != Persona::public() {
                let [with, without] = channels::conditions(&app, &who, &attacker, Some("basis: ALL_RECEIVED")).await;
                attacker.places_nobody("waiting, reached: true", &with);
                attacker.places_nobody("waiting, reached: false", &without);
            }
            let mut all = with;
            all.extend(without);
            attacker.places_nobody("all conditions together", &all);
        }
    }

    async fn no_difference_of_coverage_between_two_days_places_a_protected_one(app: Example) {
        let who = Persona::public();
        let attacker = Attacker::of(&app, &who).await;
        let seen = channels::coverage(&app, &who, &attacker, 8).await;
        assert!(seen.len() > 300, "{}", seen.len());
        attacker.places_nobody("coverage", &seen);
        for who in attackers() {
            let seen = channels::coverage(&app, &who, &attacker, 1).await;
            attacker.places_nobody("coverage", &seen);
        }
    }

    async fn no_figure_orphan_or_export_tells_whom_support_reached_at_a_protected_place(app: Example) {
        for who in attackers() {
            let attacker = Attacker::of(&app, &who).await;
            channels::orphans(&app, &who, &attacker).await;
            channels::figures(&app, &who).await;
            channels::exports(&app, &who, &attacker.hidden()).await;
        }
    }

    async fn no_filter_by_county_answers_otherwise_for_a_protected_one(app: Example) {
        for who in attackers() {
            let attacker = Attacker::of(&app, &who).await;
            counties::sweep(&app, &who, &attacker.hidden()).await;
        }
    }

    async fn no_value_that_a_countys_board_sent_places_a_protected_one(app: Example) {
        values::of_a_board(&app).await;
        for who in attackers() {
            values::tell_nothing(&app, &who).await;
        }
    }

    async fn no_file_that_tells_places_is_given_to_whom_the_places_are_not_told(app: Example) {
        files::are_kept_from(&app, &Persona::evaluator()).await;
        files::are_kept_from(&app, &Persona::reporter("lansstyrelsen_vasterbotten")).await;
        files::are_given_to(&app, &Persona::coordinator("socialstyrelsen")).await;
    }
}
