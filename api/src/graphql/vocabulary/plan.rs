//! The words of plans: how far an activity has come, what a version changed, what is grouped by.

use async_graphql::Enum;

/// How far an activity has come (läge), in the order of advance; a cancelled one is apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analytics::plan::ActivityState", name = "ActivityState")]
pub enum ActivityState {
    /// No report by the day (ej redovisad).
    NotReported,
    /// Not started (ej påbörjad).
    NotStarted,
    /// Delayed (försenad).
    Delayed,
    /// Ongoing (pågår).
    Ongoing,
    /// Completed (klar).
    Completed,
    /// Cancelled (utgår).
    Cancelled,
}

/// What a version of a plan changed of an activity (slag av ändring).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analytics::plan::ChangeKind", name = "PlanChangeKind")]
pub enum PlanChangeKind {
    /// It has another first or last year (flyttad).
    Moved,
    /// It is new (tillkommen).
    Added,
    /// It is left out (utgången).
    Dropped,
    /// It has another title (omformulerad).
    Reworded,
    /// Others are responsible (ny ansvarig).
    Reassigned,
    /// It belongs to another main activity (ny huvudaktivitet).
    Reclassified,
}

/// What the progress of a plan is grouped by (indelning).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PlanDimension {
    /// The organisations that are responsible; an activity of several is counted under each (ansvarig myndighet).
    Organisation,
    /// Main activity by number; 4a, 4b and 4c are counted under 4 (huvudaktivitet).
    MainActivity,
    /// Development area of the main activity (utvecklingsområde).
    DevelopmentArea,
}

/// Whose state is counted for an organisation (läsning).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum StateReading {
    /// The activity's: the least advanced of all its organisations' (delaktivitetens läge).
    #[default]
    Activity,
    /// The organisation's own (myndighetens eget läge).
    Own,
}

/// Where a deviation stands on a day (läge för avvikelse).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analytics::plan::DeviationState", name = "DeviationState")]
pub enum DeviationState {
    /// Nothing is decided by the day (öppen).
    Open,
    /// It was decided on or before the day (beslutad).
    Decided,
}

/// What was decided on a deviation (beslut om avvikelse).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::DeviationOutcome", name = "DeviationOutcome")]
pub enum DeviationOutcome {
    /// It is accepted as it is (godtagen).
    Accepted,
    /// The plan is revised (plan reviderad).
    PlanRevised,
    /// Something else is done (annan åtgärd).
    OtherMeasure,
}

/// Which side there is of a main activity of an organisation, the other being missing (slag av utan motsvarighet).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analytics::plan::OrphanKind", name = "OrphanKind")]
pub enum OrphanKind {
    /// Planned, and no support event (planerad utan insats).
    Planned,
    /// Support events, and nothing planned (insats utan plan).
    Held,
}
