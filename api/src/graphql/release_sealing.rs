//! Sealing in the schema: the present dataset of a report frozen, by those who prepare it.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::assignment;
use super::error;
use super::guard::Require;
use super::problem::{Problem, ProblemCode};
use super::reading::Reading;
use super::release::Release;
use super::scalars::{Date, RegistryNumber};
use super::vocabulary::DeliverableKind;
use crate::policy::{Action, Scope};
use crate::releases::Error;
use crate::service::release::{NotSealed, Order, seal};

/// A release that is decided (beslut om frysning).
#[derive(Clone, Debug, InputObject)]
pub struct SealReleaseInput {
    /// Registry number of the assignment (uppdrag).
    assignment: RegistryNumber,
    /// What the report is (slag).
    kind: DeliverableKind,
    /// Its last day, where there are several; the latest where left out (sista dag).
    due_on: Option<Date>,
    /// Hides until this instant, from all but those who prepare it, that there is the release. It hides no figures: what is
    /// accepted is open, as of the release's instant too (embargo till).
    embargo_until: Option<DateTime<Utc>>,
}

/// What came of it (utfall av frysning).
#[derive(Clone, Debug, SimpleObject)]
pub struct SealReleasePayload {
    /// The release; null where nothing was sealed (fryst datauttag).
    release: Option<Release>,
    /// Why nothing was sealed; empty where it was (hinder).
    problems: Vec<Problem>,
}

/// Sealing releases.
#[derive(Default)]
pub struct SealReleaseMutation;

/// Sealing releases.
#[Object]
impl SealReleaseMutation {
    /// Seals the present dataset of a report: its facts, its figures and their sums are kept as they are, whatever comes
    /// later (frys datauttag).
    #[graphql(guard = "Require(Action::SealReleases)")]
    async fn seal_release(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is decided (beslut).")] input: SealReleaseInput,
    ) -> Result<Option<SealReleasePayload>> {
        let shelf = Reading::default().open(ctx).await?;
        let request = &shelf.request;
        let assignment = assignment::code(&shelf, &input.assignment, "input.assignment")?;
        let scope = Scope::of(&request.viewer, Action::SealReleases, &shelf.registers);
        if !scope.holds_assignment(&assignment) {
            return Ok(Some(refused(Problem::new(
                ProblemCode::Forbidden,
                "input.assignment",
                (
                    "Uppdraget samordnas av någon annan: bara samordnaren fryser dess datauttag.",
                    "The assignment is coordinated by somebody else: the coordinator alone seals its releases.",
                ),
            ))));
        }
        let now = request.clock().now();
        if input.embargo_until.is_some_and(|until| until <= now) {
            return Ok(Some(refused(Problem::new(
                ProblemCode::BadInput,
                "input.embargoUntil",
                (
                    "Embargot har redan gått ut. Ange en senare tidpunkt, eller utelämna den.",
                    "The embargo has ended already. Say a later instant, or leave it out.",
                ),
            ))));
        }
        let order = Order {
            assignment,
            kind: input.kind.into(),
            due_on: input.due_on.map(|day| day.0),
            as_of: None,
            embargo_until: input.embargo_until,
            actor: request.viewer.subject.clone(),
        };
        let key = request.sealing.as_deref();
        let sealed = Box::pin(seal(&request.reports, request.clock(), &order, key)).await;
        match sealed {
            Ok((release, _)) => Ok(Some(SealReleasePayload {
                release: Some(Release::of(&release)),
                problems: Vec::new(),
            })),
            Err(NotSealed::Release(Error::NoReport(_))) => Ok(Some(refused(Problem::new(
                ProblemCode::NotFound,
                "input.kind",
                (
                    "Besluten begär ingen sådan redovisning av uppdraget. Kalendern visar vilka som begärs.",
                    "The decisions ask for no such report of the assignment. The calendar shows those that they ask for.",
                ),
            )))),
            Err(NotSealed::Taken(_)) => Ok(Some(refused(Problem::new(
                ProblemCode::Conflict,
                "input",
                (
                    "Någon annan frös ett datauttag samtidigt. Försök igen.",
                    "Somebody else sealed a release at the same time. Try again.",
                ),
            )))),
            // Without a code it is logged and becomes INTERNAL.
            Err(NotSealed::Release(Error::Report(failed))) => Err(error::report(failed)),
            Err(other) => Err(error::failed(&other, other.to_string())),
        }
    }
}

fn refused(problem: Problem) -> SealReleasePayload {
    SealReleasePayload {
        release: None,
        problems: vec![problem],
    }
}
