//! Activity plans are whole versions; reports belong to a version and come from whom the plan names.

use entity::Kind;
use samsyn::intake::FileReport;
use sea_orm::prelude::ChronoDate;

use super::files::{SUPPORT, said};
use crate::harness::{Sent, TestApp, on_both_engines};
use crate::life::steps::{Step, coordinator, done, last, seen};
use crate::stored::{COUNTS, Stored};

const HEADER: &str = "rad;delaktivitet;ansvarig;startår;slutår;huvudaktivitet;ändring_avser\n";
const REPORT: &str = "planversion;rad;myndighet;per_datum;läge;klar_datum;avvikelse\n";

fn day(text: &str) -> Option<ChronoDate> {
    Some(text.parse().expect("a day"))
}

/// A file of rows as a version decided on a day.
fn version(number: i64, decided_on: &str, rows: &str) -> Sent {
    Sent::csv(Kind::ActivityPlan, &format!("{HEADER}{rows}"))
        .assignment(SUPPORT)
        .plan(Some(number), day(decided_on))
}

async fn told(app: &TestApp, sent: &Sent) -> String {
    let dry = said(&app.dry_run(sent).await);
    let report: FileReport = app.send(sent).await;
    assert_eq!(dry, said(&report), "a dry run says the same");
    said(&report)
}

fn reports(rows: &str) -> Sent {
    Sent::csv(Kind::ActivityReports, &format!("{REPORT}{rows}")).assignment(SUPPORT)
}

fn decisions(rows: &str) -> Sent {
    let header =
        "planversion;rad;myndighet;per_datum;beslut;beslutsdatum;anteckning;ny_planversion\n";
    Sent::csv(Kind::DeviationDecisions, &format!("{header}{rows}")).assignment(SUPPORT)
}

/// What counts of the plan: version, row, day of decision, title.
async fn counting(app: &TestApp, version: i64) -> Vec<String> {
    let sql = format!(
        "SELECT t.number || ' ' || t.title || ' ' || COALESCE(CAST(t.decided_on AS TEXT), '-') AS name
         FROM activity_plan t {COUNTS} WHERE t.plan_version = {version} ORDER BY t.number"
    );
    Stored::of(app).await.texts(&sql).await
}

const TWO: &str = "1;A;socialstyrelsen;2021;2021;1;\n2;B;nck|lansstyrelserna;2021;2022;4a;Ny\n";

