//! When a version of the dataset was committed: the time that documents made from it carry.

use entity::{Moment, dataset_version};
use sea_orm::{DbErr, EntityTrait};

use super::Store;

/// When a version was committed; none before the first.
#[expect(
    clippy::disallowed_methods,
    reason = "a version is no fact: its time is asked by its number"
)]
pub(crate) async fn committed_at(store: &Store, version: i64) -> Result<Option<Moment>, DbErr> {
    let found = dataset_version::Entity::find_by_id(version)
        .one(store.connection())
        .await?;
    Ok(found.map(|version| version.committed_at))
}
