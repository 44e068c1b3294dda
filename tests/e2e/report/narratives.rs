//! What agencies write for reports: sent, waiting, accepted, corrected, taken away; and where it stands in the report.

use entity::{Kind, ReportSection, Verdict};
use serde_json::{Value, json};

use super::{FUNDS, list, section, sections};
use crate::answer::{data, refusal, refused};
use crate::harness::{Persona, Sent, TestApp, on_both_engines};
use crate::intake::files::said;
use crate::life::steps::{Step, coordinator, done, last};

const HEADER: &str = "redovisning;förfallodag;del;avsnitt;myndighet;språk;text\n";

/// The sections with the texts that stand in them, and what meets the demands.
const REPORT: &str = "query ($assignment: RegistryNumber!, $language: TextLanguage) { report(assignment: $assignment, kind: FINAL_REPORT) {
    parts { sections { code emptyBecause narratives(language: $language) { part section organisation { code name } language text textAbsent removedBy
        version sources { row submission { id kind sentBy { code } } } } } }
    requiredContents { text missing satisfiedBy { code } } qualityDeclaration { heading text } } }";

/// A row for the final report of the funds.
pub(super) fn row(place: &str, organisation: &str, language: &str, text: &str) -> String {
    let text = text.replace('"', "\"\"");
    format!("slutredovisning;2019-09-30;{place};{organisation};{language};\"{text}\"\n")
}

fn of(organisation: &str, text: &str) -> Sent {
    Sent::csv(Kind::Narratives, &format!("{HEADER}{text}"))
        .assignment(FUNDS)
        .by(organisation)
}

/// Sends a text as the organisation's own reporter.
async fn reported(app: &TestApp, organisation: &str, text: &str) -> Verdict {
    let sent = of(organisation, text).handed_in_by(&Persona::reporter(organisation));
    app.send(&sent).await.verdict
}

/// Sends a text that counts at once; gives the submission.
pub(super) async fn accepted(app: &TestApp, organisation: &str, text: &str) -> Value {
    let report = app.send(&of(organisation, text)).await;
    assert!(
        report.findings.is_empty() && report.verdict == Verdict::Accepted,
        "{}",
        said(&report)
    );
    last(app, Kind::Narratives).await["id"].clone()
}

/// One text that counts.
pub(crate) async fn one(app: &TestApp) {
    accepted(
        app,
        "nck",
        &row("4;slutsatser", "nck", "svenska", "En text"),
    )
    .await;
}

async fn report(app: &TestApp, language: Value) -> Value {
    let variables = json!({ "assignment": FUNDS, "language": language });
    data(app, REPORT, variables).await["report"].take()
}

/// The texts of a section.
fn told<'a>(report: &'a Value, code: &str) -> Vec<&'a Value> {
    list(section(report, code), "/narratives")
}

