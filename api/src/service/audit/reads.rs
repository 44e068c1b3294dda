//! The chain of reads: who read what is not open. Requests wait together for one transaction that notes them all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use entity::{Moment, audit_event, read_event};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryOrder};
use tokio::sync::{mpsc, oneshot};

use super::chain;
use crate::clock::Clock;
use crate::policy::{Action, Viewer};
use crate::store::Store;
use crate::store::evidence::Vouched;

/// Requests noted in one transaction at most.
const MOST: usize = 1_000;

/// How long a request waits for its note. On SQLite an import holds the only write lock: a file of a million rows may
/// hold it longer, and then the request fails.
const WAIT: Duration = Duration::from_secs(20);

/// What one request has read of what is not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Who.
    pub actor: String,
    /// Their role.
    pub role: &'static str,
    /// The request.
    pub request: String,
    /// Actions with keys, never content.
    pub what: String,
}

impl Read {
    /// What a viewer has read in a request, by action. Numbers in a row are written as one range.
    #[must_use]
    pub fn of(viewer: &Viewer, request: &str, reads: &BTreeMap<Action, BTreeSet<String>>) -> Self {
        let of_action = |(action, what): (&Action, &BTreeSet<String>)| {
            format!("{}: {}", action.code(), in_ranges(what).join(", "))
        };
        let actor = match viewer.subject.as_str() {
            "" => viewer.role.code(),
            subject => subject,
        };
        Self {
            actor: actor.to_owned(),
            role: viewer.role.code(),
            request: request.to_owned(),
            what: reads.iter().map(of_action).collect::<Vec<_>>().join("; "),
        }
    }
}

/// Words with keys; those of one word whose keys are numbers are written as ranges.
fn in_ranges(all: &BTreeSet<String>) -> Vec<String> {
    let mut numbers: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    let mut written = Vec::new();
    for what in all {
        match what.rsplit_once(' ') {
            Some((word, key)) if key.parse::<i64>().is_ok() => {
                numbers.entry(word).or_default().extend(key.parse::<i64>());
            }
            _ => written.push(what.clone()),
        }
    }
    for (word, keys) in numbers {
        let mut ranges: Vec<(i64, i64)> = Vec::new();
        for key in keys {
            match ranges.last_mut() {
                Some((_, to)) if *to + 1 == key => *to = key,
                _ => ranges.push((key, key)),
            }
        }
        let range = |(from, to): (i64, i64)| {
            if from == to {
                from.to_string()
            } else {
                format!("{from}–{to}")
            }
        };
        let ranges: Vec<String> = ranges.into_iter().map(range).collect();
        written.push(format!("{word} {}", ranges.join(" ")));
    }
    written
}

/// The note could not be made: what was read must not be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what was read could not be noted, so it is not answered; ask again")]
pub struct NotNoted;

struct Pending {
    read: Read,
    noted: oneshot::Sender<bool>,
}

/// Notes reads; one writer a process, which all requests share.
#[derive(Clone)]
pub struct ReadLog {
    store: Store,
    clock: Clock,
    wait: Duration,
    queue: Arc<Mutex<Option<mpsc::Sender<Pending>>>>,
}

impl ReadLog {
    /// Notes reads in a store.
    #[must_use]
    pub fn new(store: Store, clock: Clock) -> Self {
        Self {
            store,
            clock,
            wait: WAIT,
            queue: Arc::default(),
        }
    }

    /// The same, with another longest wait.
    #[must_use]
    pub fn waiting(self, wait: Duration) -> Self {
        Self { wait, ..self }
    }

    /// Notes a read; once this returns, it is as safe as the database makes it.
    ///
    /// # Errors
    /// The note was not made, or not in time.
    pub async fn note(&self, read: Read) -> Result<(), NotNoted> {
        let (noted, answer) = oneshot::channel();
        let noted = async {
            let pending = Pending { read, noted };
            self.queue().send(pending).await.map_err(|_| NotNoted)?;
            match answer.await {
                Ok(true) => Ok(()),
                _ => Err(NotNoted),
            }
        };
        tokio::time::timeout(self.wait, noted)
            .await
            .unwrap_or(Err(NotNoted))
    }

