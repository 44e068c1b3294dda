//! Service: the parts of the `samsyn` program; `main` only chooses among its commands.

// Futures of the schema's fields hold those of the fields below them, and the compiler counts their depth.
#![recursion_limit = "512"]

pub mod app;
pub mod auth;
pub mod calendar;
pub mod clock;
pub mod commands;
pub mod config;
pub mod context;
pub mod documents;
pub mod exports;
pub mod graphql;
pub mod heavy;
pub mod http;
pub mod intake;
pub mod kept;
pub mod open_data;
pub mod policy;
pub mod prose;
pub mod releases;
pub mod reports;
pub mod service;
pub mod store;
pub mod turns;
pub mod uploads;
pub mod workbooks;
mod zipped;

/// Answers are many small pieces: this allocator makes them in half the time of the system's, and gives memory back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