on_both_engines! {
    async fn a_text_waits_is_accepted_and_stands_in_its_section_with_its_source(app: Reference) {
        let text = "## Slutsatser\n\nMedlen har *nått* alla, se [siffrorna](https://www.socialstyrelsen.se/).\n\n- ett\n- två";
        assert_eq!(reported(&app, "nck", &row("4;slutsatser", "nck", "svenska", text)).await, Verdict::Received);
        assert!(told(&report(&app, Value::Null).await, "conclusions.drawn").is_empty(), "what waits is not open");
        let empty = report(&app, Value::Null).await;
        assert!(section(&empty, "conclusions.drawn")["emptyBecause"].is_string());
        let waiting = format!("{{ dataset(basis: ALL_RECEIVED) {{ narratives(assignment: \"{FUNDS}\") {{ totalCount nodes {{ text version }} }} }} }}");
        for (who, count) in [(Persona::evaluator(), 1), (coordinator(), 1), (Persona::reporter("nck"), 1), (Persona::reporter("jamstalldhetsmyndigheten"), 0)] {
            let answer = app.ask_as(&who, &waiting, json!({})).await;
            let found = &answer["data"]["dataset"]["narratives"];
            assert_eq!(found["totalCount"], count, "{who:?}: {answer}");
            if count == 1 {
                assert_eq!(found["nodes"][0], json!({ "text": text, "version": 1 }));
            }
        }
        let submission = last(&app, Kind::Narratives).await;
        done(&app, &coordinator(), Step::Accept, &submission["id"], 1).await;
        let found = report(&app, Value::Null).await;
        let own = told(&found, "conclusions.drawn");
        assert_eq!(own, [&json!({
            "part": 4, "section": "conclusions.drawn", "organisation": { "code": "nck", "name": own[0]["organisation"]["name"] }, "language": "SWEDISH",
            "text": text, "textAbsent": null, "removedBy": null, "version": 1,
            "sources": [{ "row": 2, "submission": { "id": submission["id"], "kind": "narratives", "sentBy": { "code": "nck" } } }],
        })]);
        assert!(section(&found, "conclusions.drawn")["emptyBecause"].is_null());
    }

    async fn another_text_is_a_new_version_and_the_one_before_is_there_as_of_then(app: Reference) {
        let first = accepted(&app, "nck", &row("4;slutsatser", "nck", "svenska", "Första")).await;
        let then = data(&app, "{ dataset { info { asOf } } }", json!({})).await["dataset"]["info"]["asOf"].clone();
        let second = accepted(&app, "nck", &row("4;slutsatser", "nck", "svenska", "Andra")).await;
        assert_ne!(first, second);
        let ask = |of: &str| format!("{{ dataset{of} {{ narratives(assignment: \"{FUNDS}\") {{ nodes {{ text version }} }} }} }}");
        let found = async |of: &str| data(&app, &ask(of), json!({})).await["dataset"]["narratives"]["nodes"].take();
        assert_eq!(found("").await, json!([{ "text": "Andra", "version": 2 }]));
        assert_eq!(found(&format!("(asOf: {then})")).await, json!([{ "text": "Första", "version": 1 }]));
        // The same text again is no third one, and an own removal takes it out.
        let again = app.send(&of("nck", &row("4;slutsatser", "nck", "svenska", "Andra"))).await;
        assert_eq!((again.corrected, again.new), (0, 0), "{}", said(&again));
        let removal = "redovisning;förfallodag;del;avsnitt;myndighet;språk;text;åtgärd\nslutredovisning;2019-09-30;4;slutsatser;nck;svenska;;ta bort\n";
        let removed = Sent::csv(Kind::Narratives, removal).assignment(FUNDS).by("nck");
        assert_eq!(app.send(&removed).await.verdict, Verdict::Accepted);
        assert_eq!(found("").await, json!([]));
    }

    async fn a_text_of_another_organisation_or_in_no_place_is_refused_by_name(app: Reference) {
        let long = "a".repeat(32_768);
        let cases = [
            ("nck", row("4;slutsatser", "socialstyrelsen", "svenska", "Text"), "not_your_data", "socialstyrelsen"),
            ("nck", row("5;slutsatser", "nck", "svenska", "Text"), "unknown_value", "1, 2, 3, 4"),
            ("nck", row("4;förord", "nck", "svenska", "Text"), "unknown_value", "slutsatser"),
            ("nck", row("3;slutsatser", "nck", "svenska", "Text"), "unknown_value", "development.use, development.equality, development.indicators, development.published"),
            ("nck", row("4;slutsatser", "nck", "tyska", "Text"), "unknown_value", "svenska, engelska"),
            ("nck", row("4;slutsatser", "nck", "svenska", " "), "missing_value", "text"),
            ("nck", row("4;slutsatser", "nck", "svenska", "---"), "unfit_text", "ingenting"),
            ("nck", row("4;slutsatser", "nck", "svenska", "Ring 19121212-1212 nu"), "personal_number", "personnummer"),
            ("nck", row("4;slutsatser", "nck", "svenska", &long), "cell_too_long", "32767"),
            ("nck", row("4;slutsatser", "nck", "svenska", "<img src=x onerror=alert(1)>"), "unfit_text", "HTML"),
            ("nck", row("4;slutsatser", "nck", "svenska", "![x](https://x.se/a.png)"), "unfit_text", "bild"),
            ("nck", row("4;slutsatser", "nck", "svenska", "[x](javascript:alert(1))"), "unfit_text", "https"),
            ("nck", "slutredovisning;2019-09-29;4;slutsatser;nck;svenska;Text\n".to_owned(), "unknown_code", "2019-09-30"),
            ("nck", "delredovisning;;4;slutsatser;nck;svenska;Text\n".to_owned(), "unknown_code", "INTERIM_REPORT"),
            ("nck", row("4;slutsatser", "ingen", "svenska", "Text"), "unknown_code", "ingen"),
        ];
        for (sender, text, rule, words) in cases {
            let report = app.send(&of(sender, &text)).await;
            assert_eq!(report.verdict, Verdict::Rejected, "{}", said(&report));
            let finding = report.findings.iter().find(|one| one.rule.code() == rule);
            let finding = finding.unwrap_or_else(|| panic!("{rule}: {}", said(&report)));
            assert!(finding.message_sv.contains(words), "{rule}: {}", finding.message_sv);
            assert!(!finding.message_sv.contains("alert") && !finding.message_en.contains("alert"), "what was written is not repeated");
        }
        // The coordinator sends for all.
        accepted(&app, "socialstyrelsen", &row("4;slutsatser", "nck", "svenska", "Text")).await;
        let of = async |document: &str| refusal(&app, document, json!({})).await;
        assert_eq!(of("{ narratives(assignment: \"S2099/00001/X\") { totalCount } }").await, refused("UNKNOWN_CODE", "assignment"));
        assert_eq!(of(&format!("{{ narratives(assignment: \"{FUNDS}\", deliverable: INTERIM_REPORT) {{ totalCount }} }}")).await, refused("UNKNOWN_CODE", "deliverable"));
        assert_eq!(of(&format!("{{ narratives(assignment: \"{FUNDS}\", dueOn: \"2019-09-29\") {{ totalCount }} }}")).await, refused("UNKNOWN_CODE", "dueOn"));
    }

    async fn a_demand_for_a_text_is_missing_until_there_is_one(app: Example) {
        let demand = |found: &Value| {
            let all = list(found, "/requiredContents");
            let own = all.into_iter().find(|one| one["text"].as_str().is_some_and(|text| text.contains("sammanfattning")));
            own.expect("a demand").clone()
        };
        let before = demand(&report(&app, Value::Null).await);
        assert_eq!(list(&before, "/missing").len(), 3, "indicators, a summary and an analysis: {before}");
        assert!(before["missing"][1].as_str().is_some_and(|text| text.contains("4.1")), "{before}");
        accepted(&app, "socialstyrelsen", &row("4;sammanfattning", "socialstyrelsen", "svenska", "Medlen nådde alla.")).await;
        let summed_up = demand(&report(&app, Value::Null).await);
        assert_eq!(list(&summed_up, "/missing").len(), 2, "{summed_up}");
        accepted(&app, "socialstyrelsen", &row("3;likvärdighet över landet", "socialstyrelsen", "engelska", "It became more even.")).await;
        let after = demand(&report(&app, Value::Null).await);
        let missing = list(&after, "/missing");
        assert!(missing.len() == 1 && missing[0].as_str().is_some_and(|text| text.starts_with("3.3 ")), "{after}");
        let met: Vec<&Value> = list(&after, "/satisfiedBy").into_iter().map(|one| &one["code"]).collect();
        assert!(met.contains(&&json!("conclusions.summary")) && met.contains(&&json!("development.equality")), "{after}");
    }

    async fn texts_are_read_in_a_language_or_the_only_one_there_is(app: Reference) {
        accepted(&app, "nck", &row("4;slutsatser", "nck", "svenska", "Svensk")).await;
        accepted(&app, "nck", &row("4;slutsatser", "nck", "engelska", "English")).await;
        accepted(&app, "socialstyrelsen", &row("4;slutsatser", "socialstyrelsen", "svenska", "Samordnarens")).await;
        let texts = async |language: Value| {
            let found = report(&app, language).await;
            told(&found, "conclusions.drawn").into_iter().map(|one| one["text"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(texts(Value::Null).await, ["Samordnarens", "English", "Svensk"], "the coordinator's first");
        assert_eq!(texts(json!("SWEDISH")).await, ["Samordnarens", "Svensk"]);
        assert_eq!(texts(json!("ENGLISH")).await, ["Samordnarens", "English"]);
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = "query ($assignment: RegistryNumber!, $after: String) { narratives(assignment: $assignment, first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { text } } }";
            let found = data(&app, page, json!({ "assignment": FUNDS, "after": after })).await["narratives"].take();
            assert_eq!(found["totalCount"], 3);
            seen.extend(list(&found, "/nodes").into_iter().map(|one| one["text"].clone()));
            if found["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = found["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(seen, ["Samordnarens", "English", "Svensk"]);
    }

    async fn a_text_that_a_decision_takes_away_is_gone_at_once_and_from_every_dataset(app: Reference) {
        let submission = accepted(&app, "nck", &row("4;slutsatser", "nck", "svenska", "Om Åsa Exempelsson, som slutade i vredesmod")).await;
        let then = data(&app, "{ dataset { info { asOf } } }", json!({})).await["dataset"]["info"]["asOf"].clone();
        assert_eq!(told(&report(&app, Value::Null).await, "conclusions.drawn")[0]["textAbsent"], Value::Null, "it is read, so that a cache might keep it");
        let release = crate::release::sealed(&app).await;
        let sealed = format!("{{ dataset(release: \"{release}\") {{ narratives(assignment: \"{FUNDS}\") {{ nodes {{ text removedBy }} }} }} }}");
        let read = data(&app, &sealed, json!({})).await["dataset"]["narratives"]["nodes"].take();
        assert_eq!(read, json!([{ "text": "Om Åsa Exempelsson, som slutade i vredesmod", "removedBy": null }]));
        let redact = "mutation ($input: RedactionInput!) { redact(input: $input) { problems { code } } }";
        let input = json!({ "input": { "submission": submission, "row": 2, "column": "text", "decision": "S2017/99999/GALL", "reason": "personuppgift", "everywhere": true } });
        let answer = app.ask_as(&coordinator(), redact, input).await;
        assert_eq!(answer["data"]["redact"]["problems"], json!([]), "{answer}");
        let found = report(&app, Value::Null).await;
        let own = told(&found, "conclusions.drawn")[0];
        assert_eq!((&own["text"], &own["textAbsent"], &own["removedBy"]), (&Value::Null, &json!("NOT_AVAILABLE"), &json!("S2017/99999/GALL")));
        let before = format!("{{ dataset(asOf: {then}) {{ narratives(assignment: \"{FUNDS}\") {{ nodes {{ text removedBy }} }} }} }}");
        let before = data(&app, &before, json!({})).await["dataset"]["narratives"]["nodes"].take();
        assert_eq!(before, json!([{ "text": null, "removedBy": "S2017/99999/GALL" }]));
        let read = data(&app, &sealed, json!({})).await["dataset"]["narratives"]["nodes"].take();
        assert_eq!(read, before, "what is sealed does not answer it either");
        let again = app.send(&of("nck", &row("4;slutsatser", "nck", "svenska", "Om Åsa Exempelsson, som slutade i vredesmod"))).await;
        assert!(again.findings.iter().any(|one| one.rule.code() == "redacted"), "{}", said(&again));
    }

    async fn every_section_of_a_report_can_have_a_text(app: Reference) {
        let found = report(&app, Value::Null).await;
        let codes: Vec<&Value> = sections(&found).into_iter().map(|one| &one["code"]).collect();
        let known: Vec<&str> = ReportSection::ALL.iter().map(|one| one.code()).collect();
        assert_eq!(codes, known);
        let rows = ReportSection::ALL.iter().map(|one| row(&format!("{};{}", one.part(), one.code()), "nck", "sv", one.code()));
        accepted(&app, "nck", &rows.collect::<String>()).await;
        for one in sections(&report(&app, Value::Null).await) {
            assert_eq!(one["narratives"][0]["text"], one["code"]);
        }
    }
}
