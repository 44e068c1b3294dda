//! Why a change was not made, as data: a code, the input's path, and what to do in both languages.

use async_graphql::{Enum, SimpleObject};

/// Why a change was not made (hinder).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ProblemCode {
    /// There is no such thing within reach (finns inte).
    NotFound,
    /// Something has happened meanwhile (konflikt).
    Conflict,
    /// The viewer may not, or not now (inte tillåtet).
    Forbidden,
    /// The reason is missing or cannot be kept (skälet duger inte).
    BadReason,
    /// The input says too little, or too much (ofullständig uppgift).
    BadInput,
    /// The file was redacted (filen är gallrad).
    FileRedacted,
    /// It was removed before (redan gallrad).
    AlreadyRedacted,
    /// The text stands elsewhere too, and half a removal is none (står även på annat håll).
    StandsElsewhere,
    /// The rules stand in the way (reglerna hindrar).
    Rules,
    /// It would give single counts of persons away (röjande).
    Disclosure,
}

/// Why a change was not made (hinder).
#[derive(Clone, Debug, SimpleObject)]
pub struct Problem {
    /// Code (kod).
    code: ProblemCode,
    /// Path of the input that it is about (sökväg).
    path: &'static str,
    /// What to do, in Swedish (meddelande).
    message_sv: String,
    /// What to do, in English (meddelande på engelska).
    message_en: String,
}

impl Problem {
    /// A problem with what to do in Swedish and English.
    pub(crate) fn new(code: ProblemCode, path: &'static str, said: (&str, &str)) -> Self {
        Self {
            code,
            path,
            message_sv: said.0.to_owned(),
            message_en: said.1.to_owned(),
        }
    }
}
