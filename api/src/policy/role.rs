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
    /// Reads submissions: their life, what their files are called, their findings, the history of a key.
    ReadSubmissions,
    /// Fetches a file as it was sent.
    ReadFiles,
    /// Reads what somebody wrote freely.
    ReadFreeTexts,
    /// Reads single counts of persons, which others see in fixed tables alone.
    ReadPersons,
    /// Hands in a file.
    Submit,
    /// Accepts a submission or returns it for completion.
    Decide,
    /// Withdraws a submission.
    Withdraw,
    /// Carries out a decided removal of a free text or a file.
    Redact,
    /// Saves a question, so that an address leads to its answer as a file.
    SaveQueries,
    /// Seals the dataset of a report, and sees a release before its embargo ends.
    SealReleases,
    /// Lists a saved question as open data, or takes it off the list.
    PublishQueries,
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

    /// The role with a name.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.code() == code)
    }

    /// Whether nobody can have the role without an organisation: its scope is that organisation's.
    #[must_use]
    pub const fn acts_for_an_organisation(self) -> bool {
        match self {
            Self::Public | Self::Evaluator => false,
            Self::Coordinator | Self::Reporter => true,
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
                | Action::ReadFreeTexts
                | Action::ReadPersons
                | Action::SaveQueries
                | Action::PublishQueries,
            ) => Reach::All,
            (Self::Evaluator, _) => Reach::Nothing,
            (Self::Coordinator, _) => Reach::Own,
            (
                Self::Reporter,
                Action::Decide | Action::Redact | Action::SealReleases | Action::PublishQueries,
            ) => Reach::Nothing,
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
        Self::ReadPersons,
        Self::Submit,
        Self::Decide,
        Self::Withdraw,
        Self::Redact,
        Self::SaveQueries,
        Self::SealReleases,
        Self::PublishQueries,
    ];

    /// The action's name in answers and documents.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReadFigures => "READ_FIGURES",
            Self::ReadWaiting => "READ_WAITING",
            Self::ReadSubmissions => "READ_SUBMISSIONS",
            Self::ReadFiles => "READ_FILES",
            Self::ReadFreeTexts => "READ_FREE_TEXTS",
            Self::ReadPersons => "READ_PERSONS",
            Self::Submit => "SUBMIT",
            Self::Decide => "DECIDE",
            Self::Withdraw => "WITHDRAW",
            Self::Redact => "REDACT",
            Self::SaveQueries => "SAVE_QUERIES",
            Self::SealReleases => "SEAL_RELEASES",
            Self::PublishQueries => "PUBLISH_QUERIES",
        }
    }

    /// What it is, for a reader of the table.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::ReadFigures => "registers, decisions and figures of what is accepted",
            Self::ReadWaiting => "figures and facts with waiting submissions counted",
            Self::ReadSubmissions => {
                "submissions: their life, what their files are called, their findings, the history of a key"
            }
            Self::ReadFiles => "a file as it was sent",
            Self::ReadFreeTexts => "what somebody wrote freely",
            Self::ReadPersons => "single counts of persons, which others see in fixed tables alone",
            Self::Submit => "hand in a file",
            Self::Decide => "accept a submission, or return it for completion",
            Self::Withdraw => "withdraw a submission",
            Self::Redact => "carry out a decided removal of a free text or a file",
            Self::SaveQueries => "save a question, whose answer is then a file at an address",
            Self::SealReleases => {
                "seal the dataset of a report, and see a release before its embargo ends"
            }
            Self::PublishQueries => "list a saved question as open data, or take it off the list",
        }
    }

    /// Whether it only looks.
    #[must_use]
    pub const fn is_reading(self) -> bool {
        match self {
            Self::ReadFigures
            | Self::ReadWaiting
            | Self::ReadSubmissions
            | Self::ReadFiles
            | Self::ReadFreeTexts
            | Self::ReadPersons => true,
            Self::Submit
            | Self::Decide
            | Self::Withdraw
            | Self::Redact
            | Self::SaveQueries
            | Self::SealReleases
            | Self::PublishQueries => false,
        }
    }
}
