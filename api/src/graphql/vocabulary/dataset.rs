//! What a dataset counts, and of what nature rows are.

use async_graphql::Enum;

/// What is counted (räkningsgrund).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::store::Basis", name = "DatasetBasis")]
pub enum DatasetBasis {
    /// Accepted submissions alone (godkända inleveranser).
    #[default]
    Accepted,
    /// Accepted ones and those that wait within the viewer's reach, as if they were accepted in the order of receipt
    /// (alla mottagna inleveranser).
    AllReceived,
}

/// Whether rows are real (uppgifternas art).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::Nature", name = "Nature")]
pub enum Nature {
    /// Real (verkliga).
    Real,
    /// Synthetic (syntetiska).
    Synthetic,
    /// Some of both (blandade).
    Mixed,
}
