//! The program serving on a port of its own, as a process, and an agency that sends it files and asks.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Child;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use samsyn::auth::{Authenticator, Key};
use samsyn::clock::Clock;

use crate::harness::{Persona, program};

/// Longer than anything may take: what is not answered by then fails the test.
const NEVER: Duration = Duration::from_secs(120);

/// A served store.
pub(super) struct Service {
    child: Child,
    address: String,
    token: String,
}

/// An answer, and how long it took.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
    pub(super) took: Duration,
}

impl Answer {
    /// Whether it is told that the database does not answer, and when to ask again.
    pub(super) fn is_unavailable(&self) -> bool {
        self.status == 503 && self.body.contains("\"UNAVAILABLE\"") && self.says_when()
    }

    /// Whether it is told that there is no room, and when to ask again.
    pub(super) fn is_full(&self) -> bool {
        self.status == 507 && self.body.contains("\"STORAGE_FULL\"") && self.says_when()
    }

    fn says_when(&self) -> bool {
        self.head.to_lowercase().contains("\r\nretry-after: ")
    }
}

impl Service {
    /// Serves a store; the program is started by another one where that is said.
    pub(super) fn start(by: &[&str], folder: &Path, url: &str) -> Self {
        let key = folder.join("samsyn.key");
        let (pair, _) = Key::read_or_make(&key).expect("a key");
        let authenticator = Authenticator::new(Some(pair), "samsyn", "samsyn");
        let coordinator = Persona::coordinator("socialstyrelsen");
        let token = authenticator
            .token(
                coordinator.viewer(),
                Clock::system().now(),
                TimeDelta::hours(2),
            )
            .expect("a token");
        let key = key.to_str().expect("a path of text");
        let serve = [
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--key",
            key,
            "--database-url",
            url,
        ];
        let mut child = program::start_by(by, &serve);
        let (tell, told) = mpsc::channel();
        let said = BufReader::new(child.stderr.take().expect("its words"));
        // Its words are read to their end, or it would wait for a reader.
        std::thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                let _ = tell.send(line);
            }
        });
        let mut words = Vec::new();
        let address = loop {
            let line = told.recv_timeout(Duration::from_secs(120));
            let line = line.unwrap_or_else(|_| panic!("it does not serve: {words:?}"));
            if let Some((_, after)) = line.split_once("listens on http://") {
                break after.split('/').next().expect("an address").to_owned();
            }
            words.push(line);
        };
        Self {
            child,
            address,
            token,
        }
    }

    /// The number of its process.
    pub(super) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks for a path.
    pub(super) fn get(&self, path: &str, headers: &str) -> Answer {
        self.call("GET", path, headers, "")
    }

    /// Asks a question that the database must answer.
    pub(super) fn ask(&self, document: &str) -> Answer {
        let body = serde_json::json!({ "query": document }).to_string();
        self.call(
            "POST",
            "/graphql",
            "Content-Type: application/json\r\n",
            &body,
        )
    }

    /// Sends a file under a key.
    pub(super) fn send(&self, kind: &str, key: &str, text: &str) -> Answer {
        let path =
            format!("/submissions?kind={kind}&assignment=S2016%2F00633%2FFST&fileName={key}.csv");
        let headers = format!("Content-Type: text/csv\r\nIdempotency-Key: {key}\r\n");
        self.call("POST", &path, &headers, text)
    }

    fn call(&self, method: &str, path: &str, headers: &str, body: &str) -> Answer {
        let began = Instant::now();
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(NEVER)).expect("a limit");
        let (address, token, length) = (&self.address, &self.token, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers in time");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("head and body");
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        Answer {
            status: status.expect("a status"),
            head: head.to_owned(),
            body: body.to_owned(),
            took: began.elapsed(),
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
