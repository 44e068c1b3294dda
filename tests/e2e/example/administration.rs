//! Administrative costs of each year: their share, by kind of cost and by organisation.

use serde_json::{Map, Value};

use super::compare::{Comparison, list, text};
use super::{answer, expected};
use crate::harness::on_both_engines;

const DOCUMENT: &str = "{ administrativeCosts(assignment: \"S2016/00633/FST\") { years {
  year amount paidAmount
  share { value absent numerator denominator n }
  byCostKind { costKind { code } amount }
  byOrganisation { organisation { code } amount }
} } }";

/// Amounts by the code of what they are about.
fn by_code(lines: &Value, about: &str) -> Value {
    let pair = |line: &Value| {
        (
            text(&line[about]["code"]).to_owned(),
            line["amount"].clone(),
        )
    };
    list(lines)
        .iter()
        .map(pair)
        .collect::<Map<String, Value>>()
        .into()
}

on_both_engines! {
    async fn every_year_is_as_computed_by_hand(app: Example) {
        let found = app.ask(DOCUMENT).await["administrativeCosts"]["years"].take();
        let entries = list(&expected()["funds"]["administration"]);
        assert_eq!(list(&found).len(), entries.len());
        let mut to = Comparison::default();
        for (found, entry) in list(&found).iter().zip(entries) {
            let what = entry["year"].to_string();
            to.same(&what, &found["year"], &entry["year"]);
            to.same(&what, &found["amount"], &entry["administrativeCosts"]);
            to.same(&what, &found["paidAmount"], &entry["paidAmount"]);
            to.rate(&what, &found["share"], &entry["administrativeShare"]);
            to.same(&what, &found["share"]["n"], &entry["organisations"]);
            to.same(&what, &by_code(&found["byCostKind"], "costKind"), &entry["byCostKind"]);
            to.same(&what, &by_code(&found["byOrganisation"], "organisation"), &entry["byOrganisation"]);
        }
        to.done(3 * 11);
    }

    async fn the_evaluators_question_gives_the_same_shares(app: Example) {
        let asked = app.ask(DOCUMENT).await["administrativeCosts"]["years"].take();
        let question = answer(&app, "03-fund-usage", serde_json::json!({})).await["administrativeCosts"]["years"].take();
        assert_eq!(list(&question).len(), 3);
        for (question, asked) in list(&question).iter().zip(list(&asked)) {
            assert_eq!(question["year"], asked["year"]);
            assert_eq!(question["amount"], asked["amount"]);
            assert_eq!(question["share"]["value"], asked["share"]["value"]);
        }
    }
}
