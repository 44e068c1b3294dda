//! Definitions and values as they were sent, page by page; single counts of persons are hidden.

use serde_json::{Value, json};

use super::COUNTS_PERSONS;
use crate::answer::{data, refusal, refused, texts};
use crate::harness::{Persona, on_both_engines};

const VALUES: &str = "query ($indicators: [IndicatorCode!], $areas: [AreaCode!], $years: [Int!], $sex: Sex, $after: String) {
    indicatorValues(indicators: $indicators, areas: $areas, years: $years, sex: $sex, first: 40, after: $after) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes { indicator { code concernsPersons } year sex area { code kind county { code } recipient { name } } definition { version }
            quantity { value unit absent } numerator denominator statedSource isRestricted source { row } } } }";

on_both_engines! {
    async fn an_indicator_tells_its_definitions_and_its_owner(app: Example) {
        let document = "{ indicator(code: \"kommun_overenskommelse_samverkan_kvinnojour\") { code title unit direction concernsPersons
            owner { code } definitions { version validFromYear validToYear comparableWithPrevious title unit sources { row } } sources { row } }
            indicators(first: 500) { totalCount nodes { code title } } persons: indicators(where: { concernsPersons: true }) { nodes { code } } }";
        let found = data(&app, document, json!({})).await;
        let one = &found["indicator"];
        assert_eq!((&one["unit"], &one["owner"]["code"]), (&json!("YES_NO"), &json!("socialstyrelsen")));
        let versions = one["definitions"].as_array().expect("definitions");
        assert_eq!(versions.len(), 2);
        assert_eq!(versions[1]["validFromYear"], 2024);
        assert_eq!(versions[1]["comparableWithPrevious"], false);
        assert_eq!(found["persons"]["nodes"], json!([{ "code": COUNTS_PERSONS }]));
        let titles = texts(&found["indicators"]["nodes"], "/title");
        assert_eq!(found["indicators"]["totalCount"], titles.len());
    }

    async fn pages_go_through_all_values_of_a_question_once(app: Example) {
        let mut asked = json!({ "indicators": ["exempel_andel_enheter_utan_rutin", "kommun_rutin_skolgang_skyddat_boende"], "years": [2019, 2021] });
        let mut seen: Vec<String> = Vec::new();
        loop {
            let page = data(&app, VALUES, asked.clone()).await["indicatorValues"].take();
            assert_eq!(page["totalCount"], 4 * 290);
            for node in page["nodes"].as_array().expect("nodes") {
                seen.push(format!("{} {} {} {}", node["indicator"]["code"], node["area"]["code"], node["year"], node["sex"]));
                assert_eq!(node["quantity"]["value"].is_null(), !node["quantity"]["absent"].is_null(), "{node}");
            }
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            asked["after"] = page["pageInfo"]["endCursor"].clone();
        }
        let count = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!((count, seen.len()), (4 * 290, 4 * 290));
    }

    async fn unknown_codes_are_errors_with_their_path(app: Example) {
        for (variables, argument) in [
            (json!({ "indicators": ["nothing"] }), "indicators[0]"),
            (json!({ "areas": ["SE", "99"] }), "areas[1]"),
            (json!({ "areas": ["0001"] }), "areas[0]"),
        ] {
            assert_eq!(refusal(&app, VALUES, variables).await, refused("UNKNOWN_CODE", argument));
        }
    }

    async fn counts_of_persons_are_hidden_beside_others_and_refused_by_name(app: Example) {
        let mixed = json!({ "areas": ["0180"], "years": [2020, 2022] });
        let found = data(&app, VALUES, mixed.clone()).await["indicatorValues"].take();
        let nodes = found["nodes"].as_array().expect("nodes");
        let (counts, others): (Vec<&Value>, Vec<&Value>) = nodes.iter().partition(|node| node["indicator"]["concernsPersons"] == true);
        assert_eq!((counts.len(), others.len() > 10), (6, true), "two years, three sexes");
        for one in counts {
            assert_eq!(one["quantity"], json!({ "value": null, "unit": "COUNT", "absent": "SUPPRESSED" }));
            for field in ["numerator", "denominator", "statedSource", "source"] {
                assert_eq!(one[field], Value::Null, "{field}");
            }
        }
        let named = json!({ "indicators": ["kommun_rutin_skolgang_skyddat_boende", COUNTS_PERSONS], "areas": ["0180"] });
        assert_eq!(refusal(&app, VALUES, named.clone()).await, refused("DISCLOSURE", "indicators[1]"));
        let none = json!({ "indicators": [COUNTS_PERSONS], "areas": ["0180"], "years": [1999] });
        assert_eq!(refusal(&app, VALUES, none).await, refused("DISCLOSURE", "indicators[0]"), "that there is none is told neither");
        let other = app.ask_as(&Persona::reporter("nck"), VALUES, named.clone()).await;
        assert_eq!(other["errors"][0]["extensions"]["code"], "DISCLOSURE");
        for reached in [Persona::evaluator(), Persona::coordinator("socialstyrelsen"), Persona::reporter("socialstyrelsen")] {
            let answer = app.ask_as(&reached, VALUES, named.clone()).await;
            assert_eq!(answer.get("errors"), None, "{reached:?}");
            let nodes = answer["data"]["indicatorValues"]["nodes"].as_array().expect("nodes").iter();
            let shown = nodes.filter(|node| node["isRestricted"] == true && node["quantity"]["value"].is_string());
            assert!(shown.count() > 6, "{reached:?}");
        }
    }
}
