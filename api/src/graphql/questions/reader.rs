//! Reads questions: limits first, then the schema's language, then the variables.

use std::any::TypeId;
use std::sync::Arc;

use apollo_compiler::ExecutableDocument as ExecutableQuestion;
use apollo_compiler::ast;
use apollo_compiler::diagnostic::ToCliReport;
use apollo_compiler::validation::{DiagnosticList, Valid};
use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Request, ServerError, Value, Variables};

use super::conditions::null_conditions;
use super::kept::Read;
use super::language::Language;
use super::lines::Lines;
use super::suggestions::{Suggesting, suggest};
use super::turned::Turning;
use super::{values, variables};
use crate::graphql::conformity::Types;
use crate::graphql::limits::{self, Limits, Refusal};
use crate::graphql::over_http::{MOST_ERRORS, refused_as};
use crate::http::Code;

/// Proof that a request's document is within the limits and right, and that its variables are coerced; also kept in the
/// request's data, so that the schema's guard does not read it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prepared {
    /// What the operation that will run is.
    pub operation: OperationType,
}

/// Reads the questions that are asked of a schema.
#[derive(Debug, Clone)]
pub struct Reader {
    limits: Limits,
    language: Arc<Language>,
}

impl Reader {
    /// For questions within these limits, in this language.
    #[must_use]
    pub const fn new(limits: Limits, language: Arc<Language>) -> Self {
        Self { limits, language }
    }

    /// The limits of a question.
    #[must_use]
    pub const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The types of the language.
    #[must_use]
    pub(in crate::graphql) fn types(&self) -> &Types {
        &self.language.types
    }

    /// A document by itself, whatever its variables will be.
    ///
    /// # Errors
    /// It is beyond the limits, no GraphQL, or not in the schema's language.
    pub fn document(&self, text: &str) -> Result<ExecutableDocument, Vec<ServerError>> {
        let lines = Lines::of(text);
        let read = self.valid(text, &Request::new(""), &lines)?;
        Ok(Turning::new(&lines, None).document(&read.written, None))
    }

    /// Reads a request's document and keeps in the request what is to run, with its variables coerced.
    ///
    /// # Errors
    /// The document is refused as in [`document`](Self::document), no operation fits the name, or the values of the
    /// variables do not fit.
    pub fn prepare(&self, request: &mut Request) -> Result<Prepared, Vec<ServerError>> {
        let text = std::mem::take(&mut request.query);
        let read = self.read(&text, request);
        request.query = text;
        read
    }

    fn read(&self, text: &str, request: &mut Request) -> Result<Prepared, Vec<ServerError>> {
        let lines = Lines::of(text);
        let read = self.valid(text, request, &lines)?;
        let document = &read.written;
        let operation = chosen(document, request.operation_name.as_deref())?;
        let typed = read.typed.operations.get(operation.name.as_deref());
        let typed = typed.map_err(|unknown| unresolved(&unknown.message().to_string()))?;
        let coerced = variables::coerced(&self.language, typed, &request.variables, &lines);
        let coerced = coerced.map_err(invalid)?;
        let null = null_conditions(&read.typed, typed, &coerced, &lines);
        if !null.is_empty() {
            return Err(refused_as(Code::BadUserInput, null));
        }
        let prepared = Prepared {
            operation: match operation.operation_type {
                ast::OperationType::Query => OperationType::Query,
                ast::OperationType::Mutation => OperationType::Mutation,
                ast::OperationType::Subscription => OperationType::Subscription,
            },
        };
        let turned = Turning::new(&lines, Some(&coerced)).document(document, Some(operation));
        request.set_parsed_query(turned);
        // The one operation that is left has no name to choose it by.
        request.operation_name = None;
        request.variables = coerced;
        request.data.insert(prepared);
        Ok(prepared)
    }

