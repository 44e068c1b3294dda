//! The allocation key: all 290 amounts as printed, what-ifs that sum to the pool to the öre, rules that cannot be followed.

use serde_json::{Value, json};

use crate::answer::{data, ore, refusal, refused};
use crate::chance::Chance;
use crate::harness::{TestApp, on_both_engines};

const QUESTION: &str = "query ($whatIf: AllocationKeyInput, $year: Int! = 2016) {
    allocationKey(assignment: \"S2016/00633/FST\", recipientKind: MUNICIPALITY, year: $year, whatIf: $whatIf) {
        hypothetical pool base threshold residue equality { measure gini }
        rows { recipient { code } population populationDate amount printedAmount difference }
    }
}";

async fn key(app: &TestApp, what_if: Value) -> Value {
    data(app, QUESTION, json!({ "whatIf": what_if })).await["allocationKey"].take()
}

fn rows(key: &Value) -> &Vec<Value> {
    key["rows"].as_array().expect("rows")
}

fn sum(key: &Value) -> i128 {
    rows(key).iter().map(|row| ore(&row["amount"])).sum()
}

fn kronor(ore: i128) -> String {
    format!("{}.{:02}", ore / 100, ore % 100)
}

/// A rule to try, in öre.
struct Rule {
    pool: i128,
    base: i128,
    threshold: i128,
}

impl Rule {
    fn random(chance: &mut Chance) -> Self {
        // Öre in the pool, bases that often take more than the pool, thresholds that bind nobody, some or all.
        Self {
            pool: chance.below(6_000_000_000) + 1,
            base: chance.below(3) * chance.below(12_000_000),
            threshold: chance.below(4) * chance.below(120_000),
        }
    }

    fn input(&self) -> Value {
        json!({ "pool": kronor(self.pool), "base": kronor(self.base), "threshold": self.threshold })
    }

    /// The rule by hand: each row's amount in whole kronor before the residue, or nothing where the bases take too much.
    fn amounts(&self, populations: &[i128]) -> Option<Vec<i128>> {
        let base = |population: i128| {
            if population < self.threshold {
                self.base
            } else {
                0
            }
        };
        let by_rate = self.pool - populations.iter().map(|one| base(*one)).sum::<i128>();
        let all: i128 = populations.iter().sum();
        let krona = 100 * all;
        // Half up: twice the exact amount plus one, halved and floored.
        let rounded =
            |one: &i128| (2 * (base(*one) * all + by_rate * one) + krona).div_euclid(2 * krona);
        (by_rate >= 0).then(|| populations.iter().map(rounded).collect())
    }
}

