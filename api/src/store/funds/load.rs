//! Reading the money of rounds: each kind in one statement, whose rows are taken one by one and never lie in memory twice.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::Arc;

use chrono::NaiveDate;
use entity::{
    Fact, RecipientCode, RoundCode, Sek, allocation, application, payment, repayment, requisition,
    usage_line, usage_report,
};
use futures::TryStreamExt;
use futures::future::BoxFuture;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select, TryGetableMany,
};

use super::{Allocation, Funds, Payment, Requisition, RoundFunds, UsageReport};
use crate::store::{Dataset, Store, facts};

/// Rounds that are few: their rows are looked up one by one rather than found among all that count.
const FEW_ROUNDS: usize = 100;

/// Which money is asked for.
#[derive(Clone, Copy)]
struct Asked<'a> {
    store: &'a Store,
    dataset: &'a Dataset,
    rounds: &'a [RoundCode],
    recipients: Option<&'a [RecipientCode]>,
}

/// The rows while they are read.
#[derive(Default)]
struct Reading {
    rounds: HashMap<RoundCode, RoundFunds>,
    recipients: BTreeSet<Arc<RecipientCode>>,
}

impl Funds {
    /// Reads the money of rounds, of some recipients alone where they are said: seven statements.
    pub(crate) async fn load(
        store: &Store,
        dataset: &Dataset,
        rounds: &[RoundCode],
        recipients: Option<&[RecipientCode]>,
    ) -> Result<Self, DbErr> {
        let asked = Asked {
            store,
            dataset,
            rounds,
            recipients,
        };
        let mut reading = Reading::default();
        if !rounds.is_empty() {
            reading.read_requests(asked).await?;
            reading.read_payments(asked).await?;
            reading.read_reports(asked).await?;
        }
        let mut funds: BTreeMap<RoundCode, Arc<RoundFunds>> = rounds
            .iter()
            .map(|code| (code.clone(), Arc::default()))
            .collect();
        for (code, mut money) in reading.rounds {
            money.settle();
            funds.insert(code, Arc::new(money));
        }
        Ok(Self(funds))
    }
}

impl Reading {
    /// What was allocated, and what was asked for.
    async fn read_requests(&mut self, asked: Asked<'_>) -> Result<(), DbErr> {
        use {allocation::Column as A, requisition::Column as R};
        type Row = (i64, RoundCode, RecipientCode, Sek);
        let columns = [A::RowId, A::Round, A::RecipientCode, A::Amount];
        let take = |(row_id, round, recipient, amount): Row| {
            let recipient_code = self.recipient(recipient);
            self.round(round).allocations.push(Allocation {
                row_id,
                recipient_code,
                amount,
            });
        };
        each::<allocation::Entity, Row>(asked, columns, take).await?;
        type Asking = (i64, RoundCode, RecipientCode, Sek, NaiveDate, bool);
        let columns = [
            R::RowId,
            R::Round,
            R::RecipientCode,
            R::Amount,
            R::RequisitionedOn,
            R::WantsRedistribution,
        ];
        let take = |(row_id, round, recipient, amount, on, wants): Asking| {
            let recipient_code = self.recipient(recipient);
            self.round(round).requisitions.push(Requisition {
                row_id,
                recipient_code,
                amount,
                requisitioned_on: on,
                wants_redistribution: wants,
            });
        };
        each::<requisition::Entity, Asking>(asked, columns, take).await?;
        for one in asked.all::<application::Entity>().await? {
            self.round(one.round.clone()).applications.push(one);
        }
        Ok(())
    }

    /// What was paid, and paid back.
    async fn read_payments(&mut self, asked: Asked<'_>) -> Result<(), DbErr> {
        use payment::Column as P;
        type Row = (
            i64,
            RoundCode,
            RecipientCode,
            Sek,
            NaiveDate,
            Option<String>,
        );
        let columns = [
            P::RowId,
            P::Round,
            P::RecipientCode,
            P::Amount,
            P::PaidOn,
            P::Reverses,
        ];
        let take = |(row_id, round, recipient, amount, paid_on, reverses): Row| {
            let recipient_code = self.recipient(recipient);
            self.round(round).payments.push(Payment {
                row_id,
                recipient_code,
                amount,
                paid_on,
                is_reversal: reverses.is_some(),
            });
        };
        each::<payment::Entity, Row>(asked, columns, take).await?;
        for one in asked.all::<repayment::Entity>().await? {
            self.round(one.round.clone()).repayments.push(one);
        }
        Ok(())
    }

