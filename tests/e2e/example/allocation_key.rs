//! The allocation key of 2016, as question 02 asks it: printed and computed amounts are one.

use serde_json::{Value, json};

use super::compare::{Comparison, list, ore};
use super::expected;
use crate::harness::{on_both_engines, question};

on_both_engines! {
    async fn all_printed_amounts_are_computed_and_the_inequality_is_exact(app: Example) {
        let answer = app.ask_with(&question("02-allocation-key"), json!({})).await;
        assert_eq!(answer.get("errors"), None);
        let key = &answer["data"]["allocationKey"];
        let rows = list(&key["rows"]);
        assert_eq!((rows.len(), key["residue"].as_str()), (290, Some("6.00")));
        let expected = &expected()["funds"]["allocationKey2016"];
        let mut to = Comparison::default();
        for row in rows {
            to.same(&row["recipient"]["code"].to_string(), &row["amount"], &row["printedAmount"]);
            to.holds(ore(&row["difference"]) == 0, || format!("{row} differs"));
        }
        let sum: i128 = rows.iter().map(|row| ore(&row["amount"])).sum();
        to.holds(sum == ore(&expected["sum"]), || format!("the amounts make {sum} öre"));
        for (measure, name) in [("AMOUNT", "giniAmounts"), ("AMOUNT_PER_INHABITANT", "giniPerInhabitant")] {
            let found = list(&key["equality"]).iter().find(|one| one["measure"] == measure);
            let gini = found.map_or(&Value::Null, |found| &found["gini"]);
            to.number(name, gini, &Value::Null, &expected[name]);
        }
        to.done(583);
    }
}
