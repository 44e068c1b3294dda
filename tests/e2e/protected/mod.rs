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
        channels::of_a_protected_one_alone(&app).await;
        let public = Persona::public();
        let attacker = Attacker::of(&app, &public).await;
        assert_eq!((attacker.events.len(), attacker.hidden().len()), (896, 8));
        channels::reached_by_each(&app, &public, &attacker).await;
        let [with, without] = channels::conditions(&app, &public, &attacker, (None, 1)).await;
        attacker.places_nobody("reached: true", &with, 1);
        attacker.places_nobody("reached: false", &without, 1);
        channels::comparisons(&app, &public, &attacker, &with).await;
        let all: Vec<_> = with.iter().chain(&without).cloned().collect();
        attacker.places_nobody("all conditions together", &all, 1);
        // Whoever may do more is answered the same, also of what waits.
        for who in attackers() {
            let basis = (who != public).then_some("basis: ALL_RECEIVED");
            for dataset in [None, basis] {
                let [own, others] = channels::conditions(&app, &who, &attacker, (dataset, 9)).await;
                let same = |own: &[attacker::Seen], of: &[attacker::Seen]| own.iter().eq(of.iter().step_by(9));
                assert!(same(&own, &with) && same(&others, &without), "{who:?} {dataset:?}");
            }
        }
    }

    async fn no_difference_of_coverage_between_two_days_places_a_protected_one(app: Example) {
        let public = Persona::public();
        let attacker = Attacker::of(&app, &public).await;
        let seen = channels::coverage(&app, &public, &attacker, (6, 1)).await;
        assert!(seen.len() > 200, "{}", seen.len());
        attacker.places_nobody("coverage", &seen, 8);
        for who in attackers() {
            let own = channels::coverage(&app, &who, &attacker, (6, 29)).await;
            assert!(own.iter().eq(seen.iter().step_by(29)), "{who:?}");
        }
    }

    async fn no_figure_orphan_or_export_tells_whom_support_reached_at_a_protected_place(app: Example) {
        let public = Persona::public();
        let attacker = Attacker::of(&app, &public).await;
        channels::orphans(&app, &public, &attacker).await;
        for who in attackers() {
            channels::figures(&app, &who, if who == public { 1 } else { 4 }).await;
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
