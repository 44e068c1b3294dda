//! Reports: question 10, every deliverable of every assignment, demands, the quality declaration, and the documents.

mod charts;
mod documents;
pub(crate) mod narratives;
mod paper;
mod rounding;
mod written;

use serde_json::{Value, json};

use crate::answer::{data, refusal, refused};
use crate::figures::asked::{figure, same_as_its_question};
use crate::harness::{TestApp, on_both_engines, question};

const FUNDS: &str = "S2016/00633/FST";
const SUPPORT: &str = "S2020/01591/SOF";

const CELLS: &str = "query($assignment: RegistryNumber!, $kind: DeliverableKind!, $dueOn: Date) { report(assignment: $assignment, kind: $kind, dueOn: $dueOn) {
    registryNumber dueOn parts { number title sections { code number title emptyBecause emptyBecauseEn
        figures { code number title } tables { code number columns { key title unit } rows { cells { column text value absent figure number } } notes } } }
    requiredContents { text missing satisfiedBy { code } source { row } }
    qualityDeclaration { heading text headingEn textEn } } }";

fn list<'a>(value: &'a Value, path: &str) -> Vec<&'a Value> {
    let found = value.pointer(path).and_then(Value::as_array);
    found
        .unwrap_or_else(|| panic!("no {path}: {value}"))
        .iter()
        .collect()
}

fn sections(report: &Value) -> Vec<&Value> {
    let parts = list(report, "/parts");
    parts
        .into_iter()
        .flat_map(|part| list(part, "/sections"))
        .collect()
}

fn section<'a>(report: &'a Value, code: &str) -> &'a Value {
    let mut all = sections(report).into_iter();
    all.find(|one| one["code"] == code)
        .unwrap_or_else(|| panic!("no section {code}"))
}

async fn report(app: &TestApp, assignment: &str, kind: &str, due_on: &Value) -> Value {
    let variables = json!({ "assignment": assignment, "kind": kind, "dueOn": due_on });
    data(app, CELLS, variables).await["report"].take()
}