    /// The queue of the writer, which is started with the first read.
    fn queue(&self) -> mpsc::Sender<Pending> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        match queue.as_ref() {
            Some(open) if !open.is_closed() => open.clone(),
            _ => {
                let (open, pending) = mpsc::channel(MOST);
                tokio::spawn(write(self.store.clone(), self.clock.clone(), pending));
                *queue = Some(open.clone());
                open
            }
        }
    }
}

/// Notes whatever has come together while the transaction before was committed.
async fn write(store: Store, clock: Clock, mut pending: mpsc::Receiver<Pending>) {
    while let Some(first) = pending.recv().await {
        let mut together = vec![first];
        while together.len() < MOST
            && let Ok(next) = pending.try_recv()
        {
            together.push(next);
        }
        // Those who wait behind these are not held up by a database that has gone.
        let appended = store.answering(append(&store, &clock, &together)).await;
        if let Err(error) = &appended {
            tracing::error!(%error, reads = together.len(), "reads could not be noted");
        }
        for one in together {
            // Who has given up waiting is told nothing.
            let _ = one.noted.send(appended.is_ok());
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the audit chains are no facts of a dataset"
)]
async fn append(store: &Store, clock: &Clock, together: &[Pending]) -> Result<(), DbErr> {
    let writer = store.begin_noting_reads().await?;
    let db = writer.transaction();
    let last = read_event::Entity::find()
        .order_by_desc(read_event::Column::Id)
        .one(db)
        .await?;
    let mut other = audit_event::Entity::find()
        .order_by_desc(audit_event::Column::Id)
        .one(db)
        .await?
        .map(|head| head_of("audit_event", head));
    let now = Moment::from(clock.now());
    let (mut id, mut previous_hash, at) = match last {
        Some(last) => (last.id, last.hash, now.max(last.at)),
        None => (0, String::new(), now),
    };
    let mut events = Vec::with_capacity(together.len());
    for Pending { read, .. } in together {
        id += 1;
        let mut event = read_event::Model {
            id,
            at,
            actor: read.actor.clone(),
            action: read.role.to_owned(),
            subject: read.request.clone(),
            // The first of those that came together holds the head of the other chain.
            detail: chain::detail(&read.what, other.take().as_slice())?,
            previous_hash,
            hash: String::new(),
        };
        event.hash = chain::hash_of(&chain::of_reads(event.clone()));
        previous_hash = event.hash.clone();
        events.push(event);
    }
    writer.insert_all::<read_event::Entity, _>(events).await?;
    writer.commit().await
}

/// The head of the chain of reads, for the next event of the other chain.
#[expect(
    clippy::disallowed_methods,
    reason = "the audit chains are no facts of a dataset"
)]
pub(super) async fn head(db: &impl ConnectionTrait) -> Result<Option<Vouched>, DbErr> {
    let last = read_event::Entity::find()
        .order_by_desc(read_event::Column::Id)
        .one(db)
        .await?;
    Ok(last.map(|last| head_of("read_event", chain::of_reads(last))))
}

fn head_of(chain: &str, event: audit_event::Model) -> Vouched {
    Vouched::Head {
        chain: chain.to_owned(),
        id: event.id,
        hash: event.hash,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Role;

    #[test]
    fn one_event_says_everything_that_a_request_has_read() {
        let viewer = Viewer {
            subject: "anna".to_owned(),
            role: Role::Evaluator,
            organisation: None,
        };
        let texts = [
            "free_text 9",
            "free_text 10",
            "free_text 12",
            "free_text 11",
            "free_text 3",
        ];
        let reads = BTreeMap::from([
            (Action::ReadFreeTexts, texts.map(String::from).into()),
            (Action::ReadFiles, ["file ab12".to_owned()].into()),
        ]);
        let read = Read::of(&viewer, "r-1", &reads);
        assert_eq!(
            read,
            Read {
                actor: "anna".to_owned(),
                role: "evaluator",
                request: "r-1".to_owned(),
                what: "READ_FILES: file ab12; READ_FREE_TEXTS: free_text 3 9–12".to_owned(),
            }
        );
        assert_eq!(Read::of(&Viewer::public(), "", &reads).actor, "public");
    }
}
