//! Which submissions are asked for.

use async_graphql::{InputObject, Result};
use entity::Kind;

use crate::graphql::error::{self, Code};
use crate::graphql::reading::Shelf;
use crate::graphql::scalars::{OrganisationCode, RegistryNumber};
use crate::graphql::vocabulary::SubmissionState;
use crate::store::submission::Asked;

/// Which submissions (urval av inleveranser). What is left out is not restricted.
#[derive(Clone, Debug, Default, InputObject)]
pub struct SubmissionFilter {
    /// Kinds, such as `usage_reports` (slag).
    kinds: Option<Vec<String>>,
    /// Assignments (uppdrag).
    assignments: Option<Vec<RegistryNumber>>,
    /// Senders (avsändare).
    senders: Option<Vec<OrganisationCode>>,
    /// States (lägen).
    pub(super) states: Option<Vec<SubmissionState>>,
}

impl SubmissionFilter {
    /// What the store is asked, every code checked.
    pub(super) fn checked(&self, shelf: &Shelf) -> Result<Asked> {
        let assignments = match &self.assignments {
            None => None,
            Some(asked) => {
                let path = "where.assignments";
                Some(crate::graphql::assignment::codes(shelf, asked, path)?)
            }
        };
        let kinds = match &self.kinds {
            None => None,
            Some(codes) => Some(
                codes
                    .iter()
                    .enumerate()
                    .map(|(index, code)| kind(code, &format!("where.kinds[{index}]")))
                    .collect::<Result<_>>()?,
            ),
        };
        let senders = self.senders.as_ref().map(|senders| {
            let code = |sender: &OrganisationCode| sender.0.clone();
            senders.iter().map(code).collect()
        });
        Ok(Asked {
            kinds,
            assignments,
            senders,
        })
    }
}

/// The kind of a code.
pub(super) fn kind(code: &str, path: &str) -> Result<Kind> {
    Kind::of(code).ok_or_else(|| {
        let message = format!("there is no kind {code}: see docs/INTAKE.md");
        error::argument(Code::Unknown, path, &message)
    })
}
