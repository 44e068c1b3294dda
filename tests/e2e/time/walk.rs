//! A walk over the whole schema: no field of a dataset of the past says anything that came later.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Value, json};

use super::asked::{as_of, change_everything, present};
use crate::harness::{Persona, TestApp, on_both_engines};
use crate::intake::files::{FUNDS, SUPPORT};

const SCHEMA: &str = "{ __schema { types { kind name fields { name
    args { name defaultValue type { kind } }
    type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }";

/// Arguments that a field needs, by the field's name; what is not here and needs one is a fault of this test.
fn arguments(field: &str) -> Option<Vec<String>> {
    let funds = format!("assignment: \"{FUNDS}\"");
    let one = |text: String| Some(vec![text]);
    match field {
        "assignment" => Some(vec![
            format!("registryNumber: \"{FUNDS}\""),
            format!("registryNumber: \"{SUPPORT}\""),
        ]),
        "recipient" => Some(vec![
            "code: \"0180\"".to_owned(),
            "code: \"1480\"".to_owned(),
        ]),
        "county" => one("code: \"14\"".to_owned()),
        "organisation" => one("code: \"nck\"".to_owned()),
        "round" => one("code: \"KOM-2018\"".to_owned()),
        "allocationKey" => one(format!("{funds}, recipientKind: MUNICIPALITY, year: 2016")),
        "fundUsage" => one(format!("{funds}, groupBy: [GRANT_YEAR, COUNTY]")),
        "administrativeCosts" | "fundLedger" => one(funds),
        "narratives" => one(format!("{funds}, deliverable: FINAL_REPORT")),
        "redistribution" | "missingReports" => one("round: \"KOM-2018\"".to_owned()),
        "funds" | "fundRows" => one(funds),
        "supportEvents" => one(format!("assignment: \"{SUPPORT}\"")),
        "equality" => one(format!(
            "{funds}, measure: PAID_PER_INHABITANT, grantYear: 2018, recipientKind: MUNICIPALITY, groupBy: [COUNTY]"
        )),
        "report" => Some(vec![
            format!("{funds}, kind: FINAL_REPORT"),
            format!("assignment: \"{SUPPORT}\", kind: INTERIM_REPORT"),
        ]),
        "figure" => one("code: \"fund.usage_rate|S2016/00633/FST|2018|MUNICIPALITY\"".to_owned()),
        "indicator" => one("code: \"kommun_overenskommelse_samverkan_kvinnojour\"".to_owned()),
        "indicatorShift" => one("fromYear: 2019, toYear: 2022".to_owned()),
        "indicatorComparison" => one(format!(
            "indicator: \"exempel_andel_enheter_utan_rutin\", fromYear: 2020, toYear: 2022, {funds}, by: REQUISITIONED, rounds: 99"
        )),
        "coverage" => one(format!(
            "assignment: \"{SUPPORT}\", recipientKind: MUNICIPALITY, groupBy: [COUNTY, EVENT_YEAR]"
        )),
        "activityPlan" | "deviations" => one(format!("assignment: \"{SUPPORT}\"")),
        "changesSince" | "slipSince" => one("version: 1".to_owned()),
        "progressBy" => one("dimension: ORGANISATION, reading: OWN".to_owned()),
        "personTable" => one(
            "indicator: \"exempel_skyddsplacerade_antal\", rows: COUNTY, columns: YEAR".to_owned(),
        ),
        "history" => Some(vec![
            "kind: \"populations\", key: \"0180|2014-12-31\"".to_owned(),
            "kind: \"recipients\", key: \"1480|\"".to_owned(),
        ]),
        _ => None,
    }
}

/// Fields that need an identity, which is asked for first.
const NEED_IDENTITY: (&str, &str) = ("Dataset", "submission");

#[derive(Clone, Debug)]
struct Field {
    name: String,
    needs: bool,
    pages: bool,
    gives: String,
    is_object: bool,
}

struct Schema(BTreeMap<String, Vec<Field>>);

impl Schema {
    async fn read(app: &TestApp) -> Self {
        let found = app.ask(SCHEMA).await;
        let types = found["__schema"]["types"].as_array().expect("types");
        let objects = types.iter().filter(|one| one["kind"] == "OBJECT");
        Self(
            objects
                .map(|one| (text(&one["name"]), fields(one)))
                .collect(),
        )
    }

    /// The shortest way from the dataset to each type: the fields to go through.
    fn ways(&self) -> BTreeMap<String, Vec<Field>> {
        let mut ways = BTreeMap::from([("Dataset".to_owned(), Vec::new())]);
        let mut next = VecDeque::from(["Dataset".to_owned()]);
        while let Some(here) = next.pop_front() {
            let way: Vec<Field> = ways[&here].clone();
            for field in &self.0[&here] {
                let reachable = field.is_object
                    && !ways.contains_key(&field.gives)
                    && (here.as_str(), field.name.as_str()) != NEED_IDENTITY
                    && (!field.needs || arguments(&field.name).is_some());
                if reachable {
                    let mut longer = way.clone();
                    longer.push(field.clone());
                    ways.insert(field.gives.clone(), longer);
                    next.push_back(field.gives.clone());
                }
            }
        }
        ways
    }

