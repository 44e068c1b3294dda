//! Where an association lies: its municipality nowhere, its county unless the location is protected.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::answer::{data, ore, texts};
use crate::harness::{TestApp, on_both_engines};

/// An association as the file of the example has it.
struct Sent {
    code: String,
    county: String,
    municipality: String,
    protected: bool,
}

fn sent() -> Vec<Sent> {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/example/03-recipients.csv");
    let text = std::fs::read_to_string(path).expect("the example's associations");
    let row = |line: &str| {
        let cells: Vec<String> = line
            .split(',')
            .map(|cell| cell.trim_matches('"').to_owned())
            .collect();
        Sent {
            code: cells[0].clone(),
            county: cells[3].clone(),
            municipality: cells[4].clone(),
            protected: cells[8] == "ja",
        }
    };
    let found: Vec<Sent> = text.lines().skip(1).map(row).collect();
    assert_eq!(found.len(), 60);
    assert!(
        found.iter().filter(|one| one.protected).count() > 1,
        "some locations are protected"
    );
    found
}

fn protected() -> Vec<String> {
    sent()
        .into_iter()
        .filter(|one| one.protected)
        .map(|one| one.code)
        .collect()
}

async fn all_counties(app: &TestApp) -> Vec<String> {
    let regions = data(
        app,
        "{ recipients(where: { kinds: [REGION] }) { nodes { county { code } } } }",
        json!({}),
    )
    .await;
    texts(&regions["recipients"]["nodes"], "/county/code")
}

fn leaves<'a>(value: &'a Value, into: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => into.push(text),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, into)),
        Value::Object(fields) => fields.values().for_each(|item| leaves(item, into)),
        _ => {}
    }
}

/// What each association was paid, in öre, by code.
async fn paid(app: &TestApp) -> BTreeMap<String, i128> {
    let document = "{ fundUsage(assignment: \"S2016/00633/FST\", groupBy: [RECIPIENT], filter: { recipientKinds: [NGO] })
        { rows { key { recipient { code } } paidAmount } } }";
    let answer = data(app, document, json!({})).await;
    let rows = answer["fundUsage"]["rows"].as_array().expect("rows");
    let pair = |row: &Value| {
        (
            row["key"]["recipient"]["code"]
                .as_str()
                .expect("a code")
                .to_owned(),
            ore(&row["paidAmount"]),
        )
    };
    rows.iter().map(pair).collect()
}

#[test]
fn no_field_of_the_schema_is_named_after_a_municipality_and_none_of_a_recipient_speaks_of_one() {
    let schema = samsyn::graphql::schema_text();
    let recipient = schema
        .split("\ntype Recipient {")
        .nth(1)
        .and_then(|rest| rest.split("\n}").next());
    let recipient = recipient.expect("there is a type Recipient").to_lowercase();
    assert!(
        recipient.contains("countyabsent: absent"),
        "that is the type that was meant"
    );
    assert!(!recipient.contains("municipality") && !recipient.contains("kommun"));
    let fields = schema
        .lines()
        .map(str::trim)
        .filter(|line| line.contains(": ") || line.contains('('));
    let named: Vec<&str> = fields
        .filter(|line| {
            line.split(['(', ':'])
                .next()
                .is_some_and(|name| !name.contains(' '))
        })
        .filter(|line| {
            line.split([')', ':'])
                .next()
                .is_some_and(|name| name.to_lowercase().contains("municipality"))
        })
        .collect();
    assert_eq!(named, Vec::<&str>::new());
}

