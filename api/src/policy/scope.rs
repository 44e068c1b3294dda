//! Which rows a viewer reaches: everybody's, those of the assignments they coordinate, or an organisation's own.

use std::collections::BTreeSet;

use entity::{CountyCode, Kind, OrganisationCode, RegistryNumber, submission};

use super::{Action, Reach, Role, Viewer};
use crate::store::Catalogue;

/// Rows as a scope looks at them: what they are, for which assignment they were sent, and by whom.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    /// What the rows are.
    pub kind: Kind,
    /// The assignment they were sent for; none for registers, and for what the command line took without one.
    pub assignment: Option<&'a RegistryNumber>,
    /// Whose data they are.
    pub sender: &'a OrganisationCode,
}

impl<'a> From<&'a submission::Model> for Sent<'a> {
    fn from(model: &'a submission::Model) -> Self {
        Self {
            kind: model.kind,
            assignment: model.assignment.as_ref(),
            sender: &model.organisation_code,
        }
    }
}

/// The rows that a viewer reaches in an action. A row outside it is not found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// No row.
    Nothing,
    /// Rows of these assignments, which are one at least, and of the registers that belong to none. What is no register
    /// and was sent for no assignment lies in no coordinator's scope.
    Assignments(BTreeSet<RegistryNumber>),
    /// Rows that an organisation sent; of a county board also those of these recipients in its county.
    Organisation(OrganisationCode, BTreeSet<OrganisationCode>),
    /// Every row.
    Everything,
}

impl Scope {
    /// The scope of a viewer in an action, as the registers say that count now: neither what once counted nor what waits
    /// gives anybody a reach.
    #[must_use]
    pub fn of(viewer: &Viewer, action: Action, registers: &Catalogue) -> Self {
        match (viewer.reach(action), viewer.role, &viewer.organisation) {
            (Reach::All, _, _) => Self::Everything,
            (Reach::Own, Role::Coordinator, Some(organisation)) => {
                let coordinated = registers.assignments.iter();
                let coordinated = coordinated.filter(|one| one.coordinator == *organisation);
                let codes: BTreeSet<_> = coordinated.map(|one| one.code.clone()).collect();
                // Who coordinates nothing keeps no register either.
                match codes.is_empty() {
                    true => Self::Nothing,
                    false => Self::Assignments(codes),
                }
            }
            (Reach::Own, _, Some(organisation)) => {
                let known = registers.organisation(organisation.as_str());
                // A county board sees its county; what others there have sent is not its own to change.
                let board = known.filter(|one| action.is_reading() && one.kind == "COUNTY_BOARD");
                let county = board.and_then(|one| one.county_code.as_ref());
                let recipients = county.map(|county| recipients(registers, county));
                Self::Organisation(organisation.clone(), recipients.unwrap_or_default())
            }
            (Reach::Own, _, None) | (Reach::Nothing, _, _) => Self::Nothing,
        }
    }

    /// Whether an assignment as a whole lies within it.
    #[must_use]
    pub fn holds_assignment(&self, code: &RegistryNumber) -> bool {
        match self {
            Self::Everything => true,
            Self::Assignments(codes) => codes.contains(code),
            Self::Nothing | Self::Organisation(..) => false,
        }
    }

    /// Whether a question that names some assignments lies within it: of a coordinator's, one that names no other's. An
    /// organisation saves any, since it is asked for its answer what they may see.
    #[must_use]
    pub fn holds_question(&self, named: &BTreeSet<RegistryNumber>) -> bool {
        match self {
            Self::Everything | Self::Organisation(..) => true,
            Self::Nothing => false,
            Self::Assignments(codes) => named.is_subset(codes),
        }
    }

    /// Whether rows lie within it; the store's selects say the same in SQL.
    #[must_use]
    pub fn holds(&self, rows: Sent<'_>) -> bool {
        let sender = rows.sender;
        match self {
            Self::Everything => true,
            Self::Nothing => false,
            Self::Assignments(codes) => match rows.assignment {
                Some(code) => codes.contains(code),
                None => rows.kind.is_register(),
            },
            Self::Organisation(own, recipients) => sender == own || recipients.contains(sender),
        }
    }
}

/// The recipients that are, or once were, in a county, as senders. Where a protected one is, is told to no board.
fn recipients(registers: &Catalogue, county: &CountyCode) -> BTreeSet<OrganisationCode> {
    let there = registers.recipients.iter();
    let there = there.filter(|one| one.county_code.as_ref() == Some(county));
    let open = there.filter(|one| !registers.is_protected(&one.code));
    open.filter_map(|one| OrganisationCode::parse(one.code.as_str()).ok())
        .collect()
}
