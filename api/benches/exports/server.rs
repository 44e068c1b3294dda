//! The server as a process of its own, asked over HTTP; and its memory, as Linux tells it.

use std::io::{BufRead, BufReader, Read, Take, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::Context;

/// Times the server is looked for, and how long between.
const LOOKS: (usize, Duration) = (600, Duration::from_millis(100));

/// A server that ends with this value.
pub(crate) struct Server {
    child: Child,
    address: String,
}

/// An answer whose body is not read yet.
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Take<BufReader<TcpStream>>,
}

impl Server {
    /// Starts one over a store, and waits until it answers.
    pub(crate) fn start(url: &str, folder: &Path) -> anyhow::Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let child = Command::new(env!("CARGO_BIN_EXE_samsyn"))
            .args(["serve", "--database-url", url, "--listen", &address])
            .current_dir(folder)
            .stderr(Stdio::null())
            .spawn()?;
        let server = Self { child, address };
        for _ in 0..LOOKS.0 {
            if let Ok(answer) = server.get("/health/ready")
                && answer.status == 200
            {
                return Ok(server);
            }
            std::thread::sleep(LOOKS.1);
        }
        anyhow::bail!("the server does not answer")
    }

    /// Asks for a path.
    pub(crate) fn get(&self, path: &str) -> anyhow::Result<Answer> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        )?;
        let mut reader = BufReader::new(stream);
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            match line.trim_end() {
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let status = lines.first().and_then(|line| line.split(' ').nth(1));
        let status = status.context("a status")?.parse()?;
        let headers = lines.iter().filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        let mut answer = Answer {
            status,
            headers: headers.collect(),
            body: reader.take(0),
        };
        let length = answer.header("content-length").parse().unwrap_or(u64::MAX);
        answer.body.set_limit(length);
        Ok(answer)
    }

    /// What it needs now, in megabytes.
    pub(crate) fn memory_mb(&self) -> anyhow::Result<u64> {
        self.status("VmRSS:")
    }

    /// What it has needed at most, in megabytes.
    pub(crate) fn peak_mb(&self) -> anyhow::Result<u64> {
        self.status("VmHWM:")
    }

    /// Forgets what it has needed at most until now.
    pub(crate) fn forget_peak(&self) -> anyhow::Result<()> {
        let path = format!("/proc/{}/clear_refs", self.child.id());
        std::fs::write(path, "5").context("the kernel keeps the mark")
    }

    fn status(&self, name: &str) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with(name));
        let kib = line.and_then(|line| line.split_whitespace().nth(1));
        Ok(kib.context("the kernel tells it")?.parse::<u64>()? / 1024)
    }
}

impl Answer {
    /// A header's value; empty where it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
