//! What a process took at most while it ran.

use std::process::{Child, Output};
use std::thread;
use std::time::Duration;

/// Waits until a process has ended; gives what it said and the mebibytes it held at most.
///
/// The system's own count (`VmHWM`) only grows, so the last look before the end is short of the peak by little.
pub(super) fn peak_while_running(child: Child) -> (Output, u64) {
    let status = format!("/proc/{}/status", child.id());
    let waiting = thread::spawn(move || child.wait_with_output().expect("it ends"));
    let mut peak = 0;
    while !waiting.is_finished() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| {
            line.trim()
                .trim_end_matches("kB")
                .trim()
                .parse::<u64>()
                .ok()
        });
        peak = peak.max(kib.unwrap_or(0) / 1024);
        thread::sleep(Duration::from_millis(2));
    }
    let output = waiting.join().expect("it was waited for");
    assert!(peak > 0, "the system tells how much memory a process holds");
    (output, peak)
}