on_both_engines! {
    async fn question_10_is_the_final_report_in_four_parts(app: Example) {
        let found = data(&app, &question("10-report"), json!({})).await;
        let found = &found["report"];
        assert_eq!(found["registryNumber"], FUNDS);
        let title = found["title"].as_str().expect("a title");
        assert!(title.ends_with("En slutredovisning av kompetensstödet och utvecklingsmedlen 2016–2018"), "{title}");
        let titles: Vec<&str> = list(found, "/parts").iter().map(|part| part["title"].as_str().expect("a title")).collect();
        assert_eq!(titles, [
            "Det nationella och regionala kompetensstödet",
            "Redovisning av utvecklingsmedlen till kommuner, regioner och ideella föreningar",
            "Analys av utvecklingen avseende kommuners och regioners användning av utvecklingsmedlen",
            "Sammanfattande slutsatser",
        ]);
        let demands = list(found, "/requiredContents");
        assert_eq!(demands.len(), 3, "as the documents list them: {demands:?}");
        assert!(demands.iter().all(|one| !list(one, "/satisfiedBy").is_empty()), "{demands:?}");
        let registry = demands.iter().find(|one| one["text"].as_str().is_some_and(|text| text.contains("diarienummer")));
        assert_eq!(registry.expect("a demand")["satisfiedBy"], json!([{ "code": "assignment" }]));
        assert!(list(found, "/qualityDeclaration").len() >= 6);
        let numbers: Vec<&str> = list(section(found, "funds.by_year"), "/figures").iter().map(|one| one["number"].as_str().expect("a number")).collect();
        assert_eq!((numbers[0], numbers[6]), ("2.1-01", "2.1-07"));
    }

    async fn every_cell_is_a_figure_of_the_register_and_every_figure_a_cell(app: Example) {
        for (assignment, kind) in [(FUNDS, "FINAL_REPORT"), (SUPPORT, "FINAL_REPORT"), (FUNDS, "ANNUAL_REPORT")] {
            let found = report(&app, assignment, kind, &Value::Null).await;
            let mut seen = 0;
            for section in sections(&found) {
                let mut figures = list(section, "/figures").into_iter();
                for table in list(section, "/tables") {
                    let columns = list(table, "/columns");
                    for row in list(table, "/rows") {
                        let cells = list(row, "/cells");
                        assert_eq!(cells.len(), columns.len());
                        for cell in cells {
                            let Some(code) = cell["figure"].as_str() else { continue };
                            let own = figures.next().expect("a figure");
                            assert_eq!((&own["code"], &own["number"]), (&cell["figure"], &cell["number"]));
                            assert_eq!(cell["value"].is_null(), cell["absent"].is_string(), "{cell}");
                            seen += 1;
                            if seen % 37 == 0 {
                                let figure = figure(&app, code).await.expect("a figure");
                                let value = if figure["rate"].is_null() { &figure["quantity"]["value"] } else { &figure["rate"]["value"] };
                                assert_eq!(&cell["value"], value, "{code}");
                                same_as_its_question(&app, &figure).await;
                            }
                        }
                    }
                }
                assert_eq!(figures.next(), None, "{}", section["code"]);
            }
            assert!(seen > 50, "{assignment} {kind}: {seen} figures");
        }
    }

    async fn the_account_holds_years_counties_groups_areas_applications_and_administration(app: Example) {
        let found = report(&app, FUNDS, "FINAL_REPORT", &Value::Null).await;
        for code in ["assignment", "funds.by_year", "funds.by_county", "funds.by_population_group", "funds.use_areas", "funds.applications",
            "funds.repayments", "funds.administration", "funds.allocation_key", "development.use", "development.equality",
            "development.published", "conclusions.summary", "conclusions.findings"] {
            let found = section(&found, code);
            assert!(found["emptyBecause"].is_null() && !list(found, "/tables").is_empty(), "{code} is empty");
        }
        let by_county = list(section(&found, "funds.by_county"), "/tables");
        assert_eq!(by_county.iter().filter(|one| one["code"].as_str().is_some_and(|code| code.starts_with("funds.by_county.municipalities_"))).count(), 3);
        assert!(list(by_county[0], "/rows").len() >= 21);
        let published = list(section(&found, "development.published"), "/tables")[0];
        let usage = list(published, "/rows").into_iter().find(|row| row["cells"][0]["text"] == "kommunernas nyttjandegrad" && row["cells"][1]["text"] == "2018");
        let usage = usage.expect("the published usage rate of 2018");
        assert_eq!(usage["cells"][2]["value"], "92");
        assert!(usage["cells"][3]["value"].is_string(), "{usage}");
        let plan = report(&app, SUPPORT, "FINAL_REPORT", &Value::Null).await;
        for code in ["support.coverage", "support.plan"] {
            assert!(section(&plan, code)["emptyBecause"].is_null(), "{code}");
        }
        assert!(section(&plan, "funds.by_year")["emptyBecause"].is_string());
    }

    async fn every_deliverable_has_a_report_whose_empty_sections_say_why(app: Example) {
        let all = data(&app, "{ deliverables { kind dueOn assignment { code } } }", json!({})).await;
        let all = list(&all, "/deliverables");
        assert!(all.len() >= 10);
        for one in all {
            let (assignment, kind) = (one["assignment"]["code"].as_str().expect("a code"), one["kind"].as_str().expect("a kind"));
            let found = report(&app, assignment, kind, &one["dueOn"]).await;
            assert_eq!(list(&found, "/parts").len(), 4, "{kind}");
            for section in sections(&found) {
                let is_empty = list(section, "/tables").is_empty();
                assert_eq!(is_empty, section["emptyBecause"].is_string(), "{kind}: {section}");
                assert_eq!(is_empty, section["emptyBecauseEn"].is_string(), "{kind}: {section}");
            }
            for demand in list(&found, "/requiredContents") {
                let met = !list(demand, "/satisfiedBy").is_empty();
                assert!(met || !list(demand, "/missing").is_empty(), "{kind}: {demand}");
            }
            for paragraph in list(&found, "/qualityDeclaration") {
                assert!(["heading", "text", "headingEn", "textEn"].iter().all(|part| !paragraph[part].as_str().expect("a text").is_empty()), "{paragraph}");
            }
        }
    }

    async fn what_no_decision_asks_for_is_an_error_with_its_path(app: Example) {
        let ask = |assignment: &str, kind: &str, due: &str| format!("{{ report(assignment: \"{assignment}\", kind: {kind}{due}) {{ title }} }}");
        for (document, path) in [
            (ask("S2099/00001/X", "FINAL_REPORT", ""), "assignment"),
            (ask(FUNDS, "INTERIM_REPORT", ""), "kind"),
            (ask(FUNDS, "FINAL_REPORT", ", dueOn: \"2031-01-01\""), "dueOn"),
        ] {
            assert_eq!(refusal(&app, &document, json!({})).await, refused("UNKNOWN_CODE", path), "{document}");
        }
    }

    async fn the_quality_declaration_says_rates_late_reports_and_rules(app: Example) {
        let found = report(&app, FUNDS, "FINAL_REPORT", &Value::Null).await;
        let paragraph = |heading: &str| {
            let all = list(&found, "/qualityDeclaration");
            let one = all.into_iter().find(|one| one["heading"] == heading);
            one.unwrap_or_else(|| panic!("no {heading}"))["text"].as_str().expect("a text").to_owned()
        };
        // Of `expected.json`: 244 expected in 2016, 228 received, 205 of them on time.
        assert!(paragraph("Svarsfrekvens").contains("228 / 244"), "{}", paragraph("Svarsfrekvens"));
        assert!(paragraph("Sent inkomna återrapporteringar").contains("Kommuner, 2016: 23 av 228"), "{}", paragraph("Sent inkomna återrapporteringar"));
        assert!(paragraph("Datauttag").contains("SYNTETISKA"), "{}", paragraph("Datauttag"));
        assert!(paragraph("Regler som bröts med varning").contains("usage_late"), "{}", paragraph("Regler som bröts med varning"));
        assert!(paragraph("Vad som inte visas").contains("8 mottagare har skyddad plats"), "{}", paragraph("Vad som inte visas"));
    }
}
