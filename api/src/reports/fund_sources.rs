//! Which rows are behind the lines of fund figures. Nothing of it is read before somebody asks.

use std::collections::HashMap;
use std::sync::Arc;

use analytics::fund_usage::{FundFilter, FundQuestion, LinePair};
use entity::{RecipientCode, RegistryNumber, RoundCode, application};

use super::behind::Behind;
use super::{Error, Extent, Reports, through};
use crate::kept::Share;
use crate::store::funds::{Funds, RoundFunds};
use crate::store::{Catalogue, Cited, Dataset, Kinds};

/// A figure of a line, whose rows are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FundMeasure {
    /// Those that could have taken part.
    Eligible,
    /// What was allocated.
    Allocated,
    /// What was requisitioned.
    Requisitioned,
    /// What was applied for, whatever was decided.
    Applied,
    /// What was granted.
    Granted,
    /// What was paid above the requisition.
    Redistributed,
    /// What was paid.
    Paid,
    /// What was used.
    Used,
    /// What was reported unused.
    Unused,
    /// What was repaid.
    Repaid,
    /// Reported unused and not yet repaid.
    Outstanding,
    /// Paid to those that have not reported.
    Unreported,
    /// Paid, and neither used nor unused in the report.
    Unexplained,
    /// Used of what was paid.
    UsageRate,
    /// Paid per inhabitant, of those paid.
    PaidPerInhabitant,
    /// Paid per inhabitant, of all eligible.
    PaidPerInhabitantAllEligible,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Round,
    Recipient,
    /// A link that leads from the recipient's code to the one it stands under.
    Link,
    Population,
    Allocation,
    Requisition,
    Application,
    /// An application that was granted, wholly or in part.
    Grant,
    Payment,
    Report,
    Repayment,
}

/// A pair of round and recipient with its rows.
#[derive(Debug)]
struct PairRows {
    pair: LinePair,
    is_reported: bool,
    rows: Vec<(Row, i64)>,
}

/// A recipient in a round, by their codes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FundPair {
    /// The round.
    pub round: RoundCode,
    /// The recipient.
    pub recipient: RecipientCode,
}

impl PairRows {
    /// The pair, where it has a row of money.
    fn with_money(&self) -> Option<FundPair> {
        let of_register = |row: &Row| {
            use Row::{Link, Population, Recipient, Round};
            matches!(row, Round | Recipient | Link | Population)
        };
        if self.rows.iter().all(|(row, _)| of_register(row)) {
            return None;
        }
        Some(FundPair {
            round: RoundCode::parse(&self.pair.round).ok()?,
            recipient: RecipientCode::parse(&self.pair.recipient).ok()?,
        })
    }
}

/// The rows of every pair of a frame, in the order of the pairs.
#[derive(Debug)]
pub(super) struct FundIndex(Vec<PairRows>);

impl Reports {
    /// The rows behind each line of the answer to a question about fund usage, or behind one figure of each line.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn fund_sources(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        (mut question, extent): (FundQuestion, Extent),
        of: Option<FundMeasure>,
    ) -> Result<Arc<Behind>, Error> {
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        question.today = through::today(question.today, extent.through);
        let key = (
            dataset.key(),
            assignment.clone(),
            (question.clone(), extent, of),
        );
        let compute = async {
            let frame = self.fund_frame(dataset, assignment, extent).await?;
            let index = self.fund_index(dataset, assignment, extent).await?;
            let cited = Cited::load(&self.store).await?;
            self.compute(move || {
                let lines = frame.answer.pairs_of_lines(&question)?;
                let lines = lines.iter().map(|pairs| index.rows(pairs, of)).collect();
                Ok(Arc::new(Behind::of_parts(lines, &cited)))
            })
            .await
        };
        self.once(Share::Answers, "fund sources", key, compute)
            .await
    }

    /// The pairs of round and recipient that pass a filter and have a row of money, by their codes.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn fund_pairs(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        filter: FundFilter,
        extent: Extent,
    ) -> Result<Arc<[FundPair]>, Error> {
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        let question = FundQuestion {
            group_by: Vec::new(),
            filter,
            today: through::today(dataset.today, extent.through),
        };
        let key = (
            dataset.key(),
            assignment.clone(),
            (question.clone(), extent),
        );
        let compute = async {
            let frame = self.fund_frame(dataset, assignment, extent).await?;
            let index = self.fund_index(dataset, assignment, extent).await?;
            self.compute(move || {
                let lines = frame.answer.pairs_of_lines(&question)?;
                let pairs = lines.iter().flatten().filter_map(|pair| index.0.get(*pair));
                let mut found: Vec<FundPair> = pairs.filter_map(PairRows::with_money).collect();
                found.sort_unstable();
                Ok(found.into())
            })
            .await
        };
        self.once(Share::Answers, "fund pairs", key, compute).await
    }

    async fn fund_index(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        extent: Extent,
    ) -> Result<Arc<FundIndex>, Error> {
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        let compute = async {
            let frame = self.fund_frame(dataset, assignment, extent).await?;
            let catalogue = self.catalogue(dataset).await?;
            let funds = self.funds(dataset, assignment, extent.through).await?;
            self.compute(move || {
                let pairs = frame.answer.line_pairs()?;
                Ok(Arc::new(FundIndex::new(&catalogue, &funds, pairs)))
            })
            .await
        };
        let key = (dataset.key(), assignment.clone(), extent);
        self.once(extent.share(), "fund index", key, compute).await
    }
}

