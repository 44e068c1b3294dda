//! Counts of persons, attacked: by what their tables show together, and by asking for them in every other way.

// The attack knows nothing of the service, nor of what protects the tables.
#[path = "../../../analytics/tests/analytics/person_attack/mod.rs"]
mod attack;
mod elsewhere;
mod releases;
mod tables;
mod values;