on_both_engines! {
    async fn an_associations_county_is_open_and_its_municipality_is_nowhere(app: Example) {
        for one in sent() {
            let document = "query ($code: RecipientCode!) { recipient(code: $code) { name kind county { code name isoCode }
                countyAbsent populationGroup populations { date } validFrom validTo sources { sheet citation { section } } } }";
            let found = data(&app, document, json!({ "code": one.code })).await["recipient"].take();
            if one.protected {
                assert_eq!((&found["county"], &found["countyAbsent"]), (&Value::Null, &json!("PROTECTED")), "{}", one.code);
            } else {
                assert_eq!((&found["county"]["code"], &found["countyAbsent"]), (&json!(one.county), &Value::Null), "{}", one.code);
            }
            let mut said = Vec::new();
            leaves(&found, &mut said);
            assert!(said.iter().all(|text| !text.contains(&one.municipality)), "{} says {}: {said:?}", one.code, one.municipality);
        }
    }

    async fn a_protected_location_is_in_no_county_filter(app: Example) {
        let (hidden, counties) = (protected(), all_counties(&app).await);
        assert_eq!(counties.len(), 21);
        let document = "query ($counties: [CountyCode!]!) {
            recipients(first: 500, where: { kinds: [NGO], counties: $counties }) { nodes { code } }
            fundUsage(assignment: \"S2016/00633/FST\", groupBy: [RECIPIENT], filter: { recipientKinds: [NGO], counties: $counties })
                { rows { key { recipient { code } } } }
            coverage(assignment: \"S2020/01591/SOF\", recipientKind: NGO, filter: { counties: $counties })
                { total { unreached { code } } } }";
        let answer = data(&app, document, json!({ "counties": counties })).await;
        let listed = texts(&answer["recipients"]["nodes"], "/code");
        assert_eq!(listed.len(), 60 - hidden.len());
        let used = texts(&answer["fundUsage"]["rows"], "/key/recipient/code");
        let unreached = texts(&answer["coverage"]["total"]["unreached"], "/code");
        assert!(!used.is_empty() && !unreached.is_empty());
        for code in &hidden {
            assert!(![&listed, &used, &unreached].iter().any(|list| list.contains(code)), "{code} shows by its county");
        }
        // Nor one by one: a county and the recipient's own code together give nothing.
        let own = "query ($counties: [CountyCode!]!, $recipients: [RecipientCode!]!) { fundUsage(assignment: \"S2016/00633/FST\",
            filter: { counties: $counties, recipients: $recipients }) { rowCount total { paidAmount } } }";
        let answer = data(&app, own, json!({ "counties": counties, "recipients": hidden })).await;
        assert_eq!(answer["fundUsage"], json!({ "rowCount": 0, "total": { "paidAmount": "0.00" } }));
    }

    async fn by_county_the_protected_stand_apart_and_are_in_no_countys_sum(app: Example) {
        let (hidden, paid) = (protected(), paid(&app).await);
        let open: BTreeMap<String, String> =
            sent().into_iter().filter(|one| !one.protected).map(|one| (one.code, one.county)).collect();
        let sum = |county: Option<&str>| paid.iter().filter(|(code, _)| open.get(*code).map(String::as_str) == county).map(|(_, ore)| ore).sum::<i128>();
        assert!(sum(None) > 0, "some protected association was paid");
        assert!(hidden.iter().any(|code| paid.contains_key(code)));
        let document = "{
            fundUsage(assignment: \"S2016/00633/FST\", groupBy: [COUNTY], filter: { recipientKinds: [NGO] })
                { rows { key { county { code } parts { code label absent } } paidAmount } }
            equality(assignment: \"S2016/00633/FST\", measure: USAGE_RATE, recipientKind: NGO, groupBy: [COUNTY])
                { groups { key { county { code } parts { absent } } rate { denominator } } gap { highest { key { parts { absent } } } } } }";
        let answer = data(&app, document, json!({})).await;
        let rows = answer["fundUsage"]["rows"].as_array().expect("rows");
        for row in rows {
            let county = row["key"]["county"]["code"].as_str();
            assert_eq!(ore(&row["paidAmount"]), sum(county), "{county:?}");
            let absent = if county.is_none() { json!("PROTECTED") } else { Value::Null };
            assert_eq!(row["key"]["parts"][0]["absent"], absent, "{county:?}");
            assert_eq!(row["key"]["parts"][0]["label"].is_null(), county.is_none());
        }
        assert_eq!(rows.iter().filter(|row| row["key"]["county"].is_null()).count(), 1, "one group of the protected");
        let groups = answer["equality"]["groups"].as_array().expect("groups");
        let apart: Vec<&Value> = groups.iter().filter(|group| group["key"]["county"].is_null()).collect();
        assert_eq!(apart.len(), 1);
        assert_eq!(apart[0]["key"]["parts"][0]["absent"], json!("PROTECTED"));
        assert_eq!(groups.len(), rows.len(), "the same groups by both questions");
    }
}
