//! How much memory what is kept takes, type by type, roughly: a line or a row with its texts by its usual size, times how many
//! there are.

use std::collections::BTreeMap;
use std::sync::Arc;

use analytics::administration::AdministrationYear;
use analytics::coverage::{Coverage, CoverageFrame};
use analytics::fund_ledger::{FundLedger, LedgerRows, MissingReport, Redistribution};
use analytics::fund_usage::{Equality, FundFrame, FundUsage};
use analytics::indicators::{
    Comparison, GroupValue, IndicatorEquality, IndicatorSeries, RecipientChanges, Shift,
};
use analytics::plan::{Comparison as PlanComparison, Deviation, Standing};
use analytics::register::RecipientPeriod;
use entity::indicator_value;

use super::behind::Behind;
use super::cache::Computed;
use super::coverage_sources::CoverageBehind;
use super::fund_sources::{FundIndex, FundPair};
use super::narrative::Narrative;
use super::orphan::PlanOrphans;
use super::person_table::PersonRelease;
use super::plan::Plan;
use super::report::Composed;
use crate::kept::{Weighed, weighs};
use crate::store::{Catalogue, Cited, Passage, Received, support};

/// A line of figures, with its key and its rates.
const LINE: usize = 2_000;

/// A row of a register or of facts, with its texts.
const ROW: usize = 400;

/// A code.
const CODE: usize = 48;

/// An id of a row.
const ID: usize = 8;

impl<T: Weighed> Weighed for Computed<T> {
    fn bytes(&self) -> usize {
        self.answer.bytes()
    }
}

weighs! {
    Catalogue, |one| ROW * (one.recipients.len() + one.populations.len() + one.rounds.len()
        + one.allocation_keys.len() + one.indicator_definitions.len() + one.published_figures.len()
        + one.source_documents.len() + one.goals.len() + one.deliveries.len());
    Cited, |one| 32 * one.len();
    Received, |_| 3 * ROW;
    Passage, |_| 0;
    indicator_value::Model, |_| ROW;
    RecipientPeriod, |_| 2 * CODE;
    support::Event, |(_, reached)| ROW + CODE * reached.iter().count();
    Behind, |one| size_of::<Passage>() * one.len();
    CoverageBehind, |one| size_of::<Passage>() * one.len();
    BTreeMap<i32, Arc<[Passage]>>, |one| one.values().map(Weighed::bytes).sum::<usize>();

    FundFrame, |one| FundFrame::bytes(one);
    FundIndex, |one| FundIndex::bytes(one);
    FundPair, |_| 2 * CODE;
    FundUsage, |one| LINE * one.lines.len();
    Equality, |one| LINE * one.groups.len();
    LedgerRows, |one| LedgerRows::bytes(one);
    FundLedger, |one| LINE * one.entries.len();
    Redistribution, |one| ROW * one.shares.len();
    MissingReport, |one| ROW + ID * one.rows.len();
    AdministrationYear, |_| LINE;

    CoverageFrame, |one| CoverageFrame::bytes(one);
    Coverage, |one| one.lines.iter().map(|line| LINE + CODE * (line.unreached.len() + line.reached.len())).sum::<usize>();

    IndicatorSeries, |one| IndicatorSeries::bytes(one);
    Shift, |one| LINE * one.lines.len();
    RecipientChanges, |one| ROW * one.changes.len();
    GroupValue, |one| LINE + ID * one.rows.len();
    Comparison, |one| LINE * (one.groups.len() + one.differences.len());
    IndicatorEquality, |one| LINE * one.group_rows.len() + ID * one.rows.len();
    PersonRelease, |one| ROW * one.cells();

    Plan, |one| ROW * 2 * (one.reports.len() + one.decisions.len() + one.activities());
    Standing, |one| LINE * one.activities.len();
    PlanComparison, |one| LINE * one.changes.len();
    Deviation, |_| ROW;
    PlanOrphans, |one| ROW * one.found.pairs.len() + size_of::<Passage>() * one.behind.len();
    Narrative, |_| 2 * ROW;
    Composed, |one| LINE * one.figures();
}
