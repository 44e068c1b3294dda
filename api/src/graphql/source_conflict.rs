//! Statements that contradict each other, in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::source_conflict;

use super::reading::Shelf;
use super::source::{Source, sources};

/// A matter on which documents contradict each other (motstridiga uppgifter).
#[derive(SimpleObject)]
pub struct SourceConflict {
    /// What it is about (ämne).
    subject: String,
    /// Every statement, each with its source (uppgifter).
    statements: Vec<SourceStatement>,
}

/// A statement of a document (uppgift).
pub struct SourceStatement {
    shelf: Shelf,
    model: source_conflict::Model,
}

/// A statement of a document (uppgift).
#[Object]
impl SourceStatement {
    /// What the document says, Swedish (text).
    async fn text(&self) -> &str {
        &self.model.statement
    }

    /// Where it says so (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        sources(
            ctx,
            &self.shelf,
            self.model.row_id,
            Some(&self.model.assignment),
        )
        .await
    }
}

/// Statements by subject, in the order in which they are kept.
pub(crate) fn conflicts<'a>(
    shelf: &Shelf,
    statements: impl Iterator<Item = &'a source_conflict::Model>,
) -> Vec<SourceConflict> {
    let mut conflicts: Vec<SourceConflict> = Vec::new();
    for model in statements {
        let statement = SourceStatement {
            shelf: shelf.clone(),
            model: model.clone(),
        };
        match conflicts
            .iter_mut()
            .find(|conflict| conflict.subject == model.subject)
        {
            Some(conflict) => conflict.statements.push(statement),
            None => conflicts.push(SourceConflict {
                subject: model.subject.clone(),
                statements: vec![statement],
            }),
        }
    }
    conflicts
}
