//! Rows of money one by one, in order of receipt: a page at a time, however many there are.
//!
//! A page begins after a row's id and looks at a window of ids alone, so that the last page of a million rows costs no
//! more than the first, and nothing of one is kept for the next.

use chrono::NaiveDate;
use entity::{
    ApplicationDecision, Fact, Kind, RecipientCode, RoundCode, Sek, allocation, application,
    payment, received_row, repayment, requisition, usage_line, usage_report,
};
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{Dataset, Store, facts};

/// The kinds of which there are rows of money.
pub const KINDS: [Kind; 6] = [
    Kind::Allocations,
    Kind::Requisitions,
    Kind::Applications,
    Kind::Payments,
    Kind::UsageReports,
    Kind::Repayments,
];

/// Ids that are looked at for each row of a page: rows of other kinds and assignments stand between them.
const IDS_A_ROW: i64 = 4;

/// Ids that are looked at in one go at least.
const FEWEST_IDS: i64 = 4_000;

/// A row of money: what one row of a file says of a recipient in a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundRow {
    /// The received row.
    pub row_id: i64,
    /// What it is.
    pub kind: Kind,
    /// Round.
    pub round: RoundCode,
    /// Recipient.
    pub recipient: RecipientCode,
    /// Its own day; allocations have none.
    pub on: Option<NaiveDate>,
    /// Its amounts.
    pub amounts: Amounts,
}

/// The amounts of a row, each in the place of its own meaning; a reversal takes away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// Allocated.
    pub allocated: Option<Sek>,
    /// Requisitioned.
    pub requisitioned: Option<Sek>,
    /// Applied for.
    pub applied: Option<Sek>,
    /// Granted; none where the decision grants nothing.
    pub granted: Option<Sek>,
    /// Paid.
    pub paid: Option<Sek>,
    /// Used.
    pub used: Option<Sek>,
    /// Not used.
    pub unused: Option<Sek>,
    /// Repaid.
    pub repaid: Option<Sek>,
}

/// The rows after one, in order of receipt: `limit` at most, fewer only where there are no more.
pub(crate) async fn page(
    store: &Store,
    dataset: &Dataset,
    (rounds, kinds): (&[RoundCode], &[Kind]),
    after: i64,
    limit: usize,
) -> Result<Vec<FundRow>, DbErr> {
    let last = last_row(store).await?;
    let wide = i64::try_from(limit).unwrap_or(i64::MAX);
    let wide = Ord::max(wide.saturating_mul(IDS_A_ROW), FEWEST_IDS);
    let (mut from, mut found) = (after, Vec::new());
    while from < last && found.len() < limit {
        let through = Ord::min(from.saturating_add(wide), last);
        let window = Window {
            dataset,
            rounds,
            from,
            through,
            limit: limit as u64,
        };
        let mut rows = Vec::new();
        for kind in kinds {
            rows.extend(window.of_kind(store, *kind).await?);
        }
        rows.sort_by_key(|row: &FundRow| row.row_id);
        found.extend(rows);
        from = through;
    }
    found.truncate(limit);
    add_used(store, &mut found).await?;
    Ok(found)
}

/// How many rows there are.
pub(crate) async fn count(
    store: &Store,
    dataset: &Dataset,
    (rounds, kinds): (&[RoundCode], &[Kind]),
) -> Result<u64, DbErr> {
    async fn of<E: Fact>(
        store: &Store,
        dataset: &Dataset,
        rounds: &[RoundCode],
    ) -> Result<u64, DbErr>
    where
        E::Model: Send + Sync,
    {
        let rows = facts::counting::<E>(dataset).filter(in_rounds::<E>(rounds));
        rows.count(store.connection()).await
    }
    let mut count = 0;
    for kind in kinds {
        count += match kind {
            Kind::Allocations => of::<allocation::Entity>(store, dataset, rounds).await?,
            Kind::Requisitions => of::<requisition::Entity>(store, dataset, rounds).await?,
            Kind::Applications => of::<application::Entity>(store, dataset, rounds).await?,
            Kind::Payments => of::<payment::Entity>(store, dataset, rounds).await?,
            Kind::UsageReports => of::<usage_report::Entity>(store, dataset, rounds).await?,
            Kind::Repayments => of::<repayment::Entity>(store, dataset, rounds).await?,
            _ => 0,
        };
    }
    Ok(count)
}

/// Where rows are looked for.
struct Window<'a> {
    dataset: &'a Dataset,
    rounds: &'a [RoundCode],
    from: i64,
    through: i64,
    limit: u64,
}

