//! What an agency does while the store comes and goes, and what must have become of it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::service::{Answer, Service};
use crate::harness::program;

/// Within so long a client is told that the database does not answer, and everything works once it does.
const SOON: Duration = Duration::from_secs(5);

/// A question that the database must answer each time: nothing of it is kept between requests.
pub(super) const QUESTION: &str = "{ submissions(first: 1) { totalCount } }";

/// The files that were sent, by their keys: the text, and whether it was answered that they are taken.
#[derive(Default)]
pub(super) struct Files {
    sent: BTreeMap<String, (String, bool)>,
    usual: Duration,
}

impl Files {
    /// The round that allocations are of.
    pub(super) fn begin(service: &Service) -> Self {
        let rounds = "round;assignment;year;recipient_kind;available_amount;use_by;report_by\n\
                      KOM-2018;S2016/00633/FST;2018;MUNICIPALITY;50000000;2018-12-31;2019-03-31\n";
        let taken = service.send("rounds", "rounds", rounds);
        assert_eq!(taken.status, 201, "{taken:?}");
        Self::default()
    }

    /// The next file: every allocation of the round with an amount of its own.
    pub(super) fn next(&mut self) -> (String, String) {
        let turn = self.sent.len() + 1;
        let register = include_str!("../../../api/reference/14-recipients.csv");
        let codes = register
            .lines()
            .skip(1)
            .map(|line| line.split(',').next().expect("a code"));
        let rows: String = codes
            .map(|code| format!("KOM-2018;{code};{turn}\n"))
            .collect();
        let text = format!("round;recipient_code;amount\n{rows}");
        let key = format!("allocations-{turn:04}");
        self.sent.insert(key.clone(), (text.clone(), false));
        (key, text)
    }

    /// Notes what came of a file.
    pub(super) fn note(&mut self, key: &str, answer: &Answer) {
        if matches!(answer.status, 200 | 201) {
            self.sent.get_mut(key).expect("it was sent").1 = true;
        }
    }

    /// Sends the next file while all is well, which says how quick the machine is now.
    pub(super) fn send_in_calm(&mut self, service: &Service) {
        let answer = self.send(service);
        assert_eq!(answer.status, 201, "{answer:?}");
        self.usual = answer.took;
    }

    /// How long anything may take: on a machine that is busy with other things, what a file takes there by itself is left
    /// out of the account.
    pub(super) fn soon(&self) -> Duration {
        SOON + self.usual * 2
    }

    /// Sends the next file.
    pub(super) fn send(&mut self, service: &Service) -> Answer {
        let (key, text) = self.next();
        let answer = service.send("allocations", &key, &text);
        self.note(&key, &answer);
        answer
    }

    /// Sends files until one is taken: that must be soon.
    pub(super) fn until_taken(&mut self, service: &Service, since: Instant) -> Duration {
        loop {
            let answer = self.send(service);
            if answer.status == 201 {
                let after = since.elapsed();
                assert!(
                    after < self.soon(),
                    "the first file was taken after {after:?}"
                );
                return after;
            }
            assert!(
                since.elapsed() < self.soon(),
                "writes do not work: {answer:?}"
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Whatever was answered as taken is there; what was not is there once it is sent again with its key; nothing is there
    /// twice, and the store proves that nothing was changed.
    pub(super) fn assert_whole(&self, service: &Service, url: &str, by: &[&str]) {
        for (key, (text, taken)) in &self.sent {
            let lost = service.get("/submissions", &format!("Idempotency-Key: {key}\r\n"));
            assert!(
                lost.status == 201 || !taken,
                "{key} was taken and is lost: {lost:?}"
            );
            let again = service.send("allocations", key, text);
            assert_eq!(again.status, 201, "{key}: {again:?}");
        }
        let counted = service
            .ask("{ submissions(first: 1, where: { kinds: [\"allocations\"] }) { totalCount } }");
        let expected = format!("\"totalCount\":{}", self.sent.len());
        assert!(
            counted.body.contains(&expected),
            "{} files: {counted:?}",
            self.sent.len()
        );
        let verify = ["audit", "verify", "--database-url", url];
        let output = program::start_by(by, &verify)
            .wait_with_output()
            .expect("it ends");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains("all well"), "{output:?}");
    }
}

/// Rounds of a test: `SAMSYN_TEST_OUTAGES`, a small number where it says nothing.
pub(super) fn rounds() -> usize {
    let said = program::environment("SAMSYN_TEST_OUTAGES");
    let said = said.and_then(|text| text.into_string().ok());
    said.map_or(2, |text| text.parse().expect("a number of outages"))
}

/// Waits until the service says that it is ready, or that it is not.
pub(super) fn until_ready(service: &Service, status: u16, (since, soon): (Instant, Duration)) {
    loop {
        let answer = service.get("/health/ready", "");
        assert!(answer.took < soon, "{answer:?}");
        if answer.status == status {
            return;
        }
        assert!(since.elapsed() < soon, "readiness stays {answer:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}
