//! Knowledge products of the agencies: all that the plan lists, by owner and heading, with their sources.

use entity::Kind;
use serde_json::{Value, json};

use crate::answer::{data, refusal, refused, texts};
use crate::harness::{Sent, on_both_engines};

const FIELDS: &str = "totalCount pageInfo { hasNextPage endCursor } nodes { title organisation { code } category year status url
    mainActivities { number } mainActivitiesAbsent assignment { code } sources { citation { document section } } }";

on_both_engines! {
    async fn the_55_of_the_plan_are_there_with_their_sources(app: Reference) {
        let found = data(&app, &format!("{{ knowledgeProducts(first: 500) {{ {FIELDS} }} }}"), json!({})).await;
        let all = found["knowledgeProducts"]["nodes"].as_array().expect("nodes");
        assert_eq!((&found["knowledgeProducts"]["totalCount"], all.len()), (&json!(55), 55));
        for one in all {
            assert_eq!(one["sources"][0]["citation"]["document"], "004_9d7bf3edd0c9ca6d.txt", "{one}");
            assert_eq!((&one["mainActivities"], &one["mainActivitiesAbsent"]), (&json!([]), &json!("NOT_AVAILABLE")));
            assert_eq!(one["assignment"]["code"], "S2020/01591/SOF");
        }
        for (owner, count) in [
            ("socialstyrelsen", 21), ("jamstalldhetsmyndigheten", 19), ("nck", 9), ("lansstyrelsen_ostergotland", 3),
            ("lansstyrelserna", 2), ("barnafrid", 1), ("vardanalys", 0),
        ] {
            let own = data(&app, &format!("{{ knowledgeProducts(organisation: \"{owner}\") {{ totalCount }} }}"), json!({})).await;
            assert_eq!(own["knowledgeProducts"]["totalCount"], count, "{owner}");
            assert_eq!(all.iter().filter(|one| one["organisation"]["code"] == owner).count(), count);
        }
        let regulations = data(&app, "{ knowledgeProducts(category: \"Föreskrifter och allmänna råd\") { nodes { title year status } } }", json!({})).await;
        let regulations = regulations["knowledgeProducts"]["nodes"].as_array().expect("nodes").clone();
        assert!(regulations.contains(&json!({ "title": "Våld i nära relationer (SOSFS 2014:4)", "year": 2014, "status": "Revideras under 2021" })), "{regulations:?}");
        assert_eq!(all.iter().filter(|one| !one["url"].is_null()).count(), 4);
    }

    async fn pages_visit_each_once_and_unknown_words_are_refused(app: Reference) {
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let document = format!("query ($after: String) {{ knowledgeProducts(first: 20, after: $after) {{ {FIELDS} }} }}");
            let page = data(&app, &document, json!({ "after": after })).await["knowledgeProducts"].take();
            seen.extend(texts(&page["nodes"], "/title"));
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        let whole = data(&app, "{ knowledgeProducts(last: 500) { nodes { title } } }", json!({})).await;
        assert_eq!(seen, texts(&whole["knowledgeProducts"]["nodes"], "/title"));
        for (argument, name) in [("organisation: \"ingen\"", "organisation"), ("category: \"Poesi\"", "category"), ("mainActivity: \"99\"", "mainActivity")] {
            let document = format!("{{ knowledgeProducts({argument}) {{ totalCount }} }}");
            assert_eq!(refusal(&app, &document, json!({})).await, refused("UNKNOWN_CODE", name));
        }
    }

    async fn a_coordinator_links_a_product_to_main_activities(app: Reference) {
        let title = "Våld i nära relationer (SOSFS 2014:4)";
        let text = |activities: &str| format!(
            "assignment;organisation_code;title;category;year;main_activities\n\
             S2020/01591/SOF;socialstyrelsen;{title};Föreskrifter och allmänna råd;2014;{activities}\n"
        );
        let sent = |activities: &str| Sent::csv(Kind::KnowledgeProducts, &text(activities));
        let refused = app.dry_run(&sent("1|99")).await;
        assert_eq!((refused.findings.len(), refused.findings[0].rule.code()), (1, "unknown_code"), "{refused:?}");
        let stranger = app.dry_run(&sent("1").by("nck")).await;
        assert_eq!(stranger.findings[0].rule.code(), "not_your_data");
        let report = app.send(&sent("1|4a")).await;
        assert_eq!((report.corrected, report.findings.len()), (1, 0), "{report:?}");
        let found = data(&app, "{ knowledgeProducts(mainActivity: \"4a\") { nodes { title mainActivities { number } mainActivitiesAbsent } } }", json!({})).await;
        assert_eq!(found["knowledgeProducts"]["nodes"], json!([{ "title": title, "mainActivities": [{ "number": "1" }, { "number": "4a" }], "mainActivitiesAbsent": null }]));
    }
}
