//! Redaction in the schema: a decided removal of a free text or a file, within the viewer's reach.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use super::error;
use super::guard::Require;
use super::problem::{Problem, ProblemCode};
use super::reading::Reading;
use super::submission::Submission;
use crate::policy::{Action, Scope};
use crate::service::redaction::{self as service, Error, Extent, Mode, Order, Removal, Target};

/// A removal that was decided (gallring).
#[derive(Clone, Debug, InputObject)]
pub struct RedactionInput {
    /// The submission in which the text stands; null for a file (inleverans).
    submission: Option<ID>,
    /// Number of the row in its file (rad).
    row: Option<i64>,
    /// Column of the text, by its canonical name, such as `comment` (kolumn).
    column: Option<String>,
    /// Instead of row and column: which event of the submission's life gives the reason that is to go, from 1 on
    /// (händelse).
    event: Option<u64>,
    /// Instead of a submission: SHA-256 of the file whose bytes are to go; its rows stay (fil).
    file: Option<String>,
    /// Registry number of the decision (beslutets diarienummer).
    decision: String,
    /// Why; it is kept, so it must not say what was removed (skäl).
    reason: String,
    /// Whether the text goes from every row and kept file that holds it. Otherwise nothing is removed where it stands
    /// elsewhere too (överallt).
    #[graphql(default = false)]
    everywhere: bool,
    /// Whether it is only said what would go (provkörning).
    #[graphql(default = false)]
    dry_run: bool,
}

/// A place where a text stands or stood (plats för text).
#[derive(Clone, Debug, SimpleObject)]
pub struct RedactedText {
    /// The submission (inleverans).
    submission: ID,
    /// Number of the row; null for the reason of an event (rad).
    row: Option<i64>,
    /// Column; `reason` for that of an event (kolumn).
    column: String,
}

/// A kept file (behållen fil).
#[derive(Clone, Debug, SimpleObject)]
pub struct RedactedFile {
    /// SHA-256 of its bytes (kontrollsumma).
    sha256: String,
    /// The submissions that it came in (inleveranser).
    submissions: Vec<ID>,
}

/// What came of a removal (utfall av gallring).
#[derive(Clone, Debug, SimpleObject)]
pub struct RedactionPayload {
    /// Whether it is done (gjord).
    removed: bool,
    /// The texts that go, or would (texter).
    texts: Vec<RedactedText>,
    /// The files that go, or would (filer).
    files: Vec<RedactedFile>,
    /// Free texts of a removed file's rows that stay (texter som står kvar).
    texts_left: u64,
    /// Why nothing was done; empty where it was (hinder).
    problems: Vec<Problem>,
}

/// Carrying out removals.
#[derive(Default)]
pub struct RedactionMutation;

/// Carrying out removals.
#[Object]
impl RedactionMutation {
    /// Carries out a decided removal of a free text or a file: hash and tombstone stay, and every proof still holds
    /// (gallra). What the database's own files and backups still hold is removed as docs/OPERATIONS.md says.
    #[graphql(guard = "Require(Action::Redact)")]
    async fn redact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was decided (beslut).")] input: RedactionInput,
    ) -> Result<Option<RedactionPayload>> {
        let shelf = Reading::default().open(ctx).await?;
        let viewer = &shelf.request.viewer;
        let scope = Scope::of(viewer, Action::Redact, &shelf.registers);
        let order = match order(&input, viewer.subject.clone(), scope) {
            Ok(order) => order,
            Err(problem) => return Ok(Some(refused(Removal::default(), problem))),
        };
        let mode = if input.dry_run {
            Mode::DryRun
        } else {
            Mode::Redact
        };
        let (request, heavy) = (shelf.request.clone(), shelf.request.heavy.clone());
        let done = heavy.run(move || async move {
            let (store, clock) = (request.reports.store(), request.clock());
            service::redact(store, clock, request.limits, &order, mode).await
        });
        match done.await {
            Ok(removal) => {
                let mut done = payload(removal, Vec::new());
                done.removed = mode == Mode::Redact;
                Ok(Some(done))
            }
            Err(Error::Database(failed)) => Err(error::report(failed.into())),
            Err(refusal) => Ok(Some(problem(refusal))),
        }
    }
}

