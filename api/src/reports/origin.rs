//! Where rows come from, kept in memory: a row that was received, its file and what it cites never change.

use std::collections::HashMap;

use super::{Error, Reports};
use crate::kept::Share;
use crate::store::{Origin, lineage};

/// What the origin of a row is kept as.
const ORIGIN: &str = "origin";

impl Reports {
    /// The origins of rows: what has happened to their files is read each time, in one statement, and the rest in three for
    /// rows that are not known yet.
    ///
    /// # Errors
    /// The database fails.
    pub async fn origins(&self, rows: &[i64]) -> Result<HashMap<i64, Origin>, Error> {
        let (mut found, mut missing) = (HashMap::with_capacity(rows.len()), Vec::new());
        for row in rows {
            match self.kept().get(Share::Answers, ORIGIN, *row).await {
                Some(received) => {
                    found.insert(*row, received);
                }
                None => missing.push(*row),
            }
        }
        if !missing.is_empty() {
            for (row, received) in lineage::received(&self.store, &missing).await? {
                let kept = self.kept();
                kept.insert(Share::Answers, ORIGIN, row, received.clone())
                    .await;
                found.insert(row, received);
            }
        }
        Ok(lineage::with_events(&self.store, found).await?)
    }
}
