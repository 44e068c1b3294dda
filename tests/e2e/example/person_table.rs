//! The example's table of persons: every count that must be hidden is, and everything shown is what was counted.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{answer, expected};
use crate::harness::on_both_engines;

/// A place of a table by county and year, the totals under an empty text.
type Place = (String, String);

/// The places of an answer: a number, or why there is none.
fn places(table: &Value) -> BTreeMap<Place, Result<i64, String>> {
    let count = |value: &Value| {
        let absent = value["absent"].as_str().map(str::to_owned);
        assert_eq!(absent.is_some(), value["value"].is_null(), "{value}");
        absent.map_or_else(|| Ok(value["value"].as_i64().expect("a number")), Err)
    };
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let each = |value: &Value| value.as_array().expect("a list").clone();
    let mut places = BTreeMap::from([((String::new(), String::new()), count(&table["total"]))]);
    for column in each(&table["columns"]) {
        places.insert(
            (String::new(), text(&column["key"])),
            count(&column["total"]),
        );
    }
    for row in each(&table["rows"]) {
        let county = text(&row["key"]);
        assert!(!text(&row["title"]).is_empty());
        places.insert((county.clone(), String::new()), count(&row["total"]));
        for cell in each(&row["cells"]) {
            places.insert((county.clone(), text(&cell["column"])), count(&cell));
        }
    }
    places
}

/// Places that a list of county and year names.
fn named(list: &Value) -> BTreeSet<Place> {
    let place = |one: &Value| {
        (
            one[0].as_str().expect("a county").to_owned(),
            one[1].to_string(),
        )
    };
    list.as_array().expect("a list").iter().map(place).collect()
}

on_both_engines! {
    async fn the_examples_table_of_persons_is_the_expected_one(app: Example) {
        let data = answer(&app, "14-person-table", json!({})).await;
        let table = &data["personTable"];
        assert_eq!(table["threshold"], 4);
        assert_eq!(table["indicator"]["code"], expected()["suppression"]["indicator"]);
        let (places, expected) = (places(table), &expected()["suppression"]);
        assert_eq!(places.len(), 22 * 6);
        let hidden = Err("SUPPRESSED".to_owned());
        for place in named(&expected["primaryCells"]) {
            assert_eq!(places[&place], hidden, "{place:?}");
        }
        for place in named(&expected["zerosShown"]) {
            assert_eq!(places[&place], Ok(0), "{place:?}");
        }
        let mut totals = vec![((String::new(), String::new()), &expected["total"])];
        for (county, total) in expected["rowTotals"].as_object().expect("totals") {
            totals.push(((county.clone(), String::new()), total));
        }
        for (year, total) in expected["columnTotals"].as_object().expect("totals") {
            totals.push(((String::new(), year.clone()), total));
        }
        assert_eq!(totals.len(), 1 + 21 + 5);
        for (place, total) in totals {
            assert_eq!(places[&place], Ok(total.as_i64().expect("a number")), "{place:?}");
        }
        let lines = |of: fn(&Place) -> &String| {
            let mut hidden_in: BTreeMap<String, usize> = BTreeMap::new();
            for (place, count) in &places {
                *hidden_in.entry(of(place).clone()).or_default() += usize::from(*count == hidden);
            }
            hidden_in
        };
        for (line, count) in lines(|place| &place.0).into_iter().chain(lines(|place| &place.1)) {
            assert_ne!(count, 1, "{line} hides one place alone");
        }
        let count = places.values().filter(|count| **count == hidden).count();
        assert!(count < 60, "{count} places are hidden for the sake of 16");
    }
}
