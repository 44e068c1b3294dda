//! The printed key of 2016, and what any rule must keep.

use analytics::Error;
use analytics::allocation_key::{KeyRow, KeyRule, allocate};
use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};

/// Government decision S2016/00633/FST: population on 31 December 2014 and amounts in kronor.
const PRINTED: &str = include_str!("../data/allocation_key_2016.csv");

const RULE_2016: KeyRule = KeyRule {
    pool_ore: 5_000_000_000,
    base_ore: 8_000_000,
    threshold: 30_000,
};

fn printed() -> (Vec<KeyRow>, Vec<Decimal>) {
    let rows = PRINTED.lines().skip(1).map(|line| {
        let mut cells = line.split(',');
        let mut cell = || cells.next().expect("three columns");
        let recipient = cell().to_owned();
        let population = cell().parse().expect("a population");
        let amount: Decimal = cell().parse().expect("an amount");
        (
            KeyRow {
                recipient,
                population,
            },
            amount,
        )
    });
    rows.unzip()
}

#[test]
fn all_290_printed_amounts_of_2016_follow_from_the_rule() {
    let (rows, printed) = printed();
    let key = allocate(&rows, &RULE_2016).unwrap();
    assert_eq!(rows.len(), 290);
    assert_eq!(key.amounts, printed);
    assert_eq!(key.residue.to_string(), "6.00");
    let rate = &key.rate_per_inhabitant;
    assert_eq!(rate.numerator.unwrap().to_string(), "33360000.00");
    assert_eq!(rate.denominator.unwrap().to_string(), "9747355");
    assert_eq!((rate.n, rate.of), (290, 290));
}

#[test]
fn the_inequality_of_the_key_of_2016() {
    let (rows, _) = printed();
    let key = allocate(&rows, &RULE_2016).unwrap();
    let gini = Decimal::from(2_172_137_491_u64) / Decimal::from(7_250_000_000_u64);
    let rounded = gini.round_dp_with_strategy(12, RoundingStrategy::MidpointAwayFromZero);
    assert_eq!(key.amount_equality.gini, Some(rounded));
    let per_inhabitant = &key.amount_per_inhabitant_equality;
    assert_eq!(
        per_inhabitant.gini.unwrap().round_dp(3).to_string(),
        "0.325"
    );
    assert_eq!(per_inhabitant.absent, None);
    assert_eq!(key.amounts_per_inhabitant.len(), 290);
    let first = &key.amounts_per_inhabitant[0];
    assert_eq!(first.numerator, Some(key.amounts[0]));
}

#[test]
fn a_rule_that_cannot_be_followed_is_an_error() {
    let rows = [KeyRow {
        recipient: "0114".to_owned(),
        population: 10,
    }];
    let check = |rule: KeyRule| allocate(&rows, &rule).unwrap_err();
    let rule = |pool_ore, base_ore, threshold| KeyRule {
        pool_ore,
        base_ore,
        threshold,
    };
    assert!(matches!(check(rule(-1, 0, 0)), Error::NegativeRule("pool")));
    assert!(matches!(check(rule(0, -1, 0)), Error::NegativeRule("base")));
    assert!(matches!(
        check(rule(0, 0, -1)),
        Error::NegativeRule("threshold")
    ));
    assert!(matches!(check(rule(100, 200, 11)), Error::RateBelowZero));
    assert!(
        allocate(&rows, &rule(100, 200, 10)).is_ok(),
        "10 is not below 10"
    );
    assert!(matches!(
        allocate(&[], &rule(1, 0, 0)),
        Err(Error::NoRecipients)
    ));
    let nobody = [KeyRow {
        recipient: "0114".to_owned(),
        population: 0,
    }];
    let found = allocate(&nobody, &rule(1, 0, 0));
    assert!(matches!(found, Err(Error::PopulationNotPositive(code)) if code == "0114"));
}

proptest! {
    #[test]
    fn any_key_sums_to_its_pool(
        populations in prop::collection::vec(1_i64..1_000_000, 1..60),
        pool_ore in 0_i64..100_000_000_000,
        base_ore in 0_i64..10_000_000,
        threshold in 0_i64..1_000_000,
    ) {
        let rows: Vec<KeyRow> = populations
            .iter()
            .enumerate()
            .map(|(index, &population)| KeyRow { recipient: format!("{index:04}"), population })
            .collect();
        let rule = KeyRule { pool_ore, base_ore, threshold };
        let below = populations.iter().filter(|&&population| population < threshold).count();
        let bases = i64::try_from(below).expect("few rows") * base_ore;
        match allocate(&rows, &rule) {
            Ok(key) => {
                prop_assert!(bases <= pool_ore);
                let sum: Decimal = key.amounts.iter().sum();
                prop_assert_eq!(sum, Decimal::new(pool_ore, 2));
                // Rounding moves each amount by half a krona at most.
                let most = Decimal::from(rows.len()) / Decimal::TWO + Decimal::ONE;
                prop_assert!(key.residue.abs() <= most);
                let with_ore = key.amounts.iter().filter(|amount| !amount.fract().is_zero());
                prop_assert!(with_ore.count() <= 1);
                prop_assert!(key.amounts.iter().all(|amount| !amount.is_sign_negative()));
            }
            Err(Error::RateBelowZero) => prop_assert!(bases > pool_ore),
            // Only a pool of some kronor a head is too small to bear its residue.
            Err(Error::ResidueTooLarge) => prop_assert!(pool_ore < 10_000_000),
            Err(error) => prop_assert!(false, "{error}"),
        }
    }
}
