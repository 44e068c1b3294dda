//! Changing submissions: accepted, returned for completion, withdrawn. What could not be done comes as problems.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use super::{Finding, Submission, query};
use crate::context::RequestContext;
use crate::graphql::error;
use crate::graphql::guard::Require;
use crate::graphql::problem::{Problem, ProblemCode};
use crate::graphql::reading::Reading;
use crate::policy::{Action, Scope};
use crate::service::submission::{self as service, Decision, Outcome, Refusal};

/// What somebody decides of a submission (beslut om inleverans).
#[derive(Clone, Debug, InputObject)]
pub struct SubmissionDecisionInput {
    /// The submission (inleverans).
    submission: ID,
    /// Its `version` when you decided; where something has happened to it since, the answer is `CONFLICT` (version).
    expected_version: i64,
    /// Why; needed where it is returned, and never with a personal identity number (skäl).
    reason: Option<String>,
}

/// What came of a decision (utfall av beslut).
#[derive(SimpleObject)]
pub struct SubmissionDecisionPayload {
    /// The submission as it is now; null where there is none within reach (inleverans).
    submission: Option<Submission>,
    /// Why nothing was done; empty where it was (hinder).
    problems: Vec<Problem>,
    /// What the rules say when they run again: errors where they stood in the way, else warnings (anmärkningar).
    findings: Vec<Finding>,
}

/// Changing submissions.
#[derive(Default)]
pub struct SubmissionMutation;

/// Changing submissions.
#[Object]
impl SubmissionMutation {
    /// Accepts a submission that waits: its rules run again, and its rows count from now on (godkänn inleverans).
    #[graphql(guard = "Require(Action::Decide)")]
    async fn accept_submission(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is decided (beslut).")] input: SubmissionDecisionInput,
    ) -> Result<Option<SubmissionDecisionPayload>> {
        let asked = Asked::new(ctx, &input, Action::Decide).await?;
        let (request, decision) = (Arc::clone(&asked.request), asked.decision.clone());
        let heavy = request.heavy.clone();
        let outcome = heavy.run(move || async move {
            let (store, clock) = (request.reports.store(), request.clock());
            service::accept(store, clock, request.limits, &decision).await
        });
        let outcome = outcome.await;
        asked.answer(ctx, &input, outcome).await.map(Some)
    }

    /// Returns a submission that waits, for completion, with a reason (återsänd inleverans).
    #[graphql(guard = "Require(Action::Decide)")]
    async fn return_submission(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is decided (beslut).")] input: SubmissionDecisionInput,
    ) -> Result<Option<SubmissionDecisionPayload>> {
        let asked = Asked::new(ctx, &input, Action::Decide).await?;
        let (store, clock) = (asked.request.reports.store(), asked.request.clock());
        let outcome = service::send_back(store, clock, &asked.decision).await;
        asked.answer(ctx, &input, outcome).await.map(Some)
    }

    /// Withdraws a submission: what waits waits no longer, and what it had replaced counts again (återkalla inleverans).
    #[graphql(guard = "Require(Action::Withdraw)")]
    async fn withdraw_submission(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is decided (beslut).")] input: SubmissionDecisionInput,
    ) -> Result<Option<SubmissionDecisionPayload>> {
        let asked = Asked::new(ctx, &input, Action::Withdraw).await?;
        let (store, clock) = (asked.request.reports.store(), asked.request.clock());
        let outcome = service::withdraw(store, clock, &asked.decision).await;
        asked.answer(ctx, &input, outcome).await.map(Some)
    }
}

/// A decision with the request that it came in.
struct Asked {
    request: Arc<RequestContext>,
    decision: Decision,
}

impl Asked {
    async fn new(
        ctx: &Context<'_>,
        input: &SubmissionDecisionInput,
        action: Action,
    ) -> Result<Self> {
        let shelf = Reading::default().open(ctx).await?;
        let viewer = shelf.request.viewer.clone();
        let decision = Decision {
            scope: Scope::of(&viewer, action, &shelf.registers),
            viewer,
            // An identity that is none of ours is that of no submission.
            submission: Submission::local_id(&input.submission).unwrap_or(0),
            expected_version: input.expected_version,
            reason: input.reason.clone(),
        };
        Ok(Self {
            request: shelf.request,
            decision,
        })
    }

    async fn answer(
        self,
        ctx: &Context<'_>,
        input: &SubmissionDecisionInput,
        outcome: Result<Outcome, service::Error>,
    ) -> Result<SubmissionDecisionPayload> {
        let outcome = outcome.map_err(|error| error::service(&error))?;
        // What was just written is read as the present again.
        self.request.forget_datasets();
        let shelf = Reading::default().open(ctx).await?;
        let submission = query::one(&shelf, &input.submission).await?;
        let (problems, findings) = match outcome {
            Outcome::Done(findings) => (Vec::new(), findings),
            Outcome::Refused(Refusal::Findings(findings)) => {
                let said = (
                    "Reglerna avvisar filen nu. Se anmärkningarna.",
                    "The rules refuse the file now. See the findings.",
                );
                (
                    vec![Problem::new(ProblemCode::Rules, "input.submission", said)],
                    findings,
                )
            }
            Outcome::Refused(refusal) => (vec![problem(&refusal)], Vec::new()),
        };
        Ok(SubmissionDecisionPayload {
            submission,
            problems,
            findings: findings.into_iter().map(Finding::from).collect(),
        })
    }
}

fn problem(refusal: &Refusal) -> Problem {
    let submission = "input.submission";
    match refusal {
        Refusal::NotFound => Problem::new(
            ProblemCode::NotFound,
            submission,
            (
                "Det finns ingen sådan inleverans här.",
                "There is no such submission here.",
            ),
        ),
        Refusal::Conflict(version) => {
            let sv = format!(
                "Något har hänt med inleveransen: versionen är nu {version}. Läs den på nytt och besluta igen."
            );
            let en = format!(
                "Something has happened to the submission: its version is {version} now. Read it again and decide anew."
            );
            Problem::new(ProblemCode::Conflict, "input.expectedVersion", (&sv, &en))
        }
        Refusal::Denied(denial) => {
            Problem::new(ProblemCode::Forbidden, submission, (denial.sv, denial.en))
        }
        Refusal::Reason(denial) => Problem::new(
            ProblemCode::BadReason,
            "input.reason",
            (denial.sv, denial.en),
        ),
        Refusal::FileRedacted => Problem::new(
            ProblemCode::FileRedacted,
            submission,
            (
                "Filen är gallrad och kan inte prövas igen. Be avsändaren skicka en ny.",
                "The file was redacted and cannot be judged again. Ask the sender for a new one.",
            ),
        ),
        Refusal::Findings(_) => Problem::new(
            ProblemCode::Rules,
            submission,
            ("Se anmärkningarna.", "See the findings."),
        ),
    }
}
