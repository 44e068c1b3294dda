//! A throwaway PostgreSQL server: started at the first question for it, stopped and removed when the test process ends.
//!
//! `SAMSYN_TEST_POSTGRES` names a server to use instead (a URL without a database), which is what a runner
//! with one process a test wants. Where neither is to be had, the PostgreSQL half is left out and says so;
//! with `SAMSYN_REQUIRE_POSTGRES=1` that is a failure.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

use anyhow::{Context, bail, ensure};

use super::program::environment;

/// A running server in which every test may create databases of its own.
pub(super) struct Cluster {
    base: String,
    psql: PathBuf,
    /// Its standard input is the lifeline: the kernel closes it however this process ends. Statics are never dropped.
    _watchdog: Option<Child>,
}

/// The server of this process, or `None` where there is no PostgreSQL and none is required.
pub(super) fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
    let required = environment("SAMSYN_TEST_POSTGRES").is_some()
        || environment("SAMSYN_REQUIRE_POSTGRES").is_some_and(|value| value == "1");
    let cluster = CLUSTER.get_or_init(|| {
        Cluster::find_or_start().map_err(|error| {
            let reason = format!("{error:#}");
            if !required {
                // Written past the test runner's capture: passing tests must not hide what they left out.
                let _ = writeln!(
                    std::io::stderr(),
                    "\nPOSTGRESQL LEFT OUT, only SQLite is tested: {reason}\n"
                );
            }
            reason
        })
    });
    match cluster {
        Ok(cluster) => Some(cluster),
        Err(reason) if required => {
            panic!("PostgreSQL is required here and cannot be used: {reason}")
        }
        Err(_) => None,
    }
}

impl Cluster {
    /// The URL of one database, for the service and for SeaORM alike.
    pub(super) fn url(&self, database: &str) -> String {
        format!("{}/{database}", self.base)
    }

    /// Creates a database, empty or as a copy of `template`, to which nobody may be connected then.
    pub(super) fn create_database(&self, name: &str, template: Option<&str>) -> anyhow::Result<()> {
        let name = identifier(name)?;
        let template = match template {
            Some(template) => identifier(template)?,
            None => "template0 ENCODING 'UTF8' LOCALE 'C'",
        };
        self.execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
    }

    fn execute(&self, sql: &str) -> anyhow::Result<()> {
        let output = Command::new(&self.psql)
            .args([
                "--no-psqlrc",
                "--quiet",
                "--no-password",
                "--set=ON_ERROR_STOP=1",
            ])
            .args(["--command", sql, "--dbname", &self.url("postgres")])
            .env("PGOPTIONS", "-c client_min_messages=warning")
            .output()
            .with_context(|| format!("{} cannot be run", self.psql.display()))?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{sql}: {}", said.trim());
        Ok(())
    }

    fn find_or_start() -> anyhow::Result<Self> {
        if let Some(base) = environment("SAMSYN_TEST_POSTGRES") {
            let base = base
                .into_string()
                .ok()
                .context("SAMSYN_TEST_POSTGRES is not UTF-8")?;
            let psql = program("psql").context("psql is not installed")?;
            return Ok(Self {
                base: base.trim_end_matches('/').to_owned(),
                psql,
                _watchdog: None,
            });
        }
        let initdb = program("initdb")
            .context("initdb is not installed (Debian: apt-get install postgresql)")?;
        // A link on the PATH stands for the folder in which its neighbours are.
        let initdb = initdb.canonicalize()?;
        let bin = initdb.parent().context("initdb lies in no folder")?;
        let psql = Some(bin.join("psql"))
            .filter(|path| path.is_file())
            .or_else(|| program("psql"));
        let psql = psql.context("psql is not installed")?;
        let (watchdog, folder) = start(bin, "exec >/dev/null 2>&1\nread -r _ || true\n")?;
        Ok(Self {
            base: base(&folder),
            psql,
            _watchdog: Some(watchdog.child),
        })
    }
}

