//! Keeps a judged file: header, findings, bytes, rows, facts; then what happened, and what counts from now on.

use entity::{
    Moment, SubmissionEvent, Verdict, citation, file_content, finding, received_row, submission,
};
use sea_orm::{DbErr, EntityTrait};

use super::Error;
use super::delivery::Delivery;
use super::judge::Judged;
use super::once::{self, Answered, Once};
use super::version::{self, Happening, IntervalChange};
use crate::clock::Clock;
use crate::intake::{FileReport, Intake, Row};
use crate::service::{audit, person_table};
use crate::store::Writer;

/// Rows whose facts are kept at a time: what they become in several tables is not made for a million at once.
const PORTION: usize = 10_000;

/// A file and what was said of it.
pub(super) struct Receipt<'a> {
    pub(super) delivery: &'a Delivery,
    pub(super) sha256: &'a str,
    pub(super) sheet: Option<String>,
    pub(super) report: &'a FileReport,
    /// The key that its sender said with it.
    pub(super) once: Option<&'a Once>,
}

/// Writes everything within the writer's transaction; gives the submission's id, and when it was received. A refused file leaves header, findings
/// and audit event, no rows and no bytes: what must not be received is not kept.
pub(super) async fn keep<K: Intake>(
    writer: &Writer,
    clock: &Clock,
    receipt: Receipt<'_>,
    judged: Judged<K::Fact>,
) -> Result<(i64, Moment), Error> {
    let verdict = receipt.report.verdict;
    let begun = Moment::from(clock.now());
    let kept = verdict != Verdict::Rejected;
    let rows = if kept { judged.rows } else { Vec::new() };
    let first_row_id = writer.next_id("received_row", "id").await?;
    let id = keep_header(writer, &receipt, begun, first_row_id, rows.len()).await?;
    let mut keys = Vec::with_capacity(rows.len());
    if kept {
        keep_bytes(writer, &receipt).await?;
        let sheet = receipt.sheet.as_deref();
        keep_rows::<K>(writer, id, first_row_id, sheet, &rows).await?;
        let mut rows = (first_row_id..).zip(rows).peekable();
        while rows.peek().is_some() {
            let mut facts = Vec::new();
            for (id, row) in rows.by_ref().take(PORTION) {
                keys.push(row.head.key);
                facts.extend(row.fact.map(|fact| (id, fact)));
            }
            K::keep(writer, facts).await?;
        }
    }
    let event = match verdict {
        Verdict::Accepted => SubmissionEvent::Accepted,
        Verdict::Received => SubmissionEvent::Received,
        _ => SubmissionEvent::Refused,
    };
    // What waits changes what all received rows say; what is accepted changes what counts, unless it says the same.
    let changes = match event {
        SubmissionEvent::Received => true,
        SubmissionEvent::Accepted => judged.comparison.changes_anything(),
        _ => false,
    };
    let happening = Happening {
        submission_id: id,
        event,
        actor: receipt.delivery.actor.name(),
        reason_id: None,
        not_before: begun,
    };
    let happened = version::happen(writer, clock, happening, changes).await?;
    if let (SubmissionEvent::Accepted, Some(version)) = (event, happened.version) {
        let change = IntervalChange::of_rows(first_row_id, keys, &judged.comparison);
        change.make(writer, K::KIND, version).await?;
        let made = (version, happened.at);
        let actor = receipt.delivery.actor.name();
        person_table::first(writer, K::KIND, made, actor, judged.hidden_up_to).await?;
    }
    if let Some(once) = receipt.once {
        let answered = Answered {
            submission: id,
            verdict,
            at: happened.at,
        };
        once::keep(writer, once, answered).await?;
    }
    audit::append(writer, happened.at, event_of(&receipt, id)).await?;
    Ok((id, happened.at))
}

/// Keeps a key under which a file came that was there already.
pub(super) async fn keep_key(
    writer: &Writer,
    delivery: &Delivery,
    once: &Once,
    submission: i64,
    at: Moment,
) -> Result<(), Error> {
    let answered = Answered {
        submission,
        verdict: Verdict::Unchanged,
        at,
    };
    once::keep(writer, once, answered).await?;
    let event = audit::Event {
        actor: delivery.actor.name(),
        action: "submission.unchanged",
        subject: format!("submission {submission}"),
        detail: "the same file was sent again, with a key".to_owned(),
    };
    audit::append(writer, at, event).await?;
    Ok(())
}

