//! A database that goes away comes back without a restart: nothing is lost meanwhile, and everybody is told within seconds.
//!
//! `SAMSYN_TEST_OUTAGES` says how often each goes away; 2 where it says nothing.

mod deeds;
mod full;
mod gone;
mod service;
