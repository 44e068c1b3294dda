//! Releases of tables of persons, and what each hides.

use std::collections::HashMap;

use entity::{CountyCode, IndicatorCode, Moment, Sex, person_table_hidden, person_table_release};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::{Writer, portions};

/// A release with the places that it hides.
#[derive(Clone, Debug)]
pub(crate) struct Release {
    /// The release.
    pub(crate) model: person_table_release::Model,
    /// The hidden places.
    pub(crate) hidden: Vec<person_table_hidden::Model>,
}

/// A place that is to be hidden: whose, county and year.
pub(crate) type HiddenPlace = (Sex, Option<CountyCode>, Option<i64>);

/// The last release of an indicator, or the last by an instant.
#[expect(
    clippy::disallowed_methods,
    reason = "a release is no fact: it is what was shown at a time"
)]
pub(crate) async fn last(
    db: &impl ConnectionTrait,
    indicator: &IndicatorCode,
    until: Option<Moment>,
) -> Result<Option<person_table_release::Model>, DbErr> {
    let mut found = person_table_release::Entity::find()
        .filter(person_table_release::Column::Indicator.eq(indicator.as_str()));
    if let Some(until) = until {
        found = found.filter(person_table_release::Column::At.lte(until));
    }
    found
        .order_by_desc(person_table_release::Column::Id)
        .one(db)
        .await
}

/// All releases of an indicator in order, with what they hide.
#[expect(
    clippy::disallowed_methods,
    reason = "a release is no fact: it is what was shown at a time"
)]
pub(crate) async fn all(
    db: &impl ConnectionTrait,
    indicator: &IndicatorCode,
) -> Result<Vec<Release>, DbErr> {
    let models = person_table_release::Entity::find()
        .filter(person_table_release::Column::Indicator.eq(indicator.as_str()))
        .order_by_asc(person_table_release::Column::Id)
        .all(db)
        .await?;
    let mut releases = Vec::with_capacity(models.len());
    let ids: Vec<i64> = models.iter().map(|model| model.id).collect();
    let mut hidden = hidden(db, &ids).await?;
    for model in models {
        let hidden = hidden.remove(&model.id).unwrap_or_default();
        releases.push(Release { model, hidden });
    }
    Ok(releases)
}

/// What some releases hide.
#[expect(
    clippy::disallowed_methods,
    reason = "a release is no fact: it is what was shown at a time"
)]
pub(crate) async fn hidden(
    db: &impl ConnectionTrait,
    releases: &[i64],
) -> Result<HashMap<i64, Vec<person_table_hidden::Model>>, DbErr> {
    let mut hidden: HashMap<i64, Vec<person_table_hidden::Model>> = HashMap::new();
    for some in portions(releases) {
        let found = person_table_hidden::Entity::find()
            .filter(person_table_hidden::Column::ReleaseId.is_in(some.iter().copied()))
            .order_by_asc(person_table_hidden::Column::Ordinal)
            .all(db)
            .await?;
        for one in found {
            hidden.entry(one.release_id).or_default().push(one);
        }
    }
    Ok(hidden)
}

/// Keeps a release with the places that it hides; its identity is given here.
pub(crate) async fn keep(
    writer: &Writer,
    mut model: person_table_release::Model,
    hidden: Vec<HiddenPlace>,
) -> Result<i64, DbErr> {
    model.id = writer.next_id("person_table_release", "id").await?;
    let release_id = model.id;
    let place = |(ordinal, (sex, county_code, year))| person_table_hidden::Model {
        release_id,
        ordinal,
        sex,
        county_code,
        year,
    };
    let hidden = (1..).zip(hidden).map(place).collect();
    writer
        .insert_all::<person_table_release::Entity, _>(vec![model])
        .await?;
    writer
        .insert_all::<person_table_hidden::Entity, _>(hidden)
        .await?;
    Ok(release_id)
}
