//! Which rows a viewer reaches: everybody's, those of the assignments they coordinate, or an organisation's own.

use std::collections::BTreeSet;

use entity::{CountyCode, OrganisationCode, RecipientCode, RegistryNumber};

use super::{Action, Reach, Role, Viewer};
use crate::store::Catalogue;

/// The rows that a viewer reaches in an action. A row outside it is not found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// No row.
    Nothing,
    /// Rows of these assignments, and of the registers that every coordinator keeps.
    Assignments(BTreeSet<RegistryNumber>),
    /// Rows that an organisation sent; of a county board also those of recipients in its county.
    Organisation(OrganisationCode, Option<CountyCode>),
    /// Every row.
    Everything,
}

impl Scope {
    /// The scope of a viewer in an action, as the registers of a dataset say.
    #[must_use]
    pub fn of(viewer: &Viewer, action: Action, catalogue: &Catalogue) -> Self {
        match (viewer.reach(action), viewer.role, &viewer.organisation) {
            (Reach::All, _, _) => Self::Everything,
            (Reach::Own, Role::Coordinator, Some(organisation)) => {
                let coordinated = catalogue.assignments.iter();
                let coordinated = coordinated.filter(|one| one.coordinator == *organisation);
                Self::Assignments(coordinated.map(|one| one.code.clone()).collect())
            }
            (Reach::Own, _, Some(organisation)) => {
                let known = catalogue.organisation(organisation.as_str());
                // A county board sees its county; what others there have sent is not its own to change.
                let board = known.filter(|one| action.is_reading() && one.kind == "COUNTY_BOARD");
                Self::Organisation(
                    organisation.clone(),
                    board.and_then(|one| one.county_code.clone()),
                )
            }
            (Reach::Own, _, None) | (Reach::Nothing, _, _) => Self::Nothing,
        }
    }

    /// Whether a submission lies within it, by its assignment, where it has one, and its sender; the store's selects say
    /// the same in SQL.
    #[must_use]
    pub fn holds(
        &self,
        assignment: Option<&RegistryNumber>,
        sender: &OrganisationCode,
        catalogue: &Catalogue,
    ) -> bool {
        match self {
            Self::Everything => true,
            Self::Nothing => false,
            Self::Assignments(codes) => assignment.is_none_or(|code| codes.contains(code)),
            Self::Organisation(own, county) => {
                let in_county = |county: &CountyCode| {
                    RecipientCode::parse(sender.as_str()).is_ok_and(|code| {
                        let mut periods = catalogue.periods(&code);
                        periods.any(|one| one.county_code.as_ref() == Some(county))
                    })
                };
                sender == own || county.as_ref().is_some_and(in_county)
            }
        }
    }
}
