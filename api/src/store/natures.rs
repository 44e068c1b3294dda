//! Which rows are synthetic: known by the submission whose block of row ids they lie in.

use entity::{Nature, submission};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::Store;

/// Blocks of row ids of submissions that are not wholly real, in order.
#[derive(Clone, Debug, Default)]
pub struct Natures(Vec<(i64, i64)>);

impl Natures {
    /// Reads the blocks.
    #[expect(
        clippy::disallowed_methods,
        reason = "submissions are no facts: they never stop being what they are"
    )]
    pub(crate) async fn load(store: &Store) -> Result<Self, DbErr> {
        let submissions = submission::Entity::find()
            .filter(submission::Column::Nature.ne(Nature::Real))
            .filter(submission::Column::RowCount.gt(0))
            .order_by_asc(submission::Column::FirstRowId)
            .all(store.connection())
            .await?;
        Ok(Self(
            submissions
                .iter()
                .map(|one| (one.first_row_id, one.first_row_id + one.row_count))
                .collect(),
        ))
    }

    /// Whether any submission is synthetic or mixed.
    #[must_use]
    pub fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether a row came in a submission that is synthetic or mixed.
    #[must_use]
    pub fn is_synthetic(&self, row_id: i64) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= row_id);
        after > 0 && row_id < self.0[after - 1].1
    }
}
