//! Files over HTTP: what is answered, what is refused, and that asking again never sends twice.

mod files;
mod kept;
mod keys;
mod marked;
mod refused;
mod said;
mod sending;
mod without_assignment;
