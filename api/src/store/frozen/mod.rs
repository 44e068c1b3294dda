//! What a sealed release holds of the database: every table that figures and their lineage rest on, as it stood in a
//! version, without what nobody's figure needs (free texts, files, names of those who acted).

mod rows;
mod tables;
mod thaw;

pub(crate) use rows::{Point, each_portion};
pub(crate) use tables::{Form, Frozen, FrozenColumn, frozen};
pub(crate) use thaw::Thawing;
