//! Filters of coverage: codes that do not exist are errors with the argument's path, never empty tables.

use analytics::coverage::CoverageFilter as Analysed;
use async_graphql::{InputObject, Result};

use super::fund_filter::{groups, known, years};
use super::reading::Shelf;
use super::scalars::{CountyCode, OrganisationCode};

/// What is counted of the support (urval av insatser). What is left out is not restricted.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CoverageFilter {
    /// Years of the events (insatsår).
    event_years: Option<Vec<i32>>,
    /// Main activities; `4` includes 4a, 4b and 4c (huvudaktiviteter).
    main_activities: Option<Vec<String>>,
    /// Forms of support (insatsformer).
    forms: Option<Vec<String>>,
    /// Organisations that held the events (myndigheter).
    organisations: Option<Vec<OrganisationCode>>,
    /// Counties of the recipients; a protected location is in none (län).
    counties: Option<Vec<CountyCode>>,
    /// Population groups of the recipients, 1 to 5 (befolkningsgrupper).
    population_groups: Option<Vec<i32>>,
}

impl CoverageFilter {
    /// The filter of the analytics, every code checked against the assignment's dataset.
    pub(crate) fn checked(
        self,
        shelf: &Shelf,
        assignment: &entity::RegistryNumber,
    ) -> Result<Analysed> {
        let catalogue = &shelf.catalogue;
        let activity = |number: &String| {
            catalogue
                .main_activities
                .iter()
                .any(|one| one.assignment == *assignment && one.number == *number)
        };
        Ok(Analysed {
            event_years: years(self.event_years, "filter.eventYears")?,
            main_activities: known(
                self.main_activities,
                "filter.mainActivities",
                activity,
                Clone::clone,
            )?,
            forms: known(
                self.forms,
                "filter.forms",
                |code| catalogue.form(code).is_some(),
                Clone::clone,
            )?,
            organisations: known(
                self.organisations,
                "filter.organisations",
                |code| catalogue.organisation(code.0.as_str()).is_some(),
                |code| code.0.to_string(),
            )?,
            counties: known(
                self.counties,
                "filter.counties",
                |code| catalogue.county(code.0.as_str()).is_some(),
                |code| code.0.to_string(),
            )?,
            population_groups: groups(self.population_groups, "filter.populationGroups")?,
        })
    }
}
