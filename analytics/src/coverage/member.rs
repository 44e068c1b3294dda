//! Who should be reached: the recipients of a kind at the end of a year, and where they belong.

use polars::frame::DataFrame;

use super::frame::{CoverageFrame, RECIPIENT};
use super::{CoverageDimension, CoverageFilter};
use crate::Error;
use crate::figure::RecipientKind;
use crate::frame::{integers, texts};
use crate::key::KeyValue;
use crate::register::{Place, Register};

/// The year whose recipients a member is one of.
pub(super) const MEMBER_YEAR: &str = "member_year";

/// A recipient that should be reached.
pub(super) struct Member<'a> {
    pub(super) year: i32,
    pub(super) code: &'a str,
    pub(super) population: Option<i64>,
    place: Place,
}

/// The recipients of the kind that should be reached in the year and pass the filter.
pub(super) fn members<'a>(
    frame: &CoverageFrame,
    register: &Register<'a>,
    kind: RecipientKind,
    filter: &CoverageFilter,
    year: i32,
) -> Vec<Member<'a>> {
    frame
        .should_be_reached(register, year, kind)
        .into_iter()
        .map(|period| Member {
            year,
            code: &period.code,
            population: register.population(&period.code, year),
            place: Place::of(Some(period)),
        })
        .filter(|member| member.passes(filter))
        .collect()
}

impl Member<'_> {
    /// The member's value of a dimension; None for a dimension that only events have. The event
    /// year of a member is the year whose recipients it is one of.
    pub(super) fn value(&self, dimension: CoverageDimension) -> Option<KeyValue> {
        match dimension {
            CoverageDimension::County => Some(self.place.county()),
            CoverageDimension::PopulationGroup => Some(self.place.population_group()),
            CoverageDimension::EventYear => Some(KeyValue::Number(self.year.into())),
            _ => None,
        }
    }

    fn passes(&self, filter: &CoverageFilter) -> bool {
        let in_county = filter.counties.as_ref().is_none_or(|counties| {
            matches!(self.place.county(), KeyValue::Text(county) if counties.contains(&county))
        });
        let in_group = filter.population_groups.as_ref().is_none_or(|groups| {
            let own = self.place.population_group();
            groups
                .iter()
                .any(|group| own == KeyValue::Number((*group).into()))
        });
        in_county && in_group
    }
}

/// The members as a frame, to be joined with what was reached.
pub(super) fn member_frame(members: &[Member<'_>]) -> Result<DataFrame, Error> {
    let years = members.iter().map(|member| member.year.into());
    let mut columns = vec![
        integers(MEMBER_YEAR, years),
        texts(RECIPIENT, members.iter().map(|member| member.code)),
    ];
    columns.extend(Place::columns(members.iter().map(|member| &member.place)));
    Ok(DataFrame::new_infer_height(columns)?)
}
