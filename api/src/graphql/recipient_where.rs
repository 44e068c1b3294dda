//! Conditions on recipients by what happened to them: the money they had, the support that reached them.

use std::collections::BTreeSet;

use analytics::coverage::CoverageQuestion;
use analytics::fund_usage::{FundDimension, FundLine, FundQuestion};
use async_graphql::{InputObject, Result};
use rust_decimal::Decimal;

use super::coverage_filter::CoverageFilter;
use super::fund_filter::FundFilter;
use super::reading::Shelf;
use super::scalars::RegistryNumber;
use super::vocabulary::RecipientKind;
use super::{assignment, error};
use crate::reports::{Extent, analysed};

/// The kinds of recipient that conditions are about unless it is said.
pub(super) const USUAL: [RecipientKind; 3] = [
    RecipientKind::Municipality,
    RecipientKind::Region,
    RecipientKind::Ngo,
];

/// What a recipient had of an assignment's money (villkor om medel). What is left out is not asked about.
#[derive(Clone, Debug, InputObject)]
pub struct FundsWhere {
    /// Registry number of the assignment (uppdrag).
    assignment: RegistryNumber,
    /// Which money (urval av medel).
    filter: Option<FundFilter>,
    /// Whether it requisitioned or was granted something (rekvirerade eller beviljades).
    requisitioned: Option<bool>,
    /// Whether it was paid something, reversals taken off (fick utbetalt).
    paid: Option<bool>,
    /// Whether it has reported all that it was paid for (har redovisat).
    reported: Option<bool>,
}

/// What reached a recipient of an assignment's support (villkor om insatser). It holds for no protected location, whether
/// reached or not is asked.
#[derive(Clone, Debug, InputObject)]
pub struct SupportWhere {
    /// Registry number of the assignment (uppdrag).
    assignment: RegistryNumber,
    /// Which support (urval av insatser).
    filter: Option<CoverageFilter>,
    /// Whether any of it reached the recipient (nåddes).
    reached: bool,
}

impl FundsWhere {
    /// The codes of the recipients that it holds for.
    pub(super) async fn codes(&self, shelf: &Shelf) -> Result<BTreeSet<String>> {
        let code = assignment::code(shelf, &self.assignment, "where.funds.assignment")?;
        let question = FundQuestion {
            group_by: vec![FundDimension::Recipient],
            filter: self
                .filter
                .clone()
                .unwrap_or_default()
                .checked(shelf, &code)?,
            today: shelf.dataset.today,
        };
        let reports = &shelf.request.reports;
        let found = reports.fund_usage(&shelf.dataset, &code, question, Extent::default());
        let found = found.await.map_err(error::report)?;
        shelf.request.used(found.synthetic);
        let holding = |line: &&FundLine| self.holds(line);
        let with: BTreeSet<String> = (found.answer.lines.iter().filter(holding))
            .filter_map(|line| line.key.recipient.clone())
            .collect();
        if !self.holds_without_line() {
            return Ok(with);
        }
        let without: BTreeSet<&String> = (found.answer.lines.iter())
            .filter(|line| !self.holds(line))
            .filter_map(|line| line.key.recipient.as_ref())
            .collect();
        let all = shelf.catalogue.recipients.iter();
        let all = all.map(|one| one.code.to_string());
        Ok(all.filter(|code| !without.contains(code)).collect())
    }

    fn holds(&self, line: &FundLine) -> bool {
        let reporting = &line.reporting;
        let has_reported = reporting.expected > 0 && reporting.received == reporting.expected;
        let is = |asked: Option<bool>, fact: bool| asked.is_none_or(|asked| asked == fact);
        is(self.requisitioned, line.requisitioning_count > 0)
            && is(self.paid, line.paid > Decimal::ZERO)
            && is(self.reported, has_reported)
    }

    /// Whether it holds for a recipient that had nothing to do with the money.
    fn holds_without_line(&self) -> bool {
        let asked = [self.requisitioned, self.paid, self.reported];
        asked.iter().all(|asked| *asked != Some(true))
    }
}

impl SupportWhere {
    /// The codes of the recipients that it holds for, of the kinds asked for: municipalities, regions and NGOs unless said.
    pub(super) async fn codes(
        &self,
        shelf: &Shelf,
        kinds: Option<&[RecipientKind]>,
    ) -> Result<BTreeSet<String>> {
        let code = assignment::code(shelf, &self.assignment, "where.support.assignment")?;
        let filter = self
            .filter
            .clone()
            .unwrap_or_default()
            .checked(shelf, &code)?;
        let mut codes = BTreeSet::new();
        for kind in kinds.unwrap_or(&USUAL) {
            let question = CoverageQuestion {
                recipient_kind: analysed((*kind).into()),
                group_by: Vec::new(),
                filter: filter.clone(),
                reference_year: assignment::last_year(shelf, &code),
            };
            let reports = &shelf.request.reports;
            let found = reports.coverage(&shelf.dataset, &code, question, Extent::default());
            let found = found.await.map_err(error::report)?;
            shelf.request.used(found.synthetic);
            let total = &found.answer.total;
            let list = if self.reached {
                &total.reached
            } else {
                &total.unreached
            };
            codes.extend(list.iter().cloned());
        }
        Ok(codes)
    }
}
