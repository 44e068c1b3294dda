//! The joint plans of an assignment in a dataset, and what organisations report on them.

use entity::{RegistryNumber, activity_plan, activity_report};
use sea_orm::{ColumnTrait, DbErr, QueryFilter};

use super::{Dataset, Store, facts};

/// Reads the activities of every version of an assignment's plan, by version and row.
pub(crate) async fn activities(
    store: &Store,
    dataset: &Dataset,
    assignment: &RegistryNumber,
) -> Result<Vec<activity_plan::Model>, DbErr> {
    let mut found = facts::counting::<activity_plan::Entity>(dataset)
        .filter(activity_plan::Column::Assignment.eq(assignment.as_str()))
        .all(store.connection())
        .await?;
    found.sort_by_key(|one| (one.plan_version, one.number));
    Ok(found)
}

/// Reads the reports on every version of an assignment's plan, in order of receipt.
pub(crate) async fn reports(
    store: &Store,
    dataset: &Dataset,
    assignment: &RegistryNumber,
) -> Result<Vec<activity_report::Model>, DbErr> {
    let mut found = facts::counting::<activity_report::Entity>(dataset)
        .filter(activity_report::Column::Assignment.eq(assignment.as_str()))
        .all(store.connection())
        .await?;
    found.sort_by_key(|one| one.row_id);
    Ok(found)
}
