//! The support events of an assignment in a dataset, with whom they reached; a protected location is reached by nothing.

use std::collections::HashMap;

use entity::{Fact, RecipientCode, RegistryNumber, support_event, support_event_reach};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use super::{Catalogue, Dataset, Store, facts, portions};

/// An event and the codes of those it reached.
pub type Event = (support_event::Model, Reached);

/// Whom an event reached, without protected locations: who held it (a county board, so a county) tells where those are
/// that it reached. Nothing else is made of the relation for anybody who asks, so that no list, count, filter or
/// difference can hold more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reached(Vec<RecipientCode>);

impl Reached {
    /// None where only protected locations are left out of it and nobody remains: every event reaches somebody, so that
    /// one which reached nobody else would say it of them.
    fn without_protected(codes: Vec<RecipientCode>, catalogue: &Catalogue) -> Option<Self> {
        let before = codes.len();
        let is_open = |code: &RecipientCode| !catalogue.is_protected(code);
        let open: Vec<RecipientCode> = codes.into_iter().filter(is_open).collect();
        (before == 0 || !open.is_empty()).then_some(Self(open))
    }

    /// Their codes.
    pub fn iter(&self) -> impl Iterator<Item = &RecipientCode> {
        self.0.iter()
    }
}

/// Reads the events of an assignment, as the catalogue says which locations are protected; one that reached no other
/// is left out.
#[expect(
    clippy::disallowed_methods,
    reason = "reach belongs to events, which are selected by dataset here"
)]
pub(crate) async fn events(
    store: &Store,
    dataset: &Dataset,
    assignment: &RegistryNumber,
    catalogue: &Catalogue,
) -> Result<Vec<Event>, DbErr> {
    let mut events = facts::counting::<support_event::Entity>(dataset)
        .filter(support_event::Column::Assignment.eq(assignment.as_str()))
        .all(store.connection())
        .await?;
    // In order of receipt: an event is known by its place, whenever it is read.
    events.sort_by_key(|event| event.row_id);
    let counted = facts::counted_rows(support_event::Entity::KIND, dataset);
    let found = support_event_reach::Entity::find()
        .filter(support_event_reach::Column::RowId.in_subquery(counted))
        .all(store.connection())
        .await?;
    let mut reached: HashMap<i64, Vec<RecipientCode>> = HashMap::new();
    for one in found {
        reached
            .entry(one.row_id)
            .or_default()
            .push(one.recipient_code);
    }
    Ok(events
        .into_iter()
        .filter_map(|event| {
            let reached = reached.remove(&event.row_id).unwrap_or_default();
            Some((event, Reached::without_protected(reached, catalogue)?))
        })
        .collect())
}

/// Recipients that are few: the events that reached them are looked up one by one.
const FEW_RECIPIENTS: usize = 10;

/// Reads the events of an assignment that reached some recipients, in order of receipt, with those of them that each
/// reached and whose location is open: two statements, however many up to the ids that one statement binds.
#[expect(
    clippy::disallowed_methods,
    reason = "reach belongs to events, which are selected by dataset here"
)]
pub(crate) async fn events_that_reached(
    store: &Store,
    dataset: &Dataset,
    assignment: &RegistryNumber,
    (catalogue, recipients): (&Catalogue, &[RecipientCode]),
) -> Result<Vec<Event>, DbErr> {
    let mut reached: HashMap<i64, Vec<RecipientCode>> = HashMap::new();
    for some in portions(recipients) {
        let codes = some.iter().map(RecipientCode::as_str);
        let found = support_event_reach::Entity::find()
            .filter(support_event_reach::Column::RecipientCode.is_in(codes))
            .all(store.connection())
            .await?;
        for one in found {
            let of = reached.entry(one.row_id).or_default();
            of.push(one.recipient_code);
        }
    }
    let counting = if recipients.len() <= FEW_RECIPIENTS {
        facts::each_counting::<support_event::Entity>(dataset)
    } else {
        facts::counting::<support_event::Entity>(dataset)
    };
    let ids: Vec<i64> = reached.keys().copied().collect();
    let mut events = Vec::new();
    for some in portions(&ids) {
        let found = counting
            .clone()
            .filter(support_event::Column::Assignment.eq(assignment.as_str()))
            .filter(support_event::Column::RowId.is_in(some.iter().copied()))
            .all(store.connection())
            .await?;
        events.extend(found);
    }
    events.sort_by_key(|event| event.row_id);
    let with = |event: support_event::Model| {
        let reached = reached.remove(&event.row_id).unwrap_or_default();
        Some((event, Reached::without_protected(reached, catalogue)?))
    };
    Ok(events.into_iter().filter_map(with).collect())
}
