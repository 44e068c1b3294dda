//! What the two terms of each rate are, and with how many decimals computed numbers are given: what the schema's one type
//! for exact numbers leaves open, and a column must know.

use super::columns::Kind;

/// What a rate is called in the schema.
const RATE: &str = "Rate";

/// Rates whose terms are counts, as type and field.
const OF_COUNTS: [(&str, &str); 12] = [
    ("CoverageLine", "coverage"),
    ("CoverageLine", "coverageByPopulation"),
    ("CoverageLine", "eventsPerRecipient"),
    ("FundUsageLine", "participationRate"),
    ("IndicatorGroupValue", "answered"),
    ("IndicatorShiftRow", "improved"),
    ("IndicatorShiftRow", "unchanged"),
    ("IndicatorShiftRow", "worse"),
    ("PlanSlip", "meanYears"),
    ("PlanStateShare", "share"),
    ("Reporting", "rate"),
    ("Reporting", "rateByPopulation"),
];

/// Rates whose terms are kronor.
const OF_MONEY: [(&str, &str); 7] = [
    ("AdministrativeCostYear", "share"),
    ("FundUsageLine", "usageRate"),
    ("RecipientFunds", "usageRate"),
    ("Reporting", "rateByAmount"),
    ("UsageRateBounds", "highest"),
    ("UsageRateBounds", "lowest"),
    ("UseArea", "share"),
];

/// Rates of kronor by a count.
const OF_MONEY_PER: [(&str, &str); 4] = [
    ("AllocationKey", "ratePerInhabitant"),
    ("AllocationKeyRow", "amountPerInhabitant"),
    ("FundUsageLine", "paidPerInhabitant"),
    ("RecipientFunds", "paidPerInhabitant"),
];

/// Exact numbers that are computed and given with twelve decimals, as type and field; every field of a type where none is
/// named. What is as it was sent, and sums of it, are none: they keep the decimals that they were sent with.
const COMPUTED: [(&str, Option<&str>); 12] = [
    ("AllocationEquality", None),
    ("ComparedDifference", None),
    ("Distribution", None),
    ("Equality", None),
    ("EqualityGap", None),
    ("IndicatorGroupValue", Some("weightedValue")),
    ("IndicatorShiftRow", Some("baselineMean")),
    ("IndicatorShiftRow", Some("followUpMean")),
    ("IndicatorShiftRow", Some("meanChange")),
    ("IndicatorShiftRow", Some("medianChange")),
    ("PermutationTest", None),
    ("SignTest", None),
];

/// What an exact number is: the field `name` of the type `of`, which stands in the field that is given with its type.
pub(super) fn kind(of: &str, name: &str, within: Option<(&str, &str)>) -> Kind {
    if of == RATE {
        return term(name, within);
    }
    let is_own =
        |(ty, field): &(&str, Option<&str>)| *ty == of && field.is_none_or(|field| field == name);
    if COMPUTED.iter().any(is_own) {
        Kind::Computed
    } else {
        Kind::Decimal
    }
}

/// What a number of a rate is.
fn term(name: &str, rate: Option<(&str, &str)>) -> Kind {
    let is_one_of = |known: &[(&str, &str)]| rate.is_some_and(|rate| known.contains(&rate));
    match name {
        "value" => Kind::Rate,
        _ if is_one_of(&OF_COUNTS) => Kind::Integer,
        _ if is_one_of(&OF_MONEY) => Kind::Money,
        "numerator" if is_one_of(&OF_MONEY_PER) => Kind::Money,
        "denominator" if is_one_of(&OF_MONEY_PER) => Kind::Integer,
        _ => Kind::Decimal,
    }
}

#[cfg(test)]
mod tests {
    use super::super::types::Types;
    use super::*;

    /// Rates whose terms are what an indicator or a figure is of: not the same in every row.
    const OF_ANYTHING: [(&str, &str); 5] = [
        ("EqualityGroup", "rate"),
        ("Figure", "rate"),
        ("IndicatorGroupValue", "weighted"),
        ("IndicatorShiftRow", "baseline"),
        ("IndicatorShiftRow", "followUp"),
    ];

    #[test]
    fn every_rate_of_the_schema_says_what_its_terms_are() {
        let mut known: Vec<_> = [&OF_COUNTS[..], &OF_MONEY, &OF_MONEY_PER, &OF_ANYTHING].concat();
        known.sort_unstable();
        assert_eq!(Types::known().giving(RATE), known);
    }

    #[test]
    fn what_is_computed_is_in_the_schema() {
        let numbers = Types::known().giving("Decimal");
        for (of, field) in COMPUTED {
            let is_own =
                |(ty, name): &(&str, &str)| *ty == of && field.is_none_or(|field| field == *name);
            assert!(numbers.iter().any(is_own), "{of} {field:?}");
        }
    }
}
