//! A file as somebody hands it in, and who does.

use std::collections::HashSet;

use chrono::NaiveDate;
use entity::{Kind, Nature, OrganisationCode, RegistryNumber, RoundCode, assignment};

use crate::intake::{Basis, Beside};
use crate::policy::{Role, Viewer};

/// A file as somebody hands it in.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Name of the file, without folders.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What its rows are.
    pub kind: Kind,
    /// The assignment it is sent for, where one was said.
    pub assignment: Option<RegistryNumber>,
    /// The sender: whose data it is.
    pub organisation: OrganisationCode,
    /// Who hands it in.
    pub actor: Actor,
    /// Real, synthetic or mixed.
    pub nature: Nature,
    /// The day the document was registered, where it is older.
    pub registered_on: Option<NaiveDate>,
    /// The plan version that the file is, for activity plans.
    pub plan_version: Option<i64>,
    /// The day that version was decided.
    pub decided_on: Option<NaiveDate>,
}

impl Delivery {
    /// What is said of the rows beside the file.
    pub(super) fn beside(&self) -> Beside<'_> {
        Beside {
            sender: &self.organisation,
            assignment: self.assignment.as_ref(),
            plan_version: self.plan_version,
            decided_on: self.decided_on,
        }
    }

    /// With what the keys of the rows begin that the file replaces as a whole: what it leaves out is dropped.
    pub(super) fn replaces_whole(&self) -> Option<String> {
        let version = self
            .plan_version
            .filter(|_| self.kind == Kind::ActivityPlan)?;
        Some(format!("{}|{version}|", self.assignment.as_ref()?))
    }
}

/// Who hands a file in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The coordinator, at the command line: clean files count at once.
    Coordinator,
    /// Samsyn itself, with its reference data: once for each content.
    Reference,
    /// The person that a token names.
    Person(Viewer),
}

impl Actor {
    /// What events and the audit chain call it.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Coordinator => "coordinator",
            Self::Reference => "samsyn",
            Self::Person(viewer) => &viewer.subject,
        }
    }

    /// Whether a clean file of the actor counts at once: the coordinator's own, for what it coordinates.
    pub(super) fn settles(&self, basis: &Basis, rounds: &HashSet<RoundCode>) -> bool {
        let Self::Person(viewer) = self else {
            return true;
        };
        let (Role::Coordinator, Some(own)) = (viewer.role, &viewer.organisation) else {
            return false;
        };
        let assignments = &basis.register.assignments;
        let coordinates = |code| {
            assignments
                .get(code)
                .is_some_and(|one: &assignment::Model| one.coordinator == *own)
        };
        let of_rounds = rounds
            .iter()
            .filter_map(|code| basis.register.rounds.get(code));
        let mut named = basis
            .assignment
            .iter()
            .chain(of_rounds.map(|round| &round.assignment))
            .peekable();
        if named.peek().is_none() {
            // A register: any coordinator keeps it.
            return assignments.values().any(|one| one.coordinator == *own);
        }
        named.all(coordinates)
    }
}

/// Whether anything is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The verdict alone; nothing is kept.
    DryRun,
    /// Kept.
    Receive,
}
