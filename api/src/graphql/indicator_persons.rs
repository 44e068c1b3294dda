//! Figures of indicators that count persons: how much of one is shown, and the rows behind it.

use std::sync::Arc;

use analytics::figure;
use async_graphql::{Context, Result};

use super::error;
use super::indicator::Indicator;
use super::page::{self, SourceConnection};
use super::rate::Rate;
use super::reading::Shelf;
use super::scalars::Decimal;
use super::vocabulary::Absent;
use crate::policy::{Action, Persons, Sight, persons};

/// How a figure that rests on some rows is shown to the viewer; a read of what is not open is noted.
pub(crate) fn sight(
    shelf: &Shelf,
    indicator: &Indicator,
    rows: impl IntoIterator<Item = i64>,
) -> Sight {
    let code = indicator.own_code();
    let sight = Persons::of(&shelf.request.viewer, &shelf.catalogue, &shelf.registers)
        .sight_of_all(code, rows);
    if sight == Sight::Restricted {
        let what = persons::what(code);
        shelf.request.note_read(Action::ReadPersons, what);
    }
    sight
}

/// A rate, or what stands for it where it is hidden.
pub(crate) fn rate(rate: &figure::Rate, is_shown: bool) -> Rate {
    if is_shown {
        return rate.into();
    }
    (&figure::Rate::absent(figure::Absent::Suppressed, rate.of)).into()
}

/// A number, unless it is hidden.
pub(crate) fn number(number: Option<rust_decimal::Decimal>, is_shown: bool) -> Option<Decimal> {
    number.filter(|_| is_shown).map(Decimal)
}

/// Why numbers are null: hidden, or as the figures say.
pub(crate) fn absent(absent: Option<figure::Absent>, is_shown: bool) -> Option<Absent> {
    let hidden = (!is_shown).then_some(figure::Absent::Suppressed);
    hidden.or(absent).map(Absent::from)
}

/// The rows behind a line, which may be asked for.
#[derive(Clone)]
pub(crate) struct RowsBehind {
    shelf: Shelf,
    assignment: Option<entity::RegistryNumber>,
    rows: Arc<[i64]>,
}

impl RowsBehind {
    /// Some rows; none where the figure is hidden, since they would tell it.
    pub(crate) fn new(shelf: &Shelf, indicator: &Indicator, rows: &[i64], is_shown: bool) -> Self {
        Self {
            shelf: shelf.clone(),
            assignment: indicator.assignment().cloned(),
            rows: if is_shown { rows.into() } else { [].into() },
        }
    }

    /// A page of them, by submission and row.
    pub(crate) async fn sources(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<SourceConnection> {
        let reports = &self.shelf.request.reports;
        let passages = reports.passages_of(&self.shelf.dataset, self.rows.to_vec());
        let passages = passages.await.map_err(error::report)?;
        let assignment = self.assignment.as_ref();
        page::sources(ctx, &self.shelf, assignment, &passages, first, after).await
    }
}
