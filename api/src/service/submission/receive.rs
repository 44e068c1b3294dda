//! Receiving a file: all or nothing, findings as data, a dry run on the same path.

use std::borrow::Cow;
use std::collections::BTreeSet;

use entity::{KeyOwner, Kind, Verdict, file_name_holds_personal_number, invisible};
use sha2::{Digest, Sha256};

use super::delivery::{Actor, Delivery, Mode};
use super::once::{self, Answered, Once, Received};
use super::{Error, assignment, by_kind, compare, judge, keep};
use crate::clock::Clock;
use crate::intake::{self, FileReport, Findings, Intake, Limits, hex};
use crate::policy::{Action, Reach, Role, Scope};
use crate::service::redaction::Erased;
use crate::store::{Dataset, Store, Writer};

/// Receives a file, or says what would come of it.
///
/// # Errors
/// The sender or the assignment does not exist, the actor may not hand in files for the sender, or the database fails;
/// what is wrong with the file is no error but its report.
pub async fn receive(
    store: &Store,
    clock: &Clock,
    limits: Limits,
    delivery: &Delivery,
    mode: Mode,
) -> Result<FileReport, Error> {
    match receive_once(store, clock, limits, delivery, mode, None).await? {
        Received::Now(report, _) => Ok(report),
        // Only a key can have been answered before, and none was said.
        Received::Before(_) => Err(Error::KeyReused),
    }
}

/// Receives a file with a key, once: whoever says the same again gets what was answered then.
///
/// # Errors
/// As [`receive`], and the key was said before of something else.
pub async fn receive_once(
    store: &Store,
    clock: &Clock,
    limits: Limits,
    delivery: &Delivery,
    mode: Mode,
    once: Option<&Once>,
) -> Result<Received, Error> {
    check_actor(delivery)?;
    check_name(&delivery.file_name)?;
    by_kind!(
        delivery.kind,
        receive_as(store, clock, limits, delivery, mode, once)
    )
}

/// A reporter hands in its own organisation's files; a coordinator everybody's.
fn check_actor(delivery: &Delivery) -> Result<(), Error> {
    let Actor::Person(viewer) = &delivery.actor else {
        return Ok(());
    };
    if viewer.reach(Action::Submit) == Reach::Nothing {
        let said = format!("the role {} sends no files", viewer.role.code());
        return Err(Error::NotAllowed(said));
    }
    let own = viewer.organisation.as_ref() == Some(&delivery.organisation);
    if viewer.role == Role::Coordinator || own {
        return Ok(());
    }
    let sender = &delivery.organisation;
    let said = format!("you may send for your own organisation alone, not for {sender}");
    Err(Error::NotAllowed(said))
}

/// The name of a file is kept and shown: it is a text like any other.
fn check_name(name: &str) -> Result<(), Error> {
    if file_name_holds_personal_number(name) {
        let said = "holds what looks like a personal identity number";
        return Err(Error::FileName(said));
    }
    match invisible(name) {
        Some(_) => Err(Error::FileName("holds a character that nobody sees")),
        None => Ok(()),
    }
}

async fn receive_as<K: Intake>(
    store: &Store,
    clock: &Clock,
    limits: Limits,
    delivery: &Delivery,
    mode: Mode,
    once: Option<&Once>,
) -> Result<Received, Error> {
    if delivery.kind.key_owner() == KeyOwner::Assignment && delivery.assignment.is_none() {
        return Err(Error::AssignmentNeeded(delivery.kind.code()));
    }
    // Without the day it was decided, a version is a draft.
    let version = delivery.plan_version.filter(|version| *version > 0);
    if delivery.kind == Kind::ActivityPlan && version.is_none() {
        return Err(Error::PlanVersionNeeded);
    }
    let sha256 = hex(&Sha256::digest(&delivery.bytes));
    // Reading needs no lock: others write meanwhile.
    let read = judge::read::<K>(delivery, limits)?;
    let writer = store.begin_write().await?;
    // A transaction that is dropped is rolled back; saying so keeps the lock no longer than needed.
    let sent = (delivery, &*sha256);
    match judge_and_keep::<K>(&writer, clock, limits, sent, read, mode, once).await {
        Ok((received, true)) => {
            writer.commit().await?;
            Ok(received)
        }
        Ok((received, false)) => {
            writer.roll_back().await;
            Ok(received)
        }
        Err(error) => {
            writer.roll_back().await;
            Err(error)
        }
    }
}

