//! Kinds of recipients, and what happens to their codes.

use async_graphql::Enum;

/// Kind of recipient (mottagartyp).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::RecipientKind", name = "RecipientKind")]
pub enum RecipientKind {
    /// Municipality (kommun).
    Municipality,
    /// Region (landsting before 2019).
    Region,
    /// Non-profit organisation (ideell förening).
    Ngo,
    /// County administrative board (länsstyrelse).
    CountyBoard,
    /// University (universitet).
    University,
    /// Agency (myndighet).
    Agency,
}

/// What happened to a recipient's code (händelse).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::LinkKind", name = "LinkKind")]
pub enum LinkKind {
    /// Renamed (namnbyte).
    Renamed,
    /// Merged into another (sammanslagning).
    Merged,
    /// Split, or a part broken out (delning).
    Split,
    /// Moved to another county (länsbyte).
    MovedCounty,
}
