//! A decided removal leaves hash and tombstone, takes the content from everywhere, and every proof still holds.

use entity::{Kind, RegistryNumber, Verdict};
use samsyn::clock::Clock;
use samsyn::intake::Limits;
use samsyn::policy::Scope;
use samsyn::service::audit::verify;
use samsyn::service::redaction::{Error, Extent, Mode, Order, Removal, TEXTS, Target, redact};

use serde_json::json;

use crate::database::Raw;
use crate::harness::{Persona, Sent, TestApp, on_both_engines};
use crate::intake::files::FUNDS;
use crate::intake::world::{accepted, paid, send};
use crate::stored::Stored;

const SECRET: &str = "Handläggaren Åsa Exempelsson slutade i vredesmod";

fn reports(first: &str, second: &str) -> String {
    format!(
        "round;kod;reported_on;used_other;unused;comment\nK;0180;2017-01-01;500;100;{first}\nK;0115;2017-01-01;60;40;{second}\n"
    )
}

fn order(target: Target, extent: Extent) -> Order {
    Order {
        target,
        decision: RegistryNumber::parse("S2017/99999/GALL").expect("a number"),
        reason: "personuppgift".to_owned(),
        actor: "coordinator".to_owned(),
        extent,
        scope: Scope::Everything,
    }
}

async fn carried_out(app: &TestApp, order: &Order) -> Result<Removal, Error> {
    let clock = Clock::system();
    redact(&app.store, &clock, Limits::default(), order, Mode::Redact).await
}

async fn sound(app: &TestApp) {
    let found = verify(&app.store, &[]).await.expect("a verification");
    assert_eq!(found.faults.first(), &[]);
}

async fn last_submission(app: &TestApp) -> i64 {
    let stored = Stored::of(app).await;
    stored
        .number("SELECT MAX(id) AS n FROM submission WHERE row_count > 0")
        .await
}

fn comment(submission: i64, row: i64) -> Target {
    Target::Text {
        submission,
        row,
        column: "comment".to_owned(),
    }
}

/// A file removed: fills the table of tombstones.
pub(crate) async fn one(app: &TestApp) {
    let files = Stored::of(app)
        .await
        .texts("SELECT MIN(sha256) AS name FROM file_content")
        .await;
    let order = order(Target::File(files[0].clone()), Extent::Alone);
    carried_out(app, &order).await.expect("the file is removed");
}

/// What the mutation is asked of a comment on the second row.
fn input(submission: &str, everywhere: bool, dry_run: bool) -> serde_json::Value {
    json!({ "input": { "submission": submission, "row": 2, "column": "comment", "decision": "S2017/99999/GALL",
        "reason": "personuppgift", "everywhere": everywhere, "dryRun": dry_run } })
}

/// A text removed from wherever it stands.
pub(crate) async fn text(app: &TestApp, body: &str) {
    let place = format!(
        "SELECT CAST(r.submission_id AS TEXT) AS name, r.row_number AS n FROM received_row r JOIN usage_report u ON u.row_id = r.id
         JOIN free_text f ON f.id = u.comment_id WHERE f.body = '{body}'"
    );
    let places = Stored::of(app).await.numbers(&place).await;
    let (submission, row) = places.first_key_value().expect("the text is there");
    let target = comment(submission.parse().expect("a number"), *row);
    carried_out(app, &order(target, Extent::Everywhere))
        .await
        .expect("the text is removed");
}

