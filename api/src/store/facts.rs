//! The one way to select facts: those of a table that count in a dataset.

use entity::{Fact, Kind, RowAction, counted, received_row, submission};
use futures::future::BoxFuture;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, JoinType, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, QueryFilter, Select};

use super::mixture::Taken;
use super::{Dataset, Mixture, among, written};

/// A select of the facts of a kind that count in a dataset; filter and order it further.
pub(crate) fn counting<E: Fact>(dataset: &Dataset) -> Select<E> {
    of_rows(counted_rows(E::KIND, dataset))
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is where the dataset is applied"
)]
fn of_rows<E: Fact>(rows: SelectStatement) -> Select<E> {
    let row_id = Expr::col((E::default(), Alias::new("row_id")));
    E::find().filter(row_id.in_subquery(rows))
}

/// The same of rows with ids above one and not above another: what a page of a long list looks at. Nothing else is
/// looked at to see what counts, however many rows there are.
pub(crate) fn counting_between<E: Fact>(dataset: &Dataset, above: i64, through: i64) -> Select<E> {
    let counted = counted_rows(E::KIND, dataset)
        .and_where(counted::Column::RowId.gt(above))
        .and_where(counted::Column::RowId.lte(through))
        .to_owned();
    let row_id = || Expr::col((E::default(), Alias::new("row_id")));
    of_rows::<E>(counted)
        .filter(row_id().gt(above))
        .filter(row_id().lte(through))
}

/// The same select, for what names few rows: where only accepted submissions count, each row is looked up by itself.
/// [`counting`] goes through all rows of the kind that count, which is quicker for many.
#[expect(
    clippy::disallowed_methods,
    reason = "this is where the dataset is applied"
)]
pub(crate) fn each_counting<E: Fact>(dataset: &Dataset) -> Select<E> {
    if !dataset.is_plain() {
        return counting::<E>(dataset);
    }
    assert!(
        dataset.is_read_for(E::KIND),
        "{:?} is read where an answer is said to rest on other kinds",
        E::KIND
    );
    let row_id = Expr::col((E::default(), sea_orm::sea_query::Alias::new("row_id")));
    // A row is of one kind, so that the row alone says which: the kind's own index would be the wrong way to it.
    let interval = Query::select()
        .expr(Expr::val(1))
        .from(counted::Entity)
        .and_where(Expr::col((counted::Entity, counted::Column::RowId)).eq(row_id))
        .and_where(holds_in(dataset.version))
        .to_owned();
    E::find().filter(Expr::exists(interval))
}

/// That an interval holds in a version.
pub(super) fn holds_in(version: i64) -> Expr {
    let open = counted::Column::ClosedVersion.is_null();
    let open = open.or(counted::Column::ClosedVersion.gt(version));
    counted::Column::OpenedVersion.lte(version).and(open)
}