async fn keep_header(
    writer: &Writer,
    receipt: &Receipt<'_>,
    at: Moment,
    first_row_id: i64,
    rows: usize,
) -> Result<i64, DbErr> {
    let id = writer.next_id("submission", "id").await?;
    let (delivery, report) = (receipt.delivery, receipt.report);
    let header = submission::Model {
        id,
        kind: delivery.kind,
        assignment: delivery.assignment.clone(),
        organisation_code: delivery.organisation.clone(),
        actor: delivery.actor.name().to_owned(),
        nature: delivery.nature,
        file_name: delivery.file_name.clone(),
        sha256: receipt.sha256.to_owned(),
        received_at: at,
        registered_on: delivery.registered_on,
        plan_version: delivery.plan_version,
        decided_on: delivery.decided_on,
        verdict: report.verdict,
        first_row_id,
        row_count: i64::try_from(rows).unwrap_or(i64::MAX),
        new_count: report.new,
        corrected_count: report.corrected,
        unchanged_count: report.unchanged,
    };
    writer
        .insert_all::<submission::Entity, _>(vec![header])
        .await?;
    let findings = (1..)
        .zip(&report.findings)
        .map(|(ordinal, one)| finding::Model {
            submission_id: id,
            ordinal,
            severity: one.severity,
            rule: one.rule.code().to_owned(),
            sheet: one.sheet.clone(),
            row_number: one.row,
            column_name: one.column.clone(),
            natural_key: one.key.clone(),
            message_sv: one.message_sv.clone(),
            message_en: one.message_en.clone(),
        });
    writer
        .insert_all::<finding::Entity, _>(findings.collect())
        .await?;
    Ok(id)
}

#[expect(clippy::disallowed_methods, reason = "files are no facts of a dataset")]
async fn keep_bytes(writer: &Writer, receipt: &Receipt<'_>) -> Result<(), DbErr> {
    if file_content::Entity::find_by_id(receipt.sha256.to_owned())
        .one(writer.transaction())
        .await?
        .is_some()
    {
        return Ok(());
    }
    let content = file_content::Model {
        sha256: receipt.sha256.to_owned(),
        byte_count: i64::try_from(receipt.delivery.bytes.len()).unwrap_or(i64::MAX),
        bytes: Some(receipt.delivery.bytes.clone()),
        redacted_at: None,
    };
    writer
        .insert_all::<file_content::Entity, _>(vec![content])
        .await
}

async fn keep_rows<K: Intake>(
    writer: &Writer,
    submission_id: i64,
    first_row_id: i64,
    sheet: Option<&str>,
    rows: &[Row<K::Fact>],
) -> Result<(), DbErr> {
    let mut id = first_row_id;
    for some in rows.chunks(PORTION) {
        let (mut received, mut citations) = (Vec::with_capacity(some.len()), Vec::new());
        for row in some {
            received.push(received_row::Model {
                id,
                submission_id,
                kind: K::KIND,
                sheet: sheet.map(str::to_owned),
                row_number: row.head.number,
                natural_key: row.head.key.clone(),
                content_sha256: row.head.content_sha256.to_string(),
                action: row.head.action,
            });
            citations.extend((1..).zip(&row.head.citations).map(
                |(ordinal, (document, section))| citation::Model {
                    row_id: id,
                    ordinal,
                    document: document.clone(),
                    section: section.clone(),
                },
            ));
            id += 1;
        }
        writer
            .insert_all::<received_row::Entity, _>(received)
            .await?;
        writer.insert_all::<citation::Entity, _>(citations).await?;
    }
    Ok(())
}

fn event_of<'a>(receipt: &Receipt<'a>, submission_id: i64) -> audit::Event<'a> {
    let report = receipt.report;
    audit::Event {
        actor: receipt.delivery.actor.name(),
        action: match report.verdict {
            Verdict::Accepted => "submission.accepted",
            Verdict::Received => "submission.received",
            _ => "submission.refused",
        },
        subject: format!("submission {submission_id}"),
        detail: format!(
            "{} sha256 {} sender {} new {} corrected {} unchanged {} findings {}",
            receipt.delivery.kind.code(),
            receipt.sha256,
            receipt.delivery.organisation,
            report.new,
            report.corrected,
            report.unchanged,
            report.findings.len()
        ),
    }
}
