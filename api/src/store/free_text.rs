//! Free texts, for those who may read them.

use std::collections::HashMap;

use entity::{Kind, RegistryNumber, free_text, redaction};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::portions;

/// The columns that hold free texts: kind, its table, and the column of the file, whose id the table holds as
/// `<column>_id`.
pub const TEXTS: &[(Kind, &str, &str)] = &[
    (Kind::ActivityPlan, "activity_plan", "change_note"),
    (Kind::ActivityReports, "activity_report", "deviation"),
    (Kind::ActivityReports, "activity_report", "proposed_action"),
    (Kind::DeviationDecisions, "deviation_decision", "note"),
    (Kind::Narratives, "narrative", "text"),
    (Kind::Applications, "application", "purpose"),
    (Kind::UsageReports, "usage_report", "comment"),
];

/// The bodies of texts; a redacted one has none.
#[expect(
    clippy::disallowed_methods,
    reason = "texts are reached through what was found within dataset and scope"
)]
pub(crate) async fn bodies(
    db: &impl ConnectionTrait,
    ids: &[i64],
) -> Result<HashMap<i64, String>, DbErr> {
    let mut bodies = HashMap::with_capacity(ids.len());
    for some in portions(ids) {
        let found = free_text::Entity::find()
            .filter(free_text::Column::Id.is_in(some.iter().copied()))
            .all(db)
            .await?;
        let body = |one: free_text::Model| one.body.map(|body| (one.id, body));
        bodies.extend(found.into_iter().filter_map(body));
    }
    Ok(bodies)
}

/// A text as it stands now, whatever dataset it is read in: a removal is of all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// What was written.
    Text(String),
    /// A decision took it away; which, where it is known.
    Removed(Option<RegistryNumber>),
}

/// Texts with what became of them, by id.
#[expect(
    clippy::disallowed_methods,
    reason = "texts are reached through what was found within dataset and scope"
)]
pub(crate) async fn written(
    db: &impl ConnectionTrait,
    ids: &[i64],
) -> Result<HashMap<i64, Written>, DbErr> {
    let mut written = HashMap::new();
    for some in portions(ids) {
        let found = free_text::Entity::find()
            .filter(free_text::Column::Id.is_in(some.iter().copied()))
            .all(db)
            .await?;
        let each = |one: free_text::Model| {
            let text = one.body.map_or(Written::Removed(None), Written::Text);
            (one.id, text)
        };
        written.extend(found.into_iter().map(each));
    }
    let removed = written.iter().filter(|(_, text)| !text.is_there());
    let removed: Vec<String> = removed.map(|(id, _)| id.to_string()).collect();
    for some in portions(&removed) {
        let tombstones = redaction::Entity::find()
            .filter(redaction::Column::Target.eq("free_text"))
            .filter(redaction::Column::TargetKey.is_in(some))
            .all(db)
            .await?;
        for one in tombstones {
            if let Ok(id) = one.target_key.parse() {
                written.insert(id, Written::Removed(Some(one.decision)));
            }
        }
    }
    Ok(written)
}

impl Written {
    /// Whether the text is still there.
    #[must_use]
    pub const fn is_there(&self) -> bool {
        matches!(self, Self::Text(_))
    }
}