/// Makes the server, says where, waits for the end of its standard input, and takes everything away again.
///
/// A socket in a folder of our own instead of a TCP port: nothing to collide with, and closed to other users.
const WATCHDOG: &str = r#"
set -eu
exec 2>&1
bin=$1 tmp=$2
# A socket's whole path has room for about 100 bytes, and root's folder may be closed to the server's user.
[ "${#tmp}" -le 60 ] || tmp=/tmp
dir=$(mktemp -d "$tmp/samsyn-postgres.XXXXXX" 2>/dev/null || mktemp -d /tmp/samsyn-postgres.XXXXXX)
trap '"$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT
# Nobody may be left to read: a write that fails ends the script by way of the trap, SIGPIPE would end it at once.
trap '' PIPE
trap 'exit 1' HUP INT TERM
"$bin/initdb" -D "$dir/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync >/dev/null
cat >>"$dir/data/postgresql.conf" <<END
listen_addresses = ''
unix_socket_directories = '$dir'
port = 5432
max_connections = 200
# It lives for one run: nothing of it has to survive a crash.
fsync = off
synchronous_commit = off
full_page_writes = off
END
"$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w start >/dev/null || { cat "$dir/log"; exit 1; }
echo "ready $dir"
"#;

/// Who keeps a server: it waits for what its standard input says.
pub(super) struct Watchdog {
    pub(super) child: Child,
    /// What it says once the server is ready.
    pub(super) said: BufReader<ChildStdout>,
}

/// The URL of a server whose socket is in a folder, without a database.
pub(super) fn base(folder: &str) -> String {
    // A host that begins with a slash, percent-encoded, is the folder of a Unix socket.
    let host: String = folder.bytes().map(percent_encoded).collect();
    format!("postgres://postgres@{host}:5432")
}

/// Starts the watchdog and returns it with the folder of the server's socket. Once the server is ready it runs `then`, and
/// ends with it.
pub(super) fn start(bin: &Path, then: &str) -> anyhow::Result<(Watchdog, String)> {
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{WATCHDOG}{then}"), "watchdog"])
        .arg(bin)
        .arg(std::env::temp_dir());
    // A group of its own: an interrupt at the terminal or a runner's time-out must not kill what cleans up.
    command
        .current_dir("/")
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    if id(&["-u"])? == 0 {
        // PostgreSQL refuses to run as root.
        let user = "there is no user postgres, and PostgreSQL does not run as root";
        command
            .uid(id(&["-u", "postgres"]).context(user)?)
            .gid(id(&["-g", "postgres"]).context(user)?);
    }
    let mut child = command.spawn().context("sh cannot be run")?;
    let mut lines = BufReader::new(child.stdout.take().context("the watchdog has no output")?);
    let mut said = Vec::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            break;
        }
        if let Some(folder) = line.trim_end().strip_prefix("ready ") {
            let folder = folder.to_owned();
            return Ok((Watchdog { child, said: lines }, folder));
        }
        said.push(line.trim_end().to_owned());
    }
    let status = child.wait()?;
    bail!(
        "the server in {} did not start ({status}): {}",
        bin.display(),
        said.join("\n")
    )
}

/// The program on the PATH, else in Debian's folder of the newest version, which is not on the PATH.
pub(super) fn program(name: &str) -> Option<PathBuf> {
    let path = environment("PATH").unwrap_or_default();
    let mut debian: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|folders| folders.flatten().map(|folder| folder.path()).collect())
        .unwrap_or_else(|_| Vec::new())
        .into_iter()
        .filter_map(|folder| {
            Some((
                folder.file_name()?.to_str()?.parse().ok()?,
                folder.join("bin"),
            ))
        })
        .collect();
    debian.sort();
    let newest_first = debian.into_iter().rev().map(|(_, folder)| folder);
    std::env::split_paths(&path)
        .chain(newest_first)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

fn id(arguments: &[&str]) -> anyhow::Result<u32> {
    let output = Command::new("id")
        .args(arguments)
        .output()
        .context("id cannot be run")?;
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// Names go into statements unquoted: lower case, digits, underscores, and short enough not to be cut.
fn identifier(name: &str) -> anyhow::Result<&str> {
    let first = name.starts_with(|letter: char| letter.is_ascii_lowercase() || letter == '_');
    let rest = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    ensure!(
        first && rest && name.len() <= 63,
        "`{name}` is no name for a database in tests"
    );
    Ok(name)
}

fn percent_encoded(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    }
}
