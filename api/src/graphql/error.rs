//! What the client sees of an error: a code, a sentence, and the argument it is about.

use async_graphql::{Error, ErrorExtensions};

use crate::context::RequestContext;
use crate::http::told;
use crate::policy::{Action, Role, Viewer};
use crate::reports;
use crate::store::Trouble;

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

/// Something failed inside. What the database said of itself is told as it is, and when to ask again; without a code the
/// sentence is logged and becomes `INTERNAL`.
pub(crate) fn failed(error: &(dyn std::error::Error + 'static), sentence: String) -> Error {
    match Trouble::behind(error) {
        Some(trouble) => {
            tracing::warn!(?error, %trouble, "a field could not be answered");
            troubled(trouble)
        }
        None => Error::new(sentence),
    }
}

/// The database does not answer, or has no room.
pub(crate) fn troubled(trouble: Trouble) -> Error {
    let (_, code, message) = told(trouble);
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code.as_str()))
}

/// An error of the service: a fault of ours, but for what the client can mend.
pub(crate) fn service(error: &crate::service::submission::Error) -> Error {
    use crate::service::submission::Error as Service;
    match error {
        Service::ReadsOtherwise(_) => {
            argument(Code::BadUserInput, "input.submission", &error.to_string())
        }
        other => failed(other, format!("{other:?}")),
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
        reports::Error::Database(source) => failed(&error, format!("{error}: {source}")),
        reports::Error::Trouble(trouble) => troubled(*trouble),
        reports::Error::Ended | reports::Error::Sealed(_) => Error::new(error.to_string()),
    }
}
