//! What a submission's file is called, for those who may know it: a decision that takes the file away takes its name too.

use std::collections::HashMap;

use async_graphql::{Context, Result};
use entity::submission;

use crate::graphql::error;
use crate::graphql::gathered::Gathered;
use crate::graphql::reading::Shelf;
use crate::store;

/// Whether files were taken away, by their SHA-256, for all that a request asks about in one statement.
#[derive(Default)]
pub(crate) struct FileNames(Gathered<String, bool>);

/// The name of a submission's file; none where a decision took the file away.
pub(super) async fn of<'a>(
    ctx: &Context<'_>,
    shelf: &Shelf,
    model: &'a submission::Model,
) -> Result<Option<&'a str>> {
    // A sealed release holds no files: what was taken away is known of the store it came from.
    let db = shelf.request.reports.text_store().connection();
    let load = |files: Vec<String>| async move {
        let removed = store::submission::removed(db, &files).await?;
        let is_removed = |file: String| (file.clone(), removed.contains(&file));
        Ok(files.into_iter().map(is_removed).collect::<HashMap<_, _>>())
    };
    let wanted = [model.sha256.clone()];
    let found = ctx.data::<FileNames>()?.0.of(&wanted, load).await;
    let found: Vec<Option<bool>> =
        found.map_err(|failed: sea_orm::DbErr| error::report(failed.into()))?;
    let is_removed = found.first().copied().flatten().unwrap_or(false);
    // A sealed release has no names of files.
    let is_known = !is_removed && !model.file_name.is_empty();
    Ok(is_known.then_some(model.file_name.as_str()))
}
