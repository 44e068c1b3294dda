//! Why a value is absent, and how many members of a group are missing for which reason.

/// Why there is no value. Missing is never null without one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Absent {
    /// The day has not come.
    NotDue,
    /// The day has come, and nothing came.
    NotReported,
    /// The figure has no meaning here.
    NotApplicable,
    /// It exists, but is not published or not known here.
    NotAvailable,
    /// The denominator is 0.
    NothingToDivide,
    /// The definitions differ.
    NotComparable,
    /// Hidden by the small-number rule.
    Suppressed,
    /// A protected location.
    Protected,
}

impl Absent {
    /// All reasons, in their order.
    pub const ALL: [Self; 8] = [
        Self::NotDue,
        Self::NotReported,
        Self::NotApplicable,
        Self::NotAvailable,
        Self::NothingToDivide,
        Self::NotComparable,
        Self::Suppressed,
        Self::Protected,
    ];
}

/// How many members of a group are missing, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// The reason they share.
    pub reason: Absent,
    /// How many; above 0.
    pub count: u64,
}
