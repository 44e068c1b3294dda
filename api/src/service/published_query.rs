//! Listing saved questions as open data, and taking them off the list.

use entity::{Moment, published_query};
use sea_orm::DbErr;

use super::audit;
use crate::clock::Clock;
use crate::store::saved_query as stored;
use crate::store::{Store, Writer};

/// What is said of a question, each in Swedish and English.
#[derive(Clone, Debug)]
pub struct Said {
    /// Its title.
    pub title: [String; 2],
    /// What it holds.
    pub description: [String; 2],
}

/// Lists a question under a title, or takes it off the list where nothing is said; none where there is no such question.
///
/// # Errors
/// The database fails.
pub async fn publish(
    store: &Store,
    clock: &Clock,
    actor: &str,
    sha256: &str,
    said: Option<Said>,
) -> Result<Option<published_query::Model>, DbErr> {
    let writer = store.begin_write().await?;
    let published = publish_in(&writer, clock, actor, sha256, said).await;
    match &published {
        Ok(Some(_)) => writer.commit().await?,
        _ => writer.roll_back().await,
    }
    published
}

async fn publish_in(
    writer: &Writer,
    clock: &Clock,
    actor: &str,
    sha256: &str,
    said: Option<Said>,
) -> Result<Option<published_query::Model>, DbErr> {
    let Some(query) = stored::find(writer.transaction(), sha256).await? else {
        return Ok(None);
    };
    let at = writer
        .take_time(clock, Moment::from(chrono::DateTime::UNIX_EPOCH))
        .await?;
    let published = said.is_some();
    let nothing = || [String::new(), String::new()];
    let said = said.unwrap_or_else(|| Said {
        title: nothing(),
        description: nothing(),
    });
    let ([title_sv, title_en], [description_sv, description_en]) = (said.title, said.description);
    let model = published_query::Model {
        id: writer.next_id("published_query", "id").await?,
        saved_query_id: query.id,
        published,
        title_sv,
        title_en,
        description_sv,
        description_en,
        published_at: at,
        published_by: actor.to_owned(),
    };
    writer
        .insert_all::<published_query::Entity, _>(vec![model.clone()])
        .await?;
    let event = audit::Event {
        actor,
        action: if published {
            "query.published"
        } else {
            "query.withdrawn"
        },
        subject: format!("saved_query {}", query.id),
        detail: format!("sha256 {}", query.sha256),
    };
    audit::append(writer, at, event).await?;
    Ok(Some(model))
}
