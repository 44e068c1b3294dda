//! Whether a dataset holds rows that are not real.

use entity::{Nature, counted, submission};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter};

use super::{Dataset, Store, among, facts};

/// Whether a row of a submission that is synthetic or mixed counts in a dataset, or waits in it.
#[expect(
    clippy::disallowed_methods,
    reason = "rows of every kind are asked, whose intervals say what counts"
)]
pub(crate) async fn holds_synthetic(store: &Store, dataset: &Dataset) -> Result<bool, DbErr> {
    let own = |column: submission::Column| Expr::col((submission::Entity, column));
    let first = || own(submission::Column::FirstRowId);
    let counts = Query::select()
        .expr(Expr::val(1))
        .from(counted::Entity)
        .and_where(counted::Column::RowId.into_expr().gte(first()))
        .and_where(
            counted::Column::RowId
                .into_expr()
                .lt(first().add(own(submission::Column::RowCount))),
        )
        .and_where(facts::holds_in(dataset.version))
        .to_owned();
    let mut any = Condition::any().add(Expr::exists(counts));
    if !dataset.waiting.is_empty() {
        any = any.add(among(submission::Column::Id, &dataset.waiting));
    }
    let found = submission::Entity::find()
        .filter(submission::Column::Nature.ne(Nature::Real))
        .filter(submission::Column::RowCount.gt(0))
        .filter(any)
        .one(store.connection())
        .await?;
    Ok(found.is_some())
}