/// Ids of the rows of a kind that began or ceased to count after one version and up to another.
pub(crate) fn changed_rows(kind: Kind, (after, to): (i64, i64)) -> SelectStatement {
    let by = |version: counted::Column| {
        Query::select()
            .column(counted::Column::RowId)
            .from(counted::Entity)
            .and_where(counted::Column::Kind.eq(kind))
            .and_where(version.gt(after))
            .and_where(version.lte(to))
            .to_owned()
    };
    by(counted::Column::OpenedVersion)
        .union(UnionType::All, by(counted::Column::ClosedVersion))
        .to_owned()
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

/// Ids of the rows of a kind that count in a dataset.
///
/// # Panics
/// The dataset is read for other kinds: what is kept of it would not change with this one.
pub(crate) fn counted_rows(kind: Kind, dataset: &Dataset) -> SelectStatement {
    assert!(
        dataset.is_read_for(kind),
        "{kind:?} is read where an answer is said to rest on other kinds"
    );
    if let Some(mixture) = dataset.mixture {
        return mixed(kind, dataset.version, mixture);
    }
    let mut accepted = accepted_in(kind, dataset.version, counted::Column::RowId);
    if dataset.waiting.is_empty() {
        return accepted;
    }
    if kind == Kind::ActivityPlan {
        return whole_versions(accepted, dataset);
    }
    // A waiting row stands before the accepted one of its key, whether it sets or removes.
    let waiting = of_waiting(kind, dataset)
        .column(received_row::Column::NaturalKey)
        .to_owned();
    accepted
        .and_where(counted::Column::NaturalKey.not_in_subquery(waiting))
        .union(UnionType::All, latest_waiting(kind, dataset))
        .to_owned()
}

/// What of the rows of a kind that count in a version a column holds.
fn accepted_in(kind: Kind, version: i64, column: counted::Column) -> SelectStatement {
    Query::select()
        .column(column)
        .from(counted::Entity)
        .and_where(counted::Column::Kind.eq(kind))
        .and_where(holds_in(version))
        .to_owned()
}

/// Ids of the rows of a kind between two versions.
fn mixed(kind: Kind, version: i64, mixture: Mixture) -> SelectStatement {
    let rows = |version| accepted_in(kind, version, counted::Column::RowId);
    match mixture.taken(kind) {
        Taken::Earlier => rows(mixture.from),
        Taken::Later => rows(version),
        Taken::WithNewKeys => {
            let known = accepted_in(kind, mixture.from, counted::Column::NaturalKey);
            let new = rows(version)
                .and_where(counted::Column::NaturalKey.not_in_subquery(known))
                .to_owned();
            rows(mixture.from).union(UnionType::All, new).to_owned()
        }
    }
}

/// A version of a plan is one file: where one waits, its rows stand for all that counts of the version.
fn whole_versions(mut accepted: SelectStatement, dataset: &Dataset) -> SelectStatement {
    let waits = Alias::new("waits");
    let waiting = |column: submission::Column| Expr::col((waits.clone(), column));
    let own = |column: submission::Column| Expr::col((submission::Entity, column));
    let replaced = Query::select()
        .column((received_row::Entity, received_row::Column::Id))
        .from(received_row::Entity)
        .inner_join(
            submission::Entity,
            own(submission::Column::Id)
                .equals((received_row::Entity, received_row::Column::SubmissionId)),
        )
        .join_as(
            JoinType::InnerJoin,
            submission::Entity,
            waits.clone(),
            waiting(submission::Column::Kind)
                .equals((submission::Entity, submission::Column::Kind))
                .and(
                    waiting(submission::Column::Assignment)
                        .equals((submission::Entity, submission::Column::Assignment)),
                )
                .and(
                    waiting(submission::Column::PlanVersion)
                        .equals((submission::Entity, submission::Column::PlanVersion)),
                ),
        )
        .and_where(waiting(submission::Column::Kind).eq(Kind::ActivityPlan))
        .and_where(waiting(submission::Column::Id).is_in(written(&dataset.waiting)))
        .to_owned();
    let last = Query::select()
        .expr(submission::Column::Id.max())
        .from(submission::Entity)
        .and_where(submission::Column::Kind.eq(Kind::ActivityPlan))
        .and_where(among(submission::Column::Id, &dataset.waiting))
        .group_by_columns([
            submission::Column::Assignment,
            submission::Column::PlanVersion,
        ])
        .to_owned();
    let standing = Query::select()
        .column(received_row::Column::Id)
        .from(received_row::Entity)
        .and_where(received_row::Column::Kind.eq(Kind::ActivityPlan))
        .and_where(received_row::Column::Action.eq(RowAction::Set))
        .and_where(received_row::Column::SubmissionId.in_subquery(last))
        .to_owned();
    accepted
        .and_where(counted::Column::RowId.not_in_subquery(replaced))
        .union(UnionType::All, standing)
        .to_owned()
}

/// The rows of a kind in the submissions that wait.
fn of_waiting(kind: Kind, dataset: &Dataset) -> SelectStatement {
    Query::select()
        .from(received_row::Entity)
        .and_where(received_row::Column::Kind.eq(kind))
        .and_where(among(received_row::Column::SubmissionId, &dataset.waiting))
        .to_owned()
}

/// The last row received of each key that waits, where it sets.
fn latest_waiting(kind: Kind, dataset: &Dataset) -> SelectStatement {
    let last = of_waiting(kind, dataset)
        .expr(received_row::Column::Id.max())
        .group_by_col(received_row::Column::NaturalKey)
        .to_owned();
    of_waiting(kind, dataset)
        .column(received_row::Column::Id)
        .and_where(received_row::Column::Action.eq(RowAction::Set))
        .and_where(received_row::Column::Id.in_subquery(last))
        .to_owned()
}