impl Window<'_> {
    async fn of_kind(&self, store: &Store, kind: Kind) -> Result<Vec<FundRow>, DbErr> {
        match kind {
            Kind::Allocations => self.rows::<allocation::Entity>(store).await,
            Kind::Requisitions => self.rows::<requisition::Entity>(store).await,
            Kind::Applications => self.rows::<application::Entity>(store).await,
            Kind::Payments => self.rows::<payment::Entity>(store).await,
            Kind::UsageReports => self.rows::<usage_report::Entity>(store).await,
            Kind::Repayments => self.rows::<repayment::Entity>(store).await,
            _ => Ok(Vec::new()),
        }
    }

    async fn rows<E: Fact>(&self, store: &Store) -> Result<Vec<FundRow>, DbErr>
    where
        FundRow: From<E::Model>,
    {
        let row_id = Expr::col((E::default(), Alias::new("row_id")));
        let found = facts::counting_between::<E>(self.dataset, self.from, self.through)
            .filter(in_rounds::<E>(self.rounds))
            .order_by(row_id, Order::Asc)
            .limit(self.limit)
            .all(store.connection())
            .await?;
        Ok(found.into_iter().map(FundRow::from).collect())
    }
}

fn in_rounds<E: EntityTrait>(rounds: &[RoundCode]) -> Expr {
    let round = Expr::col((E::default(), Alias::new("round")));
    round.is_in(rounds.iter().map(RoundCode::as_str))
}

/// The id of the row that was received last.
#[expect(
    clippy::disallowed_methods,
    reason = "how far ids go; which rows count says the dataset"
)]
async fn last_row(store: &Store) -> Result<i64, DbErr> {
    let last = received_row::Entity::find()
        .select_only()
        .column_as(received_row::Column::Id.max(), "last")
        .into_tuple::<Option<i64>>()
        .one(store.connection())
        .await?;
    Ok(last.flatten().unwrap_or_default())
}

/// Adds what usage reports say was used: the sum of their lines.
#[expect(
    clippy::disallowed_methods,
    reason = "lines belong to reports, which were selected by dataset"
)]
async fn add_used(store: &Store, rows: &mut [FundRow]) -> Result<(), DbErr> {
    let reports = rows.iter_mut();
    let reports = reports.filter(|row| row.kind == Kind::UsageReports);
    let mut reports: Vec<&mut FundRow> = reports.collect();
    let (Some(first), Some(last)) = (reports.first(), reports.last()) else {
        return Ok(());
    };
    let lines = usage_line::Entity::find()
        .filter(usage_line::Column::RowId.between(first.row_id, last.row_id))
        .all(store.connection())
        .await?;
    for line in lines {
        // Rows stand in the order of their ids.
        if let Ok(at) = reports.binary_search_by_key(&line.row_id, |row| row.row_id) {
            let used = &mut reports[at].amounts.used;
            let sum = used.unwrap_or_default().ore() + line.amount.ore();
            *used = Some(Sek::from_ore(sum));
        }
    }
    Ok(())
}

fn signed(amount: Sek, reverses: Option<&String>) -> Sek {
    match reverses {
        Some(_) => Sek::from_ore(-amount.ore()),
        None => amount,
    }
}

/// A row of each kind: its own day, and its amounts.
macro_rules! fund_row {
    ($entity:ident, $kind:ident, $one:ident => $on:expr, { $($name:ident: $amount:expr),+ }) => {
        impl From<$entity::Model> for FundRow {
            fn from($one: $entity::Model) -> Self {
                Self {
                    kind: Kind::$kind,
                    on: $on,
                    amounts: Amounts { $($name: $amount,)+ ..Amounts::default() },
                    row_id: $one.row_id,
                    round: $one.round,
                    recipient: $one.recipient_code,
                }
            }
        }
    };
}

fund_row!(allocation, Allocations, one => None, { allocated: Some(one.amount) });
fund_row!(requisition, Requisitions, one => Some(one.requisitioned_on), { requisitioned: Some(one.amount) });
fund_row!(application, Applications, one => Some(one.applied_on), {
    applied: Some(one.applied_amount),
    granted: one.granted_amount.filter(|_| one.decision.is_some_and(ApplicationDecision::grants))
});
fund_row!(payment, Payments, one => Some(one.paid_on), { paid: Some(signed(one.amount, one.reverses.as_ref())) });
fund_row!(usage_report, UsageReports, one => Some(one.reported_on), {
    used: Some(Sek::default()),
    unused: Some(one.unused_amount)
});
fund_row!(repayment, Repayments, one => Some(one.repaid_on), { repaid: Some(signed(one.amount, one.reverses.as_ref())) });
