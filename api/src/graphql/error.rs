//! What the client sees of an error: a code, a sentence, and the argument it is about.

use async_graphql::{Error, ErrorExtensions};

use crate::context::RequestContext;
use crate::policy::{Action, Role, Viewer};
use crate::reports;

/// Codes of errors that resolvers give; those of the transport are in `http::Code`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// A code that does not exist in the dataset.
    Unknown,
    /// A value that cannot be used.
    BadUserInput,
    /// A page of more than the most.
    PageTooLarge,
    /// An answer of more cells than the most.
    ResultTooLarge,
    /// The public asks for what needs a token.
    Unauthenticated,
    /// The viewer's role does not reach what is asked.
    Forbidden,
    /// What is asked is not known here.
    NotAvailable,
    /// Single counts of persons, which are given in fixed tables alone.
    Disclosure,
}

impl Code {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "UNKNOWN_CODE",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::PageTooLarge => "PAGE_TOO_LARGE",
            Self::ResultTooLarge => "RESULT_TOO_LARGE",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotAvailable => "NOT_AVAILABLE",
            Self::Disclosure => "DISCLOSURE",
        }
    }
}

/// An error about an argument, named by its path such as `filter.counties[0]`.
pub(crate) fn argument(code: Code, path: &str, message: &str) -> Error {
    Error::new(message).extend_with(|_, extensions| {
        extensions.set("code", code.as_str());
        extensions.set("argument", path);
    })
}

/// An action that the viewer does not reach.
pub(crate) fn not_allowed(viewer: &Viewer, action: Action) -> Error {
    let (code, message) = match viewer.role {
        Role::Public => (
            Code::Unauthenticated,
            "this needs a token: send `Authorization: Bearer` and the token".to_owned(),
        ),
        role => (
            Code::Forbidden,
            format!("the role {} does not reach {}", role.code(), action.code()),
        ),
    };
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code.as_str()))
}

/// A code that does not exist in the dataset.
pub(crate) fn unknown(path: &str, code: &str) -> Error {
    argument(Code::Unknown, path, &format!("there is no {code} here"))
}

/// Counts of persons asked for in a way that could give single ones away.
pub(crate) fn disclosure(path: &str, indicator: &str) -> Error {
    let message = format!("{indicator} counts persons: it is given in personTable alone");
    argument(Code::Disclosure, path, &message)
}

/// An error of the service: a fault of ours, but for what the client can mend.
pub(crate) fn service(error: &crate::service::submission::Error) -> Error {
    use crate::service::submission::Error as Service;
    match error {
        Service::ReadsOtherwise(_) => {
            argument(Code::BadUserInput, "input.submission", &error.to_string())
        }
        // Without a code it is logged and becomes INTERNAL.
        other => Error::new(format!("{other:?}")),
    }
}

/// An error of the reports, for the viewer of a request.
pub(crate) fn report_of(request: &RequestContext, error: reports::Error) -> Error {
    match error {
        reports::Error::NotAllowed(action) => not_allowed(&request.viewer, action),
        other => report(other),
    }
}

/// An error of the reports: what the user asked wrongly is said, what failed inside is left to the log.
pub(crate) fn report(error: reports::Error) -> Error {
    use analytics::Error as Rule;
    match &error {
        reports::Error::NoKey => argument(Code::Unknown, "year", &error.to_string()),
        reports::Error::NoPopulation(_) => {
            argument(Code::Unknown, "whatIf.populationDate", &error.to_string())
        }
        reports::Error::Analytics(rule) => match rule.as_ref() {
            Rule::NegativeRule(_)
            | Rule::RateBelowZero
            | Rule::ResidueTooLarge
            | Rule::AmountsTooLarge => argument(Code::BadUserInput, "whatIf", &rule.to_string()),
            Rule::PopulationNotPositive(_) | Rule::NoRecipients => argument(
                Code::BadUserInput,
                "whatIf.populationDate",
                &rule.to_string(),
            ),
            Rule::TooManyLines(lines) => super::fund_usage::too_large(lines.saturating_mul(12)),
            // Without a code it is logged and becomes INTERNAL.
            _ => Error::new(error.to_string()),
        },
        reports::Error::Future { .. } => argument(Code::BadUserInput, "asOf", &error.to_string()),
        reports::Error::SealedBasis => argument(Code::BadUserInput, "basis", &error.to_string()),
        reports::Error::NotAllowed(_) => Error::new(error.to_string()),
        reports::Error::Database(source) => Error::new(format!("{error}: {source}")),
        reports::Error::Ended | reports::Error::Sealed(_) => Error::new(error.to_string()),
    }
}
