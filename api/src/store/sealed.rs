//! Sealed releases as they are kept: what each is, and its files.

use entity::{sealed_file, sealed_release};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

/// Every release, in the order of sealing.
#[expect(
    clippy::disallowed_methods,
    reason = "a release is no fact: it is what was sealed, at whatever time it is asked for"
)]
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<sealed_release::Model>, DbErr> {
    sealed_release::Entity::find()
        .order_by_asc(sealed_release::Column::Id)
        .all(db)
        .await
}

/// The release with a name.
#[expect(
    clippy::disallowed_methods,
    reason = "a release is no fact: it is what was sealed, at whatever time it is asked for"
)]
pub(crate) async fn named(
    db: &impl ConnectionTrait,
    name: &str,
) -> Result<Option<sealed_release::Model>, DbErr> {
    sealed_release::Entity::find()
        .filter(sealed_release::Column::Name.eq(name))
        .one(db)
        .await
}

/// The release with an id.
#[expect(
    clippy::disallowed_methods,
    reason = "a release is no fact: it is what was sealed, at whatever time it is asked for"
)]
pub(crate) async fn with_id(
    db: &impl ConnectionTrait,
    id: i64,
) -> Result<Option<sealed_release::Model>, DbErr> {
    sealed_release::Entity::find_by_id(id).one(db).await
}

/// The files of a release, in their order.
#[expect(
    clippy::disallowed_methods,
    reason = "files of a release are no facts: they are asked for by the release"
)]
pub(crate) async fn files(
    db: &impl ConnectionTrait,
    release: i64,
) -> Result<Vec<sealed_file::Model>, DbErr> {
    sealed_file::Entity::find()
        .filter(sealed_file::Column::ReleaseId.eq(release))
        .order_by_asc(sealed_file::Column::Ordinal)
        .all(db)
        .await
}
