//! The kinds of recipients.

/// A kind of recipient; the order is the sort order of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecipientKind {
    /// A municipality (kommun).
    Municipality,
    /// A region (before 2019 landsting).
    Region,
    /// A non-profit organisation (ideell förening).
    Ngo,
    /// A county administrative board (länsstyrelse).
    CountyBoard,
    /// A university.
    University,
    /// An agency.
    Agency,
}

impl RecipientKind {
    /// All kinds, in their order.
    pub const ALL: [Self; 6] = [
        Self::Municipality,
        Self::Region,
        Self::Ngo,
        Self::CountyBoard,
        Self::University,
        Self::Agency,
    ];

    /// The code of the kind, as in files: `MUNICIPALITY`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Municipality => "MUNICIPALITY",
            Self::Region => "REGION",
            Self::Ngo => "NGO",
            Self::CountyBoard => "COUNTY_BOARD",
            Self::University => "UNIVERSITY",
            Self::Agency => "AGENCY",
        }
    }

    /// Whether recipients of the kind have inhabitants.
    #[must_use]
    pub const fn has_population(self) -> bool {
        matches!(self, Self::Municipality | Self::Region)
    }

    /// Whether the kind asks for its money, by requisition or application. The others get it by
    /// the decision alone, so that nothing they are paid was passed on from somebody else.
    #[must_use]
    pub const fn requests_money(self) -> bool {
        matches!(self, Self::Municipality | Self::Region | Self::Ngo)
    }
}
