//! Equality of an indicator in the schema: how even its values are over recipients, and how far apart groups are.

use analytics::indicators::{IndicatorDimension, IndicatorEqualityQuestion};
use async_graphql::Result;

use super::equality::{BehindFigure, Equality, EqualityDimension};
use super::error::{self, Code};
use super::indicator::Indicator;
use super::indicator_persons::{RowsBehind, sight};
use super::reading::Shelf;
use super::scalars::IndicatorCode;
use super::vocabulary::RecipientKind;
use crate::policy::Sight;
use crate::reports::{Extent, analysed};

/// What is asked of an indicator's equality.
pub(super) struct IndicatorAsked {
    /// Which indicator; it must be said.
    pub(super) indicator: Option<IndicatorCode>,
    /// The year of the values.
    pub(super) year: Option<i32>,
    /// The kind of recipients.
    pub(super) kind: RecipientKind,
    /// The groups that the gap is between.
    pub(super) group_by: Vec<EqualityDimension>,
}

impl IndicatorAsked {
    /// How even it is; refused for counts of persons.
    pub(super) async fn answer(self, shelf: &Shelf, extent: Extent) -> Result<Equality> {
        let Some(code) = self.indicator else {
            let message = "the measure INDICATOR needs an indicator";
            return Err(error::argument(Code::BadUserInput, "indicator", message));
        };
        let indicator = Indicator::known(shelf, &code, "indicator")?;
        let dimension = |one: EqualityDimension| match one {
            EqualityDimension::County => IndicatorDimension::County,
            EqualityDimension::PopulationGroup => IndicatorDimension::PopulationGroup,
        };
        let question = IndicatorEqualityQuestion {
            year: self.year,
            kind: analysed(self.kind.into()),
            group_by: self.group_by.into_iter().map(dimension).collect(),
            today: shelf.dataset.today,
        };
        let of = (code.0.clone(), entity::Sex::Total);
        let reports = &shelf.request.reports;
        let found = reports.indicator_equality(&shelf.dataset, &of, &question);
        let found = found.await.map_err(error::report)?;
        let answer = &found.answer;
        if sight(shelf, &indicator, answer.rows.iter().copied()) == Sight::Hidden {
            return Err(error::disclosure("indicator", code.0.as_str()));
        }
        shelf.request.used(found.synthetic);
        let behind = |line: Option<usize>| {
            let rows = line.map_or(&answer.rows, |line| &answer.group_rows[line]);
            BehindFigure::Indicator(Box::new(RowsBehind::new(shelf, &indicator, rows, true)))
        };
        Ok(Equality::new((shelf, extent), &answer.equality, behind))
    }
}
