//! One entry: everything of one recipient in one round, on a day.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use chrono::NaiveDate;

use super::age::Since;
use super::{Aged, AgedOf, ClaimRow, ClaimStanding, ClaimSums, FactKind, LedgerFact};
use crate::fund_usage::{Measure, Pair};

/// The rows behind an entry, by what they are.
pub type EntryRows = BTreeMap<FactKind, Vec<i64>>;

/// Everything of one recipient in one round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The round's code.
    pub round: String,
    /// The grant year.
    pub year: i32,
    /// The recipient's code.
    pub recipient: String,
    /// The amounts.
    pub amounts: Amounts,
    /// What is open, piece by piece, without what is waived.
    pub aged: Vec<Aged>,
    /// The claims by reference.
    pub claims: Vec<ClaimRow>,
    /// The rows behind it.
    pub rows: EntryRows,
}

/// Amounts in öre, of one entry or in sum. Always
/// paid = used + repaid + outstanding + unreported + unexplained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amounts {
    /// Allocated.
    pub allocated: i64,
    /// Requisitioned.
    pub requisitioned: i64,
    /// Granted.
    pub granted: i64,
    /// Paid above the requisition.
    pub redistributed: i64,
    /// Paid.
    pub paid: i64,
    /// Used.
    pub used: i64,
    /// Unused as reported.
    pub reported_unused: i64,
    /// Repaid.
    pub repaid: i64,
    /// Reported unused − repaid.
    pub outstanding: Open,
    /// Paid to those that have not reported.
    pub unreported: Open,
    /// Paid and neither used nor unused in the report.
    pub unexplained: i64,
    /// What was claimed back.
    pub claims: ClaimSums,
    /// What is left of claims, or waived, above what is outstanding or unreported.
    pub overclaimed: i64,
}

/// Open money by what is claimed of it, in öre. Always
/// amount = demanded + deferred + overdue + waived + `not_demanded`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Open {
    /// All of it.
    pub amount: i64,
    /// Left of claims that are not due yet.
    pub demanded: i64,
    /// Left of deferred claims that are not due yet.
    pub deferred: i64,
    /// Left of claims whose last day has passed.
    pub overdue: i64,
    /// Waived: it will not be paid, and stays part of the amount.
    pub waived: i64,
    /// The rest; below 0 where more is claimed than is open, or repaid than is unused.
    pub not_demanded: i64,
}

/// A part that an entry may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LedgerPart {
    /// Something is outstanding.
    Outstanding,
    /// Something is outstanding or unreported that is not claimed.
    NotDemanded,
    /// Something is claimed and not due yet.
    Demanded,
    /// Something is deferred and not due yet.
    Deferred,
    /// Something is overdue.
    Overdue,
    /// Something is waived.
    Waived,
    /// Something is not reported.
    Unreported,
    /// Something is not explained.
    Unexplained,
    /// More is claimed than is open.
    Overclaimed,
}

impl LedgerEntry {
    /// The entry of a pair on a day.
    pub(super) fn new(
        pair: &Pair<'_>,
        facts: &[&LedgerFact],
        claims: &[&ClaimRow],
        on: NaiveDate,
    ) -> Self {
        let reported = pair.report.as_ref().map(|report| report.reported_on);
        let mut amounts = Amounts::of(pair);
        let claimed_of = if reported.is_some() {
            &mut amounts.outstanding
        } else {
            &mut amounts.unreported
        };
        for claim in claims {
            claimed_of.claim(claim, on);
            amounts.claims += ClaimSums::from(*claim);
        }
        let open = amounts.outstanding.amount + amounts.unreported.amount;
        let claimed = amounts.claims.left + amounts.claims.waived;
        amounts.overclaimed = (claimed - open.max(0)).max(0);
        let mut rows = EntryRows::new();
        for fact in facts {
            rows.entry(fact.kind).or_default().push(fact.row_id);
        }
        Self {
            round: pair.round.code.clone(),
            year: pair.round.year,
            recipient: pair.recipient.to_owned(),
            aged: aged(pair, &amounts, facts, claims, on),
            amounts,
            claims: claims.iter().map(|claim| (*claim).clone()).collect(),
            rows,
        }
    }

