//! A disk that is full for a while: a file system of a few megabytes, mounted for the program alone. No rights are needed
//! where the system lets its users do so; elsewhere the test is left out and says so.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::deeds::{Files, QUESTION, rounds, until_ready};
use super::service::Service;

/// Mounts a file system on a folder, then becomes the program.
const MOUNTED: &str = r#"mount -t tmpfs -o "size=$2,mode=700" tmpfs "$1" && shift 2 && exec "$@""#;

/// A file system that the program alone sees.
struct Disk {
    /// What makes it and becomes the program.
    by: Vec<String>,
    /// What becomes another program that sees it too, before the number of the first one's process.
    beside: Vec<&'static str>,
}

impl Disk {
    /// One mounted on a folder; none where the system gives none.
    fn find(folder: &Path) -> Option<Self> {
        let at = folder.to_str().expect("a path of text");
        // What each round leaves has room.
        let size = format!("{}m", 64 + 24 * rounds());
        let alone = (
            vec!["unshare", "--mount"],
            vec!["nsenter", "--mount", "--target"],
        );
        let as_another = (
            vec!["unshare", "--user", "--map-root-user", "--mount"],
            vec![
                "nsenter",
                "--user",
                "--preserve-credentials",
                "--mount",
                "--target",
            ],
        );
        [alone, as_another].into_iter().find_map(|(by, beside)| {
            let by: Vec<String> = by
                .into_iter()
                .chain(["sh", "-c", MOUNTED, "sh", at, &size])
                .map(str::to_owned)
                .collect();
            let mut tried = Command::new(&by[0]);
            tried.args(&by[1..]).arg("true").stderr(Stdio::null());
            let mounts = tried.status().is_ok_and(|status| status.success());
            mounts.then_some(Self { by, beside })
        })
    }
}

/// Fills the rest of a disk with a file.
fn fill(file: &Path) {
    let mut filler = OpenOptions::new()
        .create(true)
        .append(true)
        .open(file)
        .expect("a file");
    for size in [1 << 20, 1 << 14, 1 << 9] {
        let block = vec![1_u8; size];
        while filler.write_all(&block).is_ok() {}
    }
}

#[test]
fn a_disk_that_is_full_for_a_while_loses_nothing_and_takes_files_again_without_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).expect("a folder");
    let Some(found) = Disk::find(&disk) else {
        // Written past the test runner's capture.
        let _ = writeln!(
            std::io::stderr(),
            "\nFULL DISKS LEFT OUT: no file system can be mounted here\n"
        );
        return;
    };
    let by: Vec<&str> = found.by.iter().map(String::as_str).collect();
    let url = format!("sqlite:{}", disk.join("samsyn.db").display());
    let service = Service::start(&by, folder.path(), &url);
    // The file system as the program sees it.
    let seen = format!("/proc/{}/root{}", service.process(), disk.display());
    let filler = Path::new(&seen).join("filler");
    let mut files = Files::begin(&service);
    let (mut slowest, mut latest, mut refused) = (Duration::ZERO, Duration::ZERO, 0);
    for _ in 0..rounds() {
        files.send_in_calm(&service);
        fill(&filler);
        until_ready(&service, 503, (Instant::now(), files.soon()));
        let (mut full, mut told) = (0, Duration::ZERO);
        // The log of writes may have room from before.
        for _ in 0..200 {
            let answer = files.send(&service);
            // What was taken is told of by a read, which must be noted: where it cannot be, nobody knows.
            let is_told = answer.is_full() || answer.is_unavailable();
            assert!(answer.status == 201 || is_told, "{answer:?}");
            told = told.max(answer.took);
            full += usize::from(answer.is_full());
            let asked = service.ask(QUESTION);
            assert!(asked.status == 200 || asked.status == 503, "{asked:?}");
            if full == 3 {
                break;
            }
        }
        assert_eq!(full, 3, "the disk is full");
        assert!(told < files.soon(), "it was told of after {told:?}");
        slowest = slowest.max(told);
        refused += full;
        std::fs::remove_file(&filler).expect("room again");
        let since = Instant::now();
        latest = latest.max(files.until_taken(&service, since));
        until_ready(&service, 200, (since, files.soon()));
    }
    let process = service.process().to_string();
    let mut beside = found.beside;
    beside.push(&process);
    files.assert_whole(&service, &url, &beside);
    let _ = writeln!(
        std::io::stderr(),
        "{} full disks, {refused} files refused: told of within {slowest:?}, written again within {latest:?}",
        rounds()
    );
}
