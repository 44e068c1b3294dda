//! The one way to select facts: those of a table that count in a dataset.

use entity::{Fact, counted};
use futures::future::BoxFuture;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, QueryFilter, Select};

use super::Dataset;

/// A select of the facts of a kind that count in a dataset; filter and order it further.
#[expect(
    clippy::disallowed_methods,
    reason = "this is where the dataset is applied"
)]
pub(crate) fn counting<E: Fact>(dataset: &Dataset) -> Select<E> {
    let row_id = Expr::col((E::default(), sea_orm::sea_query::Alias::new("row_id")));
    E::find().filter(row_id.in_subquery(counted_rows(E::KIND, dataset.version)))
}

/// All facts of a kind that count in a dataset, in order of receipt.
///
/// The future is boxed: many of them in a row would otherwise make one of a size that no thread's stack likes.
pub(crate) fn all<'a, E: Fact>(
    db: &'a impl ConnectionTrait,
    dataset: &'a Dataset,
) -> BoxFuture<'a, Result<Vec<E::Model>, DbErr>> {
    Box::pin(async move {
        let mut facts = counting::<E>(dataset).all(db).await?;
        facts.sort_by_key(|fact| E::row_id_of(fact));
        Ok(facts)
    })
}

/// Ids of the rows of a kind that count in a version.
pub(crate) fn counted_rows(kind: entity::Kind, version: i64) -> SelectStatement {
    Query::select()
        .column(counted::Column::RowId)
        .from(counted::Entity)
        .and_where(counted::Column::Kind.eq(kind))
        .and_where(counted::Column::OpenedVersion.lte(version))
        .and_where(
            counted::Column::ClosedVersion
                .is_null()
                .or(counted::Column::ClosedVersion.gt(version)),
        )
        .to_owned()
}
