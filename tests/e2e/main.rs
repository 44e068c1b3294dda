//! End to end: every story through the real router, on SQLite and on PostgreSQL.

// As the library's: the futures of the schema's fields are laid out here.
#![recursion_limit = "512"]

mod allocation_key;
mod answer;
mod append_only;
mod auth;
mod calendar;
mod carried_over;
mod chance;
mod classification;
mod database;
mod deliverables;
pub(crate) mod example;
mod exports;
mod field;
mod figures;
mod harness;
mod hostile;
mod indicators;
mod intake;
mod killed;
mod knowledge_products;
mod ledger;
mod life;
mod limits;
mod lineage;
mod migration;
mod missing_reports;
mod model;
mod one_county;
mod one_recipient;
mod open_data;
mod outages;
mod paging;
mod persons;
mod plan;
mod policy;
mod protected;
mod protected_later;
mod protection;
mod reads;
mod recipients;
mod redaction;
mod release;
mod report;
mod rounds;
mod schema;
mod smoke;
mod statements;
mod stored;
mod synthetic;
mod tampering;
mod time;
mod two_datasets;
mod uploads;
mod workbooks;
