//! Which recipients are asked for: by the register, and by the money they had, the support that reached them, and how indicators changed.

use std::collections::BTreeSet;

use async_graphql::{InputObject, Result};
use chrono::NaiveDate;

use super::error;
use super::indicator_where::IndicatorWhere;
use super::page::Node;
use super::reading::Shelf;
use super::recipient::Recipient;
use super::recipient_where::{FundsWhere, SupportWhere};
use super::scalars::{CountyCode, Date};
use super::vocabulary::RecipientKind;

/// Which recipients (urval av mottagare). All that is said must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct RecipientFilter {
    /// Kinds (mottagartyper).
    kinds: Option<Vec<RecipientKind>>,
    /// Counties; a protected location is in none (län).
    counties: Option<Vec<CountyCode>>,
    /// Population groups of the decision's key (befolkningsgrupper).
    population_groups: Option<Vec<i32>>,
    /// A part of the name, whatever the case (del av namnet).
    name_contains: Option<String>,
    /// Those valid on this day (giltiga denna dag).
    valid_on: Option<Date>,
    /// What they had of an assignment's money; every one must hold (medel).
    funds: Option<Vec<FundsWhere>>,
    /// What reached them of an assignment's support; every one must hold, and none holds for a protected location
    /// (insatser).
    support: Option<Vec<SupportWhere>>,
    /// How indicators of them changed; every one must hold (indikatorer).
    indicators: Option<Vec<IndicatorWhere>>,
}

/// The conditions that each recipient is held against by itself.
struct Own<'a> {
    filter: &'a RecipientFilter,
    day: NaiveDate,
    name_part: Option<String>,
    groups: Option<Vec<u8>>,
}

impl RecipientFilter {
    /// The recipients that pass, each once, by name.
    pub(crate) async fn select(&self, shelf: &Shelf) -> Result<Vec<Recipient>> {
        let own = Own::checked(self, shelf)?;
        let mut among: Vec<BTreeSet<String>> = Vec::new();
        for one in self.funds.iter().flatten() {
            among.push(one.codes(shelf).await?);
        }
        for one in self.support.iter().flatten() {
            among.push(one.codes(shelf, self.kinds.as_deref()).await?);
        }
        for (place, one) in self.indicators.iter().flatten().enumerate() {
            let path = format!("where.indicators[{place}]");
            among.push(one.codes(shelf, self.kinds.as_deref(), &path).await?);
        }
        let all = shelf.catalogue.recipients.iter();
        let codes: BTreeSet<&entity::RecipientCode> = all.map(|one| &one.code).collect();
        let wanted = |code: &&&entity::RecipientCode| {
            let mut among = among.iter();
            among.all(|codes| codes.contains(code.as_str()))
        };
        let mut found: Vec<Recipient> = codes
            .iter()
            .filter(wanted)
            .filter_map(|code| own.passing(shelf, code))
            .collect();
        found.sort_by_key(Recipient::place);
        Ok(found)
    }
}

impl<'a> Own<'a> {
    fn checked(filter: &'a RecipientFilter, shelf: &Shelf) -> Result<Self> {
        for (index, county) in filter.counties.iter().flatten().enumerate() {
            let code = county.0.as_str();
            if shelf.catalogue.county(code).is_none() {
                return Err(error::unknown(&format!("where.counties[{index}]"), code));
            }
        }
        let groups = filter.population_groups.clone();
        let part = filter.name_contains.as_ref();
        Ok(Self {
            filter,
            day: filter.valid_on.map_or(shelf.dataset.today, |day| day.0),
            name_part: part.map(|part| part.to_lowercase()),
            groups: super::fund_filter::groups(groups, "where.populationGroups")?,
        })
    }

    fn passing(&self, shelf: &Shelf, code: &entity::RecipientCode) -> Option<Recipient> {
        let Self {
            filter,
            day,
            name_part,
            groups,
        } = self;
        let model = shelf.catalogue.recipient(code, *day)?;
        let valid = model.valid_from.is_none_or(|from| from <= *day)
            && model.valid_to.is_none_or(|to| to >= *day);
        let group = shelf.catalogue.population_group(code);
        let one = Recipient::new(shelf, model);
        let in_county = |counties: &Vec<CountyCode>| {
            let own = one.open_county();
            own.is_some_and(|own| counties.iter().any(|county| county.0 == *own))
        };
        let passes = (filter.valid_on.is_none() || valid)
            && (filter.kinds.as_ref()).is_none_or(|kinds| kinds.contains(&model.kind.into()))
            && (name_part.as_ref())
                .is_none_or(|part| model.name.to_lowercase().contains(part.as_str()))
            && (groups.as_ref())
                .is_none_or(|groups| group.is_some_and(|group| groups.contains(&group)))
            && filter.counties.as_ref().is_none_or(in_county);
        passes.then(|| {
            shelf.used_row(model.row_id);
            one
        })
    }
}
