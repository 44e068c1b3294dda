//! Questions that were saved.

use entity::saved_query;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

/// The question with a hash.
#[expect(
    clippy::disallowed_methods,
    reason = "a saved question is no fact: it is the same at any time"
)]
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    sha256: &str,
) -> Result<Option<saved_query::Model>, DbErr> {
    saved_query::Entity::find()
        .filter(saved_query::Column::Sha256.eq(sha256))
        .one(db)
        .await
}
