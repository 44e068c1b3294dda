//! The end-to-end tests are in `e2e/` and `tidy.rs`; nothing depends on this crate.
