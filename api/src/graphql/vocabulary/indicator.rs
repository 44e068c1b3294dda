//! Units, directions, sexes and areas of indicators.

use async_graphql::Enum;

/// Unit of an indicator's values (enhet).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::IndicatorUnit", name = "IndicatorUnit")]
pub enum IndicatorUnit {
    /// Percent; changes are in percentage points (procent).
    Percent,
    /// Count (antal).
    Count,
    /// Per 10 000 (per 10 000).
    #[graphql(name = "PER_10000")]
    Per10000,
    /// Yes is 1 and no is 0 (ja/nej).
    YesNo,
    /// Index (index).
    Index,
}

/// Which way an indicator gets better (riktning).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::IndicatorDirection", name = "IndicatorDirection")]
pub enum IndicatorDirection {
    /// Higher is better (högre är bättre).
    HigherIsBetter,
    /// Lower is better (lägre är bättre).
    LowerIsBetter,
    /// Neither (neutral).
    Neutral,
}

/// Whose value it is (kön).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::Sex", name = "Sex")]
pub enum Sex {
    /// All (totalt).
    #[default]
    Total,
    /// Women and girls (kvinnor).
    Women,
    /// Men and boys (män).
    Men,
}

/// What kind of area a value is of (områdestyp).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AreaKind {
    /// The whole country (riket).
    Country,
    /// A county (län).
    County,
    /// A recipient, such as a municipality (mottagare).
    Recipient,
}

/// What figures of indicators can be grouped by (indelning av indikatorer).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(
    remote = "analytics::indicators::IndicatorDimension",
    name = "IndicatorDimension"
)]
pub enum IndicatorDimension {
    /// The recipient's county (län).
    County,
    /// Population group of the decision's key (befolkningsgrupp).
    PopulationGroup,
}

/// What recipients are told apart by (indelning efter vad mottagare fick).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ReceivedDimension {
    /// Whether they requisitioned or were granted money (rekvirerade eller beviljades medel).
    Requisitioned,
    /// The quartile of kronor per inhabitant among those paid in a year; those not paid apart (kvartil av kronor per
    /// invånare).
    PaidPerInhabitantQuartile,
    /// Whether a support event reached them (nåddes av insats).
    Reached,
}

/// Which way a value went between two years (förändring).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analytics::indicators::Change", name = "IndicatorChange")]
pub enum IndicatorChange {
    /// It rose (ökade).
    Increased,
    /// It stayed (oförändrad).
    Unchanged,
    /// It fell (minskade).
    Decreased,
    /// It got better by the indicator's direction (förbättrades).
    Improved,
    /// It got worse by the indicator's direction (försämrades).
    Worse,
}
