//! What counts of a kind at present: its open intervals, looked at under the write lock.

use entity::{Kind, counted};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::store::Writer;

/// Interval, natural key and row of what counts of a kind, as far as a condition holds.
///
/// # Errors
/// What the database says.
#[expect(
    clippy::disallowed_methods,
    reason = "under the write lock the open intervals are the present dataset"
)]
pub(super) async fn open_intervals(
    writer: &Writer,
    kind: Kind,
    which: Condition,
) -> Result<Vec<(i64, String, i64)>, DbErr> {
    counted::Entity::find()
        .filter(counted::Column::Kind.eq(kind))
        .filter(counted::Column::ClosedVersion.is_null())
        .filter(which)
        .select_only()
        .columns([
            counted::Column::Id,
            counted::Column::NaturalKey,
            counted::Column::RowId,
        ])
        .into_tuple()
        .all(writer.transaction())
        .await
}
