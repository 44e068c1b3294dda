//! Files in: every example file, every broken one, every rule, every habit, and damage.

mod bad;
mod claims;
mod corrections;
mod damage;
mod damaged;
mod deliveries;
mod documented;
mod example;
pub(crate) mod files;
mod folder;
mod indicators;
mod knock_on;
mod limits;
mod links;
mod money;
mod plans;
mod refused;
mod rules;
mod text_files;
mod unlikely;
mod validity;
mod workbooks;
pub(crate) mod world;