    /// The values that a question's variables get, for whoever holds them against another implementation.
    ///
    /// # Errors
    /// Code and message of the first error that [`prepare`](Self::prepare) gives.
    pub fn values(
        &self,
        text: &str,
        operation_name: Option<&str>,
        sent: serde_json::Value,
    ) -> Result<serde_json::Value, (String, String)> {
        let mut request = Request::new(text).variables(Variables::from_json(sent));
        request.operation_name = operation_name.map(str::to_owned);
        self.prepare(&mut request).map_err(|errors| {
            let first = errors.into_iter().next();
            first.map_or_else(Default::default, |error| {
                let code = error.extensions.as_ref().and_then(|said| said.get("code"));
                let code = code.and_then(|code| match code {
                    Value::String(code) => Some(code.clone()),
                    _ => None,
                });
                (code.unwrap_or_default(), error.message)
            })
        })?;
        let values = request.variables.into_value().into_json();
        Ok(values.unwrap_or_default())
    }

    /// The document of a request, within the limits and in the schema's language.
    fn valid(
        &self,
        text: &str,
        request: &Request,
        lines: &Lines<'_>,
    ) -> Result<Arc<Read>, Vec<ServerError>> {
        let limits = &self.limits;
        let refused = |refusal: Refusal| vec![ServerError::from(refusal)];
        let variables = &request.variables;
        let tokens = limits::scanned(limits, text).map_err(refused)?;
        if let Some(read) = self.language.kept.find(text) {
            limits::measure(limits, &read.written, variables, lines).map_err(refused)?;
            return Ok(read);
        }
        let written = limits::parsed(text, tokens, lines).map_err(refused)?;
        limits::measure(limits, &written, variables, lines).map_err(refused)?;
        let operation = chosen(&written, request.operation_name.as_deref());
        if matches!(&operation, Ok(one) if one.operation_type.is_subscription()) {
            let error =
                ServerError::new("Subscriptions are not supported on this transport.", None);
            return Err(refused_as(Code::SubscriptionNotSupported, vec![error]));
        }
        let typed = self.typed(&written, lines).map_err(|mut wrong| {
            if request.data.contains_key(&TypeId::of::<Suggesting>()) {
                suggest(self.language.schema(), &written, lines, &mut wrong);
            }
            invalid(wrong)
        })?;
        let read = Arc::new(Read { written, typed });
        self.language.kept.keep(text, &read);
        Ok(read)
    }

    fn typed(
        &self,
        written: &ast::Document,
        lines: &Lines<'_>,
    ) -> Result<Valid<ExecutableQuestion>, Vec<ServerError>> {
        let typed = written.to_executable_validate(self.language.schema());
        let typed = typed.map_err(|wrong| told(&wrong.errors, lines))?;
        let wrong = values::check(&self.language, &typed, lines);
        if wrong.is_empty() {
            Ok(typed)
        } else {
            Err(wrong)
        }
    }
}

fn told(wrong: &DiagnosticList, lines: &Lines<'_>) -> Vec<ServerError> {
    // Not all of very many: places are looked up for those that are told.
    let told = wrong.iter().take(MOST_ERRORS).map(|one| {
        let place = one.error.location().map(|at| lines.place(Some(at)));
        ServerError::new(one.error.to_string(), place)
    });
    told.collect()
}

fn invalid(errors: Vec<ServerError>) -> Vec<ServerError> {
    refused_as(Code::GraphqlValidationFailed, errors)
}

fn unresolved(message: &str) -> Vec<ServerError> {
    let error = ServerError::new(message, None);
    refused_as(Code::OperationResolutionFailure, vec![error])
}

/// The operation that runs.
fn chosen<'d>(
    document: &'d ast::Document,
    name: Option<&str>,
) -> Result<&'d apollo_compiler::Node<ast::OperationDefinition>, Vec<ServerError>> {
    let mut operations = document.definitions.iter().filter_map(|one| match one {
        ast::Definition::OperationDefinition(operation) => Some(operation),
        _ => None,
    });
    match name {
        Some(name) => operations
            .find(|one| one.name.as_deref() == Some(name))
            .ok_or_else(|| unresolved(&format!("Unknown operation named \"{name}\""))),
        None => match (operations.next(), operations.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(unresolved("Operation name required in request.")),
        },
    }
}