on_both_engines! {
    async fn a_version_is_whole_and_other_versions_stay(app: Reference) {
        assert_eq!(counting(&app, 1).await.len(), 18, "version 1 is among the reference data");
        assert_eq!(counting(&app, 1).await[17], "18 Planera uppföljning av kompetensstödet -");
        let draft = version(2, "2021-12-15", TWO).plan(Some(2), None);
        assert_eq!(told(&app, &draft).await, "ACCEPTED 2 0 0");
        assert_eq!(counting(&app, 2).await, ["1 A -", "2 B -"], "without its day a version is a draft");
        assert_eq!(told(&app, &version(2, "2021-12-15", TWO)).await, "ACCEPTED 0 2 0");
        assert_eq!(counting(&app, 2).await, ["1 A 2021-12-15", "2 B 2021-12-15"]);
        // The same content is the same version only where version and day are the same.
        assert_eq!(told(&app, &version(2, "2021-12-15", TWO)).await, "UNCHANGED 0 0 0");
        assert_eq!(told(&app, &version(3, "2021-12-15", TWO)).await, "ACCEPTED 2 0 0");
        assert_eq!(told(&app, &version(2, "2021-12-16", TWO)).await, "ACCEPTED 0 2 0");
        assert_eq!(counting(&app, 2).await, ["1 A 2021-12-16", "2 B 2021-12-16"]);
        // Row 1 as before, row 2 left out, row 3 new: one unchanged, one dropped, one new.
        let other = "1;A;socialstyrelsen;2021;2021;1;\n3;C;nck;2021;2022;5;\n";
        assert_eq!(told(&app, &version(2, "2021-12-16", other)).await, "ACCEPTED 1 1 1");
        assert_eq!(counting(&app, 2).await, ["1 A 2021-12-16", "3 C 2021-12-16"]);
        assert_eq!(counting(&app, 3).await, ["1 A 2021-12-15", "2 B 2021-12-15"]);
        assert_eq!(counting(&app, 1).await.len(), 18);
        // An older content again is a correction back.
        assert_eq!(told(&app, &version(2, "2021-12-16", TWO)).await, "ACCEPTED 1 1 1");
    }

    async fn a_plan_is_checked_and_belongs_to_the_coordinator(app: Reference) {
        let rows = "1;A;socialstyrelsen|finns_inte;2021;2021;1;\n2;B;nck;2022;2021;9;\n3;C;nck;2021;2021;1;19121212-1212\n";
        assert_eq!(told(&app, &version(2, "2021-12-15", rows)).await,
            "REJECTED 0 0 0; ERROR unknown_code 2 responsible; ERROR unknown_code 3 main_activity; ERROR unknown_value 3 end_year; ERROR personal_number 4 change_note");
        let strange = version(2, "2021-12-15", "1;A;nck;2021;2021;1;\n").by("nck");
        assert_eq!(told(&app, &strange).await, "REJECTED 0 0 0; ERROR not_your_data 2 ");
        assert!(Stored::of(&app).await.counts().await["activity_plan"] == 18, "nothing of them is kept");
    }

    async fn a_report_comes_from_whom_the_plan_names(app: Reference) {
        assert_eq!(told(&app, &version(2, "2021-12-15", TWO)).await, "ACCEPTED 2 0 0");
        for (rows, sender, expected) in [
            ("2;1;socialstyrelsen;2021-06-30;pågår;;\n2;2;nck;2021-06-30;klar;2021-05-01;\n", "socialstyrelsen", "ACCEPTED 2 0 0"),
            ("2;1;socialstyrelsen;2021-06-30;försenad;;Sjuka\n", "socialstyrelsen", "ACCEPTED 0 1 0"),
            ("2;2;lansstyrelserna;2021-06-30;utgår;;\n", "lansstyrelsen_skane", "ACCEPTED 1 0 0"),
            ("2;2;lansstyrelsen_skane;2021-06-30;utgår;;\n", "lansstyrelsen_skane", "REJECTED 0 0 0; ERROR unknown_code 2 organisation_code"),
            ("2;1;nck;2021-06-30;pågår;;\n", "nck", "REJECTED 0 0 0; ERROR unknown_code 2 organisation_code"),
            ("2;1;socialstyrelsen;2021-06-30;pågår;;\n", "nck", "REJECTED 0 0 0; ERROR not_your_data 2 organisation_code"),
            ("2;3;nck;2021-06-30;pågår;;\n", "nck", "REJECTED 0 0 0; ERROR unknown_code 2 row"),
            ("9;1;nck;2021-06-30;pågår;;\n", "nck", "REJECTED 0 0 0; ERROR unknown_code 2 plan_version"),
            ("2;2;nck;2021-06-30;nästan;;\n", "nck", "REJECTED 0 0 0; ERROR unknown_value 2 status"),
        ] {
            assert_eq!(told(&app, &reports(rows).by(sender)).await, expected, "{rows} {sender}");
        }
        let removal = "planversion;rad;myndighet;per_datum;läge;åtgärd\n2;1;socialstyrelsen;2021-06-30;;REMOVE\n";
        let removal = Sent::csv(Kind::ActivityReports, removal).assignment(SUPPORT);
        assert_eq!(told(&app, &removal.clone().by("nck")).await, "REJECTED 0 0 0; ERROR not_your_data 2 ");
        assert_eq!(told(&app, &removal).await, "ACCEPTED 0 1 0");
    }

    async fn a_plan_that_leaves_reports_behind_is_warned_of(app: Reference) {
        assert_eq!(told(&app, &version(2, "2021-12-15", TWO)).await, "ACCEPTED 2 0 0");
        let rows = "2;1;socialstyrelsen;2021-06-30;pågår;;\n2;2;nck;2021-06-30;pågår;;\n";
        assert_eq!(told(&app, &reports(rows)).await, "ACCEPTED 2 0 0");
        // Row 1 is dropped; row 2 is the county boards' alone.
        let other = "2;B;lansstyrelserna;2021;2022;4a;Ny\n";
        assert_eq!(told(&app, &version(2, "2021-12-15", other)).await,
            "ACCEPTED 0 2 0; WARNING unknown_code  ; WARNING unknown_code 2 responsible");
    }

    async fn a_version_withdrawn_gives_way_to_the_one_before_as_a_whole(app: Reference) {
        assert_eq!(told(&app, &version(2, "2021-12-15", TWO)).await, "ACCEPTED 2 0 0");
        let other = "1;Ny;socialstyrelsen;2021;2021;1;\n3;C;nck;2021;2022;5;\n";
        assert_eq!(told(&app, &version(2, "2021-12-15", other)).await, "ACCEPTED 1 2 0");
        assert_eq!(counting(&app, 2).await, ["1 Ny 2021-12-15", "3 C 2021-12-15"]);
        let latest = last(&app, Kind::ActivityPlan).await["id"].clone();
        done(&app, &coordinator(), Step::Withdraw, &latest, 1).await;
        assert_eq!(counting(&app, 2).await, ["1 A 2021-12-15", "2 B 2021-12-15"], "what it left out is back, what it added is gone");
        assert_eq!(counting(&app, 1).await.len(), 18);
        let first = last(&app, Kind::ActivityPlan).await["id"].clone();
        assert_eq!(first, latest, "the last received");
        let all = seen(&app, &coordinator(), "kinds: [\"activity_plan\"]").await;
        let first = all.iter().find(|one| one["state"] == "ACCEPTED").expect("the first")["id"].clone();
        done(&app, &coordinator(), Step::Withdraw, &first, 1).await;
        assert_eq!(counting(&app, 2).await, Vec::<String>::new(), "nothing is left of the version");
    }

    async fn a_plan_without_its_version_is_a_wrong_command(app: Reference) {
        use samsyn::service::submission::Error;
        for (number, decided_on) in [(None, day("2021-12-15")), (None, None), (Some(0), day("2021-12-15"))] {
            let sent = Sent::csv(Kind::ActivityPlan, &format!("{HEADER}{TWO}")).assignment(SUPPORT).plan(number, decided_on);
            let failed = app.try_send(&sent).await;
            assert!(matches!(failed, Err(Error::PlanVersionNeeded)), "{number:?} {decided_on:?}");
        }
    }

    async fn a_decision_is_about_a_deviation_that_was_reported_and_is_the_coordinators(app: Reference) {
        assert_eq!(told(&app, &version(2, "2021-12-15", TWO)).await, "ACCEPTED 2 0 0");
        let rows = "2;1;socialstyrelsen;2021-06-30;försenad;;Sjuka\n2;2;nck;2021-06-30;pågår;;\n1;7;socialstyrelsen;2021-06-30;utgår;;Behövs inte\n";
        assert_eq!(told(&app, &reports(rows)).await, "ACCEPTED 3 0 0");
        for (rows, expected) in [
            ("2;1;socialstyrelsen;2021-06-30;godtagen;2021-09-01;;\n1;7;socialstyrelsen;2021-06-30;plan reviderad;2021-12-15;;2\n", "ACCEPTED 2 0 0"),
            ("2;1;socialstyrelsen;2021-06-30;OTHER_MEASURE;2021-09-02;Mer stöd;\n", "ACCEPTED 0 1 0"),
            ("2;1;socialstyrelsen;2021-06-30;annan åtgärd;2021-09-02;Mer stöd;\n", "ACCEPTED 0 0 1"),
            ("2;2;nck;2021-06-30;godtagen;2021-09-01;;\n", "REJECTED 0 0 0; ERROR unknown_value 2 per_date"),
            ("9;1;socialstyrelsen;2021-06-30;godtagen;2021-09-01;;\n", "REJECTED 0 0 0; ERROR unknown_code 2 plan_version"),
            ("2;9;socialstyrelsen;2021-06-30;godtagen;2021-09-01;;\n", "REJECTED 0 0 0; ERROR unknown_code 2 row"),
            ("2;1;nck;2021-06-30;godtagen;2021-09-01;;\n", "REJECTED 0 0 0; ERROR unknown_code 2 organisation_code"),
            ("2;1;socialstyrelsen;2021-07-01;godtagen;2021-09-01;;\n", "REJECTED 0 0 0; ERROR unknown_code 2 per_date"),
            ("2;1;socialstyrelsen;2021-06-30;avslagen;2021-09-01;;\n", "REJECTED 0 0 0; ERROR unknown_value 2 decision"),
            ("2;1;socialstyrelsen;2021-06-30;godtagen;2021-09-01;;3\n", "REJECTED 0 0 0; ERROR unknown_value 2 new_plan_version"),
            ("2;1;socialstyrelsen;2021-06-30;plan reviderad;2021-09-01;;1\n", "REJECTED 0 0 0; ERROR unknown_value 2 new_plan_version"),
            ("2;1;socialstyrelsen;2021-06-30;plan reviderad;2021-09-01;;3\n", "REJECTED 0 0 0; ERROR unknown_code 2 new_plan_version"),
            ("2;1;socialstyrelsen;2021-06-30;godtagen;2021-09-01;19121212-1212;\n", "REJECTED 0 0 0; ERROR personal_number 2 note"),
        ] {
            assert_eq!(told(&app, &decisions(rows)).await, expected, "{rows}");
        }
        let own = decisions("2;1;socialstyrelsen;2021-06-30;godtagen;2021-09-01;;\n").by("nck");
        assert_eq!(told(&app, &own).await, "REJECTED 0 0 0; ERROR not_your_data 2 ");
        // What is decided on is warned of when it is taken away, and the decision stays until it is removed.
        let without = reports("2;1;socialstyrelsen;2021-06-30;pågår;;\n");
        assert_eq!(told(&app, &without).await, "ACCEPTED 0 1 0; WARNING unknown_value 2 deviation");
        let removal = "planversion;rad;myndighet;per_datum;beslut;beslutsdatum;åtgärd\n2;1;socialstyrelsen;2021-06-30;;;REMOVE\n";
        let removal = Sent::csv(Kind::DeviationDecisions, removal).assignment(SUPPORT);
        assert_eq!(told(&app, &removal).await, "ACCEPTED 0 1 0");
    }
}
