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
    /// The organisation they act for: always there for coordinators and reporters, never for the public.
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

    /// Whether a text can name somebody: not blank, in plain text, and of 200 characters at most, for it stands in events.
    #[must_use]
    pub fn is_name(text: &str) -> bool {
        let text = text.trim();
        !text.is_empty() && text.chars().count() <= 200 && !text.chars().any(char::is_control)
    }

    /// How far they reach in an action.
    #[must_use]
    pub const fn reach(&self, action: Action) -> Reach {
        self.role.reach(action)
    }

    /// Whether they reach anything at all in an action; which rows is [`Scope`](super::Scope)'s to say.
    #[must_use]
    pub const fn may(&self, action: Action) -> bool {
        !matches!(self.reach(action), Reach::Nothing)
    }
}
