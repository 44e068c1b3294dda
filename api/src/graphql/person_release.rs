//! Releasing tables of persons: as the present dataset has them, where that gives nothing away.

use analytics::person_table::Unprotectable;
use async_graphql::{Context, InputObject, Object, Result, SimpleObject};

use super::error;
use super::guard::Require;
use super::person_table::PersonTableRelease;
use super::problem::{Problem, ProblemCode};
use super::reading::Reading;
use super::scalars::IndicatorCode;
use crate::policy::{Action, Scope};
use crate::service::person_table::{self as service, Error, Order, Outcome};

/// A release that is decided (beslut om publicering).
#[derive(Clone, Debug, InputObject)]
pub struct ReleasePersonTableInput {
    /// Of which indicator (indikator).
    indicator: IndicatorCode,
}

/// What came of it (utfall av publicering).
#[derive(Clone, Debug, SimpleObject)]
pub struct ReleasePersonTablePayload {
    /// Whether there is a new release; not where the last shows the same counts (publicerad).
    released: bool,
    /// The last release; null where there is none, or the indicator is out of reach (publicering).
    release: Option<PersonTableRelease>,
    /// Why nothing was released; empty where it was, or where nothing has changed (hinder).
    problems: Vec<Problem>,
}

/// Releasing tables of persons.
#[derive(Default)]
pub struct PersonReleaseMutation;

/// Releasing tables of persons.
#[Object]
impl PersonReleaseMutation {
    /// Releases the table of an indicator that counts persons as the present dataset has it. What was hidden before stays
    /// hidden, and what has changed too little to be shown is hidden too (publicera tabell över antal personer).
    #[graphql(guard = "Require(Action::Decide)")]
    async fn release_person_table(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is decided (beslut).")] input: ReleasePersonTableInput,
    ) -> Result<Option<ReleasePersonTablePayload>> {
        let shelf = Reading::default().open(ctx).await?;
        let indicator = input.indicator.0;
        let (request, viewer) = (&shelf.request, &shelf.request.viewer);
        let order = Order {
            indicator: indicator.clone(),
            actor: viewer.subject.clone(),
            scope: Scope::of(viewer, Action::Decide, &shelf.registers),
            hidden_up_to: request.limits.hidden_up_to,
        };
        let outcome = service::publish(request.reports.store(), request.clock(), &order).await;
        let released = match outcome {
            Ok(outcome) => outcome == Outcome::Released,
            Err(Error::Report(failed)) => return Err(error::report(failed)),
            Err(Error::NotFound(_)) => return Ok(Some(refused(nothing()))),
            Err(refusal) => return Ok(Some(refused(problem(&refusal)))),
        };
        request.forget_datasets();
        let shelf = Reading::default().open(ctx).await?;
        let reports = &shelf.request.reports;
        let last = reports.person_table(&shelf.dataset, &indicator).await;
        let last = last.map_err(error::report)?;
        Ok(Some(ReleasePersonTablePayload {
            released,
            release: last.as_deref().map(PersonTableRelease::from),
            problems: Vec::new(),
        }))
    }
}

const INDICATOR: &str = "input.indicator";

fn nothing() -> Problem {
    let said = (
        "Det finns inget sådant antal personer inom det du får besluta om.",
        "There is no such count of persons within what you decide of.",
    );
    Problem::new(ProblemCode::NotFound, INDICATOR, said)
}

fn problem(refusal: &Error) -> Problem {
    match refusal {
        Error::Empty(_) => {
            let said = (
                "Inget är redovisat än. Publicera när det finns värden.",
                "Nothing is reported yet. Release it when there are values.",
            );
            Problem::new(ProblemCode::NotFound, INDICATOR, said)
        }
        Error::Unprotectable(Unprotectable::Sexes) => {
            let said = (
                "Kvinnor och män blir inte längre totalen i varje län och år, som i tidigare publiceringar. Rätta uppgifterna.",
                "Women and men do not make the total in every county and year, as in the releases before. Correct the values.",
            );
            Problem::new(ProblemCode::Disclosure, INDICATOR, said)
        }
        _ => {
            let said = (
                "Tillsammans med tidigare publiceringar skulle ett dolt antal gå att räkna ut. Publicera när fler kommuners värden har kommit.",
                "Together with the releases before, a hidden count would follow. Release it when more municipalities' values have come.",
            );
            Problem::new(ProblemCode::Disclosure, INDICATOR, said)
        }
    }
}

fn refused(problem: Problem) -> ReleasePersonTablePayload {
    ReleasePersonTablePayload {
        released: false,
        release: None,
        problems: vec![problem],
    }
}
