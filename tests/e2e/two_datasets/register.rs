//! Who can receive money in the made-up world: the reference data's recipients, and some that test what lives in time.

use std::collections::BTreeMap;
use std::path::Path;

use crate::chance::Chance;

use super::world::{Period, Recipient};

fn reference(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../api/reference")
        .join(name);
    let text = std::fs::read_to_string(path).expect("reference data");
    text.lines()
        .skip(1)
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect()
}

fn always(county: &str) -> Period {
    Period {
        from: "",
        to: "",
        county: county.to_owned(),
        protected: false,
    }
}

/// All recipients by code.
pub(crate) fn recipients(chance: &mut Chance) -> BTreeMap<String, Recipient> {
    let mut all = BTreeMap::new();
    let mut add = |code: String, kind: &'static str, periods: Vec<Period>, is_known: bool| {
        let recipient = Recipient {
            kind,
            periods,
            populations: BTreeMap::new(),
            is_known,
        };
        assert!(all.insert(code, recipient).is_none(), "codes are unique");
    };
    for (file, kind) in [
        ("14-recipients.csv", "MUNICIPALITY"),
        ("15-recipients.csv", "REGION"),
    ] {
        for row in reference(file) {
            add(row[0].clone(), kind, vec![always(&row[3])], true);
        }
    }
    // Moves from Södermanland to Västmanland in the middle of the second grant year.
    let moved = |from, to, county| Period {
        from,
        to,
        ..always(county)
    };
    add(
        "9901".to_owned(),
        "MUNICIPALITY",
        vec![moved("", "2021-06-30", "04"), moved("2021-07-01", "", "19")],
        false,
    );
    // Ends within the second grant year: it may have been paid, and is not eligible.
    add(
        "9902".to_owned(),
        "MUNICIPALITY",
        vec![moved("2020-01-01", "2021-12-30", "24")],
        false,
    );
    // Not there before the second grant year.
    add(
        "9903".to_owned(),
        "MUNICIPALITY",
        vec![moved("2021-01-01", "", "25")],
        false,
    );
    for county in ["01", "12", "14", "25"] {
        add(
            format!("styrelsen_{county}"),
            "COUNTY_BOARD",
            vec![always(county)],
            false,
        );
    }
    for number in 0..25 {
        let county = format!(
            "{:02}",
            [1, 3, 12, 14, 24][usize::try_from(number % 5).expect("small")]
        );
        let county = if number % 8 == 7 {
            String::new()
        } else {
            county
        };
        let protected = number % 4 == 1;
        add(
            organisation_number(chance),
            "NGO",
            vec![Period {
                protected,
                ..always(&county)
            }],
            false,
        );
    }
    for file in ["16-populations.csv", "17-populations.csv"] {
        for row in reference(file) {
            let count = row[2].parse().expect("a population");
            all.get_mut(&row[0])
                .expect("a recipient")
                .populations
                .insert(row[1].clone(), count);
        }
    }
    for (code, day, count) in [
        ("9901", "2019-12-31", 12_345),
        ("9901", "2020-12-31", 12_346),
        ("9901", "2021-12-31", 23_456),
        ("9903", "2022-12-31", 777),
    ] {
        all.get_mut(code)
            .expect("just added")
            .populations
            .insert(day.to_owned(), count);
    }
    all
}

/// Ten digits of an organisation, the last by Luhn.
fn organisation_number(chance: &mut Chance) -> String {
    let mut digits = vec![8, 0, 2];
    digits.extend((0..6).map(|_| chance.below(10)));
    let doubled = |(index, digit): (usize, &i128)| {
        if index % 2 == 0 {
            digit * 2 / 10 + digit * 2 % 10
        } else {
            *digit
        }
    };
    let sum: i128 = digits.iter().enumerate().map(doubled).sum();
    digits.push((10 - sum % 10) % 10);
    digits.iter().map(ToString::to_string).collect()
}
