//! The values of indicators in a dataset.

use entity::{IndicatorCode, indicator_value};
use sea_orm::{ColumnTrait, DbErr, QueryFilter};

use super::{Dataset, Store, facts};

/// Reads the values of some indicators, in order of receipt.
pub(crate) async fn values(
    store: &Store,
    dataset: &Dataset,
    indicators: &[IndicatorCode],
) -> Result<Vec<indicator_value::Model>, DbErr> {
    let codes = indicators.iter().map(IndicatorCode::as_str);
    let mut found = facts::counting::<indicator_value::Entity>(dataset)
        .filter(indicator_value::Column::Indicator.is_in(codes))
        .all(store.connection())
        .await?;
    found.sort_by_key(|one| one.row_id);
    Ok(found)
}

/// Reads the values of some areas, in order of receipt.
pub(crate) async fn values_of_areas(
    store: &Store,
    dataset: &Dataset,
    areas: &[String],
) -> Result<Vec<indicator_value::Model>, DbErr> {
    let mut found = facts::counting::<indicator_value::Entity>(dataset)
        .filter(indicator_value::Column::AreaCode.is_in(areas))
        .all(store.connection())
        .await?;
    found.sort_by_key(|one| one.row_id);
    Ok(found)
}
