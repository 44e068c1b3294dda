//! The codes that this layer puts into `extensions.code`: one name for each kind of refusal.
//!
//! A program reads the code, a person the sentence beside it. Codes never change their meaning.

/// Why a request, or a part of it, was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// The request is not formed as GraphQL over HTTP asks.
    BadRequest,
    /// The body, or a parameter that carries JSON, is not JSON.
    InvalidJson,
    /// An array of requests came where one request is taken.
    BatchNotSupported,
    /// No valid token, where one is needed or was presented.
    Unauthenticated,
    /// The viewer's role does not reach what is asked.
    Forbidden,
    /// A parameter that the path does not have.
    UnknownParameter,
    /// A code that does not exist.
    UnknownCode,
    /// The key was said before with another file, or with something else said about it.
    IdempotencyKeyReused,
    /// A refused file, which is not kept.
    FileNotKept,
    /// A file that was removed by a decision.
    FileRedacted,
    /// No such path.
    NotFound,
    /// The path exists but not for this method, or a mutation came by GET.
    MethodNotAllowed,
    /// No media type of the `Accept` header is written here.
    NotAcceptable,
    /// The body's media type, charset or encoding is not read here.
    UnsupportedMediaType,
    /// The body is longer than the limit.
    BodyTooLarge,
    /// The body did not arrive in time.
    RequestTimeout,
    /// The answer was not ready in time.
    Timeout,
    /// A part that the service needs is not ready.
    NotReady,
    /// The database does not answer now; a change may or may not have been made.
    Unavailable,
    /// More is asked than can be answered; another time it can.
    Overloaded,
    /// There is no room left to write.
    StorageFull,
    /// What was read could not be noted in the audit chain, so it is not answered.
    AuditUnavailable,
    /// The document is no GraphQL.
    GraphqlParseFailed,
    /// The document does not fit the schema.
    GraphqlValidationFailed,
    /// `operationName` names none of the document's operations, or one had to be named.
    OperationResolutionFailure,
    /// The question came as the hash of its text, and texts are not kept: the client sends the text.
    PersistedQueryNotSupported,
    /// Subscriptions are not answered on this transport.
    SubscriptionNotSupported,
    /// A value is not of the form that its type asks.
    BadUserInput,
    /// The document's text is longer than the limit.
    DocumentTooLarge,
    /// The document has more tokens than the limit.
    TooManyTokens,
    /// The document has more operations and fragments than the limit.
    TooManyDefinitions,
    /// An operation defines more variables than the limit.
    TooManyVariables,
    /// The document has more aliases than the limit.
    TooManyAliases,
    /// An operation has more root fields than the limit.
    TooManyRootFields,
    /// The document selects more fields than the limit, fragments expanded.
    TooManyFields,
    /// The document passes more argument values than the limit, fragments and variables expanded.
    TooManyValues,
    /// The document is nested deeper than the limit.
    TooDeep,
    /// The answer would cost more than the limit.
    TooComplex,
    /// A fault of ours; the log has it under the request's id.
    Internal,
}

impl Code {
    /// Its name in `extensions.code`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "BAD_REQUEST",
            Self::InvalidJson => "INVALID_JSON",
            Self::BatchNotSupported => "BATCH_NOT_SUPPORTED",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::UnknownParameter => "UNKNOWN_PARAMETER",
            Self::UnknownCode => "UNKNOWN_CODE",
            Self::IdempotencyKeyReused => "IDEMPOTENCY_KEY_REUSED",
            Self::FileNotKept => "FILE_NOT_KEPT",
            Self::FileRedacted => "FILE_REDACTED",
            Self::NotFound => "NOT_FOUND",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::NotAcceptable => "NOT_ACCEPTABLE",
            Self::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            Self::BodyTooLarge => "BODY_TOO_LARGE",
            Self::RequestTimeout => "REQUEST_TIMEOUT",
            Self::Timeout => "TIMEOUT",
            Self::NotReady => "NOT_READY",
            Self::Unavailable => "UNAVAILABLE",
            Self::Overloaded => "OVERLOADED",
            Self::StorageFull => "STORAGE_FULL",
            Self::AuditUnavailable => "AUDIT_UNAVAILABLE",
            Self::GraphqlParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::GraphqlValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::OperationResolutionFailure => "OPERATION_RESOLUTION_FAILURE",
            Self::PersistedQueryNotSupported => "PERSISTED_QUERY_NOT_SUPPORTED",
            Self::SubscriptionNotSupported => "SUBSCRIPTION_NOT_SUPPORTED",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::DocumentTooLarge => "DOCUMENT_TOO_LARGE",
            Self::TooManyTokens => "TOO_MANY_TOKENS",
            Self::TooManyDefinitions => "TOO_MANY_DEFINITIONS",
            Self::TooManyVariables => "TOO_MANY_VARIABLES",
            Self::TooManyAliases => "TOO_MANY_ALIASES",
            Self::TooManyRootFields => "TOO_MANY_ROOT_FIELDS",
            Self::TooManyFields => "TOO_MANY_FIELDS",
            Self::TooManyValues => "TOO_MANY_VALUES",
            Self::TooDeep => "TOO_DEEP",
            Self::TooComplex => "TOO_COMPLEX",
            Self::Internal => "INTERNAL",
        }
    }
}
