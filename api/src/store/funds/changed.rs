//! In which rounds something of the money changed between two versions.

use std::collections::BTreeSet;

use entity::{
    Fact, RoundCode, allocation, application, payment, repayment, requisition, usage_report,
};
use futures::future::BoxFuture;
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{DbErr, QueryFilter, QuerySelect};

use crate::store::{Store, facts};

/// The rounds that have a row of money which counts in one of two versions and not in the other, or in neither and between
/// them: six statements. The money of every other round is the same in both, and in all versions between them.
pub(crate) async fn changed_rounds(
    store: &Store,
    (from, to): (i64, i64),
) -> Result<BTreeSet<RoundCode>, DbErr> {
    let versions = (Ord::min(from, to), Ord::max(from, to));
    let mut changed = BTreeSet::new();
    for found in [
        of::<allocation::Entity>(store, versions),
        of::<requisition::Entity>(store, versions),
        of::<application::Entity>(store, versions),
        of::<payment::Entity>(store, versions),
        of::<usage_report::Entity>(store, versions),
        of::<repayment::Entity>(store, versions),
    ] {
        changed.extend(found.await?);
    }
    Ok(changed)
}

#[expect(
    clippy::disallowed_methods,
    reason = "what opened or closed between versions is asked, not what counts in one"
)]
fn of<E: Fact>(
    store: &Store,
    versions: (i64, i64),
) -> BoxFuture<'_, Result<Vec<RoundCode>, DbErr>> {
    let column = |name: &'static str| Expr::col((E::default(), Alias::new(name)));
    let changed = facts::changed_rows(E::KIND, versions);
    let select = E::find()
        .filter(column("row_id").in_subquery(changed))
        .select_only()
        .expr(column("round"))
        .distinct()
        .into_tuple::<RoundCode>();
    Box::pin(async move { select.all(store.connection()).await })
}
