//! Where rows come from, kept in memory: a row that was received, its file and what it cites never change.

use std::collections::HashMap;

use moka::future::Cache;

use super::{Error, Reports};
use crate::store::{Origin, Received, lineage};

/// Rows whose origin is kept: some tens of megabytes.
const MOST_ROWS: u64 = 100_000;

/// What never changes of rows' origins.
#[derive(Clone)]
pub(super) struct Origins(Cache<i64, Received>);

impl Default for Origins {
    fn default() -> Self {
        Self(Cache::new(MOST_ROWS))
    }
}

impl Reports {
    /// The origins of rows: what has happened to their files is read each time, in one statement, and the rest in three for
    /// rows that are not known yet.
    ///
    /// # Errors
    /// The database fails.
    pub async fn origins(&self, rows: &[i64]) -> Result<HashMap<i64, Origin>, Error> {
        let (mut found, mut missing) = (HashMap::with_capacity(rows.len()), Vec::new());
        for row in rows {
            match self.origins.0.get(row).await {
                Some(received) => {
                    found.insert(*row, received);
                }
                None => missing.push(*row),
            }
        }
        if !missing.is_empty() {
            for (row, received) in lineage::received(&self.store, &missing).await? {
                self.origins.0.insert(row, received.clone()).await;
                found.insert(row, received);
            }
        }
        Ok(lineage::with_events(&self.store, found).await?)
    }
}
