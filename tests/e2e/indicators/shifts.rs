//! Changes between years and values of groups: what they refuse, what they hide, and the rows that they name.

use serde_json::{Value, json};

use super::COUNTS_PERSONS;
use crate::answer::{data, refusal, refused};
use crate::harness::{Persona, on_both_engines};

const SHIFT: &str = "query ($indicators: [IndicatorCode!], $from: Int! = 2020, $to: Int! = 2022, $groupBy: [IndicatorDimension!]! = [], $sex: Sex! = TOTAL) {
    indicatorShift(indicators: $indicators, fromYear: $from, toYear: $to, groupBy: $groupBy, sex: $sex) { indicator { code }
        rows { pairCount baselineMean followUpMean meanChange absent isRestricted baseline { value absent } missing { reason count }
            sources(first: 1) { totalCount nodes { row submission { kind } } } } } }";

const VALUES: &str = "query ($indicators: [IndicatorCode!]) { indicatorGroupValues(indicators: $indicators, years: [2021]) {
    rows { sum isRestricted answered { n } sources(first: 1) { totalCount } } } }";

on_both_engines! {
    async fn what_does_not_exist_or_makes_no_sense_is_an_error_with_its_path(app: Example) {
        for (variables, code, argument) in [
            (json!({ "indicators": ["exempel_andel_enheter_utan_rutin", "nothing"] }), "UNKNOWN_CODE", "indicators[1]"),
            (json!({ "from": 2022, "to": 2022 }), "BAD_USER_INPUT", "toYear"),
            (json!({ "indicators": [COUNTS_PERSONS], "groupBy": ["COUNTY"] }), "DISCLOSURE", "indicators[0]"),
            (json!({ "indicators": [COUNTS_PERSONS], "sex": "WOMEN" }), "DISCLOSURE", "indicators[0]"),
        ] {
            assert_eq!(refusal(&app, SHIFT, variables).await, refused(code, argument));
        }
        assert_eq!(refusal(&app, VALUES, json!({ "indicators": [COUNTS_PERSONS] })).await, refused("DISCLOSURE", "indicators[0]"));
    }

    async fn of_counts_of_persons_the_change_is_told_and_the_levels_are_not(app: Example) {
        let asked = json!({ "indicators": [COUNTS_PERSONS] });
        let row = data(&app, SHIFT, asked.clone()).await["indicatorShift"][0]["rows"][0].take();
        assert_eq!((row["pairCount"].as_u64(), row["meanChange"].is_string()), (Some(248), true));
        for hidden in ["baselineMean", "followUpMean"] {
            assert_eq!(row[hidden], Value::Null, "{hidden}");
        }
        assert_eq!((&row["absent"], &row["baseline"]["absent"]), (&json!("SUPPRESSED"), &json!("SUPPRESSED")));
        assert_eq!((&row["sources"]["totalCount"], &row["isRestricted"]), (&json!(0), &json!(false)));
        for persona in [Persona::evaluator(), Persona::coordinator("socialstyrelsen")] {
            let mut asked = asked.clone();
            asked["groupBy"] = json!(["COUNTY"]);
            let answer = app.ask_as(&persona, SHIFT, asked).await;
            assert_eq!(answer.get("errors"), None, "{persona:?}");
            let rows = answer["data"]["indicatorShift"][0]["rows"].as_array().expect("rows");
            assert_eq!(rows.len(), 21);
            assert!(rows.iter().all(|row| row["isRestricted"] == true && row["baselineMean"].is_string()), "{persona:?}");
            let answer = app.ask_as(&persona, VALUES, json!({ "indicators": [COUNTS_PERSONS] })).await;
            let row = &answer["data"]["indicatorGroupValues"][0]["rows"][0];
            assert_eq!((&row["sum"], &row["isRestricted"]), (&json!("290"), &json!(true)), "{persona:?}");
        }
    }

    async fn a_line_names_the_rows_of_its_members(app: Example) {
        let asked = json!({ "indicators": ["exempel_andel_enheter_utan_rutin"] });
        let row = data(&app, SHIFT, asked.clone()).await["indicatorShift"][0]["rows"][0].take();
        assert_eq!(row["sources"]["totalCount"], 2 * 290, "a row for each municipality and year");
        assert_eq!(row["sources"]["nodes"][0]["submission"]["kind"], "indicator_values");
        let values = data(&app, VALUES, asked).await["indicatorGroupValues"][0]["rows"][0].take();
        assert_eq!(values["sources"]["totalCount"], 290);
    }
}
