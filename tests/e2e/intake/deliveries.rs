//! Deliveries: what may be said of them, by whom, and which deliverable is meant.

use entity::Kind;

use super::files::{FUNDS, SUPPORT, said};
use crate::harness::{Sent, TestApp, on_both_engines};

const HEADER: &str = "redovisning;förfallodag;år;myndighet;lämnat_datum;diarienummer\n";

async fn told(app: &TestApp, assignment: &str, by: &str, row: &str) -> String {
    let text = format!("{HEADER}{row}\n");
    let sent = Sent::csv(Kind::Deliveries, &text)
        .assignment(assignment)
        .by(by);
    said(&app.send(&sent).await)
}

on_both_engines! {
    async fn kind_and_day_say_which_deliverable_was_delivered(app: Reference) {
        let own = "socialstyrelsen";
        for (row, expected) in [
            ("årlig redovisning;2017-09-30;;socialstyrelsen;2017-09-29;1.1-1/2017", "ACCEPTED 1 0 0"),
            ("ANNUAL_REPORT;2018-09-30;;socialstyrelsen;2018-10-02;", "ACCEPTED 1 0 0"),
            ("årlig redovisning;2017-09-30;;socialstyrelsen;2017-09-30;1.1-1/2017", "ACCEPTED 0 1 0"),
            ("årlig redovisning;2017-09-30;;socialstyrelsen;2017-09-30;1.1-1/2017", "UNCHANGED 0 0 0"),
            ("länets årliga rapport;;2016;lansstyrelsen_uppsala;2017-03-01;", "ACCEPTED 1 0 0"),
            ("länets årliga rapport;;2017;lansstyrelsen_uppsala;2018-03-01;", "ACCEPTED 1 0 0"),
            ("årlig redovisning;2019-09-30;;socialstyrelsen;2019-09-30;", "REJECTED 0 0 0; ERROR unknown_code 2 due_on"),
            ("årlig redovisning;;;socialstyrelsen;2019-09-30;", "REJECTED 0 0 0; ERROR unknown_code 2 due_on"),
            ("slutredovisning;2019-09-30;2018;socialstyrelsen;2019-09-30;", "REJECTED 0 0 0; ERROR unknown_value 2 year"),
            ("utvärdering;2019-09-30;;socialstyrelsen;2019-09-30;", "REJECTED 0 0 0; ERROR unknown_code 2 deliverable"),
            ("rapport;2019-09-30;;socialstyrelsen;2019-09-30;", "REJECTED 0 0 0; ERROR unknown_value 2 deliverable"),
            ("årlig redovisning;2018-09-30;;nck;2018-09-30;", "REJECTED 0 0 0; ERROR unknown_code 2 organisation_code"),
            ("årlig redovisning;2018-09-30;;ingen;2018-09-30;", "REJECTED 0 0 0; ERROR unknown_code 2 organisation_code"),
            ("årlig redovisning;2018-09-30;;socialstyrelsen;;", "REJECTED 0 0 0; ERROR missing_value 2 delivered_on"),
            ("årlig redovisning;30 september;;socialstyrelsen;2018-09-30;", "REJECTED 0 0 0; ERROR not_a_date 2 due_on"),
        ] {
            assert_eq!(told(&app, FUNDS, own, row).await, expected, "{row}");
        }
        let removal = "redovisning;förfallodag;myndighet;lämnat_datum;åtgärd\nårlig redovisning;2018-09-30;socialstyrelsen;;ta bort\n";
        let removal = Sent::csv(Kind::Deliveries, removal).assignment(FUNDS);
        assert_eq!(said(&app.send(&removal).await), "ACCEPTED 0 1 0");
    }

    async fn each_delivers_for_itself_and_the_coordinator_for_all(app: Reference) {
        let county = "COUNTY_ANNUAL_REPORT;;2016;lansstyrelsen_uppsala;2017-03-01;";
        let together = "COUNTY_ANNUAL_REPORT;;2016;lansstyrelserna;2017-03-01;";
        let plan = "JOINT_PLAN;2020-12-01;;nck;2020-12-01;";
        for (assignment, by, row, expected) in [
            (FUNDS, "lansstyrelsen_uppsala", county, "ACCEPTED 1 0 0"),
            (FUNDS, "lansstyrelsen_uppsala", together, "ACCEPTED 1 0 0"),
            (FUNDS, "lansstyrelsen_stockholm", county, "REJECTED 0 0 0; ERROR not_your_data 2 organisation_code"),
            (SUPPORT, "nck", plan, "ACCEPTED 1 0 0"),
            (SUPPORT, "barnafrid", plan, "REJECTED 0 0 0; ERROR not_your_data 2 organisation_code"),
            (SUPPORT, "vardanalys", "EVALUATION;2023-11-30;;vardanalys;2023-11-29;", "ACCEPTED 1 0 0"),
            (SUPPORT, "socialstyrelsen", "EVALUATION;2023-11-30;;vardanalys;2023-11-29;7/23", "ACCEPTED 0 1 0"),
        ] {
            assert_eq!(told(&app, assignment, by, row).await, expected, "{by} {row}");
        }
        let removal = "redovisning;förfallodag;myndighet;lämnat_datum;åtgärd\nJOINT_PLAN;2020-12-01;nck;;ta bort\n";
        let removal = Sent::csv(Kind::Deliveries, removal).assignment(SUPPORT);
        assert_eq!(said(&app.dry_run(&removal.clone().by("barnafrid")).await), "REJECTED 0 0 0; ERROR not_your_data 2 ");
        assert_eq!(said(&app.send(&removal.by("nck")).await), "ACCEPTED 0 1 0");
    }
}
