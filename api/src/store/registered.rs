//! The day on which a row's document was registered, where that is older than its receipt here.

use chrono::NaiveDate;
use entity::submission;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::Store;

/// Blocks of row ids of submissions whose registration is known, with the day, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Registered(Vec<(i64, i64, NaiveDate)>);

impl Registered {
    /// Reads the blocks.
    #[expect(
        clippy::disallowed_methods,
        reason = "submissions are no facts: the day of their registration never changes"
    )]
    pub(crate) async fn load(store: &Store) -> Result<Self, DbErr> {
        let submissions = submission::Entity::find()
            .filter(submission::Column::RegisteredOn.is_not_null())
            .filter(submission::Column::RowCount.gt(0))
            .order_by_asc(submission::Column::FirstRowId)
            .all(store.connection())
            .await?;
        let block = |one: &submission::Model| {
            let end = one.first_row_id + one.row_count;
            one.registered_on.map(|day| (one.first_row_id, end, day))
        };
        Ok(Self(submissions.iter().filter_map(block).collect()))
    }

    /// The day on which a row's document was registered.
    pub(crate) fn day_of(&self, row_id: i64) -> Option<NaiveDate> {
        let after = self.0.partition_point(|(first, ..)| *first <= row_id);
        let (_, end, day) = self.0.get(after.checked_sub(1)?)?;
        (row_id < *end).then_some(*day)
    }
}
