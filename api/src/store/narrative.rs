//! Narratives of an assignment in a dataset, with the file and row that each came in, and which version of its text it is.

use std::collections::{HashMap, HashSet};

use entity::{Kind, RegistryNumber, counted, narrative};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::{Dataset, Origin, Store, facts, lineage, portions};

/// A narrative without its text.
pub(crate) struct Told {
    pub(crate) model: narrative::Model,
    pub(crate) origin: Origin,
    /// How many texts have counted for its key by then, this one among them.
    pub(crate) version: usize,
}

/// Reads the narratives of an assignment, in order of receipt.
pub(crate) async fn of_assignment(
    store: &Store,
    dataset: &Dataset,
    assignment: &RegistryNumber,
) -> Result<Vec<Told>, DbErr> {
    let mut found = facts::counting::<narrative::Entity>(dataset)
        .filter(narrative::Column::Assignment.eq(assignment.as_str()))
        .all(store.connection())
        .await?;
    found.sort_by_key(|one| one.row_id);
    let rows: Vec<i64> = found.iter().map(|one| one.row_id).collect();
    let mut origins = HashMap::new();
    for some in portions(&rows) {
        origins.extend(lineage::origins(store, some).await?);
    }
    let keys: Vec<&str> = origins
        .values()
        .map(|one| one.row.natural_key.as_str())
        .collect();
    let versions = versions(store, dataset, &keys).await?;
    let told = found.into_iter().filter_map(|model| {
        let origin: &Origin = origins.get(&model.row_id)?;
        let mut counted = versions.get(&origin.row.natural_key).cloned();
        let counted = counted.get_or_insert_default();
        // A row that waits has not counted yet.
        counted.insert(model.row_id);
        Some(Told {
            version: counted.len(),
            origin: origin.clone(),
            model,
        })
    });
    Ok(told.collect())
}

/// The rows that have counted for each key up to a dataset.
#[expect(
    clippy::disallowed_methods,
    reason = "which rows have counted up to a version is what versions of a text are"
)]
async fn versions(
    store: &Store,
    dataset: &Dataset,
    keys: &[&str],
) -> Result<HashMap<String, HashSet<i64>>, DbErr> {
    let mut rows: HashMap<String, HashSet<i64>> = HashMap::new();
    for some in portions(keys) {
        let found: Vec<(String, i64)> = counted::Entity::find()
            .filter(counted::Column::Kind.eq(Kind::Narratives))
            .filter(counted::Column::OpenedVersion.lte(dataset.version))
            .filter(counted::Column::NaturalKey.is_in(some.iter().copied()))
            .select_only()
            .column(counted::Column::NaturalKey)
            .column(counted::Column::RowId)
            .into_tuple()
            .all(store.connection())
            .await?;
        for (key, row) in found {
            rows.entry(key).or_default().insert(row);
        }
    }
    Ok(rows)
}
