//! What decisions have taken away, so that it does not come back with the next file.

use std::collections::HashMap;

use entity::{RegistryNumber, free_text, redaction};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};

use crate::intake::{Findings, Limits, each_text, hex};
use crate::service::submission::Delivery;

/// Hashes of the contents that were taken away, with the decision that did.
#[derive(Debug, Default)]
pub(crate) struct Erased {
    files: HashMap<String, RegistryNumber>,
    texts: HashMap<String, RegistryNumber>,
}

impl Erased {
    /// Everything that was taken away: as much as was decided, which is little.
    #[expect(
        clippy::disallowed_methods,
        reason = "tombstones are no facts of a dataset"
    )]
    pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let mut erased = Self::default();
        let mut of_texts = HashMap::new();
        for tombstone in redaction::Entity::find().all(db).await? {
            if tombstone.target == "file_content" {
                erased
                    .files
                    .insert(tombstone.target_key, tombstone.decision);
            } else if let Ok(id) = tombstone.target_key.parse::<i64>() {
                of_texts.insert(id, tombstone.decision);
            }
        }
        if of_texts.is_empty() {
            return Ok(erased);
        }
        let texts = free_text::Entity::find()
            .filter(free_text::Column::RedactedAt.is_not_null())
            .all(db)
            .await?;
        for text in texts {
            if let Some(decision) = of_texts.remove(&text.id) {
                erased.texts.insert(text.sha256, decision);
            }
        }
        Ok(erased)
    }

    /// Notes what of a file was taken away before: the file itself, and each row with such a text. Whether there was any.
    /// Within the limits that the file is read by.
    pub(crate) fn check(
        &self,
        sha256: &str,
        delivery: &Delivery,
        limits: Limits,
        findings: &mut Findings,
    ) -> bool {
        let mut any = false;
        if let Some(decision) = self.files.get(sha256) {
            findings.erased(None, decision.as_str());
            any = true;
        }
        if self.texts.is_empty() {
            return any;
        }
        each_text(
            &delivery.file_name,
            &delivery.bytes,
            delivery.kind,
            limits,
            |row, text| {
                let sha256 = hex(&Sha256::digest(text.trim()));
                if let Some(decision) = self.texts.get(&sha256) {
                    findings.erased(Some(row), decision.as_str());
                    any = true;
                }
            },
        );
        any
    }
}
