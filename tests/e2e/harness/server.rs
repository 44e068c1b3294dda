//! A PostgreSQL server of one test's own, which can be killed, stopped and frozen, and comes back.

use std::io::{BufRead, Write};

use anyhow::Context;

use super::postgres::{Watchdog, base, program, start};

/// What befalls a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// All its processes are killed.
    Crash,
    /// It is told to end at once.
    Stop,
    /// All its processes stand still, and its sockets stay open.
    Freeze,
}

/// A server; it ends with this value.
pub(crate) struct Server {
    watchdog: Watchdog,
    url: String,
}

/// What is answered is as safe as the server makes it: what it has acknowledged survives its own death, though not that of
/// the machine, since nothing is synced. One word a line is a deed; each is told when it is done.
const STEER: &str = r#"
echo "synchronous_commit = on" >>"$dir/data/postgresql.conf"
"$bin/pg_ctl" -D "$dir/data" reload >/dev/null
main() { head -n 1 "$dir/data/postmaster.pid"; }
alive() { case $(sed -n 's/^State:[[:space:]]*//p' "/proc/$1/status" 2>/dev/null) in ''|Z*) return 1 ;; esac; }
below() { grep -l "^PPid:[[:space:]]*$1\$" /proc/[0-9]*/status 2>/dev/null | cut -d/ -f3; }
"$bin/createdb" -h "$dir" -U postgres --template=template0 samsyn
while read -r deed; do
  case $deed in
    Crash) pid=$(main); all="$pid $(below "$pid")"
      kill -KILL $all 2>/dev/null || true
      for one in $all; do
        turns=0
        while alive "$one" && [ $turns -lt 100 ]; do sleep 0.05; turns=$((turns + 1)); done
      done
      # Where nobody buries what was killed, its number would pass for a server that lives.
      rm -f "$dir/data/postmaster.pid" "$dir"/.s.PGSQL.* ;;
    Stop) "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null ;;
    Freeze) pid=$(main); kill -STOP "$pid"; for one in $(below "$pid"); do kill -STOP "$one" 2>/dev/null || true; done ;;
    thaw) pid=$(main); for one in $(below "$pid"); do kill -CONT "$one" 2>/dev/null || true; done; kill -CONT "$pid" ;;
    start) "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w start >/dev/null ;;
  esac
  echo "done $deed"
done
# What stands still cannot end.
pid=$(main 2>/dev/null || true)
[ -z "$pid" ] || kill -CONT "$pid" $(below "$pid") 2>/dev/null || true
"#;

impl Server {
    /// Starts one with an empty database; why there is none where it cannot be had.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let initdb = program("initdb")
            .context("initdb is not installed (Debian: apt-get install postgresql)")?;
        let initdb = initdb.canonicalize()?;
        let bin = initdb.parent().context("initdb lies in no folder")?;
        let (watchdog, folder) = start(bin, STEER)?;
        let url = format!("{}/samsyn", base(&folder));
        let mut server = Self { watchdog, url };
        // The database is made once the first word is answered.
        server.tell("ready?");
        Ok(server)
    }

    /// The URL of its database.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Has something befall it.
    pub(crate) fn suffer(&mut self, cause: Cause) {
        self.tell(&format!("{cause:?}"));
    }

    /// Ends what has befallen it: once this returns it answers again.
    pub(crate) fn recover(&mut self, cause: Cause) {
        self.tell(match cause {
            Cause::Crash | Cause::Stop => "start",
            Cause::Freeze => "thaw",
        });
    }

    fn tell(&mut self, deed: &str) {
        let input = self.watchdog.child.stdin.as_mut().expect("an input");
        writeln!(input, "{deed}").expect("the watchdog listens");
        let mut said = String::new();
        loop {
            said.clear();
            let read = self.watchdog.said.read_line(&mut said);
            assert!(
                read.expect("the watchdog speaks") > 0,
                "the watchdog has ended at {deed}"
            );
            if said.trim_end() == format!("done {deed}") {
                return;
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The end of its input has it stop the server and take the folder away.
        drop(self.watchdog.child.stdin.take());
        let _ = self.watchdog.child.wait();
    }
}
