//! Which rows are synthetic: known by the submission whose block of row ids they lie in.

use entity::{Nature, counted, submission};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::{Dataset, Store, among};

/// Blocks of row ids of submissions that are not wholly real, in order.
#[derive(Clone, Debug, Default)]
pub struct Natures {
    blocks: Vec<(i64, i64)>,
    any: bool,
}

impl Natures {
    /// Reads the blocks, and whether a row of one counts in a dataset.
    #[expect(
        clippy::disallowed_methods,
        reason = "submissions are no facts: they never stop being what they are"
    )]
    pub(crate) async fn load(store: &Store, dataset: &Dataset) -> Result<Self, DbErr> {
        let submissions = submission::Entity::find()
            .filter(submission::Column::Nature.ne(Nature::Real))
            .filter(submission::Column::RowCount.gt(0))
            .order_by_asc(submission::Column::FirstRowId)
            .all(store.connection())
            .await?;
        let mut blocks = Vec::with_capacity(submissions.len());
        let mut any = false;
        for one in &submissions {
            let block = (one.first_row_id, one.first_row_id + one.row_count);
            any = any || counts_any(store, dataset, block).await?;
            blocks.push(block);
        }
        Ok(Self { blocks, any })
    }

    /// Whether a row of a synthetic or mixed submission counts in the dataset.
    #[must_use]
    pub const fn any(&self) -> bool {
        self.any
    }

    /// Whether a row came in a submission that is synthetic or mixed.
    #[must_use]
    pub fn is_synthetic(&self, row_id: i64) -> bool {
        let after = self.blocks.partition_point(|(first, _)| *first <= row_id);
        after > 0 && row_id < self.blocks[after - 1].1
    }
}

/// Whether a row of a block counts in a dataset.
#[expect(
    clippy::disallowed_methods,
    reason = "rows of every kind are asked, whose intervals say what counts"
)]
async fn counts_any(store: &Store, dataset: &Dataset, block: (i64, i64)) -> Result<bool, DbErr> {
    let mut counts = Condition::all()
        .add(counted::Column::RowId.gte(block.0))
        .add(counted::Column::RowId.lt(block.1))
        .add(counted::Column::OpenedVersion.lte(dataset.version));
    counts = counts.add(
        Condition::any()
            .add(counted::Column::ClosedVersion.is_null())
            .add(counted::Column::ClosedVersion.gt(dataset.version)),
    );
    let found = counted::Entity::find().filter(counts);
    if found.one(store.connection()).await?.is_some() {
        return Ok(true);
    }
    if dataset.waiting.is_empty() {
        return Ok(false);
    }
    let waits = submission::Entity::find()
        .filter(among(submission::Column::Id, &dataset.waiting))
        .filter(submission::Column::FirstRowId.eq(block.0))
        .one(store.connection())
        .await?;
    Ok(waits.is_some())
}
