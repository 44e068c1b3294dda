//! Who is asking.

use entity::OrganisationCode;

use super::{Action, Reach, Role};

/// Who is asking: nobody known, or the person that a token names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Viewer {
    /// The token's subject; empty for the public. It is what the audit chain and the events of a submission name.
    pub subject: String,
    /// What they are to the service.
    pub role: Role,
    /// The organisation they act for; none for the public and for evaluators.
    pub organisation: Option<OrganisationCode>,
}

impl Viewer {
    /// Anybody.
    #[must_use]
    pub const fn public() -> Self {
        Self {
            subject: String::new(),
            role: Role::Public,
            organisation: None,
        }
    }

    /// How far they reach in an action.
    #[must_use]
    pub const fn reach(&self, action: Action) -> Reach {
        self.role.reach(action)
    }
}
