//! End to end: every story through the real router, on SQLite and on PostgreSQL.

mod harness;
mod smoke;
