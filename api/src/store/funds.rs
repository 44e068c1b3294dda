//! The money of an assignment's rounds in a dataset.

use std::collections::HashMap;

use entity::{
    Fact, RecipientCode, RegistryNumber, RoundCode, administrative_cost, allocation, application,
    payment, repayment, repayment_claim, requisition, usage_line, usage_report,
};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use super::{Dataset, Store, facts};

/// All fund facts of an assignment.
#[derive(Debug, Default)]
pub struct Funds {
    /// Allocations.
    pub allocations: Vec<allocation::Model>,
    /// Requisitions.
    pub requisitions: Vec<requisition::Model>,
    /// Applications.
    pub applications: Vec<application::Model>,
    /// Payments.
    pub payments: Vec<payment::Model>,
    /// Usage reports with their lines.
    pub usage_reports: Vec<(usage_report::Model, Vec<usage_line::Model>)>,
    /// Repayments.
    pub repayments: Vec<repayment::Model>,
}

impl Funds {
    /// Reads the money of rounds, of some recipients alone where they are said.
    pub(crate) async fn load(
        store: &Store,
        dataset: &Dataset,
        rounds: &[RoundCode],
        recipients: Option<&[RecipientCode]>,
    ) -> Result<Self, DbErr> {
        let reports = of_rounds::<usage_report::Entity>(store, dataset, rounds, recipients).await?;
        let mut lines = lines_of(store, dataset, rounds, recipients).await?;
        Ok(Self {
            allocations: of_rounds::<allocation::Entity>(store, dataset, rounds, recipients)
                .await?,
            requisitions: of_rounds::<requisition::Entity>(store, dataset, rounds, recipients)
                .await?,
            applications: of_rounds::<application::Entity>(store, dataset, rounds, recipients)
                .await?,
            payments: of_rounds::<payment::Entity>(store, dataset, rounds, recipients).await?,
            usage_reports: reports
                .into_iter()
                .map(|report| {
                    let lines = lines.remove(&report.row_id).unwrap_or_default();
                    (report, lines)
                })
                .collect(),
            repayments: of_rounds::<repayment::Entity>(store, dataset, rounds, recipients).await?,
        })
    }
}

impl Funds {
    /// Every row of money with its round and recipient.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&RoundCode, &RecipientCode, i64)> {
        macro_rules! rows {
            ($facts:ident) => {
                self.$facts
                    .iter()
                    .map(|one| (&one.round, &one.recipient_code, one.row_id))
            };
        }
        let reports = self.usage_reports.iter();
        rows!(allocations)
            .chain(rows!(requisitions))
            .chain(rows!(applications))
            .chain(rows!(payments))
            .chain(reports.map(|(one, _)| (&one.round, &one.recipient_code, one.row_id)))
            .chain(rows!(repayments))
    }
}

/// The steps of the rounds' claims for repayment.
pub(crate) async fn repayment_claims(
    store: &Store,
    dataset: &Dataset,
    rounds: &[RoundCode],
) -> Result<Vec<repayment_claim::Model>, DbErr> {
    of_rounds::<repayment_claim::Entity>(store, dataset, rounds, None).await
}

/// The administrative costs of an assignment.
pub(crate) async fn administrative_costs(
    store: &Store,
    dataset: &Dataset,
    assignment: &RegistryNumber,
) -> Result<Vec<administrative_cost::Model>, DbErr> {
    facts::counting::<administrative_cost::Entity>(dataset)
        .filter(administrative_cost::Column::Assignment.eq(assignment.as_str()))
        .all(store.connection())
        .await
}

async fn of_rounds<E: Fact>(
    store: &Store,
    dataset: &Dataset,
    rounds: &[RoundCode],
    recipients: Option<&[RecipientCode]>,
) -> Result<Vec<E::Model>, DbErr> {
    facts::counting::<E>(dataset)
        .filter(of::<E>(rounds, recipients))
        .all(store.connection())
        .await
}

/// The condition that a fact is of one of the rounds, and of one of the recipients where they are said.
fn of<E: Fact>(rounds: &[RoundCode], recipients: Option<&[RecipientCode]>) -> Condition {
    let column = |name: &'static str| Expr::col((E::default(), Alias::new(name)));
    let rounds = rounds.iter().map(RoundCode::as_str);
    let of_rounds = Condition::all().add(column("round").is_in(rounds));
    let Some(recipients) = recipients else {
        return of_rounds;
    };
    let recipients = recipients.iter().map(RecipientCode::as_str);
    of_rounds.add(column("recipient_code").is_in(recipients))
}

/// The lines of the rounds' usage reports that count, by report.
#[expect(
    clippy::disallowed_methods,
    reason = "lines belong to reports, which are selected by dataset here"
)]
async fn lines_of(
    store: &Store,
    dataset: &Dataset,
    rounds: &[RoundCode],
    recipients: Option<&[RecipientCode]>,
) -> Result<HashMap<i64, Vec<usage_line::Model>>, DbErr> {
    let counted = facts::counted_rows(usage_report::Entity::KIND, dataset);
    let of_rounds = Query::select()
        .column(usage_report::Column::RowId)
        .from(usage_report::Entity)
        .cond_where(of::<usage_report::Entity>(rounds, recipients))
        .and_where(usage_report::Column::RowId.in_subquery(counted))
        .to_owned();
    let found = usage_line::Entity::find()
        .filter(usage_line::Column::RowId.in_subquery(of_rounds))
        .all(store.connection())
        .await?;
    let mut lines: HashMap<i64, Vec<usage_line::Model>> = HashMap::new();
    for line in found {
        lines.entry(line.row_id).or_default().push(line);
    }
    Ok(lines)
}
