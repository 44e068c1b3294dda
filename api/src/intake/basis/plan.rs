//! Activities of an assignment's plans, the reports on them and what was decided of deviations, as they count.

use std::collections::{HashMap, HashSet};

use entity::{RegistryNumber, activity_plan, activity_report, deviation_decision};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, QueryFilter};

use crate::store::{Dataset, facts};

/// Every version of the plan of an assignment.
#[derive(Debug, Default)]
pub struct Plan {
    /// Activities by version and row.
    pub activities: HashMap<(i64, i64), activity_plan::Model>,
    /// Reports by version and row.
    pub reports: HashMap<(i64, i64), Vec<activity_report::Model>>,
    /// The natural keys of reports whose deviation was decided on.
    pub decided: HashSet<String>,
}

impl Plan {
    /// Reads the plans of an assignment in a dataset.
    pub(crate) async fn load(
        db: &impl ConnectionTrait,
        dataset: &Dataset,
        assignment: &RegistryNumber,
    ) -> Result<Self, DbErr> {
        let activities = facts::counting::<activity_plan::Entity>(dataset)
            .filter(activity_plan::Column::Assignment.eq(assignment.as_str()))
            .all(db)
            .await?;
        let found = facts::counting::<activity_report::Entity>(dataset)
            .filter(activity_report::Column::Assignment.eq(assignment.as_str()))
            .all(db)
            .await?;
        let decisions = facts::counting::<deviation_decision::Entity>(dataset)
            .filter(deviation_decision::Column::Assignment.eq(assignment.as_str()))
            .all(db)
            .await?;
        let key = |one: deviation_decision::Model| {
            let (version, row, organisation) =
                (one.plan_version, one.number, one.organisation_code);
            format!(
                "{assignment}|{version}|{row}|{organisation}|{}",
                one.per_date
            )
        };
        let mut reports: HashMap<(i64, i64), Vec<_>> = HashMap::new();
        for one in found {
            reports
                .entry((one.plan_version, one.number))
                .or_default()
                .push(one);
        }
        Ok(Self {
            activities: activities
                .into_iter()
                .map(|one| ((one.plan_version, one.number), one))
                .collect(),
            reports,
            decided: decisions.into_iter().map(key).collect(),
        })
    }

    /// Whether there is a version of the plan.
    #[must_use]
    pub fn has_version(&self, version: i64) -> bool {
        self.activities.keys().any(|(known, _)| *known == version)
    }
}
