//! The share of administration.

use std::collections::BTreeMap;

use analytics::Error;
use analytics::administration::{Cost, costs};
use rust_decimal::Decimal;

fn cost(year: i32, organisation: &str, kind: &str, ore: i64) -> Cost {
    Cost {
        year,
        organisation: organisation.to_owned(),
        kind: kind.to_owned(),
        ore,
    }
}

#[test]
fn administration_is_a_share_of_all_that_was_spent() {
    let rows = [
        cost(2017, "nck", "STAFF", 10),
        cost(2016, "socialstyrelsen", "TRAVEL", 2_000),
        cost(2016, "nck", "STAFF", 5_000),
        cost(2016, "socialstyrelsen", "STAFF", 3_000),
    ];
    let paid = BTreeMap::from([(2016, 30_000), (2018, 7)]);
    let years = costs(&rows, &paid).unwrap();
    assert_eq!(
        years.iter().map(|year| year.year).collect::<Vec<_>>(),
        [2016, 2017]
    );
    let [first, second] = years.as_slice() else {
        panic!("two years");
    };
    assert_eq!(first.amount.to_string(), "100.00");
    assert_eq!(first.paid.to_string(), "300.00");
    assert_eq!(first.share.value, Some(Decimal::new(25, 2)));
    assert_eq!(first.share.denominator.unwrap().to_string(), "400.00");
    let kronor = |ore| Decimal::new(ore, 2);
    let named = |code: &str, ore| (code.to_owned(), kronor(ore));
    assert_eq!(
        first.by_cost_kind,
        [named("STAFF", 8_000), named("TRAVEL", 2_000)]
    );
    assert_eq!(
        first.by_organisation,
        [named("nck", 5_000), named("socialstyrelsen", 5_000)]
    );
    assert_eq!(second.paid.to_string(), "0.00");
    assert_eq!(second.share.value, Some(Decimal::ONE));
}

#[test]
fn sums_that_would_wrap_are_an_error() {
    let rows = [
        cost(2016, "nck", "STAFF", i64::MAX),
        cost(2017, "nck", "STAFF", -1),
    ];
    assert!(matches!(
        costs(&rows, &BTreeMap::new()),
        Err(Error::AmountsTooLarge)
    ));
}
