//! The money of single recipients, round by round: the same figures as fund usage's, from their own rows alone.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use analytics::fund_usage::{
    FundDimension, FundFilter, FundFrame, FundLine, FundQuestion, FundRows,
};
use chrono::NaiveDate;
use entity::{RecipientCode, RegistryNumber, RoundCode};

use super::fund_usage::{is_synthetic, rows};
use super::{Error, Extent, Reports, through};
use crate::store::funds::Funds;
use crate::store::{Catalogue, Dataset};

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

/// The rounds of each recipient that has rows in any, by year and code.
pub type RecipientFunds = HashMap<RecipientCode, Arc<[RecipientRound]>>;

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
        let catalogue = self.catalogue(dataset).await?;
        let funds = self.funds(dataset, assignment, extent.through, Some(recipients));
        let funds = funds.await?;
        let synthetic = is_synthetic(&catalogue, assignment, &funds);
        let rows = FundRows {
            recipients: Vec::new(),
            ..rows(&catalogue, assignment, &funds, extent)
        };
        let today = through::today(dataset.today, extent.through);
        self.compute(move || by_recipient(&catalogue, &funds, &rows, today, synthetic))
            .await
    }
}

/// Puts lines and rows together. Without a register nobody is eligible: what has no row of money is no round of theirs.
fn by_recipient(
    catalogue: &Catalogue,
    funds: &Funds,
    rows: &FundRows,
    today: NaiveDate,
    synthetic: bool,
) -> Result<RecipientFunds, analytics::Error> {
    let question = FundQuestion {
        group_by: vec![FundDimension::Recipient, FundDimension::Round],
        filter: FundFilter::default(),
        today,
    };
    let usage = FundFrame::build(rows)?.usage(&question)?;
    let mut row_ids: BTreeMap<(String, String), Vec<i64>> = BTreeMap::new();
    for (round, recipient, row_id) in funds.rows() {
        let of = row_ids.entry((recipient.to_string(), round.to_string()));
        of.or_default().push(row_id);
    }
    let reports: HashMap<(&str, &str), (i64, NaiveDate)> = funds
        .usage_reports
        .iter()
        .map(|(one, _)| {
            let key = (one.recipient_code.as_str(), one.round.as_str());
            (key, (one.row_id, one.reported_on))
        })
        .collect();
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
            row_ids: rows,
            synthetic,
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
