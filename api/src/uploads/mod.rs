//! Files over HTTP: handing one in, asking again for a lost answer, fetching one as it was sent.
//!
//! `POST /submissions` takes the bytes themselves, no form: no page elsewhere can have a browser send one. Everything
//! that is said about the file stands in the address, and the answer is the submission as GraphQL gives it.

mod answer;
mod asked;
mod fetch;
mod key;
mod marked;
mod media;
mod route;
mod spool;

pub use route::{Uploads, routes};
pub use spool::LONGEST;