on_both_engines! {
    async fn a_text_goes_from_every_row_and_file_or_stays_in_all(app: Reference) {
        paid(&app).await;
        accepted(&app, Kind::UsageReports, &reports(SECRET, "Inget")).await;
        let submission = last_submission(&app).await;
        // The same text in another row of another file, and within an own column of a third.
        accepted(&app, Kind::UsageReports, &reports("Rättat", SECRET)).await;
        let own = format!("round;kod;belopp;rekvirerat_datum;flex_anteckning\nK;0180;600;2016-05-01;\"se: {SECRET}!\"\n");
        accepted(&app, Kind::Requisitions, &own).await;

        let alone = order(comment(submission, 2), Extent::Alone);
        let Err(Error::Elsewhere(removal)) = carried_out(&app, &alone).await else {
            panic!("half a removal is none");
        };
        let places: Vec<(i64, Option<i64>)> = removal.texts.iter().map(|one| (one.submission, one.row)).collect();
        assert_eq!(places, [(submission, Some(2)), (submission + 1, Some(3))]);
        assert_eq!(removal.files.len(), 3, "{removal:?}");
        let stored = Stored::of(&app).await;
        assert_eq!(stored.counts().await["redaction"], 0, "nothing was done");
        sound(&app).await;

        let everywhere = order(comment(submission, 2), Extent::Everywhere);
        let dry = redact(&app.store, &Clock::system(), Limits::default(), &everywhere, Mode::DryRun).await.expect("a plan");
        assert_eq!(stored.counts().await["redaction"], 0, "a dry run does nothing");
        assert_eq!(carried_out(&app, &everywhere).await.expect("it is removed"), dry);
        assert_eq!(stored.counts().await["redaction"], 5);
        let left = "SELECT COUNT(*) AS n FROM free_text WHERE body LIKE '%Exempelsson%'";
        assert_eq!(stored.number(left).await, 0);
        let tombstones = "SELECT COUNT(*) AS n FROM free_text f JOIN redaction r ON r.target = 'free_text' AND r.target_key = CAST(f.id AS TEXT)
            WHERE f.body IS NULL AND f.redacted_at = r.at AND length(f.sha256) = 64 AND r.decision = 'S2017/99999/GALL' AND r.reason = 'personuppgift'";
        assert_eq!(stored.number(tombstones).await, 2);
        sound(&app).await;

        let Err(Error::Already(decision)) = carried_out(&app, &everywhere).await else {
            panic!("it was removed before");
        };
        assert_eq!(decision.as_str(), "S2017/99999/GALL");
    }

    async fn what_was_removed_does_not_come_back_with_the_next_file(app: Reference) {
        paid(&app).await;
        let first = reports(SECRET, "Inget");
        accepted(&app, Kind::UsageReports, &first).await;
        let removed = order(comment(last_submission(&app).await, 2), Extent::Everywhere);
        carried_out(&app, &removed).await.expect("it is removed");
        for (text, row) in [(first, None), (reports("Annat", SECRET), Some(3))] {
            let report = send(&app, Kind::UsageReports, &text).await;
            assert_eq!(report.verdict, Verdict::Rejected, "{report:?}");
            let finding = report.findings.iter().find(|one| one.row == row).expect("the place is named");
            assert_eq!(finding.rule.code(), "redacted");
            assert!(finding.message_sv.contains("S2017/99999/GALL") && finding.message_en.contains("S2017/99999/GALL"));
        }
        accepted(&app, Kind::UsageReports, &reports("Annat", "Inget")).await;
        let stored = Stored::of(&app).await;
        assert_eq!(stored.number("SELECT COUNT(*) AS n FROM free_text WHERE body LIKE '%Exempelsson%'").await, 0);
        sound(&app).await;
    }

    async fn a_removed_file_leaves_its_facts_and_says_which_texts_stay(app: Reference) {
        paid(&app).await;
        accepted(&app, Kind::UsageReports, &reports(SECRET, "Inget")).await;
        let before = crate::intake::world::amounts(&app, "0180").await;
        let file = Stored::of(&app).await.texts("SELECT sha256 AS name FROM submission ORDER BY id DESC LIMIT 1").await;
        let target = order(Target::File(file[0].clone()), Extent::Alone);
        let removal = carried_out(&app, &target).await.expect("the file is removed");
        assert_eq!((removal.files.len(), removal.texts_left), (1, 2));
        assert_eq!(crate::intake::world::amounts(&app, "0180").await, before);
        sound(&app).await;
        // With the file gone the text stands in its row alone.
        let text = order(comment(last_submission(&app).await, 2), Extent::Alone);
        carried_out(&app, &text).await.expect("the text is removed");
        sound(&app).await;
    }

    async fn the_mutation_reaches_what_its_viewer_reaches(app: Reference) {
        paid(&app).await;
        accepted(&app, Kind::UsageReports, &reports(SECRET, "Inget")).await;
        let document = "mutation R($input: RedactionInput!) { redact(input: $input) {
            removed texts { submission row column } files { sha256 submissions } textsLeft problems { code path messageSv messageEn } } }";
        let coordinator = Persona::coordinator("socialstyrelsen");
        let listed = app.ask_as(&coordinator, "{ submissions(first: 1) { nodes { id } } }", json!({})).await;
        let id = listed["data"]["submissions"]["nodes"][0]["id"].as_str().expect("an identity").to_owned();

        for who in [Persona::evaluator(), Persona::reporter("lansstyrelsen_skane")] {
            let answer = app.ask_as(&who, document, input(&id, true, false)).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN", "{who:?}");
        }
        let elsewhere = Persona::coordinator("lansstyrelsen_skane");
        let said = app.ask_as(&elsewhere, document, input(&id, true, false)).await["data"]["redact"].take();
        assert_eq!(said["problems"][0]["code"], "NOT_FOUND", "{said}");
        let said = app.ask_as(&coordinator, document, input(&id, false, false)).await["data"]["redact"].take();
        assert_eq!((&said["removed"], &said["problems"][0]["code"]), (&json!(false), &json!("STANDS_ELSEWHERE")), "{said}");
        let dry = app.ask_as(&coordinator, document, input(&id, true, true)).await["data"]["redact"].take();
        assert_eq!((&dry["removed"], &dry["problems"]), (&json!(false), &json!([])), "{dry}");
        let done = app.ask_as(&coordinator, document, input(&id, true, false)).await["data"]["redact"].take();
        assert_eq!((&done["removed"], &done["problems"]), (&json!(true), &json!([])), "{done}");
        assert_eq!(done["texts"], json!([{ "submission": id, "row": 2, "column": "comment" }]));
        assert_eq!(done["files"][0]["submissions"], json!([id]));
        let again = app.ask_as(&coordinator, document, input(&id, true, false)).await["data"]["redact"].take();
        assert_eq!(again["problems"][0]["code"], "ALREADY_REDACTED", "{again}");
        let half = json!({ "input": { "submission": id, "row": 2, "decision": "S2017/1", "reason": "x" } });
        let said = app.ask_as(&coordinator, document, half).await["data"]["redact"].take();
        assert_eq!(said["problems"][0]["code"], "BAD_INPUT", "{said}");
        sound(&app).await;
    }

    async fn what_is_not_there_is_named_and_a_reason_is_needed(app: Reference) {
        paid(&app).await;
        for (target, named) in [
            (comment(1, 2), "comment"),
            (comment(999, 2), "submission 999"),
            (Target::Reason { submission: 1, event: 9 }, "event 9"),
            (Target::File("ab".to_owned()), "ab"),
        ] {
            let said = carried_out(&app, &order(target, Extent::Everywhere)).await.expect_err("there is none");
            assert!(matches!(said, Error::NotFound(_)) && said.to_string().contains(named), "{said}");
        }
        let mut silent = order(Target::File("ab".to_owned()), Extent::Alone);
        silent.reason = " ".to_owned();
        assert!(matches!(carried_out(&app, &silent).await, Err(Error::Reason)));
    }

    async fn findings_and_events_never_repeat_a_free_text(app: Reference) {
        crate::intake::world::rounds(&app).await;
        let ngo = crate::intake::world::NGO;
        for text in ["Lokalhyra för skyddat boende Zebrafink", "Ring 19811218-9876 Zebrafink", "Zebrafink"] {
            let file = format!("round;recipient_code;applied_amount;applied_on;purpose\nN;{ngo};400;2016-03-01;{text}\nN;{ngo};x;2016-03-01;{text}\nQ;0000;1;2016-03-01;{text}\n");
            let report = send(&app, Kind::Applications, &file).await;
            assert!(!report.findings.is_empty());
        }
        let raw = Raw::of(&app).await;
        for (table, columns) in raw.tables().await {
            if table == "free_text" || table == "file_content" {
                continue;
            }
            let needle: String = "Zebrafink".bytes().map(|byte| format!("{byte:02x}")).collect();
            let content = raw.content(&table, &columns).await;
            let repeats = content.iter().any(|row| row.to_lowercase().contains(&needle));
            assert!(!repeats, "{table} repeats what somebody wrote");
        }
    }

    async fn every_column_of_free_texts_can_be_redacted(app: Empty) {
        let raw = Raw::of(&app).await;
        let mut known: Vec<String> = TEXTS.iter().map(|(_, table, column)| format!("{table}.{column}_id")).collect();
        known.push("submission_event.reason_id".to_owned());
        known.sort();
        let sql = if raw.is_postgres() {
            "SELECT conrelid::regclass || '.' || attname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
             WHERE contype = 'f' AND confrelid = 'free_text'::regclass ORDER BY 1"
        } else {
            "SELECT m.name || '.' || f.\"from\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f.\"table\" = 'free_text' ORDER BY 1"
        };
        assert_eq!(raw.texts(sql).await, known);
    }
}

/// The files of the embedded database hold nothing of what was removed once they are written anew.
#[test]
fn no_byte_is_left_in_the_files_of_the_database() {
    use crate::harness::{Engine, Prepared, run};
    run(Engine::Sqlite, Prepared::Reference, |app| async move {
        paid(&app).await;
        let sent = Sent::csv(Kind::UsageReports, &reports(SECRET, "Inget")).assignment(FUNDS);
        assert_eq!(app.send(&sent).await.verdict, Verdict::Accepted);
        let path = app.url.strip_prefix("sqlite:").expect("a path").to_owned();
        let holds = || {
            ["", "-wal"].iter().any(|end| {
                let bytes = std::fs::read(format!("{path}{end}")).unwrap_or_default();
                let text = String::from_utf8_lossy(&bytes).into_owned();
                text.contains("Exempelsson")
            })
        };
        assert!(holds(), "the search finds what is there");
        let removed = order(comment(last_submission(&app).await, 2), Extent::Everywhere);
        carried_out(&app, &removed).await.expect("it is removed");
        app.store
            .rewrite()
            .await
            .expect("the files are written anew");
        assert!(!holds());
        sound(&app).await;
    });
}
