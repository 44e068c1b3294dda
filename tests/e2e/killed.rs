//! A process that is killed leaves a file wholly or not at all, and nothing that was acknowledged is lost.
//!
//! `SAMSYN_TEST_KILLS` says how many imports are killed on each engine; a small number where it says nothing.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Output};
use std::time::{Duration, Instant};

use entity::Kind;

use crate::chance::Chance;
use crate::database::Raw;
use crate::harness::{Sent, TestApp, on_both_engines, program};

/// Recipients of the one round: its municipalities.
const ROWS: i64 = 290;

const ASSIGNMENT: &str = "S2016/00633/FST";

/// What a file with the number of a turn says: every allocation of the round has that amount.
fn allocations(turn: i64) -> String {
    let register = include_str!("../../api/reference/14-recipients.csv");
    let code = |line: &'static str| line.split(',').next().expect("a code");
    let codes = register.lines().skip(1).map(code);
    let rows: Vec<String> = codes
        .map(|code| format!("KOM-2018;{code};{turn}\n"))
        .collect();
    format!("round;recipient_code;amount\n{}", rows.concat())
}

fn write(folder: &Path, turn: i64) -> PathBuf {
    let file = folder.join(format!("allocations-{turn}.csv"));
    std::fs::write(&file, allocations(turn)).expect("a file");
    file
}

/// Starts an import; PostgreSQL knows its sessions by a name.
fn import(url: &str, file: &Path) -> Child {
    let url = if url.starts_with("postgres") {
        format!("{url}?application_name=killed")
    } else {
        url.to_owned()
    };
    program::start(&[
        "import",
        file.to_str().expect("a path of text"),
        "--assignment",
        ASSIGNMENT,
        "--format",
        "json",
        "--database-url",
        &url,
    ])
}

fn acknowledged(output: &Output) -> bool {
    String::from_utf8_lossy(&output.stdout).contains("\"verdict\": \"ACCEPTED\"")
}

/// Waits until the server has noticed that a client is gone, and has rolled back or ended what it was about.
async fn settled(raw: &Raw) {
    let gone = "SELECT COUNT(*) FROM pg_stat_activity
        WHERE application_name = 'killed' AND datname = current_database()";
    while raw.is_postgres() && raw.number(gone).await > 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// What a store must be after the files of some turns: each wholly there, and nothing of any other.
async fn assert_whole(raw: &Raw, kept: &[i64]) {
    let submissions = i64::try_from(kept.len()).expect("a number of files");
    let rows = submissions * ROWS;
    let mine = "(SELECT id FROM submission WHERE kind = 'allocations')";
    for (table, expected) in [
        ("submission WHERE kind = 'allocations'".to_owned(), submissions),
        (format!("submission_event WHERE submission_id IN {mine}"), submissions),
        (
            format!(
                "dataset_version WHERE submission_event_id IN
                 (SELECT id FROM submission_event WHERE submission_id IN {mine})"
            ),
            submissions,
        ),
        ("file_content WHERE sha256 IN (SELECT sha256 FROM submission WHERE kind = 'allocations')".to_owned(), submissions),
        ("audit_event WHERE detail LIKE 'allocations %'".to_owned(), submissions),
        ("received_row WHERE kind = 'allocations'".to_owned(), rows),
        ("allocation".to_owned(), rows),
        ("counted WHERE kind = 'allocations'".to_owned(), rows),
        ("counted WHERE kind = 'allocations' AND closed_version IS NULL".to_owned(), ROWS),
    ] {
        assert_eq!(raw.number(&format!("SELECT COUNT(*) FROM {table}")).await, expected, "{table}");
    }
    let amounts = raw
        .texts(
            "SELECT CAST(amount / 100 AS TEXT) FROM allocation JOIN counted
             ON counted.row_id = allocation.row_id AND counted.closed_version IS NULL GROUP BY amount",
        )
        .await;
    let last = kept.last().expect("a first file").to_string();
    assert_eq!(amounts, [last], "one file's amounts alone count");
    let unlinked = "SELECT COUNT(*) FROM audit_event one LEFT JOIN audit_event before ON before.id = one.id - 1
        WHERE one.previous_hash <> COALESCE(before.hash, '')";
    assert_eq!(raw.number(unlinked).await, 0, "the chain has no gap");
}

/// What `samsyn audit verify` says of a store, as a process of its own.
fn assert_verified(app: &TestApp) {
    let verify = ["audit", "verify", "--database-url", &app.url];
    let output = program::start(&verify).wait_with_output();
    let output = output.expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("all well"), "{output:?}");
}

