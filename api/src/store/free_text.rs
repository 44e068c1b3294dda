//! Free texts, for those who may read them.

use std::collections::HashMap;

use entity::free_text;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

/// The bodies of texts; a redacted one has none.
#[expect(
    clippy::disallowed_methods,
    reason = "texts are reached through what was found within dataset and scope"
)]
pub(crate) async fn bodies(
    db: &impl ConnectionTrait,
    ids: &[i64],
) -> Result<HashMap<i64, String>, DbErr> {
    let found = free_text::Entity::find()
        .filter(free_text::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    let body = |one: free_text::Model| one.body.map(|body| (one.id, body));
    Ok(found.into_iter().filter_map(body).collect())
}
