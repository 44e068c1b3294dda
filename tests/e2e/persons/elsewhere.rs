//! Counts of persons asked for in every other way than by their table: nothing that anybody may ask tells of them.

use entity::Kind;
use serde_json::{Value, json};

use super::values::{self, Values, correct, set};
use crate::harness::{Persona, Sent, TestApp, on_both_engines};
use crate::indicators::COUNTS_PERSONS;
use crate::intake::files::{SUPPORT, said};
use crate::time::asked::{as_of, present};
use crate::time::walk::everything;

/// Those to whom single counts are secret: nobody in particular, an agency that sent none, and a municipality that
/// others have reported on.
fn strangers() -> [Persona; 3] {
    [
        Persona::public(),
        Persona::reporter("nck"),
        Persona::reporter("1480"),
    ]
}

/// Counts that stand nowhere else, of every third municipality and the municipalities that the walk asks for.
fn unmistakable(before: &Values) -> (Values, Vec<String>) {
    let (mut values, mut secrets) = (before.clone(), Vec::new());
    let municipalities: Vec<String> = before
        .keys()
        .filter(|key| key.1 == 2020 && key.2 == 'T')
        .map(|key| key.0.clone())
        .collect();
    for (number, municipality) in (0_i64..).zip(&municipalities) {
        if number % 3 == 0 || ["0180", "1480"].contains(&municipality.as_str()) {
            let (women, men) = (7_310_117 + 1_009 * number, 8_640_131 + 2_003 * number);
            set(&mut values, municipality, 2020, women, men);
            secrets.extend([women, men, women + men].map(|secret| secret.to_string()));
        }
    }
    (values, secrets)
}

/// What the walk does not ask: by name, by area, by year, all at once, and what goes by another door.
fn questions() -> Vec<String> {
    let change = "baselineMean followUpMean meanChange medianChange increasedCount unchangedCount decreasedCount absent missing { reason count }";
    let value = "nodes { indicator { code } area { code } year sex quantity { value absent } numerator denominator statedSource source { row } }";
    let mut questions: Vec<String> = ["0180", "1480", "0980", "01"].into_iter().flat_map(|area| [
        format!("indicatorValues(areas: [\"{area}\"], first: 500) {{ totalCount {value} }}"),
        format!("indicatorValues(areas: [\"{area}\"], years: [2020], sex: WOMEN, first: 500) {{ totalCount {value} }}"),
        format!("indicatorValues(indicators: [\"{COUNTS_PERSONS}\"], areas: [\"{area}\"], first: 500) {{ totalCount {value} }}"),
        format!("history(kind: \"indicator_values\", key: \"{COUNTS_PERSONS}|1|{area}|2020|T\") {{ entries {{ contentSha256 asSent {{ value }} submission {{ id sha256 }} }} }}"),
    ]).collect();
    questions.extend(["0180", "1480", "0980"].map(|code| format!(
        "recipient(code: \"{code}\") {{ indicatorValues {{ indicator {{ code }} year sex quantity {{ value absent }} numerator denominator source {{ row }} }} }}"
    )));
    questions.extend([
        format!("indicator(code: \"{COUNTS_PERSONS}\") {{ code concernsPersons sources {{ row }} definitions {{ version sources {{ row }} }} }}"),
        format!("indicatorValues(indicators: [\"{COUNTS_PERSONS}\"], first: 500) {{ totalCount {value} }}"),
        format!("indicatorShift(indicators: [\"{COUNTS_PERSONS}\"], fromYear: 2020, toYear: 2022) {{ rows {{ pairCount {change} }} }}"),
        format!("indicatorShift(fromYear: 2019, toYear: 2020, groupBy: [COUNTY]) {{ indicator {{ code }} rows {{ pairCount {change} }} }}"),
        format!("indicatorShift(indicators: [\"{COUNTS_PERSONS}\"], fromYear: 2020, toYear: 2021, sex: WOMEN) {{ rows {{ {change} }} }}"),
        "indicatorGroupValues(years: [2020], groupBy: [COUNTY]) { indicator { code } rows { sum unweighted { n mean median p10 p90 absent } } }".to_owned(),
        format!("indicatorGroupValues(indicators: [\"{COUNTS_PERSONS}\"]) {{ rows {{ sum unweighted {{ mean absent }} }} }}"),
        "indicatorValues(years: [2020], first: 500) { totalCount nodes { quantity { value absent } } }".to_owned(),
        "submissions(first: 100) { totalCount nodes { id sha256 rowCount correctedCount findings { rule row messageEn } } }".to_owned(),
    ]);
    questions
}

/// All answers to somebody of a dataset, with what asked for each.
async fn answers(
    app: &TestApp,
    who: &Persona,
    dataset: &str,
    questions: &[String],
) -> Vec<(String, String)> {
    let mut answers = Vec::new();
    for question in questions {
        let document = format!("{{ dataset({dataset}) {{ {question} }} }}");
        let answer = app.ask_as(who, &document, json!({})).await;
        answers.push((document, without_dataset(&answer.to_string(), dataset)));
    }
    answers
}

