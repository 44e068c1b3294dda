//! The joint plans of an assignment in a dataset, and what organisations report on them.

use std::collections::HashSet;

use entity::submission::{self, REFERENCE_SENDER};
use entity::{RegistryNumber, activity_plan, activity_report, deviation_decision, received_row};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::{Dataset, Store, facts, portions};

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

/// Reads the decisions on deviations that such reports tell of, in order of receipt.
pub(crate) async fn decisions(
    store: &Store,
    dataset: &Dataset,
    assignment: &RegistryNumber,
) -> Result<Vec<deviation_decision::Model>, DbErr> {
    let mut found = facts::counting::<deviation_decision::Entity>(dataset)
        .filter(deviation_decision::Column::Assignment.eq(assignment.as_str()))
        .all(store.connection())
        .await?;
    found.sort_by_key(|one| one.row_id);
    Ok(found)
}

/// Those of some rows that came with the reference data.
#[expect(
    clippy::disallowed_methods,
    reason = "who sent a row never changes, in whatever dataset it counts"
)]
pub(crate) async fn of_reference(store: &Store, rows: &[i64]) -> Result<HashSet<i64>, DbErr> {
    if rows.is_empty() {
        return Ok(HashSet::new());
    }
    let reference = Query::select()
        .column(submission::Column::Id)
        .from(submission::Entity)
        .and_where(submission::Column::OrganisationCode.eq(REFERENCE_SENDER))
        .to_owned();
    let mut of_reference = HashSet::new();
    for some in portions(rows) {
        let found: Vec<i64> = received_row::Entity::find()
            .select_only()
            .column(received_row::Column::Id)
            .filter(received_row::Column::Id.is_in(some.iter().copied()))
            .filter(received_row::Column::SubmissionId.in_subquery(reference.clone()))
            .into_tuple()
            .all(store.connection())
            .await?;
        of_reference.extend(found);
    }
    Ok(of_reference)
}