async fn prepare(app: &TestApp, folder: &Path) -> PathBuf {
    let rounds = "round;assignment;year;recipient_kind;available_amount;use_by;report_by\n\
                  KOM-2018;S2016/00633/FST;2018;MUNICIPALITY;50000000;2018-12-31;2019-03-31\n";
    let report = app
        .send(&Sent::csv(Kind::Rounds, rounds).assignment(ASSIGNMENT))
        .await;
    assert_eq!(report.new, 1, "{:?}", report.findings);
    write(folder, 1)
}

fn kills() -> i64 {
    let said = program::environment("SAMSYN_TEST_KILLS");
    let said = said.and_then(|text| text.into_string().ok());
    said.map_or(12, |text| text.parse().expect("a number of kills"))
}

on_both_engines! {
    async fn a_killed_import_leaves_all_or_nothing_of_its_file(app: Reference) {
        let folder = tempfile::tempdir().expect("a folder");
        let raw = Raw::of(&app).await;
        let first = prepare(&app, folder.path()).await;
        let began = Instant::now();
        let output = import(&app.url, &first).wait_with_output().expect("it ends");
        assert!(acknowledged(&output), "{output:?}");
        let whole = i128::try_from(began.elapsed().as_micros()).expect("a short time");
        let mut kept = vec![1];
        let (mut chance, kills) = (Chance::seeded(20_261_126), kills());
        let (mut lost, mut unsaid) = (0, 0);
        for turn in 2..=kills + 1 {
            let file = write(folder.path(), turn);
            let mut child = import(&app.url, &file);
            // Spread over the whole of an import, so that few runs meet its beginning, its writing and its end.
            let slot = i128::from(turn - 2) * whole * 5 / 4 / i128::from(kills);
            let wait = slot + chance.below((whole / i128::from(kills)).max(1));
            tokio::time::sleep(Duration::from_micros(u64::try_from(wait).expect("a time"))).await;
            child.kill().expect("it is killed, or has ended");
            let output = child.wait_with_output().expect("it has ended");
            settled(&raw).await;
            let there = raw.number(&format!(
                "SELECT COUNT(*) FROM submission WHERE file_name = 'allocations-{turn}.csv'"
            )).await == 1;
            assert!(there || !acknowledged(&output), "turn {turn} was acknowledged and is lost");
            if there {
                kept.push(turn);
                unsaid += i64::from(!acknowledged(&output));
            } else {
                lost += 1;
            }
            assert_whole(&raw, &kept).await;
        }
        let all = kills - lost;
        let _ = writeln!(std::io::stderr(), "{kills} killed: {lost} left nothing, {all} left all, {unsaid} of them before they said so");
        assert!(lost > 0, "some were killed before they were done");
        let last = kills + 2;
        let output = import(&app.url, &write(folder.path(), last)).wait_with_output().expect("it ends");
        assert!(acknowledged(&output), "nothing stands in the way of the next one: {output:?}");
        kept.push(last);
        assert_whole(&raw, &kept).await;
        assert_verified(&app);
    }

    async fn two_processes_with_the_same_file_make_one_submission(app: Reference) {
        let folder = tempfile::tempdir().expect("a folder");
        let raw = Raw::of(&app).await;
        prepare(&app, folder.path()).await;
        let mut kept = Vec::new();
        for turn in 1..=3 {
            let file = write(folder.path(), turn);
            let both = [import(&app.url, &file), import(&app.url, &file)];
            let outputs = both.map(|child| child.wait_with_output().expect("it ends"));
            let accepted = outputs.iter().filter(|output| acknowledged(output)).count();
            let unchanged = outputs.iter().filter(|output| {
                String::from_utf8_lossy(&output.stdout).contains("\"verdict\": \"UNCHANGED\"")
            }).count();
            assert_eq!((accepted, unchanged), (1, 1), "{outputs:?}");
            kept.push(turn);
            assert_whole(&raw, &kept).await;
        }
        assert_verified(&app);
    }
}
