//! The memory of this process at most, as Linux tells it.

use anyhow::Context;

/// Forgets what it was at most until now.
pub(crate) fn begin_anew() -> anyhow::Result<()> {
    std::fs::write("/proc/self/clear_refs", "5").context("the kernel keeps the mark")
}

/// What it has been at most since, in megabytes.
pub(crate) fn peak_mb() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1));
    Ok(kib.context("the kernel tells it")?.parse::<u64>()? / 1024)
}
