//! What happened to a submission, when, and which rows count from then on: the last step of every write.

use entity::{Kind, Moment, SubmissionEvent, counted, dataset_version, submission_event};
use sea_orm::DbErr;

use super::compare::{Change, Comparison};
use crate::clock::Clock;
use crate::store::Writer;

/// Intervals that are opened at a time.
const PORTION: usize = 10_000;

/// An event about to happen.
pub(super) struct Happening<'a> {
    pub(super) submission_id: i64,
    pub(super) event: SubmissionEvent,
    pub(super) actor: &'a str,
    pub(super) reason_id: Option<i64>,
    /// It does not happen before this.
    pub(super) not_before: Moment,
}

/// An event that has happened.
pub(super) struct Happened {
    /// When.
    pub(super) at: Moment,
    /// The version that it took, where it changes what counts or waits.
    pub(super) version: Option<i64>,
}

/// Takes the time, writes the event, and takes the next version where something changes. From here to the commit,
/// readers of this instant wait.
pub(super) async fn happen(
    writer: &Writer,
    clock: &Clock,
    happening: Happening<'_>,
    changes: bool,
) -> Result<Happened, DbErr> {
    let at = writer.take_time(clock, happening.not_before).await?;
    let id = writer.next_id("submission_event", "id").await?;
    let event = submission_event::Model {
        id,
        submission_id: happening.submission_id,
        event: happening.event,
        at,
        actor: happening.actor.to_owned(),
        reason_id: happening.reason_id,
    };
    writer
        .insert_all::<submission_event::Entity, _>(vec![event])
        .await?;
    if !changes {
        return Ok(Happened { at, version: None });
    }
    let version = writer.next_id("dataset_version", "version").await?;
    let made = dataset_version::Model {
        version,
        committed_at: at,
        submission_event_id: id,
    };
    writer
        .insert_all::<dataset_version::Entity, _>(vec![made])
        .await?;
    Ok(Happened {
        at,
        version: Some(version),
    })
}

/// Which intervals end, and which rows begin to count.
#[derive(Debug, Default)]
pub(super) struct IntervalChange {
    /// Ids of the intervals that end.
    pub(super) closing: Vec<i64>,
    /// Rows that begin to count, with their keys.
    pub(super) opening: Vec<(i64, String)>,
}

impl IntervalChange {
    /// What the rows of a file change, whose ids follow each other.
    pub(super) fn of_rows(first_row_id: i64, keys: Vec<String>, comparison: &Comparison) -> Self {
        let mut change = Self::default();
        let left_out = comparison.0.iter().skip(keys.len());
        change
            .closing
            .extend(left_out.filter_map(|what| match what {
                Change::Removes(interval) => *interval,
                _ => None,
            }));
        for ((row_id, key), what) in (first_row_id..).zip(keys).zip(&comparison.0) {
            match what {
                Change::New => change.opening.push((row_id, key)),
                Change::Corrects(interval) => {
                    change.closing.extend(interval);
                    change.opening.push((row_id, key));
                }
                Change::Removes(interval) => change.closing.extend(interval),
                Change::Unchanged => {}
            }
        }
        change
    }

    /// Ends and begins in a version, which is the last.
    pub(super) async fn make(self, writer: &Writer, kind: Kind, version: i64) -> Result<(), DbErr> {
        writer.close_intervals(version, &self.closing).await?;
        let mut id = writer.next_id("counted", "id").await?;
        let mut opening = self.opening.into_iter().peekable();
        while opening.peek().is_some() {
            let mut models = Vec::new();
            for (row_id, natural_key) in opening.by_ref().take(PORTION) {
                models.push(counted::Model {
                    id,
                    kind,
                    natural_key,
                    row_id,
                    opened_version: version,
                    closed_version: None,
                });
                id += 1;
            }
            writer.insert_all::<counted::Entity, _>(models).await?;
        }
        Ok(())
    }
}
