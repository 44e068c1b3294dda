//! The program as a process of its own: how long it takes, and how much memory at most.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;

/// How often the kernel is asked for the memory of a running process.
const PAUSE: Duration = Duration::from_millis(10);

/// How a run went.
pub(crate) struct Run {
    /// From start to end of the process.
    pub(crate) took: Duration,
    /// Its memory at most (`VmHWM`), as last seen before it ended.
    pub(crate) peak_kib: u64,
}

/// Imports a file or a folder, all of which must be accepted.
pub(crate) fn import(path: &Path, url: &str, more: &[&str]) -> anyhow::Result<Run> {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_samsyn"))
        .arg("import")
        .arg(path)
        .args(["--assignment", "S2016/00633/FST", "--nature", "synthetic"])
        .args(["--database-url", url])
        .args(more)
        .stdout(Stdio::piped())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak_kib = 0;
    loop {
        if let Some(seen) = peak(&status) {
            peak_kib = seen;
        }
        if child.try_wait()?.is_some() {
            break;
        }
        std::thread::sleep(PAUSE);
    }
    let took = began.elapsed();
    let output = child.wait_with_output()?;
    anyhow::ensure!(
        output.status.success(),
        "the import was refused: {}",
        String::from_utf8_lossy(&output.stdout)
    );
    Ok(Run { took, peak_kib })
}

/// Runs a program to its end; gives what it says.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<String> {
    let output = command
        .output()
        .with_context(|| format!("{command:?} cannot be run"))?;
    anyhow::ensure!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8(output.stdout)?)
}

fn peak(status: &str) -> Option<u64> {
    let status = std::fs::read_to_string(status).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