    /// Whether the entry has a part.
    #[must_use]
    pub const fn has(&self, part: LedgerPart) -> bool {
        let amounts = &self.amounts;
        let (outstanding, unreported) = (&amounts.outstanding, &amounts.unreported);
        match part {
            LedgerPart::Outstanding => outstanding.amount != 0,
            LedgerPart::NotDemanded => outstanding.not_demanded + unreported.not_demanded != 0,
            LedgerPart::Demanded => outstanding.demanded + unreported.demanded != 0,
            LedgerPart::Deferred => outstanding.deferred + unreported.deferred != 0,
            LedgerPart::Overdue => outstanding.overdue + unreported.overdue != 0,
            LedgerPart::Waived => outstanding.waived + unreported.waived != 0,
            LedgerPart::Unreported => unreported.amount != 0,
            LedgerPart::Unexplained => amounts.unexplained != 0,
            LedgerPart::Overclaimed => amounts.overclaimed != 0,
        }
    }

    /// Days since the oldest piece that is due; None where none is.
    #[must_use]
    pub fn oldest_days(&self) -> Option<i64> {
        self.aged.iter().filter_map(|piece| piece.days).max()
    }
}

/// The pieces that are open: what is claimed by the claims' last days, the rest by the report's day or its last day.
fn aged(
    pair: &Pair<'_>,
    amounts: &Amounts,
    facts: &[&LedgerFact],
    claims: &[&ClaimRow],
    on: NaiveDate,
) -> Vec<Aged> {
    let report_by = Since::Deadline(pair.round.report_by);
    let reported = pair.report.as_ref().map(|report| report.reported_on);
    let mut pieces = Vec::new();
    let claimed_of = match reported {
        Some(_) => AgedOf::Outstanding,
        None => AgedOf::Unreported,
    };
    for claim in claims {
        let since = claim.due_on.map_or(report_by, Since::Deadline);
        pieces.extend(since.aged(claimed_of, Some(&claim.reference), claim.left_ore, on));
    }
    let since = reported.map_or(report_by, Since::Day);
    let outstanding = amounts.outstanding.not_demanded;
    pieces.extend(since.aged(AgedOf::Outstanding, None, outstanding, on));
    let unreported = amounts.unreported.not_demanded;
    pieces.extend(report_by.aged(AgedOf::Unreported, None, unreported, on));
    let payments = facts.iter().filter(|fact| fact.kind == FactKind::Payment);
    let last_paid = payments.filter_map(|fact| fact.on).max();
    let since = last_paid.max(reported).map_or(report_by, Since::Day);
    pieces.extend(since.aged(AgedOf::Unexplained, None, amounts.unexplained, on));
    pieces
}

impl Amounts {
    fn of(pair: &Pair<'_>) -> Self {
        let of = |measure: Measure| measure.of(pair);
        Self {
            allocated: of(Measure::Allocated),
            requisitioned: of(Measure::Requisitioned),
            granted: of(Measure::Granted),
            redistributed: of(Measure::Redistributed),
            paid: of(Measure::Paid),
            used: of(Measure::Used),
            reported_unused: of(Measure::Unused),
            repaid: of(Measure::Repaid),
            outstanding: Open::new(of(Measure::Unused) - of(Measure::Repaid)),
            unreported: Open::new(of(Measure::Unreported)),
            unexplained: of(Measure::Unexplained),
            claims: ClaimSums::default(),
            overclaimed: 0,
        }
    }

    /// Whether nothing is there.
    pub(super) fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Open {
    fn new(amount: i64) -> Self {
        Self {
            amount,
            not_demanded: amount,
            ..Self::default()
        }
    }

    /// Takes what a claim covers out of what is not demanded.
    fn claim(&mut self, claim: &ClaimRow, on: NaiveDate) {
        match claim.standing(on) {
            ClaimStanding::Demanded => self.demanded += claim.left_ore,
            ClaimStanding::Deferred => self.deferred += claim.left_ore,
            ClaimStanding::Overdue => self.overdue += claim.left_ore,
            ClaimStanding::Settled | ClaimStanding::Withdrawn => {}
        }
        self.waived += claim.waived_ore;
        self.not_demanded -= claim.left_ore + claim.waived_ore;
    }
}

impl AddAssign for Open {
    fn add_assign(&mut self, other: Self) {
        self.amount += other.amount;
        self.demanded += other.demanded;
        self.deferred += other.deferred;
        self.overdue += other.overdue;
        self.waived += other.waived;
        self.not_demanded += other.not_demanded;
    }
}

impl AddAssign for Amounts {
    fn add_assign(&mut self, other: Self) {
        self.allocated += other.allocated;
        self.requisitioned += other.requisitioned;
        self.granted += other.granted;
        self.redistributed += other.redistributed;
        self.paid += other.paid;
        self.used += other.used;
        self.reported_unused += other.reported_unused;
        self.repaid += other.repaid;
        self.outstanding += other.outstanding;
        self.unreported += other.unreported;
        self.unexplained += other.unexplained;
        self.claims += other.claims;
        self.overclaimed += other.overclaimed;
    }
}
