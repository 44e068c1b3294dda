//! The sender: whose rows a file may hold.

use std::collections::HashSet;

use entity::{COUNTY_BOARDS, OrganisationCode, RegistryNumber};

/// The organisation that a file is sent for.
#[derive(Debug)]
pub struct Sender {
    organisation: OrganisationCode,
    coordinates: HashSet<RegistryNumber>,
    is_county_board: bool,
    is_reference: bool,
}

impl Sender {
    /// An organisation with the assignments that it coordinates.
    #[must_use]
    pub const fn new(
        organisation: OrganisationCode,
        coordinates: HashSet<RegistryNumber>,
        is_county_board: bool,
    ) -> Self {
        Self {
            organisation,
            coordinates,
            is_county_board,
            is_reference: false,
        }
    }

    /// The reference data themselves: they keep every register.
    #[must_use]
    pub fn reference(organisation: OrganisationCode) -> Self {
        Self {
            organisation,
            coordinates: HashSet::new(),
            is_county_board: false,
            is_reference: true,
        }
    }

    /// Whether it may keep the registers, as every coordinator may.
    #[must_use]
    pub fn keeps_registers(&self) -> bool {
        self.is_reference || !self.coordinates.is_empty()
    }

    /// Whether it is Samsyn with its reference data.
    #[must_use]
    pub const fn is_reference(&self) -> bool {
        self.is_reference
    }

    /// Whether what an organisation coordinates is its own to change: that organisation, and the reference data.
    #[must_use]
    pub fn decides_of(&self, coordinator: &OrganisationCode) -> bool {
        self.is_reference || self.organisation == *coordinator
    }

    /// Whether it is an organisation.
    #[must_use]
    pub fn is(&self, organisation: &OrganisationCode) -> bool {
        self.organisation == *organisation
    }

    /// The organisation itself.
    #[must_use]
    pub const fn organisation(&self) -> &OrganisationCode {
        &self.organisation
    }

    /// Whether it may keep the plan of an assignment: its coordinator, and the reference data.
    #[must_use]
    pub fn keeps_plan(&self, assignment: &RegistryNumber) -> bool {
        self.is_reference || self.coordinates(assignment)
    }

    /// Whether it coordinates an assignment.
    #[must_use]
    pub fn coordinates(&self, assignment: &RegistryNumber) -> bool {
        self.coordinates.contains(assignment)
    }

    /// Whether it may report for a code (an organisation's or a recipient's) within an assignment.
    #[must_use]
    pub fn may_report_for(&self, assignment: Option<&RegistryNumber>, code: &str) -> bool {
        assignment.is_some_and(|assignment| self.coordinates(assignment))
            || self.organisation.as_str() == code
            || (self.is_county_board && code == COUNTY_BOARDS)
    }
}
