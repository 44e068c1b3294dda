//! What the recipients of a request have, loaded for all of them at once: money, events that reached them, indicators.

use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use entity::{RecipientCode, RegistryNumber, indicator_value, support_event};

use super::gathered::Gathered;
use super::reading::Shelf;
use crate::reports::{Error, Extent, RecipientRound};
use crate::store::{DatasetKey, indicators, support};

type ByRecipient<V> = Arc<Gathered<RecipientCode, V>>;
type Rounds = Arc<[RecipientRound]>;
type Events = Arc<[support_event::Model]>;
type Values = Arc<[indicator_value::Model]>;

/// The loads of one request, one for each dataset and assignment that is asked about.
#[derive(Default)]
pub(crate) struct RecipientLoads {
    funds: Mutex<HashMap<(DatasetKey, RegistryNumber, Extent), ByRecipient<Rounds>>>,
    events: Mutex<HashMap<(DatasetKey, RegistryNumber), ByRecipient<Events>>>,
    values: Mutex<HashMap<DatasetKey, ByRecipient<Values>>>,
}

impl RecipientLoads {
    /// The rounds in which a recipient has money.
    pub(crate) async fn funds(
        &self,
        shelf: &Shelf,
        assignment: &RegistryNumber,
        recipient: &RecipientCode,
        extent: Extent,
    ) -> Result<Rounds, Error> {
        let key = (shelf.dataset.key(), assignment.clone(), extent);
        let load = |codes: Vec<RecipientCode>| async move {
            let reports = &shelf.request.reports;
            let found = reports.recipient_funds(&shelf.dataset, assignment, &codes, extent);
            let found = found.await?;
            Ok::<_, Error>(for_each(codes, found))
        };
        one_of(&self.funds, key, recipient, load).await
    }

    /// The indicators' values of a recipient, by indicator, year and sex.
    pub(crate) async fn values(
        &self,
        shelf: &Shelf,
        recipient: &RecipientCode,
    ) -> Result<Values, Error> {
        let load = |codes: Vec<RecipientCode>| async move {
            let store = shelf.request.reports.store();
            let areas: Vec<String> = codes.iter().map(ToString::to_string).collect();
            let asked = (&*shelf.catalogue, areas.as_slice());
            let found = indicators::values_of_areas(store, &shelf.dataset, asked);
            let mut values: HashMap<RecipientCode, Vec<indicator_value::Model>> = HashMap::new();
            for value in found.await? {
                if let Ok(code) = RecipientCode::parse(&value.area_code) {
                    values.entry(code).or_default().push(value);
                }
            }
            let sorted = values.into_iter().map(|(code, mut values)| {
                let key = |one: &indicator_value::Model| {
                    (one.indicator.clone(), one.year, one.sex.code())
                };
                values.sort_by_cached_key(key);
                (code, Values::from(values))
            });
            Ok::<_, Error>(for_each(codes, sorted.collect()))
        };
        one_of(&self.values, shelf.dataset.key(), recipient, load).await
    }

    /// The events that reached a recipient, in order of time.
    pub(crate) async fn events(
        &self,
        shelf: &Shelf,
        assignment: &RegistryNumber,
        recipient: &RecipientCode,
    ) -> Result<Events, Error> {
        let key = (shelf.dataset.key(), assignment.clone());
        let load = |codes: Vec<RecipientCode>| async move {
            let store = shelf.request.reports.store();
            let asked = (&*shelf.catalogue, codes.as_slice());
            let found = support::events_that_reached(store, &shelf.dataset, assignment, asked);
            let mut events: HashMap<RecipientCode, Vec<support_event::Model>> = HashMap::new();
            for (event, reached) in found.await? {
                for code in reached.iter() {
                    let own = events.entry(code.clone()).or_default();
                    own.push(event.clone());
                }
            }
            let sorted = events.into_iter().map(|(code, mut events)| {
                events.sort_by_key(|event| (event.held_on, event.row_id));
                (code, Events::from(events))
            });
            Ok::<_, Error>(for_each(codes, sorted.collect()))
        };
        one_of(&self.events, key, recipient, load).await
    }
}

/// What a recipient has under a key; `load` is called for all recipients at once that are asked about.
async fn one_of<K, V, F>(
    loads: &Mutex<HashMap<K, ByRecipient<V>>>,
    key: K,
    recipient: &RecipientCode,
    load: impl FnOnce(Vec<RecipientCode>) -> F,
) -> Result<V, Error>
where
    K: Eq + Hash,
    V: Clone + Default,
    F: Future<Output = Result<HashMap<RecipientCode, V>, Error>>,
{
    let gathered = {
        let mut loads = loads.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(loads.entry(key).or_default())
    };
    let found = gathered.of(std::slice::from_ref(recipient), load);
    Ok(found.await?.pop().flatten().unwrap_or_default())
}

/// A value for each code: who has nothing is known to have nothing.
fn for_each<T>(
    codes: Vec<RecipientCode>,
    mut found: HashMap<RecipientCode, Arc<[T]>>,
) -> HashMap<RecipientCode, Arc<[T]>> {
    for code in codes {
        found.entry(code).or_insert_with(|| Arc::from([]));
    }
    found
}