fn order(input: &RedactionInput, actor: String, scope: Scope) -> Result<Order, Problem> {
    let bad = |path, said| Problem::new(ProblemCode::BadInput, path, said);
    let submission = input
        .submission
        .as_ref()
        .map(|id| Submission::local_id(id).unwrap_or(0));
    let target = match (
        &input.file,
        submission,
        input.row,
        &input.column,
        input.event,
    ) {
        (Some(sha256), None, None, None, None) => Target::File(sha256.to_ascii_lowercase()),
        (None, Some(submission), Some(row), Some(column), None) => Target::Text {
            submission,
            row,
            column: column.clone(),
        },
        (None, Some(submission), None, None, Some(event)) => Target::Reason { submission, event },
        _ => {
            return Err(bad(
                "input",
                (
                    "Ange file, eller submission med row och column, eller submission med event.",
                    "Say file, or submission with row and column, or submission with event.",
                ),
            ));
        }
    };
    let decision = entity::RegistryNumber::parse(input.decision.trim()).map_err(|_| {
        bad(
            "input.decision",
            (
                "Ange beslutets diarienummer.",
                "Say the registry number of the decision.",
            ),
        )
    })?;
    Ok(Order {
        target,
        decision,
        reason: input.reason.clone(),
        actor,
        extent: if input.everywhere {
            Extent::Everywhere
        } else {
            Extent::Alone
        },
        scope,
    })
}

fn problem(refusal: Error) -> RedactionPayload {
    let english = refusal.to_string();
    match refusal {
        Error::NotFound(_) | Error::Database(_) => refused(
            Removal::default(),
            Problem::new(
                ProblemCode::NotFound,
                "input",
                (
                    "Det finns ingen sådan text eller fil här.",
                    "There is no such text or file here.",
                ),
            ),
        ),
        Error::Already(decision) => {
            let sv = format!("Det är redan gallrat enligt beslut {decision}.");
            let problem = Problem::new(ProblemCode::AlreadyRedacted, "input", (&sv, &english));
            refused(Removal::default(), problem)
        }
        Error::Reason => refused(
            Removal::default(),
            Problem::new(
                ProblemCode::BadReason,
                "input.reason",
                (
                    "Ange ett skäl på högst 2 000 tecken, utan personnummer: det sparas.",
                    &english,
                ),
            ),
        ),
        Error::OutOfReach => refused(
            Removal::default(),
            Problem::new(
                ProblemCode::Forbidden,
                "input",
                (
                    "Texten står också i andras inleveranser. Den som når alla får gallra den.",
                    &english,
                ),
            ),
        ),
        Error::Elsewhere(removal) => refused(
            removal,
            Problem::new(
                ProblemCode::StandsElsewhere,
                "input.everywhere",
                (
                    "Texten står också i andra rader eller i behållna filer och skulle finnas kvar. Inget är gjort.",
                    "The text stands in other rows or in kept files too, and would still be there. Nothing was done.",
                ),
            ),
        ),
    }
}

fn refused(removal: Removal, problem: Problem) -> RedactionPayload {
    payload(removal, vec![problem])
}

fn payload(removal: Removal, problems: Vec<Problem>) -> RedactionPayload {
    let text = |one: service::TextPlace| RedactedText {
        submission: Submission::global_id(one.submission),
        row: one.row,
        column: one.column,
    };
    let file = |one: service::FilePlace| RedactedFile {
        sha256: one.sha256,
        submissions: one
            .submissions
            .into_iter()
            .map(Submission::global_id)
            .collect(),
    };
    RedactionPayload {
        removed: false,
        texts: removal.texts.into_iter().map(text).collect(),
        files: removal.files.into_iter().map(file).collect(),
        texts_left: removal.texts_left,
        problems,
    }
}
