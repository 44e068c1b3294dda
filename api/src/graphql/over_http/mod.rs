//! GraphQL over HTTP as the specification's draft says, of one's own: the stock service answers
//! mutations by GET, forms that a foreign page may send, and batches without a cap.

mod accept;
mod answer;
mod body;
mod endpoint;
mod error_codes;
mod parameters;
mod query_string;
mod request_data;
mod standing;

pub(in crate::graphql) use error_codes::{MOST_ERRORS, complete, refused_as};

pub use endpoint::{Endpoint, TimeLimits};
pub(crate) use error_codes::trouble_told;
pub use request_data::{NoRequestData, RequestData};
pub use standing::Standing;

#[cfg(test)]
mod audit_tests;
#[cfg(test)]
pub(crate) mod dummy;
#[cfg(test)]
mod tests;
