//! The ledger: the entries that pass a filter, their sum, and how old what is open is.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{AgeBucket, AgeingLine, Amounts, ClaimRow, LedgerEntry, LedgerFact, LedgerRows};
use crate::Error;
use crate::frame::check_sum;
use crate::fund_usage::{FundFilter, divided, pairs};

/// A question to the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LedgerQuestion {
    /// What is counted.
    pub filter: FundFilter,
    /// The day that decides what is due, and how old it is.
    pub on: NaiveDate,
}

/// The entries that pass a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundLedger {
    /// One entry per round and recipient with any row, by round and recipient.
    pub entries: Vec<LedgerEntry>,
    /// Their sum.
    pub total: Amounts,
    /// What is open by age, every bucket.
    pub ageing: Vec<AgeingLine>,
    /// Recipients with rows that were divided since, and stand under their former codes; sorted.
    pub divided: Vec<String>,
}

/// Puts the ledger together.
///
/// # Errors
///
/// [`Error::UnknownRound`] for a fact of a round that is not among the rounds,
/// [`Error::AmountsTooLarge`] where amounts could not be summed in i64.
pub fn ledger(rows: &LedgerRows, question: &LedgerQuestion) -> Result<FundLedger, Error> {
    let mut facts: BTreeMap<(&str, &str), Vec<&LedgerFact>> = BTreeMap::new();
    for fact in &rows.facts {
        let of = facts.entry((&fact.round, &fact.recipient));
        of.or_default().push(fact);
    }
    let mut claims: BTreeMap<(&str, &str), Vec<&ClaimRow>> = BTreeMap::new();
    for claim in &rows.claims {
        let of = claims.entry((&claim.round, &claim.recipient));
        of.or_default().push(claim);
    }
    let pairs = pairs(&rows.funds)?;
    // What is claimed is subtracted from what is open: both together must fit.
    let open = pairs.iter().flat_map(|pair| {
        let unused = pair.report.as_ref().map_or(0, |report| report.unused);
        [pair.paid, pair.repaid, unused]
    });
    check_sum(open.chain(rows.claims.iter().map(|claim| claim.demanded_ore)))?;
    let mut entries = Vec::new();
    for pair in pairs.iter().filter(|pair| question.filter.passes(pair)) {
        let key = (pair.round.code.as_str(), pair.recipient);
        let of_pair = facts.get(&key).map_or(&[][..], Vec::as_slice);
        let claims = claims.get(&key).map_or(&[][..], Vec::as_slice);
        let entry = LedgerEntry::new(pair, of_pair, claims, question.on);
        if !entry.rows.is_empty() || !entry.amounts.is_nothing() {
            entries.push(entry);
        }
    }
    let mut total = Amounts::default();
    let mut ageing = AgeBucket::ALL.map(AgeingLine::new);
    for entry in &entries {
        total += entry.amounts;
        for line in &mut ageing {
            line.add(&entry.aged);
        }
    }
    Ok(FundLedger {
        entries,
        total,
        ageing: ageing.to_vec(),
        divided: divided(&pairs),
    })
}
