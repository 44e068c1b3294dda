//! What a verification finds: places with what is wrong there, counted, the first of them kept.

/// Faults kept; the rest are counted.
const KEPT: usize = 100;

/// Something that is not as the chain says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: a table with a key or a range of keys.
    pub place: String,
    /// What is wrong there.
    pub what: String,
}

/// What was found, in the order in which it was.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    first: Vec<Fault>,
    count: u64,
}

impl Faults {
    pub(super) fn note(&mut self, place: String, what: String) {
        self.count += 1;
        if self.first.len() < KEPT {
            self.first.push(Fault { place, what });
        }
    }

    /// The first of them, at most 100.
    #[must_use]
    pub fn first(&self) -> &[Fault] {
        &self.first
    }

    /// How many there are.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }
}