    /// Everything below an object that is no object itself.
    fn leaves(&self, of: &str) -> String {
        let plain = self.0[of]
            .iter()
            .filter(|field| !field.is_object && !field.needs);
        let names: Vec<&str> = plain.map(|field| field.name.as_str()).collect();
        if names.is_empty() {
            "__typename".to_owned()
        } else {
            names.join(" ")
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn fields(one: &Value) -> Vec<Field> {
    let field = |field: &Value| {
        let mut innermost = &field["type"];
        while !innermost["ofType"].is_null() {
            innermost = &innermost["ofType"];
        }
        let arguments = field["args"].as_array().into_iter().flatten();
        let needs =
            |one: &Value| one["type"]["kind"] == "NON_NULL" && one["defaultValue"].is_null();
        Field {
            name: text(&field["name"]),
            needs: arguments.clone().any(needs),
            pages: arguments.clone().any(|one| one["name"] == "first"),
            gives: text(&innermost["name"]),
            is_object: innermost["kind"] == "OBJECT",
        }
    };
    one["fields"]
        .as_array()
        .into_iter()
        .flatten()
        .map(field)
        .collect()
}

/// A field with its arguments: every way to ask it.
fn asked(field: &Field) -> Vec<String> {
    let first = if field.pages { "first: 40" } else { "" };
    match arguments(&field.name).filter(|_| field.needs) {
        Some(ways) => ways
            .iter()
            .map(|way| format!("{}({way}, {first})", field.name))
            .collect(),
        None if field.pages => vec![format!("{}({first})", field.name)],
        None => vec![field.name.clone()],
    }
    .into_iter()
    .map(|text| text.replace(", )", ")"))
    .collect()
}

/// One document for each object field of each type, with all that is no object below it.
fn documents(schema: &Schema) -> (Vec<String>, BTreeSet<(String, String)>) {
    let (mut documents, mut covered) = (Vec::new(), BTreeSet::new());
    for (of, way) in schema.ways() {
        let selection = schema.leaves(&of);
        covered.extend(
            schema.0[&of]
                .iter()
                .filter(|field| !field.is_object && !field.needs)
                .map(|field| (of.clone(), field.name.clone())),
        );
        let mut selections = vec![selection];
        for field in schema.0[&of]
            .iter()
            .filter(|field| field.is_object && (of.as_str(), field.name.as_str()) != NEED_IDENTITY)
        {
            if field.needs && arguments(&field.name).is_none() {
                continue;
            }
            covered.insert((of.clone(), field.name.clone()));
            let below = schema.leaves(&field.gives);
            selections.extend(
                asked(field)
                    .into_iter()
                    .map(|asked| format!("{asked} {{ {below} }}")),
            );
        }
        for selection in selections {
            let mut whole = vec![selection];
            for field in way.iter().rev() {
                let ways = asked(field);
                whole = whole
                    .iter()
                    .flat_map(|below| {
                        ways.iter()
                            .map(move |asked| format!("{asked} {{ {below} }}"))
                    })
                    .collect();
            }
            documents.extend(whole);
        }
    }
    (documents, covered)
}

/// What asks every field of a dataset, below `dataset`.
pub(crate) async fn everything(app: &TestApp) -> Vec<String> {
    documents(&Schema::read(app).await).0
}

/// The answers of a dataset to every document, by document.
async fn answers(app: &TestApp, dataset: &str, documents: &[String]) -> BTreeMap<String, String> {
    let mut answers = BTreeMap::new();
    for document in documents {
        let whole = format!("{{ dataset({dataset}) {{ {document} }} }}");
        let answer = app.ask_as(&Persona::evaluator(), &whole, json!({})).await;
        assert_eq!(answer.get("errors"), None, "{whole}: {answer}");
        answers.insert(document.clone(), answer.to_string());
    }
    answers
}

on_both_engines! {
    async fn no_field_says_what_came_later(app: Example) {
        let schema = Schema::read(&app).await;
        let (documents, covered) = documents(&schema);
        let reached = schema.ways();
        let left: Vec<String> = schema.0.iter().filter(|(name, _)| reached.contains_key(*name))
            .flat_map(|(name, fields)| fields.iter().map(move |field| (name.clone(), field.name.clone())))
            .filter(|one| !covered.contains(one)).map(|(of, field)| format!("{of}.{field}")).collect();
        assert_eq!(left, ["Dataset.submission"], "every field is asked, or is named here");
        assert!(documents.len() > 150, "{} documents", documents.len());
        let instant = as_of(&present(&app).await);
        let mut all = Vec::new();
        for basis in ["", ", basis: ALL_RECEIVED"] {
            let dataset = format!("{instant}{basis}");
            let before = answers(&app, &dataset, &documents).await;
            all.push((dataset, before));
        }
        change_everything(&app, 2).await;
        crate::life::steps::everything_happens(&app).await;
        for (dataset, before) in all {
            for (document, after) in answers(&app, &dataset, &documents).await {
                assert_eq!(before[&document], after, "{document} under {dataset} says what came later");
            }
        }
    }
}