on_both_engines! {
    async fn all_290_amounts_of_2016_are_as_printed(app: Reference) {
        let found = key(&app, Value::Null).await;
        assert_eq!(found["hypothetical"], json!(false));
        assert_eq!(rows(&found).len(), 290);
        for row in rows(&found) {
            assert_eq!(row["amount"], row["printedAmount"], "{}", row["recipient"]["code"]);
            assert_eq!(row["difference"], json!("0.00"));
            assert_eq!(row["populationDate"], json!("2014-12-31"));
        }
        assert_eq!(sum(&found), 5_000_000_000);
        assert_eq!((&found["pool"], &found["residue"]), (&json!("50000000.00"), &json!("6.00")));
        assert_eq!((&found["base"], &found["threshold"]), (&json!("80000.00"), &json!(30_000)));
        let equality = found["equality"].as_array().expect("two measures");
        let gini: Vec<&str> = equality.iter().filter_map(|one| one["gini"].as_str()).map(|gini| &gini[..7]).collect();
        assert!(gini[0].starts_with("0.299") || gini[0].starts_with("0.300"), "{gini:?}");
        assert!(gini[1].starts_with("0.324") || gini[1].starts_with("0.325"), "{gini:?}");
    }

    async fn any_rule_sums_to_its_pool_to_the_ore_or_is_refused(app: Reference) {
        let populations: Vec<i128> = {
            let printed = key(&app, Value::Null).await;
            rows(&printed).iter().map(|row| row["population"].as_i64().expect("a number").into()).collect()
        };
        let mut by_size: Vec<usize> = (0..populations.len()).collect();
        by_size.sort_by_key(|index| std::cmp::Reverse(populations[*index]));
        let (mut chance, mut followed, mut impossible) = (Chance::seeded(2016), 0, 0);
        for _ in 0..40 {
            let rule = Rule::random(&mut chance);
            let Some(expected) = rule.amounts(&populations) else {
                let found = refusal(&app, QUESTION, json!({ "whatIf": rule.input() })).await;
                assert_eq!(found, refused("BAD_USER_INPUT", "whatIf"), "{}", rule.input());
                impossible += 1;
                continue;
            };
            let found = key(&app, rule.input()).await;
            assert_eq!(sum(&found), rule.pool, "{}", rule.input());
            assert_eq!(found["pool"], json!(kronor(rule.pool)));
            let residue = expected.iter().sum::<i128>() * 100 - rule.pool;
            let said = found["residue"].as_str().expect("money").replace('.', "");
            assert_eq!(said.parse::<i128>().expect("öre"), residue, "{}", rule.input());
            for (index, row) in rows(&found).iter().enumerate() {
                let amount = ore(&row["amount"]);
                if !by_size[..3].contains(&index) {
                    assert_eq!(amount, expected[index] * 100, "only the three most populous bear the residue");
                }
                let printed = ore(&row["printedAmount"]);
                let difference = row["difference"].as_str().expect("money").replace('.', "");
                assert_eq!(difference.parse::<i128>().expect("öre"), amount - printed);
            }
            followed += 1;
        }
        assert!(followed > 10 && impossible > 3, "{followed} followed, {impossible} impossible");
    }

    async fn what_is_left_out_of_a_what_if_stays_as_decided(app: Reference) {
        let decided = key(&app, Value::Null).await;
        let empty = key(&app, json!({})).await;
        assert_eq!(empty, decided);
        let pool = key(&app, json!({ "pool": "61234567" })).await;
        assert_eq!(pool, key(&app, json!({ "pool": "61234567.00" })).await, "decimals may be left out");
        assert_eq!((&pool["base"], &pool["threshold"]), (&decided["base"], &decided["threshold"]));
        assert_eq!((&pool["hypothetical"], sum(&pool)), (&json!(true), 6_123_456_700));
        let day = key(&app, json!({ "populationDate": "2014-12-31" })).await;
        assert_eq!(day["rows"], decided["rows"], "the same day by name");
    }

    async fn a_rule_that_cannot_be_followed_is_refused(app: Reference) {
        for what_if in [
            json!({ "pool": "-1" }),
            json!({ "base": "-0.01" }),
            json!({ "threshold": -1 }),
            json!({ "base": "1000000", "threshold": 2_000_000 }),
            json!({ "pool": "0", "base": "0.01" }),
            json!({ "base": "90000000000000000" }),
        ] {
            let found = refusal(&app, QUESTION, json!({ "whatIf": what_if })).await;
            assert_eq!(found.code, "BAD_USER_INPUT", "{what_if}");
            assert!(found.argument.starts_with("whatIf"), "{what_if}: {found:?}");
        }
    }

    async fn what_is_unknown_is_refused_with_its_argument(app: Reference) {
        let ask = async |variables: Value| refusal(&app, QUESTION, variables).await;
        let day = json!({ "whatIf": { "populationDate": "2014-12-30" } });
        assert_eq!(ask(day).await, refused("UNKNOWN_CODE", "whatIf.populationDate"));
        assert_eq!(ask(json!({ "year": 2015 })).await, refused("UNKNOWN_CODE", "year"));
        assert_eq!(ask(json!({ "year": 2019 })).await, refused("UNKNOWN_CODE", "year"));
        let other = QUESTION.replace("MUNICIPALITY", "REGION");
        assert_eq!(refusal(&app, &other, json!({})).await.code, "UNKNOWN_CODE");
        let other = QUESTION.replace("S2016/00633/FST", "S1999/1/X");
        assert_eq!(refusal(&app, &other, json!({})).await, refused("UNKNOWN_CODE", "assignment"));
    }

    async fn money_is_never_taken_as_a_number_or_with_an_exponent(app: Reference) {
        for pool in [json!(61_234_567), json!(61_234_567.5), json!("1e5"), json!("61 234 567"), json!("1,50"), json!("0.001"), json!("")] {
            let by_variable = refusal(&app, QUESTION, json!({ "whatIf": { "pool": pool } })).await;
            assert_eq!(by_variable.code, "BAD_USER_INPUT", "{pool}");
            let in_the_text = QUESTION.replace("whatIf: $whatIf", &format!("whatIf: {{ pool: {pool} }}"));
            let in_the_text = in_the_text.replace("$whatIf: AllocationKeyInput, ", "");
            let found = refusal(&app, &in_the_text, json!({})).await.code;
            assert!(["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains(&found.as_str()), "{pool}: {found}");
        }
    }
}