    /// What was reported, with the lines of it.
    async fn read_reports(&mut self, asked: Asked<'_>) -> Result<(), DbErr> {
        use usage_report::Column as U;
        type Row = (i64, RoundCode, RecipientCode, NaiveDate, Sek);
        let mut lines = lines_of(asked).await?;
        let columns = [
            U::RowId,
            U::Round,
            U::RecipientCode,
            U::ReportedOn,
            U::UnusedAmount,
        ];
        let take = |(row_id, round, recipient, reported_on, unused_amount): Row| {
            let recipient_code = self.recipient(recipient);
            self.round(round).usage_reports.push(UsageReport {
                row_id,
                recipient_code,
                reported_on,
                used: lines.remove(&row_id).unwrap_or_default().into(),
                unused_amount,
            });
        };
        each::<usage_report::Entity, Row>(asked, columns, take).await
    }

    fn round(&mut self, code: RoundCode) -> &mut RoundFunds {
        self.rounds.entry(code).or_default()
    }

    fn recipient(&mut self, code: RecipientCode) -> Arc<RecipientCode> {
        one_of(&mut self.recipients, Arc::new(code))
    }
}

/// The same value for all that are equal.
fn one_of<T: Ord + Hash + ?Sized>(known: &mut BTreeSet<Arc<T>>, value: Arc<T>) -> Arc<T> {
    if let Some(known) = known.get(&value) {
        return Arc::clone(known);
    }
    known.insert(Arc::clone(&value));
    value
}

impl Asked<'_> {
    /// The condition that a fact is of one of the rounds, and of one of the recipients where they are said.
    fn condition<E: Fact>(self) -> Condition {
        let column = |name: &'static str| Expr::col((E::default(), Alias::new(name)));
        let rounds = self.rounds.iter().map(RoundCode::as_str);
        let of_rounds = Condition::all().add(column("round").is_in(rounds));
        let Some(recipients) = self.recipients else {
            return of_rounds;
        };
        let recipients = recipients.iter().map(RecipientCode::as_str);
        of_rounds.add(column("recipient_code").is_in(recipients))
    }

    fn select<E: Fact>(self) -> Select<E> {
        let is_few = self.recipients.is_some() || self.rounds.len() <= FEW_ROUNDS;
        let counting = if is_few {
            facts::each_counting::<E>(self.dataset)
        } else {
            facts::counting::<E>(self.dataset)
        };
        counting.filter(self.condition::<E>())
    }

    /// The facts of a kind of which there are few.
    fn all<E: Fact>(&self) -> BoxFuture<'_, Result<Vec<E::Model>, DbErr>> {
        Box::pin(self.select::<E>().all(self.store.connection()))
    }
}

/// Takes the columns of each fact of a kind.
///
/// The future is boxed: many of them in a row would otherwise make one of a size that no thread's stack likes.
fn each<'a, E: Fact, T: TryGetableMany + Send + 'a>(
    asked: Asked<'a>,
    columns: impl IntoIterator<Item = E::Column>,
    mut take: impl FnMut(T) + Send + 'a,
) -> BoxFuture<'a, Result<(), DbErr>> {
    let select = asked.select::<E>().select_only().columns(columns);
    Box::pin(async move {
        let select = select.into_tuple::<T>();
        let mut found = select.stream(asked.store.connection()).await?;
        while let Some(row) = found.try_next().await? {
            take(row);
        }
        Ok(())
    })
}

/// The lines of usage reports, by report.
#[expect(
    clippy::disallowed_methods,
    reason = "lines belong to reports, which are selected by dataset here"
)]
async fn lines_of(asked: Asked<'_>) -> Result<HashMap<i64, Vec<(Arc<str>, Sek)>>, DbErr> {
    use usage_line::Column as L;
    let reports = asked.select::<usage_report::Entity>().select_only();
    let reports = reports.column(usage_report::Column::RowId).into_query();
    let select = usage_line::Entity::find()
        .filter(L::RowId.in_subquery(reports))
        .select_only()
        .columns([L::RowId, L::Area, L::Amount])
        .into_tuple::<(i64, String, Sek)>();
    let mut areas: BTreeSet<Arc<str>> = BTreeSet::new();
    let mut lines: HashMap<i64, Vec<(Arc<str>, Sek)>> = HashMap::new();
    let mut found = select.stream(asked.store.connection()).await?;
    while let Some((row_id, area, amount)) = found.try_next().await? {
        let area = one_of(&mut areas, Arc::from(area));
        lines.entry(row_id).or_default().push((area, amount));
    }
    Ok(lines)
}
