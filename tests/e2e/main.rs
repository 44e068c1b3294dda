//! End to end: every story through the real router, on SQLite and on PostgreSQL.

mod allocation_key;
mod answer;
mod append_only;
mod auth;
mod chance;
mod database;
mod example;
mod harness;
mod intake;
mod killed;
mod limits;
mod migration;
mod paging;
mod policy;
mod protection;
mod recipients;
mod rounds;
mod schema;
mod smoke;
mod statements;
mod stored;
mod synthetic;
mod tampering;
mod two_datasets;
mod workbooks;
