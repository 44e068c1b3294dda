//! Roles, actions, and how far each role's reach goes in each action.

/// What somebody is to the service. A request without a token is public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Anybody.
    Public,
    /// Evaluates the assignments (utvärderare): reads all, writes nothing.
    Evaluator,
    /// Case officer of an organisation that coordinates assignments (samordnare).
    Coordinator,
    /// Reports for an organisation (uppgiftslämnare); a county board's also sees its county.
    Reporter,
}

/// What somebody does. Code names the action, never the role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Reads registers, decisions and figures of what is accepted.
    ReadFigures,
    /// Reads figures and facts with waiting submissions counted.
    ReadWaiting,
    /// Reads submissions: their life, their findings, the history of a key.
    ReadSubmissions,
    /// Fetches a file as it was sent.
    ReadFiles,
    /// Reads what somebody wrote freely.
    ReadFreeTexts,
    /// Hands in a file.
    Submit,
    /// Accepts a submission or returns it for completion.
    Decide,
    /// Withdraws a submission.
    Withdraw,
    /// Carries out a decided removal of a free text or a file.
    Redact,
}

/// Whose rows a role reaches in an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Nobody's.
    Nothing,
    /// Those of its own scope.
    Own,
    /// Everybody's.
    All,
}

impl Role {
    /// Every role.
    pub const ALL: &'static [Self] = &[
        Self::Public,
        Self::Evaluator,
        Self::Coordinator,
        Self::Reporter,
    ];

    /// The role's name in tokens and options.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Evaluator => "evaluator",
            Self::Coordinator => "coordinator",
            Self::Reporter => "reporter",
        }
    }

    /// How far the role reaches in an action: the table.
    #[must_use]
    pub const fn reach(self, action: Action) -> Reach {
        match (self, action) {
            (_, Action::ReadFigures) => Reach::All,
            (Self::Public, _) => Reach::Nothing,
            (
                Self::Evaluator,
                Action::ReadWaiting
                | Action::ReadSubmissions
                | Action::ReadFiles
                | Action::ReadFreeTexts,
            ) => Reach::All,
            (Self::Evaluator, _) => Reach::Nothing,
            (Self::Coordinator, _) => Reach::Own,
            (Self::Reporter, Action::Decide | Action::Redact) => Reach::Nothing,
            (Self::Reporter, _) => Reach::Own,
        }
    }
}

impl Action {
    /// Every action.
    pub const ALL: &'static [Self] = &[
        Self::ReadFigures,
        Self::ReadWaiting,
        Self::ReadSubmissions,
        Self::ReadFiles,
        Self::ReadFreeTexts,
        Self::Submit,
        Self::Decide,
        Self::Withdraw,
        Self::Redact,
    ];
}
