//! Why a document is refused before it is validated, as a sentence and a code.

use async_graphql::{Pos, ServerError};

use crate::http::Code;

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Bytes of the text.
    Bytes,
    /// Tokens of the text.
    Tokens,
    /// Brackets open at the same time.
    Nesting,
    /// Operations and fragments.
    Definitions,
    /// Variables of an operation.
    Variables,
    /// Aliases of the text.
    Aliases,
    /// Root fields of an operation.
    RootFields,
    /// Selections, fragments expanded.
    Fields,
    /// Argument values and directives, fragments and variables expanded.
    Values,
    /// Fields below one another.
    Depth,
    /// Estimated objects of an introspection.
    Introspection,
}

impl Measure {
    const fn code(self) -> Code {
        match self {
            Self::Bytes => Code::DocumentTooLarge,
            Self::Tokens => Code::TooManyTokens,
            Self::Nesting | Self::Depth => Code::TooDeep,
            Self::Definitions => Code::TooManyDefinitions,
            Self::Variables => Code::TooManyVariables,
            Self::Aliases => Code::TooManyAliases,
            Self::RootFields => Code::TooManyRootFields,
            Self::Fields => Code::TooManyFields,
            Self::Values => Code::TooManyValues,
            Self::Introspection => Code::TooComplex,
        }
    }

    const fn noun(self) -> &'static str {
        match self {
            Self::Bytes => "bytes of text",
            Self::Tokens => "tokens",
            Self::Nesting => "brackets open at the same time",
            Self::Definitions => "operations and fragments",
            Self::Variables => "variables in an operation",
            Self::Aliases => "aliases",
            Self::RootFields => "root fields, with fragments expanded",
            Self::Fields => "fields, with fragments expanded",
            Self::Values => "argument values, with fragments and variables expanded",
            Self::Depth => "fields below one another",
            Self::Introspection => "estimated objects of introspection",
        }
    }

    /// Refuses what is above the limit.
    ///
    /// # Errors
    ///
    /// [`Refusal::Exceeded`] when `found` is greater than `most`.
    pub(super) const fn at_most(self, found: usize, most: usize) -> Result<(), Refusal> {
        if found > most {
            return Err(Refusal::Exceeded {
                measure: self,
                most,
            });
        }
        Ok(())
    }
}

/// Why a document is refused. The number found is not told: counting stops at the limit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// More than a limit.
    #[error("The document has more than {most} {}.", .measure.noun())]
    Exceeded {
        /// What was measured.
        measure: Measure,
        /// The most that is taken.
        most: usize,
    },
    /// A fragment that contains itself, which has no expansion.
    #[error("The fragment \"{name}\" contains itself.")]
    FragmentCycle {
        /// The fragment's name.
        name: String,
        /// Where it is spread within itself.
        at: Pos,
    },
    /// Not GraphQL.
    #[error("The document is not GraphQL: {reason}.")]
    Syntax {
        /// What the parser expected, without the client's text.
        reason: String,
        /// Where.
        at: Vec<Pos>,
    },
}

impl Refusal {
    /// Its code.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Exceeded { measure, .. } => measure.code(),
            Self::FragmentCycle { .. } => Code::GraphqlValidationFailed,
            Self::Syntax { .. } => Code::GraphqlParseFailed,
        }
    }
}

impl From<Refusal> for ServerError {
    fn from(refusal: Refusal) -> Self {
        let mut error = Self::new(refusal.to_string(), None);
        error
            .extensions
            .get_or_insert_default()
            .set("code", refusal.code().as_str());
        error.locations = match refusal {
            Refusal::Exceeded { .. } => Vec::new(),
            Refusal::FragmentCycle { at, .. } => vec![at],
            Refusal::Syntax { at, .. } => at,
        };
        error
    }
}
