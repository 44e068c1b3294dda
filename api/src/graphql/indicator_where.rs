//! A condition on recipients by how an indicator of them changed between two years.

use std::collections::BTreeSet;

use analytics::indicators::{Direction, ShiftQuestion};
use async_graphql::{InputObject, Result};

use super::error::{self, Code};
use super::indicator::Indicator;
use super::indicator_persons::sight;
use super::indicator_shift::check_years;
use super::reading::Shelf;
use super::recipient_where::USUAL;
use super::scalars::IndicatorCode;
use super::vocabulary::{IndicatorChange, RecipientKind};
use crate::policy::Sight;
use crate::reports::analysed;

/// How an indicator of a recipient changed between two years (villkor om indikator). It holds for recipients that have a
/// value in both years.
#[derive(Clone, Debug, InputObject)]
pub struct IndicatorWhere {
    /// Which indicator; not one that counts persons (indikator).
    indicator: IndicatorCode,
    /// Baseline year (basår).
    from_year: i32,
    /// Follow-up year, after it (uppföljningsår).
    to_year: i32,
    /// Which way it went (förändring).
    change: IndicatorChange,
}

impl IndicatorWhere {
    /// The codes of the recipients that it holds for, of the kinds asked for: municipalities, regions and NGOs unless
    /// said. Years that do not compare, and better or worse of an indicator of which neither is said, are errors.
    pub(super) async fn codes(
        &self,
        shelf: &Shelf,
        kinds: Option<&[RecipientKind]>,
        path: &str,
    ) -> Result<BTreeSet<String>> {
        let indicator = Indicator::known(shelf, &self.indicator, &format!("{path}.indicator"))?;
        check_years(self.from_year, self.to_year, &format!("{path}.toYear"))?;
        let of = (self.indicator.0.clone(), entity::Sex::Total);
        let mut codes = BTreeSet::new();
        let mut rows = Vec::new();
        for kind in kinds.unwrap_or(&USUAL) {
            let question = ShiftQuestion {
                from: self.from_year,
                to: self.to_year,
                kind: analysed((*kind).into()),
                group_by: Vec::new(),
                today: shelf.dataset.today,
            };
            let reports = &shelf.request.reports;
            let found = reports.indicator_changes(&shelf.dataset, &of, &question);
            let found = found.await.map_err(error::report)?;
            let changes = &found.answer;
            if let Some(first) = changes.breaks.first() {
                return Err(error::argument(
                    Code::BadUserInput,
                    &format!("{path}.toYear"),
                    &first.reason,
                ));
            }
            let asked = self.change.into();
            if changes.better == Direction::Neutral && is_judged(self.change) {
                let message = format!(
                    "of {} neither a higher nor a lower value is better",
                    self.indicator.0
                );
                return Err(error::argument(
                    Code::BadUserInput,
                    &format!("{path}.change"),
                    &message,
                ));
            }
            shelf.request.used(found.synthetic);
            for one in &changes.changes {
                rows.extend(one.rows);
                if one.is(asked, changes.better) {
                    codes.insert(one.recipient.clone());
                }
            }
        }
        if sight(shelf, &indicator, rows) == Sight::Hidden {
            let code = self.indicator.0.as_str();
            return Err(error::disclosure(&format!("{path}.indicator"), code));
        }
        Ok(codes)
    }
}

/// Whether a change is better or worse.
fn is_judged(change: IndicatorChange) -> bool {
    matches!(change, IndicatorChange::Improved | IndicatorChange::Worse)
}