impl FundIndex {
    fn new(catalogue: &Catalogue, funds: &Funds, pairs: Vec<LinePair>) -> Self {
        let rounds: HashMap<&str, i64> = catalogue
            .rounds
            .iter()
            .map(|round| (round.code.as_str(), round.row_id))
            .collect();
        let mut index: Vec<PairRows> = pairs
            .into_iter()
            .map(|pair| PairRows {
                rows: of_registers(catalogue, &rounds, &pair),
                is_reported: false,
                pair,
            })
            .collect();
        let numbers: HashMap<(String, String), usize> = (0..)
            .zip(&index)
            .map(|(number, one)| ((one.pair.round.clone(), one.pair.recipient.clone()), number))
            .collect();
        for (round, recipient, row, row_id) in of_money(funds) {
            let key = (round.to_string(), recipient.to_string());
            let pair = numbers.get(&key).and_then(|number| index.get_mut(*number));
            let pair = pair.expect("the frame has a pair for every row of money");
            pair.is_reported |= row == Row::Report;
            pair.rows.push((row, row_id));
        }
        Self(index)
    }

    /// The memory that it takes, in bytes, roughly.
    pub(super) fn bytes(&self) -> usize {
        let rows = self.0.iter().map(|pair| pair.rows.capacity());
        // The three codes of a pair lie outside it.
        let a_pair = size_of::<PairRows>() + 3 * 32;
        self.0.len() * a_pair + rows.sum::<usize>() * size_of::<(Row, i64)>()
    }

    /// The ids of the rows of pairs that a figure rests on; of all, where none is said.
    fn rows(&self, pairs: &[usize], of: Option<FundMeasure>) -> Vec<i64> {
        let pairs = pairs.iter().filter_map(|number| self.0.get(*number));
        pairs
            .flat_map(|pair| {
                let rows = pair.rows.iter();
                rows.filter(move |(row, _)| of.is_none_or(|of| of.rests_on(*row, pair)))
            })
            .map(|(_, row_id)| *row_id)
            .collect()
    }
}

impl FundMeasure {
    fn rests_on(self, row: Row, pair: &PairRows) -> bool {
        let known = &pair.pair;
        match self {
            Self::Eligible => {
                known.eligible && matches!(row, Row::Recipient | Row::Application | Row::Grant)
            }
            Self::Allocated => row == Row::Allocation,
            Self::Requisitioned => row == Row::Requisition,
            Self::Applied => matches!(row, Row::Application | Row::Grant),
            Self::Granted => row == Row::Grant,
            Self::Redistributed => {
                known.is_redistributed && matches!(row, Row::Requisition | Row::Payment)
            }
            Self::Paid => row == Row::Payment,
            Self::Used | Self::Unused => row == Row::Report,
            Self::Repaid => row == Row::Repayment,
            Self::Outstanding => matches!(row, Row::Report | Row::Repayment),
            Self::Unreported => !pair.is_reported && row == Row::Payment,
            Self::Unexplained => pair.is_reported && matches!(row, Row::Payment | Row::Report),
            Self::UsageRate => matches!(row, Row::Payment | Row::Report),
            Self::PaidPerInhabitant => {
                row == Row::Payment || (known.is_paid && row == Row::Population)
            }
            Self::PaidPerInhabitantAllEligible => {
                let register = matches!(row, Row::Recipient | Row::Population);
                known.eligible && (row == Row::Payment || register)
            }
        }
    }
}

/// The round, the period of the register and the population that are used for a pair; no period of a recipient with a
/// protected location.
fn of_registers(
    catalogue: &Catalogue,
    rounds: &HashMap<&str, i64>,
    pair: &LinePair,
) -> Vec<(Row, i64)> {
    let mut rows = Vec::new();
    if let Some(row_id) = rounds.get(pair.round.as_str()) {
        rows.push((Row::Round, *row_id));
    }
    // A register that is sorted by place tells it by the row.
    if let Ok(code) = RecipientCode::parse(&pair.classified_as)
        && !catalogue.is_protected(&code)
    {
        let period = catalogue
            .periods(&code)
            .find(|one| one.valid_from == pair.valid_from);
        rows.extend(period.map(|one| (Row::Recipient, one.row_id)));
    }
    let links = pair.links.iter().map(|link| (Row::Link, *link));
    rows.extend(links);
    let Ok(code) = RecipientCode::parse(&pair.recipient) else {
        return rows;
    };
    let population = catalogue
        .populations_of(&code)
        .find(|one| Some(one.date) == pair.population_date);
    rows.extend(population.map(|one| (Row::Population, one.row_id)));
    rows
}

/// Every row of money, with the pair that it is of.
fn of_money(funds: &Funds) -> impl Iterator<Item = (&RoundCode, &RecipientCode, Row, i64)> {
    let rounds = funds.rounds();
    rounds.flat_map(|(round, money)| {
        of_round(money).map(move |(who, row, row_id)| (round, who, row, row_id))
    })
}

const fn application(one: &application::Model) -> Row {
    match one.decision {
        Some(decision) if decision.grants() => Row::Grant,
        _ => Row::Application,
    }
}

fn of_round(money: &RoundFunds) -> impl Iterator<Item = (&RecipientCode, Row, i64)> {
    macro_rules! rows {
        ($facts:ident, $row:expr) => {
            money.$facts.iter().map(|one| {
                let who: &RecipientCode = &one.recipient_code;
                (who, $row(one), one.row_id)
            })
        };
    }
    rows!(allocations, |_| Row::Allocation)
        .chain(rows!(requisitions, |_| Row::Requisition))
        .chain(rows!(applications, application))
        .chain(rows!(payments, |_| Row::Payment))
        .chain(rows!(usage_reports, |_| Row::Report))
        .chain(rows!(repayments, |_| Row::Repayment))
}
