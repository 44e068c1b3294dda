//! PostgreSQL's own bulk load of the same rows: `COPY FROM STDIN` by `psql`, in one transaction.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::process::run;
use crate::tables::{FILLED, Triggers};

fn psql(url: &str) -> Command {
    let mut command = Command::new("psql");
    command.args(["--no-psqlrc", "--quiet", "--no-align", "--tuples-only"]);
    command.args(["--set=ON_ERROR_STOP=1", "--dbname", url]);
    command
}

fn sql(url: &str, text: &str) -> anyhow::Result<String> {
    run(psql(url).args(["--command", text]))
}

/// Makes a database of the bench anew from a template.
pub(crate) fn make_database(server: &str, name: &str, template: &str) -> anyhow::Result<()> {
    drop_database(server, name)?;
    let server = format!("{}/postgres", server.trim_end_matches('/'));
    let encoding = if template == "template0" {
        "ENCODING 'UTF8'"
    } else {
        ""
    };
    sql(
        &server,
        &format!("CREATE DATABASE samsyn_bench_{name} TEMPLATE {template} {encoding}"),
    )?;
    // What earlier steps left to be written is not to be paid by the next one.
    sql(&server, "CHECKPOINT").map(drop)
}

/// Drops a database of the bench.
pub(crate) fn drop_database(server: &str, name: &str) -> anyhow::Result<()> {
    let server = format!("{}/postgres", server.trim_end_matches('/'));
    sql(
        &server,
        &format!("DROP DATABASE IF EXISTS samsyn_bench_{name}"),
    )
    .map(drop)
}

/// How far each table has come.
pub(crate) fn marks(url: &str) -> anyhow::Result<Vec<i64>> {
    let mark = |filled: &crate::tables::Filled| Ok(sql(url, &filled.mark())?.trim().parse()?);
    FILLED.iter().map(mark).collect()
}

/// Writes the rows after the marks into files, one a table.
pub(crate) fn write_out(url: &str, folder: &Path, marks: &[i64]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for (filled, mark) in FILLED.iter().zip(marks) {
        let file = folder.join(format!("{}.copy", filled.table));
        let rows = filled.after("", *mark);
        sql(url, &format!("\\copy ({rows}) TO '{}'", file.display()))?;
        files.push(file);
    }
    Ok(files)
}

/// Loads the files; gives how long it took from the start of `psql` to its end.
pub(crate) fn load(url: &str, files: &[PathBuf], triggers: Triggers) -> anyhow::Result<Duration> {
    if triggers == Triggers::Off {
        for filled in FILLED {
            sql(
                url,
                &format!("ALTER TABLE {} DISABLE TRIGGER USER", filled.table),
            )?;
        }
    }
    let mut script = "BEGIN;\n".to_owned();
    for (filled, file) in FILLED.iter().zip(files) {
        writeln!(script, "\\copy {} FROM '{}'", filled.table, file.display())?;
    }
    script.push_str("COMMIT;\n");
    let path = files[0].with_file_name("load.sql");
    std::fs::write(&path, script)?;
    let began = Instant::now();
    run(psql(url).arg("--file").arg(&path))?;
    Ok(began.elapsed())
}
