//! The values of indicators in a dataset, and which indicators count persons. A value that tells where a protected
//! recipient is, is read for nobody.

use std::collections::BTreeSet;

use entity::{IndicatorCode, Kind, counted, indicator_definition, indicator_value};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use super::{Catalogue, Dataset, Store, facts, portions};

/// Reads the values of some indicators, in order of receipt.
pub(crate) async fn values(
    store: &Store,
    dataset: &Dataset,
    (catalogue, indicators): (&Catalogue, &[IndicatorCode]),
) -> Result<Vec<indicator_value::Model>, DbErr> {
    let codes = indicators.iter().map(IndicatorCode::as_str);
    let mut found = facts::counting::<indicator_value::Entity>(dataset)
        .filter(indicator_value::Column::Indicator.is_in(codes))
        .all(store.connection())
        .await?;
    found.retain(|one| !catalogue.tells_place(one));
    found.sort_by_key(|one| one.row_id);
    Ok(found)
}

/// Areas that are few: their values are looked up one by one.
const FEW_AREAS: usize = 10;

/// Reads the values of some areas, in order of receipt.
pub(crate) async fn values_of_areas(
    store: &Store,
    dataset: &Dataset,
    (catalogue, areas): (&Catalogue, &[String]),
) -> Result<Vec<indicator_value::Model>, DbErr> {
    let counting = if areas.len() <= FEW_AREAS {
        facts::each_counting::<indicator_value::Entity>(dataset)
    } else {
        facts::counting::<indicator_value::Entity>(dataset)
    };
    let mut found = Vec::new();
    for some in portions(areas) {
        let of_some = counting
            .clone()
            .filter(indicator_value::Column::AreaCode.is_in(some))
            .all(store.connection())
            .await?;
        found.extend(of_some);
    }
    found.retain(|one| !catalogue.tells_place(one));
    found.sort_by_key(|one| one.row_id);
    Ok(found)
}

/// Indicators of which a definition that has counted by a version says that they count persons. What was said once
/// holds: another definition, accepted or waiting, opens nothing.
#[expect(
    clippy::disallowed_methods,
    reason = "definitions that count no longer still say it"
)]
pub(crate) async fn counting_persons(
    store: &Store,
    dataset: &Dataset,
) -> Result<BTreeSet<IndicatorCode>, DbErr> {
    let opened = Query::select()
        .column(counted::Column::RowId)
        .from(counted::Entity)
        .and_where(counted::Column::Kind.eq(Kind::IndicatorDefinitions))
        .and_where(counted::Column::OpenedVersion.lte(dataset.version))
        .to_owned();
    let found = indicator_definition::Entity::find()
        .filter(indicator_definition::Column::ConcernsPersons.eq(true))
        .filter(indicator_definition::Column::RowId.in_subquery(opened))
        .all(store.connection())
        .await?;
    Ok(found.into_iter().map(|one| one.indicator).collect())
}