/// What came of it, and whether anything is to be kept.
async fn judge_and_keep<K: Intake>(
    writer: &Writer,
    clock: &Clock,
    limits: Limits,
    (delivery, sha256): (&Delivery, &str),
    mut read: judge::Read<K::Fact>,
    mode: Mode,
    once: Option<&Once>,
) -> Result<(Received, bool), Error> {
    let db = writer.transaction();
    if let Some(once) = once
        && let Some(before) = once::find(db, &once.caller, &once.key).await?
    {
        if before.fingerprint != once.fingerprint {
            return Err(Error::KeyReused);
        }
        return Ok((Received::Before(Answered::from(&before)), false));
    }
    let dataset = Dataset::present_on(db, clock).await?;
    let delivery = match assignment::named(
        writer,
        &dataset,
        delivery,
        read.named::<K>(),
        read.assignments::<K>(),
    )
    .await?
    {
        None => Cow::Borrowed(delivery),
        Some(found) => Cow::Owned(Delivery {
            assignment: Some(found),
            ..delivery.clone()
        }),
    };
    let delivery = &*delivery;
    // What a decision took away does not come back, not even as unchanged.
    let erased = Erased::load(db).await?;
    let comes_back = erased.check(sha256, delivery, limits, &mut read.findings);
    if !comes_back && let Some(id) = compare::latest_alike(writer, delivery, sha256).await? {
        let mut unchanged = report(delivery, Verdict::Unchanged, [0; 3], Findings::default());
        unchanged.submission = Some(id);
        let at = writer.latest().await?;
        let Some((once, at)) = once.zip(at) else {
            return Ok((Received::Now(unchanged, at), false));
        };
        keep::keep_key(writer, delivery, once, id, at).await?;
        return Ok((Received::Now(unchanged, Some(at)), true));
    }
    // The rules look at what counts and at the sender's own files that wait.
    let own = Scope::Organisation(delivery.organisation.clone(), BTreeSet::new());
    let dataset = dataset.with_waiting(db, &own).await?;
    let mut judged = judge::judge::<K>(writer, &dataset, delivery, read).await?;
    let verdict = match (judged.findings.blocks(), judged.settles) {
        (true, _) => Verdict::Rejected,
        (false, true) => Verdict::Accepted,
        (false, false) => Verdict::Received,
    };
    if verdict != Verdict::Rejected && assignment::is_missing(delivery) {
        return Err(Error::AssignmentNeeded(delivery.kind.code()));
    }
    let counts = if verdict == Verdict::Rejected {
        [0; 3]
    } else {
        judged.comparison.counts()
    };
    let findings = std::mem::take(&mut judged.findings);
    let mut report = report(delivery, verdict, counts, findings);
    if mode == Mode::Receive {
        let receipt = keep::Receipt {
            delivery,
            sha256,
            sheet: judged.sheet.clone(),
            report: &report,
            once,
        };
        let (id, at) = keep::keep::<K>(writer, clock, receipt, judged).await?;
        report.submission = Some(id);
        return Ok((Received::Now(report, Some(at)), true));
    }
    Ok((Received::Now(report, None), false))
}

fn report(
    delivery: &Delivery,
    verdict: Verdict,
    counts: [i64; 3],
    findings: Findings,
) -> FileReport {
    let [new, corrected, unchanged] = counts;
    FileReport {
        submission: None,
        file: delivery.file_name.clone(),
        kind: Some(delivery.kind.code().to_owned()),
        verdict,
        new,
        corrected,
        unchanged,
        findings: findings.into_sorted(),
        why: None,
    }
}
