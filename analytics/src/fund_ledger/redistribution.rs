//! Redistribution: what of a round others left, who asked for it, what each got, and how the rest could be shared.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::LedgerRows;
use crate::Error;
use crate::figure::Absent;
use crate::fund_usage::{Measure, Pair, pairs};

/// What of a round is passed on, in öre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redistribution {
    /// What may be paid at most.
    pub available: i64,
    /// Σ requisitioned.
    pub requisitioned: i64,
    /// available − requisitioned: what others left.
    pub pool: i64,
    /// Σ paid above the requisition.
    pub redistributed: i64,
    /// pool − redistributed: what is left to pass on; below 0 where more was passed on than others left.
    pub left: i64,
    /// Why nothing is proposed; None where the shares' proposals make `left`.
    pub proposal_absent: Option<Absent>,
    /// Those that asked or got, by code.
    pub shares: Vec<RedistributionShare>,
}

/// One recipient that asked for a share of what others left, or got one. Amounts are öre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedistributionShare {
    /// The recipient's code.
    pub recipient: String,
    /// Whether its requisition, above 0, asks for a share.
    pub asked: bool,
    /// Allocated.
    pub allocated: i64,
    /// Requisitioned.
    pub requisitioned: i64,
    /// Paid.
    pub paid: i64,
    /// Paid above the requisition.
    pub redistributed: i64,
    /// What the proposal gives it of what is left; 0 where nothing is proposed.
    pub proposed: i64,
}

/// What of a round is passed on. None where there are no requisitions to pass on: in rounds by application, and of kinds
/// that are paid directly.
///
/// # Errors
///
/// [`Error::UnknownRound`] where the round, or that of a fact, is not among the rounds, [`Error::AmountsTooLarge`] where
/// amounts could not be summed in i64.
pub fn redistribution(rows: &LedgerRows, round: &str) -> Result<Option<Redistribution>, Error> {
    let Some(known) = rows.funds.rounds.iter().find(|one| one.code == round) else {
        return Err(Error::UnknownRound(round.to_owned()));
    };
    if known.by_application || !known.kind.requests_money() {
        return Ok(None);
    }
    let asked: BTreeSet<&str> = rows
        .asked
        .iter()
        .filter(|(of, _)| of == round)
        .map(|(_, recipient)| recipient.as_str())
        .collect();
    let pairs = pairs(&rows.funds)?;
    let of_round = || pairs.iter().filter(|pair| pair.round.code == round);
    let sum = |measure: Measure| of_round().map(|pair| measure.of(pair)).sum::<i64>();
    let (requisitioned, redistributed) = (sum(Measure::Requisitioned), sum(Measure::Redistributed));
    let pool = known.available_ore.saturating_sub(requisitioned);
    let left = pool.saturating_sub(redistributed);
    let share = |pair: &Pair<'_>| RedistributionShare {
        recipient: pair.recipient.to_owned(),
        asked: pair.requisitioned > 0 && asked.contains(pair.recipient),
        allocated: pair.allocated,
        requisitioned: pair.requisitioned,
        paid: pair.paid,
        redistributed: Measure::Redistributed.of(pair),
        proposed: 0,
    };
    let mut shares: Vec<RedistributionShare> = of_round()
        .map(share)
        .filter(|share| share.asked || share.redistributed != 0)
        .collect();
    let mut asking: Vec<&mut RedistributionShare> =
        shares.iter_mut().filter(|share| share.asked).collect();
    let proposal_absent = propose(left, &mut asking);
    Ok(Some(Redistribution {
        available: known.available_ore,
        requisitioned,
        pool,
        redistributed,
        left,
        proposal_absent,
        shares,
    }))
}

/// Shares what is left in proportion to the allocations: whole kronor rounded down, then a krona each to those with the
/// largest remainders; of equal ones first the larger allocation, then the lower code. Öre below a krona go to the largest
/// allocation. The proposals make what is left.
fn propose(left: i64, asking: &mut [&mut RedistributionShare]) -> Option<Absent> {
    if left <= 0 {
        return Some(Absent::NothingToDivide);
    }
    let weight = |share: &RedistributionShare| i128::from(share.allocated.max(0));
    let weights: i128 = asking.iter().map(|share| weight(share)).sum();
    if weights == 0 {
        return Some(Absent::NothingToDivide);
    }
    let kronor = i128::from(left / 100);
    let remainder = |share: &RedistributionShare| kronor * weight(share) % weights;
    let mut rest = left / 100;
    for share in asking.iter_mut() {
        let whole = kronor * weight(share) / weights;
        // A share of an i64 is an i64.
        let whole = i64::try_from(whole).unwrap_or(0);
        share.proposed = whole * 100;
        rest -= whole;
    }
    asking.sort_by_cached_key(|share| {
        let first = (Reverse(remainder(share)), Reverse(weight(share)));
        (first, share.recipient.clone())
    });
    for share in asking.iter_mut() {
        if rest == 0 {
            break;
        }
        share.proposed += 100;
        rest -= 1;
    }
    let by_weight =
        |share: &&mut &mut RedistributionShare| (Reverse(weight(share)), share.recipient.clone());
    if let Some(largest) = asking.iter_mut().min_by_key(by_weight) {
        largest.proposed += left % 100;
    }
    None
}