/// An answer without what says of which dataset it is: the instant that was asked for, and a version in a text.
fn without_dataset(answer: &str, dataset: &str) -> String {
    let instant = dataset.split('"').nth(1).unwrap_or(dataset);
    let instant = instant.trim_end_matches("+00:00");
    let answer = answer
        .replace(instant, "THEN")
        .replace(&instant.replace(':', "%3A"), "THEN");
    let mut parts = answer.split("ersion ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        format!(
            "{text}ersion {}",
            part.trim_start_matches(|one: char| one.is_ascii_digit())
        )
    })
}

fn tells(answer: &str, secrets: &[String]) -> bool {
    secrets.iter().any(|secret| answer.contains(secret))
}

on_both_engines! {
    async fn no_answer_to_a_stranger_changes_with_the_counts_or_holds_one(app: Example) {
        let before = values::example();
        let (now, secrets) = unmistakable(&before);
        // What says of which dataset it is differs between two datasets.
        let mut asked = everything(&app).await;
        let says_which = |document: &String| {
            let has = |field: &str| document.contains(field);
            let composed = ["figure", "report"].iter().any(|of| document.starts_with(of));
            document.starts_with("info") || (composed && (has(" query {") || has(" dataset {")))
        };
        asked.retain(|document| !says_which(document));
        asked.extend(questions());
        let then = as_of(&present(&app).await);
        correct(&app, &before, &now).await;
        let present = as_of(&present(&app).await);
        for who in strangers() {
            // Who is nobody in particular asks for everything, the others for what they might have beside it.
            let asked = if who == Persona::public() { &asked } else { &questions() };
            let earlier = answers(&app, &who, &then, asked).await;
            let later = answers(&app, &who, &present, asked).await;
            for ((_, earlier), (document, later)) in earlier.iter().zip(&later) {
                assert!(!tells(later, &secrets), "{document} tells a count to {who:?}: {later}");
                assert_eq!(earlier, later, "{document} tells {who:?} that a count has changed");
            }
            for question in questions() {
                for document in [format!("{{ {question} }}"), format!("{{ dataset(basis: ALL_RECEIVED) {{ {question} }} }}")] {
                    let answer = app.ask_as(&who, &document, json!({})).await.to_string();
                    assert!(!tells(&answer, &secrets), "{document} tells a count to {who:?}: {answer}");
                }
            }
        }
        // The same questions tell those who may know: they can tell.
        let told = answers(&app, &Persona::evaluator(), &present, &questions()).await;
        assert!(told.iter().filter(|(_, answer)| tells(answer, &secrets)).count() > 5);
        let failed: Vec<&(String, String)> = told.iter().filter(|(_, answer)| answer.contains("\"errors\"")).collect();
        assert!(failed.is_empty(), "{failed:?}");
    }

    async fn a_guess_sent_as_a_file_is_judged_alike_right_or_wrong(app: Example) {
        let values = values::example();
        let judged = async |who: &str, rows: &[(&str, i32, i64)], action: &str| {
            let mut text = "indicator;definition_version;area_code;year;sex;value;action\n".to_owned();
            for (area, year, value) in rows {
                text.push_str(&format!("{COUNTS_PERSONS};1;{area};{year};T;{value};{action}\n"));
            }
            let sent = Sent::csv(Kind::IndicatorValues, &text).assignment(SUPPORT).by(who).handed_in_by(&Persona::reporter(who));
            let report = app.dry_run(&sent).await;
            let messages: Vec<&String> = report.findings.iter().map(|one| &one.message_en).collect();
            (said(&report), format!("{messages:?}"))
        };
        let right = values[&("0180".to_owned(), 2020, 'T')].expect("a count");
        let one = judged("nck", &[("0180", 2020, right)], "SET").await;
        assert!(one.0.contains("not_your_data"), "{one:?}");
        assert_eq!(one, judged("nck", &[("0180", 2020, right + 1)], "SET").await, "a right guess and a wrong one");
        assert_eq!(judged("nck", &[("0180", 2020, 0)], "REMOVE").await.0, judged("nck", &[("0180", 1999, 0)], "REMOVE").await.0,
            "a row that there is and one that there is not");
        // A value far off among many is no way to its history's middle.
        let mut many: Vec<(&str, i32, i64)> = ["0114", "0115", "0117", "0120", "0123", "0125", "0126", "0127", "0128"].map(|area| (area, 2023, 1)).into();
        many.push(("0180", 2023, 99_999));
        let far = judged("nck", &many, "SET").await;
        assert!(far.0.contains("not_your_data") && !far.0.contains("outlier"), "{far:?}");
        // It is the owner's to know.
        let own = judged("socialstyrelsen", &many, "SET").await;
        assert!(own.0.contains("outlier"), "{own:?}");
    }
}

#[test]
fn a_secret_in_an_answer_is_seen() {
    let (_, secrets) = unmistakable(&values::example());
    assert!(secrets.len() > 280);
    assert!(tells(
        &json!({ "value": Value::from(secrets[7].clone()) }).to_string(),
        &secrets
    ));
    assert!(!tells("7310", &secrets));
}
