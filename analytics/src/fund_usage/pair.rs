//! From rows to pairs: everything known about one recipient in one round.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{FundRows, Outcome, Round};
use crate::Error;
use crate::frame::absolute_sum;
use crate::register::{Classified, Register, Succession};

/// Everything known about one recipient in one round; amounts in öre.
pub(crate) struct Pair<'a> {
    pub(crate) round: &'a Round,
    /// The recipient's code as it stands in the rows.
    pub(crate) recipient: &'a str,
    /// As what it is grouped and filtered.
    pub(crate) classified: Classified<'a>,
    /// At the round's population date.
    pub(crate) population: Option<i64>,
    pub(crate) population_date: Option<NaiveDate>,
    pub(crate) eligible: bool,
    pub(crate) allocated: i64,
    pub(crate) requisitioned: i64,
    pub(crate) granted: i64,
    pub(crate) applied: i64,
    /// Applications by what was decided, in the order of the outcomes.
    pub(crate) applications: [i64; Outcome::ALL.len()],
    pub(crate) paid: i64,
    pub(crate) repaid: i64,
    pub(crate) report: Option<Report<'a>>,
}

/// What a recipient has reported.
pub(crate) struct Report<'a> {
    pub(crate) reported_on: NaiveDate,
    pub(crate) used_by_area: BTreeMap<&'a str, i64>,
    pub(crate) used: i64,
    pub(crate) unused: i64,
}

/// The pairs, by round and recipient: every eligible one and every one with a fact.
pub(crate) fn pairs(rows: &FundRows) -> Result<Vec<Pair<'_>>, Error> {
    absolute_amounts(rows)?;
    let mut pairs = Pairs::new(rows);
    pairs.add_eligible();
    for row in &rows.allocations {
        pairs.at(&row.round, &row.recipient)?.allocated += row.ore;
    }
    for row in &rows.requisitions {
        pairs.at(&row.round, &row.recipient)?.requisitioned += row.ore;
    }
    for row in &rows.applications {
        let pair = pairs.at(&row.round, &row.recipient)?;
        pair.granted += row.granted_ore;
        pair.applied += row.applied_ore;
        pair.applications[row.outcome as usize] += 1;
        pair.eligible |= pair.round.by_application;
    }
    for row in &rows.payments {
        pairs.at(&row.round, &row.recipient)?.paid += row.ore;
    }
    for row in &rows.repayments {
        pairs.at(&row.round, &row.recipient)?.repaid += row.ore;
    }
    for row in &rows.usage_reports {
        let pair = pairs.at(&row.round, &row.recipient)?;
        let report = pair
            .report
            .get_or_insert_with(|| Report::new(row.reported_on));
        report.reported_on = report.reported_on.min(row.reported_on);
        report.unused += row.unused_ore;
        for (area, ore) in &row.used {
            report.used += ore;
            *report.used_by_area.entry(area).or_default() += ore;
        }
    }
    Ok(pairs.pairs.into_values().collect())
}

/// What the amounts add up to without their signs. As i64 holds it, adding up rows into pairs, and
/// pairs into groups, cannot wrap.
pub(super) fn absolute_amounts(rows: &FundRows) -> Result<i64, Error> {
    let amounts = [
        &rows.allocations,
        &rows.requisitions,
        &rows.payments,
        &rows.repayments,
    ];
    let amounts = amounts.into_iter().flatten().map(|row| row.ore);
    let applications = rows.applications.iter();
    let granted = applications.flat_map(|row| [row.granted_ore, row.applied_ore]);
    let used = rows.usage_reports.iter().flat_map(|row| {
        let used = row.used.iter().map(|(_, ore)| *ore);
        used.chain([row.unused_ore])
    });
    absolute_sum(amounts.chain(granted).chain(used))
}

/// The pairs while they are put together.
struct Pairs<'a> {
    register: Register<'a>,
    succession: Option<&'a Succession>,
    rounds: BTreeMap<&'a str, &'a Round>,
    pairs: BTreeMap<(&'a str, &'a str), Pair<'a>>,
}

impl<'a> Pairs<'a> {
    fn new(rows: &'a FundRows) -> Self {
        let rounds = rows.rounds.iter().map(|round| (round.code.as_str(), round));
        Self {
            register: Register::new(&rows.recipients, &rows.populations),
            succession: rows.succession.as_ref(),
            rounds: rounds.collect(),
            pairs: BTreeMap::new(),
        }
    }

    /// Recipients of the round's kind that are valid on 31 December of its year. Where recipients
    /// apply, those that have applied are eligible instead.
    fn add_eligible(&mut self) {
        let rounds = self.rounds.values().filter(|round| !round.by_application);
        for round in rounds {
            for period in self.register.valid_at_end_of(round.year, round.kind) {
                let mut pair = Pair::new(round, &period.code, &self.register, self.succession);
                pair.eligible = true;
                self.pairs.insert((&round.code, &period.code), pair);
            }
        }
    }

    fn at(&mut self, round: &'a str, recipient: &'a str) -> Result<&mut Pair<'a>, Error> {
        let Some(known) = self.rounds.get(round) else {
            return Err(Error::UnknownRound(round.to_owned()));
        };
        let pair = self.pairs.entry((round, recipient));
        Ok(pair.or_insert_with(|| Pair::new(known, recipient, &self.register, self.succession)))
    }
}

impl<'a> Pair<'a> {
    fn new(
        round: &'a Round,
        recipient: &'a str,
        register: &Register<'a>,
        succession: Option<&'a Succession>,
    ) -> Self {
        let (population_date, population) = register.counted(recipient, round.year).unzip();
        Self {
            round,
            recipient,
            classified: register.classify(recipient, round.year, succession),
            population,
            population_date,
            eligible: false,
            allocated: 0,
            requisitioned: 0,
            granted: 0,
            applied: 0,
            applications: [0; Outcome::ALL.len()],
            paid: 0,
            repaid: 0,
            report: None,
        }
    }
}

impl Report<'_> {
    const fn new(reported_on: NaiveDate) -> Self {
        Self {
            reported_on,
            used_by_area: BTreeMap::new(),
            used: 0,
            unused: 0,
        }
    }
}
