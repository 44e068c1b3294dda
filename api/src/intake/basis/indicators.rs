//! Definitions of indicators with their owners, and values of some, as they count.

use std::collections::{HashMap, HashSet};

use entity::{
    IndicatorCode, OrganisationCode, RegistryNumber, goal, indicator_definition, indicator_value,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, QueryFilter};

use crate::store::{Dataset, facts, portions};

/// To whom an indicator belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Who sent its code first.
    pub organisation: OrganisationCode,
    /// For which assignment; its coordinator may send too.
    pub assignment: Option<RegistryNumber>,
}

/// Indicators.
#[derive(Debug, Default)]
pub struct Indicators {
    /// Definitions by code and version.
    pub definitions: HashMap<(IndicatorCode, i64), indicator_definition::Model>,
    /// Owners by code.
    pub owners: HashMap<IndicatorCode, Owner>,
    /// Values of the indicators that the file names.
    pub values: Vec<indicator_value::Model>,
    /// Goals: assignment and code.
    pub goals: HashSet<(RegistryNumber, String)>,
}

impl Indicators {
    /// Reads all definitions of a dataset, and the values of some indicators.
    pub(crate) async fn load(
        db: &impl ConnectionTrait,
        dataset: &Dataset,
        named: &HashSet<IndicatorCode>,
    ) -> Result<Self, DbErr> {
        let mut owners = HashMap::new();
        let mut definitions = HashMap::new();
        // In order of receipt: the first row of a code is its owner's.
        for one in facts::all::<indicator_definition::Entity>(db, dataset).await? {
            owners
                .entry(one.indicator.clone())
                .or_insert_with(|| Owner {
                    organisation: one.organisation_code.clone(),
                    assignment: one.assignment.clone(),
                });
            definitions.insert((one.indicator.clone(), one.definition_version), one);
        }
        let known: Vec<&str> = named
            .iter()
            .filter(|code| owners.contains_key(*code))
            .map(IndicatorCode::as_str)
            .collect();
        let mut values = Vec::new();
        for some in portions(&known) {
            let of = indicator_value::Column::Indicator.is_in(some.iter().copied());
            values.extend(
                facts::counting::<indicator_value::Entity>(dataset)
                    .filter(of)
                    .all(db)
                    .await?,
            );
        }
        let goals = facts::all::<goal::Entity>(db, dataset).await?;
        Ok(Self {
            definitions,
            owners,
            values,
            goals: goals
                .into_iter()
                .map(|one| (one.assignment, one.code))
                .collect(),
        })
    }
}
