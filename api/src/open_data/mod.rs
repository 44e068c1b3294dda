//! What is open, for catalogues and programs: saved questions that are listed and that the public is answered, as a
//! Frictionless Data Package and as a catalogue in DCAT-AP-SE.

mod catalogue;
mod datapackage;
mod graph;
mod listing;
mod route;
mod settings;

pub use route::{OpenData, datapackage, dcat};
pub use settings::Settings;
