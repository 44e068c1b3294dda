//! Keeps a judged file: header, findings, rows, facts, intervals, audit event.

use entity::{
    Moment, SubmissionEvent, Verdict, citation, counted, dataset_version, file_content, finding,
    received_row, submission, submission_event,
};
use sea_orm::{DbErr, EntityTrait, QueryOrder};

use super::compare::{Change, Comparison};
use super::{Delivery, Error};
use crate::clock::Clock;
use crate::intake::{FileReport, Intake, Row};
use crate::service::audit;
use crate::store::{Dataset, Writer};

/// A file and what was said of it.
pub(super) struct Receipt<'a> {
    pub(super) delivery: &'a Delivery,
    pub(super) sha256: &'a str,
    pub(super) sheet: Option<String>,
    pub(super) report: &'a FileReport,
}

/// Writes everything within the writer's transaction. A refused file leaves header, findings and audit event, no rows
/// and no bytes: what must not be received is not kept.
pub(super) async fn keep<K: Intake>(
    writer: &Writer,
    clock: &Clock,
    dataset: &Dataset,
    receipt: Receipt<'_>,
    rows: Vec<Row<K::Fact>>,
    comparison: Comparison,
) -> Result<(), Error> {
    let accepted = receipt.report.verdict == Verdict::Accepted;
    let last = last_version(writer).await?;
    let at = dataset.next_moment(last.as_ref().map(|last| last.committed_at), clock);
    let rows = if accepted { rows } else { Vec::new() };
    let first_row_id = writer.next_id("received_row", "id").await?;
    let submission_id = keep_header(writer, &receipt, at, first_row_id, rows.len()).await?;
    let event_id = keep_event(writer, submission_id, &receipt, at).await?;
    if accepted {
        keep_bytes(writer, &receipt).await?;
        keep_rows::<K>(
            writer,
            submission_id,
            first_row_id,
            receipt.sheet.as_deref(),
            &rows,
        )
        .await?;
        let keys: Vec<String> = rows.iter().map(|row| row.head.key.clone()).collect();
        let facts = (first_row_id..)
            .zip(rows)
            .filter_map(|(id, row)| row.fact.map(|fact| (id, fact)))
            .collect();
        K::keep(writer, facts).await?;
        if comparison.changes_anything() {
            let version = last.map_or(0, |last| last.version) + 1;
            let made = dataset_version::Model {
                version,
                committed_at: at,
                submission_event_id: event_id,
            };
            writer
                .insert_all::<dataset_version::Entity, _>(vec![made])
                .await?;
            count::<K>(writer, version, first_row_id, &keys, &comparison).await?;
        }
    }
    audit::append(writer, at, event_of(&receipt, submission_id)).await?;
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

async fn keep_event(
    writer: &Writer,
    submission_id: i64,
    receipt: &Receipt<'_>,
    at: Moment,
) -> Result<i64, DbErr> {
    let id = writer.next_id("submission_event", "id").await?;
    let event = match receipt.report.verdict {
        Verdict::Accepted => SubmissionEvent::Accepted,
        _ => SubmissionEvent::Refused,
    };
    let actor = receipt.delivery.actor.name().to_owned();
    let model = submission_event::Model {
        id,
        submission_id,
        event,
        at,
        actor,
        reason_id: None,
    };
    writer
        .insert_all::<submission_event::Entity, _>(vec![model])
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
    let (mut received, mut citations) = (Vec::with_capacity(rows.len()), Vec::new());
    for (id, row) in (first_row_id..).zip(rows) {
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
        citations.extend(
            (1..)
                .zip(&row.head.citations)
                .map(|(ordinal, (document, section))| citation::Model {
                    row_id: id,
                    ordinal,
                    document: document.clone(),
                    section: section.clone(),
                }),
        );
    }
    writer
        .insert_all::<received_row::Entity, _>(received)
        .await?;
    writer.insert_all::<citation::Entity, _>(citations).await
}

/// Closes the intervals that rows replace or remove, and opens those of new and correcting rows.
async fn count<K: Intake>(
    writer: &Writer,
    version: i64,
    first_row_id: i64,
    keys: &[String],
    comparison: &Comparison,
) -> Result<(), DbErr> {
    let closing: Vec<i64> = comparison
        .0
        .iter()
        .filter_map(|change| match change {
            Change::Corrects(id) | Change::Removes(id) => Some(*id),
            Change::New | Change::Unchanged => None,
        })
        .collect();
    writer.close_intervals(version, &closing).await?;
    let opens = |change: &Change| matches!(change, Change::New | Change::Corrects(_));
    let opening = (first_row_id..)
        .zip(keys)
        .zip(&comparison.0)
        .filter(|(_, change)| opens(change));
    let first = writer.next_id("counted", "id").await?;
    let models = (first..)
        .zip(opening)
        .map(|(id, ((row_id, key), _))| counted::Model {
            id,
            kind: K::KIND,
            natural_key: key.clone(),
            row_id,
            opened_version: version,
            closed_version: None,
        });
    writer
        .insert_all::<counted::Entity, _>(models.collect())
        .await
}

#[expect(
    clippy::disallowed_methods,
    reason = "versions are what datasets are made of"
)]
async fn last_version(writer: &Writer) -> Result<Option<dataset_version::Model>, DbErr> {
    dataset_version::Entity::find()
        .order_by_desc(dataset_version::Column::Version)
        .one(writer.transaction())
        .await
}

fn event_of<'a>(receipt: &Receipt<'a>, submission_id: i64) -> audit::Event<'a> {
    let report = receipt.report;
    audit::Event {
        actor: receipt.delivery.actor.name(),
        action: match report.verdict {
            Verdict::Accepted => "submission.accepted",
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
