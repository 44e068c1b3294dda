//! Saved questions that are listed as open data.

use std::collections::BTreeMap;

use entity::{published_query, saved_query};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::portions;

/// The questions that are listed now with what is said of them, by who was said first.
#[expect(
    clippy::disallowed_methods,
    reason = "what is said of a question is no fact of a dataset"
)]
pub(crate) async fn listed(
    db: &impl ConnectionTrait,
) -> Result<Vec<(saved_query::Model, published_query::Model)>, DbErr> {
    let said = published_query::Entity::find().all(db).await?;
    let mut last: BTreeMap<i64, published_query::Model> = BTreeMap::new();
    for one in said {
        let held = last
            .entry(one.saved_query_id)
            .or_insert_with(|| one.clone());
        if one.id > held.id {
            *held = one;
        }
    }
    last.retain(|_, one| one.published);
    let ids: Vec<i64> = last.keys().copied().collect();
    let mut questions = Vec::with_capacity(ids.len());
    for some in portions(&ids) {
        let found = saved_query::Entity::find()
            .filter(saved_query::Column::Id.is_in(some.iter().copied()))
            .all(db)
            .await?;
        questions.extend(found);
    }
    let mut listed: Vec<_> = questions
        .into_iter()
        .filter_map(|question| Some((last.remove(&question.id)?, question)))
        .map(|(said, question)| (question, said))
        .collect();
    listed.sort_by_key(|(question, _)| question.id);
    Ok(listed)
}

/// The id of what was said last of any question; 0 before anything was.
#[expect(
    clippy::disallowed_methods,
    reason = "what is said of a question is no fact of a dataset"
)]
pub(crate) async fn last(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let last = published_query::Entity::find()
        .select_only()
        .column_as(published_query::Column::Id.max(), "last")
        .into_tuple::<Option<i64>>()
        .one(db)
        .await?;
    Ok(last.flatten().unwrap_or_default())
}
