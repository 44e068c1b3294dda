//! Every table of every release, read through the API and attacked together.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::attack::{Attack, Published, Seen};
use super::values::{self, Values, correct, is_released, set};
use crate::answer::data;
use crate::example::expected;
use crate::harness::{TestApp, on_both_engines, question};

/// The numbers behind the tables: sums by county, by another way than the service's.
fn truth(values: &Values) -> BTreeMap<(usize, String, i32), i64> {
    let mut truth = BTreeMap::new();
    for ((municipality, year, sex), value) in values {
        let sex = "TKM".find(*sex).expect("a sex");
        if let Some(value) = value {
            // A municipality's county is the beginning of its code.
            *truth
                .entry((sex, municipality[..2].to_owned(), *year))
                .or_default() += value;
        }
    }
    truth
}

/// The tables of everybody, women and men as the evaluators' question gives them.
pub(super) async fn published(app: &TestApp, values: &Values) -> Published {
    let mut published = Published {
        truth: truth(values),
        ..Published::default()
    };
    for (sex, name) in ["TOTAL", "WOMEN", "MEN"].into_iter().enumerate() {
        let table =
            data(app, &question("14-person-table"), json!({ "sex": name })).await["personTable"]
                .take();
        published.threshold = table["threshold"].as_i64().expect("a threshold");
        let mut see = |county: Option<&Value>, year: Option<&Value>, count: &Value| {
            let seen = match (count["value"].as_i64(), count["absent"].as_str()) {
                (Some(value), None) => Seen::Shown(value),
                (None, Some("SUPPRESSED")) => Seen::Hidden,
                (None, Some(_)) => Seen::Nothing,
                other => panic!("{other:?}"),
            };
            let county = county.map(|key| key.as_str().expect("a county").to_owned());
            let year = year.map(|key| key.as_str().expect("a year").parse().expect("a year"));
            published.places.insert((sex, county, year), seen);
        };
        see(None, None, &table["total"]);
        let each = |value: &Value| value.as_array().expect("a list").clone();
        for column in each(&table["columns"]) {
            see(None, Some(&column["key"]), &column["total"]);
        }
        for row in each(&table["rows"]) {
            see(Some(&row["key"]), None, &row["total"]);
            for cell in each(&row["cells"]) {
                see(Some(&row["key"]), Some(&cell["column"]), &cell);
            }
        }
    }
    published
}

/// That what is shown is what was counted, and nothing small.
fn is_true(published: &Published) {
    for (spot, seen) in &published.places {
        match (seen, published.value(spot)) {
            (Seen::Shown(shown), value) => {
                assert_eq!(Some(*shown), value, "{spot:?}");
                assert!(
                    !(1..=published.threshold).contains(shown),
                    "{spot:?} is small"
                );
            }
            (Seen::Nothing, value) => assert_eq!(value, None, "{spot:?}"),
            (Seen::Hidden, value) => assert!(value.is_some(), "{spot:?}"),
        }
    }
}

/// How far apart the least and the greatest value of a hidden place are at least where women and men are shown too, as
/// docs/STATISTICS.md says.
const WIDTH: i128 = 1;

fn holds_against(releases: &[Published]) {
    let attack = Attack::on(releases);
    assert!(
        attack.targets() > 16,
        "{} hidden places are attacked",
        attack.targets()
    );
    assert_eq!(
        attack.recovered(),
        Vec::<String>::new(),
        "after {} releases",
        releases.len()
    );
    assert_eq!(
        attack.narrow(WIDTH),
        Vec::<String>::new(),
        "after {} releases",
        releases.len()
    );
    assert_eq!(
        attack.alone(),
        Vec::<String>::new(),
        "after {} releases",
        releases.len()
    );
}

on_both_engines! {
    async fn nothing_hidden_follows_from_all_tables_of_all_releases(app: Example) {
        let mut values = values::example();
        let first = published(&app, &values).await;
        is_true(&first);
        assert_eq!(first.places.len(), 3 * 22 * 6);
        for sex in 0..3 {
            let shown = first.places.iter().filter(|(spot, seen)| spot.0 == sex && matches!(seen, Seen::Shown(_))).count();
            assert!(shown > 40, "{shown} of 132 places are shown: hiding all would protect too");
        }
        let mut releases = vec![first];
        holds_against(&releases);

        // One municipality corrects a small count: the next table must not say by how much.
        let before = values.clone();
        set(&mut values, "0980", 2020, 1, 1);
        correct(&app, &before, &values).await;
        if is_released(&app).await {
            releases.push(published(&app, &values).await);
        }
        // Several in three counties correct theirs, and a year comes to the table.
        let before = values.clone();
        let municipalities: Vec<String> = before.keys().filter(|key| key.1 == 2019 && key.2 == 'T').map(|key| key.0.clone()).collect();
        for (number, municipality) in (0_i64..).zip(&municipalities) {
            set(&mut values, municipality, 2024, number % 3, number % 2);
            if ["14", "12", "23"].contains(&&municipality[..2]) && number % 3 == 0 {
                set(&mut values, municipality, 2021, 2 + number % 5, 1 + number % 4);
            }
        }
        correct(&app, &before, &values).await;
        assert!(is_released(&app).await, "a year's counts can be released");
        releases.push(published(&app, &values).await);
        releases.iter().for_each(is_true);
        let last = releases.last().expect("a release");
        assert!(last.places.contains_key(&(0, None, Some(2024))), "the year is in it");
        holds_against(&releases);
    }

    async fn every_count_that_is_shown_is_the_expected_one(app: Example) {
        let values = values::example();
        let published = published(&app, &values).await;
        is_true(&published);
        let expected = &expected()["suppression"];
        for cell in expected["primaryCells"].as_array().expect("cells") {
            let year = cell[1].as_i64().and_then(|year| i32::try_from(year).ok());
            let spot = (0, cell[0].as_str().map(str::to_owned), year);
            assert_eq!(published.places[&spot], Seen::Hidden, "{cell}");
            assert!((1..=4).contains(&published.value(&spot).expect("a count")), "{cell}");
        }
        let small = published.truth.iter().filter(|((sex, ..), value)| *sex == 0 && (1..=4).contains(*value)).count();
        assert_eq!(small, expected["primaryCells"].as_array().expect("cells").len());
    }
}
