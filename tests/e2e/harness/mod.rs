//! The service in-process, over a throwaway store of either engine, with builders and questions.

mod app;
mod engine;
mod persona;
mod postgres;
pub(crate) mod program;
mod question;
mod server;

pub(crate) use app::{Sent, TestApp, call};
pub(crate) use engine::{Engine, Prepared, run};
pub(crate) use persona::{Authority, Persona, authority};
pub(crate) use question::question;
pub(crate) use server::{Cause, Server};

/// Writes a test once and runs it on SQLite and on PostgreSQL, over a store prepared as said.
///
/// `Empty` is a new store with its tables alone, `Reference` holds the reference data, `Example` the example submissions
/// too.
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: $prepared:ident) $body:block)+) => {
        $(
            $(#[$meta])*
            mod $name {
                use super::*;

                async fn story($app: crate::harness::TestApp) $body

                #[test]
                fn sqlite() {
                    crate::harness::run(crate::harness::Engine::Sqlite, crate::harness::Prepared::$prepared, story);
                }

                #[test]
                fn postgres() {
                    crate::harness::run(crate::harness::Engine::Postgres, crate::harness::Prepared::$prepared, story);
                }
            }
        )+
    };
}
pub(crate) use on_both_engines;
