//! What coverage is grouped by, and which figures there are.

use async_graphql::Enum;

/// What coverage can be grouped by (indelning av täckning).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(
    remote = "analytics::coverage::CoverageDimension",
    name = "CoverageDimension"
)]
pub enum CoverageDimension {
    /// The recipient's county (län).
    County,
    /// Main activity, with 4a, 4b and 4c counted under 4 (huvudaktivitet).
    MainActivity,
    /// Main activity as it stands (huvudaktivitetens kod).
    MainActivityCode,
    /// Form of support (insatsform).
    Form,
    /// Organisation that held the event (myndighet).
    Organisation,
    /// Year of the event (insatsår).
    EventYear,
    /// Population group of the decision's key (befolkningsgrupp).
    PopulationGroup,
}

/// A figure of a line of coverage, whose rows are asked for (täckningsmått).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::reports::CoverageMeasure", name = "CoverageMeasure")]
pub enum CoverageMeasure {
    /// The events that are counted (insatser).
    Events,
    /// The events that reached recipients of the line (nådda).
    Reached,
}
