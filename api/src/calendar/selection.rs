//! Which days and whose: what of the calendar is asked for.

use chrono::NaiveDate;
use entity::{COUNTY_BOARDS, OrganisationCode, RegistryNumber, deliverable, round};

use crate::store::Catalogue;

/// The role of those who hand out an assignment's money.
const FUND_DISTRIBUTOR: &str = "FUND_DISTRIBUTOR";

/// What of the calendar is asked for. None: everything; an empty list: nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day, included.
    pub to: Option<NaiveDate>,
    /// Main numbers of assignments.
    pub assignments: Option<Vec<RegistryNumber>>,
    /// Organisations that something is asked of.
    pub organisations: Option<Vec<OrganisationCode>>,
}

impl Selection {
    /// Whether a day is among those asked for.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether a deliverable is asked for, whatever its day: its assignment, and somebody who is responsible; a county
    /// board also for what the boards do together.
    #[must_use]
    pub fn deliverable(&self, catalogue: &Catalogue, one: &deliverable::Model) -> bool {
        let answers = |asked: &OrganisationCode| {
            let known = catalogue.organisation(asked.as_str());
            let is_board = known.is_some_and(|known| known.kind == "COUNTY_BOARD");
            let mut named = one.responsible.iter();
            named.any(|code| code == asked.as_str() || (is_board && code == COUNTY_BOARDS))
        };
        self.assignment(&one.assignment) && self.organisation(answers)
    }

    /// Whether a round is asked for, whatever its days: its assignment, and somebody who hands out its money or
    /// coordinates it.
    #[must_use]
    pub fn round(&self, catalogue: &Catalogue, one: &round::Model) -> bool {
        let hands_out = |asked: &OrganisationCode| {
            let assignment = catalogue.assignment(&one.assignment);
            let mut roles = catalogue.roles.iter();
            assignment.is_some_and(|known| known.coordinator == *asked)
                || roles.any(|role| {
                    role.assignment == one.assignment
                        && role.role == FUND_DISTRIBUTOR
                        && role.organisation_code == *asked
                })
        };
        self.assignment(&one.assignment) && self.organisation(hands_out)
    }

    fn assignment(&self, code: &RegistryNumber) -> bool {
        let asked = self.assignments.as_ref();
        asked.is_none_or(|asked| asked.contains(code))
    }

    fn organisation(&self, passes: impl Fn(&OrganisationCode) -> bool) -> bool {
        let asked = self.organisations.as_ref();
        asked.is_none_or(|asked| asked.iter().any(passes))
    }
}
