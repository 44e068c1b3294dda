//! The money of single recipients, round by round: the same figures as fund usage's, from their own rows alone.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use analytics::fund_usage::{
    FundDimension, FundFilter, FundFrame, FundLine, FundQuestion, FundRows,
};
use chrono::NaiveDate;
use entity::{RecipientCode, RegistryNumber, RoundCode};

use super::fund_usage::{has_synthetic_round, rows};
use super::{Error, Extent, Reports, through};
use crate::kept::{Share, weighs};
use crate::store::funds::Funds;
use crate::store::{Catalogue, Dataset, Kinds};

/// What a recipient has of one round.
#[derive(Clone, Debug)]
pub struct RecipientRound {
    /// The round.
    pub round: RoundCode,
    /// The figures.
    pub line: FundLine,
    /// The usage report: its row, and its day.
    pub report: Option<(i64, NaiveDate)>,
    /// The rows of money behind it, in order of receipt.
    pub row_ids: Vec<i64>,
    /// Whether a row behind it is synthetic.
    pub synthetic: bool,
}

/// The rounds of each recipient that was asked for, by year and code; none where it has no row of money.
pub type RecipientFunds = HashMap<RecipientCode, Arc<[RecipientRound]>>;

/// What the rounds of a recipient are kept as, by the day that is today and how far they are counted.
const ROUNDS: &str = "recipient funds";

/// What a line takes beside itself: its use areas, its key, the ids of its rows.
const BYTES_BESIDE_A_LINE: usize = 1000;

weighs!(RecipientRound, |_| BYTES_BESIDE_A_LINE);

impl Reports {
    /// The money of some recipients in an assignment: a fixed number of statements, however many recipients and rounds.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn recipient_funds(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        recipients: &[RecipientCode],
        extent: Extent,
    ) -> Result<RecipientFunds, Error> {
        let dataset = &self.resting_on(Kinds::FUNDS, dataset).await?;
        let today = through::today(dataset.today, extent.through);
        let kept = self.kept();
        let key = |code: &RecipientCode| {
            let asked = (code.clone(), extent, today);
            (dataset.key(), assignment.clone(), asked)
        };
        let (mut found, mut missing) = (RecipientFunds::new(), Vec::new());
        for code in recipients {
            match kept.get(Share::Answers, ROUNDS, key(code)).await {
                Some(rounds) => {
                    found.insert(code.clone(), rounds);
                }
                None => missing.push(code.clone()),
            }
        }
        if missing.is_empty() {
            return Ok(found);
        }
        let catalogue = self.catalogue(dataset).await?;
        let funds = self.funds_of(dataset, assignment, extent.through, &missing);
        let funds = funds.await?;
        let of = assignment.clone();
        let work = move || by_recipient(&catalogue, &of, &funds, extent, today);
        let mut computed = self.compute(work).await?;
        for code in missing {
            let rounds = computed.remove(&code).unwrap_or_default();
            let own = Arc::clone(&rounds);
            kept.insert(Share::Answers, ROUNDS, key(&code), own).await;
            found.insert(code, rounds);
        }
        Ok(found)
    }
}

/// Puts lines and rows together. Without a register nobody is eligible: what has no row of money is no round of theirs.
fn by_recipient(
    catalogue: &Catalogue,
    assignment: &RegistryNumber,
    funds: &Funds,
    extent: Extent,
    today: NaiveDate,
) -> Result<RecipientFunds, analytics::Error> {
    let rows = FundRows {
        recipients: Vec::new(),
        ..rows(catalogue, assignment, funds, extent)
    };
    let synthetic_round = has_synthetic_round(catalogue, assignment);
    let is_synthetic = |row: &i64| catalogue.submissions.is_synthetic(*row);
    let question = FundQuestion {
        group_by: vec![FundDimension::Recipient, FundDimension::Round],
        filter: FundFilter::default(),
        today,
    };
    let usage = FundFrame::build(&rows)?.usage(&question)?;
    let mut row_ids: BTreeMap<(String, String), Vec<i64>> = BTreeMap::new();
    for (round, recipient, row_id) in funds.rows() {
        let of = row_ids.entry((recipient.to_string(), round.to_string()));
        of.or_default().push(row_id);
    }
    let mut reports: HashMap<(&str, &str), (i64, NaiveDate)> = HashMap::new();
    for (round, money) in funds.rounds() {
        for one in &money.usage_reports {
            let key = (one.recipient_code.as_str(), round.as_str());
            reports.insert(key, (one.row_id, one.reported_on));
        }
    }
    let mut found: HashMap<RecipientCode, Vec<RecipientRound>> = HashMap::new();
    for line in usage.lines {
        let (Some(recipient), Some(round)) = (&line.key.recipient, &line.key.round) else {
            continue;
        };
        let (Ok(code), Ok(round_code)) = (RecipientCode::parse(recipient), RoundCode::parse(round))
        else {
            continue;
        };
        let of = (recipient.clone(), round.clone());
        let mut rows = row_ids.remove(&of).unwrap_or_default();
        rows.sort_unstable();
        let one = RecipientRound {
            report: reports.get(&(recipient.as_str(), round.as_str())).copied(),
            round: round_code,
            synthetic: synthetic_round || rows.iter().any(is_synthetic),
            row_ids: rows,
            line,
        };
        found.entry(code).or_default().push(one);
    }
    let year = |round: &RoundCode| catalogue.round(round).map(|round| round.year);
    Ok(found
        .into_iter()
        .map(|(code, mut rounds)| {
            rounds.sort_by_cached_key(|one| (year(&one.round), one.round.clone()));
            (code, rounds.into())
        })
        .collect())
}
