//! What was received of an assignment in a dataset: files, rows, corrections, and rules broken with a warning.

use std::collections::BTreeMap;

use entity::{
    Kind, RegistryNumber, Severity, SubmissionEvent, dataset_version, finding, submission,
    submission_event,
};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Dataset, Store, portions};

/// What was received of an assignment, and counts.
#[derive(Debug, Default)]
pub struct Received {
    /// Files, but for values of indicators.
    pub files: u64,
    /// Their rows.
    pub rows: i64,
    /// Rows that corrected an earlier one.
    pub corrected: i64,
    /// How often each rule was broken with a warning, by code.
    pub warnings: BTreeMap<String, u64>,
}

impl Received {
    /// Reads it: of the submissions that are accepted in the dataset's version, never of what waits.
    #[expect(
        clippy::disallowed_methods,
        reason = "submissions and their findings are no facts of a dataset; versions say which of them count"
    )]
    pub(crate) async fn load(
        store: &Store,
        dataset: &Dataset,
        assignment: &RegistryNumber,
    ) -> Result<Self, DbErr> {
        let db = store.connection();
        let versions: Vec<i64> = dataset_version::Entity::find()
            .select_only()
            .column(dataset_version::Column::SubmissionEventId)
            .filter(dataset_version::Column::Version.lte(dataset.version))
            .order_by_asc(dataset_version::Column::Version)
            .into_tuple()
            .all(db)
            .await?;
        let mut accepted: BTreeMap<i64, bool> = BTreeMap::new();
        for some in portions(&versions) {
            let events = submission_event::Entity::find()
                .filter(submission_event::Column::Id.is_in(some.iter().copied()))
                .order_by_asc(submission_event::Column::Id)
                .all(db)
                .await?;
            for one in events {
                let counts = one.event == SubmissionEvent::Accepted;
                accepted.insert(one.submission_id, counts);
            }
        }
        let own = submission::Entity::find()
            .filter(submission::Column::Assignment.eq(assignment.as_str()))
            // How many counts of persons came and were corrected is told to nobody: see decision 17.
            .filter(submission::Column::Kind.ne(Kind::IndicatorValues))
            .all(db)
            .await?;
        let mut found = Self::default();
        let mut ids = Vec::new();
        for one in own {
            if accepted.get(&one.id) == Some(&true) {
                found.files += 1;
                found.rows += one.row_count;
                found.corrected += one.corrected_count;
                ids.push(one.id);
            }
        }
        for some in portions(&ids) {
            let rules: Vec<String> = finding::Entity::find()
                .select_only()
                .column(finding::Column::Rule)
                .filter(finding::Column::Severity.eq(Severity::Warning))
                .filter(finding::Column::SubmissionId.is_in(some.iter().copied()))
                .into_tuple()
                .all(db)
                .await?;
            for rule in rules {
                *found.warnings.entry(rule).or_default() += 1;
            }
        }
        Ok(found)
    }
}
