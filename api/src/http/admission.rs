//! How many requests are worked with at the same time: what cannot begin soon is refused at once instead of waiting behind
//! all others, and nobody takes every place.

use std::time::Duration;

use axum::http::StatusCode;
use tokio::time::timeout;

use super::{Code, Problem, retried};
use crate::turns::{Turn, Turns};

/// How many requests, and how long they wait for a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdmissionLimits {
    /// Questions that are worked with at the same time (32). One caller has half of the places at most; the public is one.
    pub questions: usize,
    /// Changes that are worked with, or wait for their turn to write (64), beside the questions.
    pub changes: usize,
    /// How long a question waits for a place (80 ms).
    pub patience: Duration,
    /// How long a change waits for a place (5 s).
    pub patience_of_change: Duration,
}

impl Default for AdmissionLimits {
    fn default() -> Self {
        Self {
            questions: 32,
            changes: 64,
            patience: Duration::from_millis(80),
            patience_of_change: Duration::from_secs(5),
        }
    }
}

/// The places of a service.
#[derive(Clone)]
pub struct Admission {
    limits: AdmissionLimits,
    questions: Turns,
    changes: Turns,
}

impl Admission {
    /// Places within limits.
    #[must_use]
    pub fn new(limits: AdmissionLimits) -> Self {
        Self {
            limits,
            questions: Turns::new(limits.questions),
            changes: Turns::new(limits.changes),
        }
    }

    /// A place for a question of a caller.
    ///
    /// # Errors
    /// 503 where none becomes free soon.
    pub async fn question(&self, caller: &str) -> Result<Turn, Problem> {
        within(self.limits.patience, &self.questions, caller).await
    }

    /// A place for a change of a caller.
    ///
    /// # Errors
    /// 503 where none becomes free soon.
    pub async fn change(&self, caller: &str) -> Result<Turn, Problem> {
        within(self.limits.patience_of_change, &self.changes, caller).await
    }
}

async fn within(patience: Duration, places: &Turns, caller: &str) -> Result<Turn, Problem> {
    let place = timeout(patience, places.take(Some(caller))).await;
    place.ok().and_then(Result::ok).ok_or_else(crowded)
}

impl Default for Admission {
    fn default() -> Self {
        Self::new(AdmissionLimits::default())
    }
}

fn crowded() -> Problem {
    retried(Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        Code::Overloaded,
        "More is asked at the moment than can be answered. Ask again in a few seconds.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission() -> Admission {
        Admission::new(AdmissionLimits {
            questions: 4,
            changes: 2,
            patience: Duration::from_millis(5),
            patience_of_change: Duration::from_millis(5),
        })
    }

    #[tokio::test]
    async fn one_caller_takes_half_of_the_places_and_what_cannot_begin_is_refused() {
        let admission = admission();
        let first = admission.question("a").await.expect("a place");
        let _second = admission.question("a").await.expect("a place");
        let refused = admission.question("a").await.expect_err("no third");
        assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
        let _third = admission.question("b").await.expect("others have places");
        let _fourth = admission.question("b").await.expect("others have places");
        assert!(admission.question("c").await.is_err(), "all are taken");
        drop(first);
        admission
            .question("c")
            .await
            .expect("a place that became free");
    }

    #[tokio::test]
    async fn changes_have_places_of_their_own() {
        let admission = admission();
        let mut questions = Vec::new();
        for caller in ["a", "a", "b", "b"] {
            questions.push(admission.question(caller).await.expect("a place"));
        }
        let _change = admission.change("a").await.expect("a place");
        assert!(admission.change("a").await.is_err(), "half of two");
    }
}
