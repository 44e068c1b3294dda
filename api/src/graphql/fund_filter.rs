//! Filters of fund figures: codes that do not exist are errors with the argument's path, never empty tables.

use std::collections::BTreeSet;

use analytics::fund_usage::FundFilter as Analysed;
use async_graphql::{InputObject, Result};

use super::error::{self, Code};
use super::reading::Shelf;
use super::scalars::{CountyCode, RecipientCode, RoundCode};
use super::vocabulary::RecipientKind;
use crate::reports::analysed;

/// What is counted of the money (urval av medel). What is left out is not restricted.
#[derive(Clone, Debug, Default, InputObject)]
pub struct FundFilter {
    /// Grant years (bidragsår).
    grant_years: Option<Vec<i32>>,
    /// Kinds of recipient (mottagartyper).
    recipient_kinds: Option<Vec<RecipientKind>>,
    /// Counties; a protected location is in none (län).
    counties: Option<Vec<CountyCode>>,
    /// Population groups of the decision's key, 1 to 5 (befolkningsgrupper).
    population_groups: Option<Vec<i32>>,
    /// Rounds (omgångar).
    rounds: Option<Vec<RoundCode>>,
    /// Recipients (mottagare).
    recipients: Option<Vec<RecipientCode>>,
}

impl FundFilter {
    /// The filter of the analytics, every code checked against the assignment's dataset.
    pub(crate) fn checked(
        self,
        shelf: &Shelf,
        assignment: &entity::RegistryNumber,
    ) -> Result<Analysed> {
        let catalogue = &shelf.catalogue;
        let in_assignment = |code: &RoundCode| {
            catalogue
                .round(&code.0)
                .is_some_and(|one| one.assignment == *assignment)
        };
        Ok(Analysed {
            grant_years: years(self.grant_years, "filter.grantYears")?,
            recipient_kinds: self.recipient_kinds.map(|kinds| {
                kinds
                    .into_iter()
                    .map(|kind| analysed(kind.into()))
                    .collect()
            }),
            counties: known(
                self.counties,
                "filter.counties",
                |code| catalogue.county(code.0.as_str()).is_some(),
                |code| code.0.to_string(),
            )?,
            population_groups: groups(self.population_groups, "filter.populationGroups")?,
            rounds: known(self.rounds, "filter.rounds", in_assignment, |code| {
                code.0.to_string()
            })?,
            recipients: known(
                self.recipients,
                "filter.recipients",
                |code| catalogue.periods(&code.0).next().is_some(),
                |code| code.0.to_string(),
            )?,
        })
    }
}

/// Codes as texts, each of which must exist.
pub(crate) fn known<C>(
    codes: Option<Vec<C>>,
    path: &str,
    exists: impl Fn(&C) -> bool,
    text: impl Fn(&C) -> String,
) -> Result<Option<Vec<String>>> {
    let Some(codes) = codes else { return Ok(None) };
    if codes.len() > MOST_CODES {
        return Err(error::argument(
            Code::BadUserInput,
            path,
            "a filter holds 1,000 codes at most",
        ));
    }
    let each = codes.iter().enumerate().map(|(index, code)| {
        if exists(code) {
            Ok(text(code))
        } else {
            Err(error::unknown(&format!("{path}[{index}]"), &text(code)))
        }
    });
    // Sorted and once each: the same question in another order is the same question.
    each.collect::<Result<BTreeSet<String>>>()
        .map(|codes| Some(codes.into_iter().collect()))
}

/// Codes in one list of a filter.
const MOST_CODES: usize = 1_000;

/// Population groups 1 to 5.
pub(crate) fn groups(groups: Option<Vec<i32>>, path: &str) -> Result<Option<Vec<u8>>> {
    let Some(groups) = groups else {
        return Ok(None);
    };
    let each = groups.iter().enumerate().map(|(index, group)| {
        let known = u8::try_from(*group)
            .ok()
            .filter(|group| (1..=5).contains(group));
        known.ok_or_else(|| error::unknown(&format!("{path}[{index}]"), &group.to_string()))
    });
    each.collect::<Result<_>>().map(Some)
}

/// Years, each once; a hundred at most.
pub(crate) fn years(years: Option<Vec<i32>>, path: &str) -> Result<Option<Vec<i32>>> {
    let Some(years) = years else { return Ok(None) };
    let years: BTreeSet<i32> = years.into_iter().collect();
    if years.len() > 100 {
        return Err(error::argument(
            Code::BadUserInput,
            path,
            "a filter holds 100 years at most",
        ));
    }
    Ok(Some(years.into_iter().collect()))
}
