//! Lineage of figures: the rows that a line names add up to the line, at any time, and tell nothing that is hidden.

mod coverage;
mod disclosure;
mod money;
mod named;
mod pages;
mod time;
