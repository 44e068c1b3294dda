//! The evaluators' questions, asked of the dataset of an instant, and what changes everything afterwards.

use entity::Kind;
use serde_json::{Value, json};

use crate::harness::{Persona, Sent, TestApp, question};
use crate::intake::files::{FUNDS, SUPPORT};
use crate::stored::Stored;

/// Questions that read facts.
const QUESTIONS: [&str; 8] = [
    "01-assignment",
    "02-allocation-key",
    "03-fund-usage",
    "05-who-is-missing",
    "06-coverage",
    "07-plan",
    "09-equality",
    "12-calendar",
];

/// Other things that a dataset says.
const MORE: &str = "{ info { version asOf basis today synthetic definitionsVersion beforeFirstVersion }
    recipients(first: 400) { totalCount nodes { code name county { code name } populations { date count } } }
    rounds(first: 100) { totalCount nodes { code year availableAmount programme { title } } }
    submissions(first: 100) { totalCount nodes { id state version rowCount events { event at actor reason } findings { rule row } } }
    history(kind: \"populations\", key: \"0180|2014-12-31\") { entries { counted { fromVersion toVersion supersededAt } submission { state } } } }";

/// A question's document with its reading fields under the dataset of an instant.
pub(crate) fn at(document: &str, dataset: &str) -> String {
    let (operation, fragments) = document
        .split_once("\nfragment ")
        .map_or((document, String::new()), |(operation, rest)| {
            (operation, format!("\nfragment {rest}"))
        });
    // The selection begins at the first brace outside the variables' parentheses.
    let mut depth = 0;
    let begins = operation
        .char_indices()
        .find(|(_, letter)| {
            match letter {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            *letter == '{' && depth == 0
        })
        .map(|(index, _)| index)
        .expect("a selection");
    let (head, selection) = operation.split_at(begins);
    format!("{head} {{ {} {selection} }}{fragments}", field(dataset))
}

/// Every answer of the dataset that arguments say, as texts.
pub(crate) async fn answers(app: &TestApp, dataset: &str) -> Vec<String> {
    let mut answers = Vec::new();
    for document in QUESTIONS.map(question).into_iter().chain([MORE.to_owned()]) {
        let document = at(&document, dataset);
        let answer = app
            .ask_as(&Persona::evaluator(), &document, json!({}))
            .await;
        assert_eq!(answer.get("errors"), None, "{document}: {answer}");
        answers.push(answer.to_string());
    }
    answers
}

/// The instant of the present dataset.
pub(crate) async fn present(app: &TestApp) -> String {
    let found = app.ask("{ dataset { info { asOf } } }").await;
    found["dataset"]["info"]["asOf"]
        .as_str()
        .expect("an instant")
        .to_owned()
}

/// The field `dataset` with its arguments.
fn field(arguments: &str) -> String {
    if arguments.is_empty() {
        "dataset".to_owned()
    } else {
        format!("dataset({arguments})")
    }
}

/// An instant as an argument.
pub(crate) fn as_of(instant: &str) -> String {
    format!("asOf: \"{instant}\"")
}

/// Corrects what almost every answer rests on, over and over; gives the number of corrections.
pub(crate) async fn change_everything(app: &TestApp, times: i64) -> i64 {
    let mut corrections = 0;
    for time in 1..=times {
        corrections += correct(app, Kind::Populations, None, &populations(time)).await;
        corrections += correct(app, Kind::Recipients, None, &names(app, time).await).await;
        let costs =
            format!("year;myndighet;kostnadsslag;belopp\n2016;socialstyrelsen;STAFF;{time}\n");
        corrections += correct(app, Kind::AdministrativeCosts, Some(FUNDS), &costs).await;
        let event = format!(
            "event_code;myndighet;datum;form;huvudaktivitet;titel;målgrupp;deltagare;nådda\n\
             later-1;nck;2021-03-01;training;3;Senare {time};OTHER;{time};0180|0114\n"
        );
        correct(app, Kind::SupportEvents, Some(SUPPORT), &event).await;
        let round = format!(
            "round;assignment;year;recipient_kind;available_amount;use_by;report_by\n\
             LATER;{FUNDS};2018;MUNICIPALITY;{};2018-12-31;2019-03-31\n",
            1_000_000 + time
        );
        correct(app, Kind::Rounds, None, &round).await;
        let text = format!(
            "redovisning;förfallodag;del;avsnitt;myndighet;språk;text\n\
             slutredovisning;2019-09-30;4;slutsatser;nck;svenska;Senare text {time}\n"
        );
        correct(app, Kind::Narratives, Some(FUNDS), &text).await;
    }
    corrections
}

async fn correct(app: &TestApp, kind: Kind, assignment: Option<&str>, text: &str) -> i64 {
    let mut sent = Sent::csv(kind, text);
    if let Some(number) = assignment {
        sent = sent.assignment(number);
    }
    let report = app.send(&sent).await;
    assert_eq!(
        report.verdict.code(),
        "ACCEPTED",
        "{text}: {:?}",
        report.findings
    );
    report.corrected
}

fn populations(time: i64) -> String {
    let codes = [
        "0180", "0114", "0115", "0117", "0120", "0123", "0125", "0126", "0127", "0128",
    ];
    let rows = codes
        .iter()
        .map(|code| format!("{code};2014-12-31;{}\n", 1_000 + time));
    format!("kod;datum;befolkning\n{}", rows.collect::<String>())
}

/// Every recipient of a county under another name.
async fn names(app: &TestApp, time: i64) -> String {
    let stored = Stored::of(app).await;
    let known = stored
        .texts(
            "SELECT r.code || ';' || r.kind || ';' || coalesce(r.county_code, '') AS name FROM recipient r
             JOIN counted c ON c.row_id = r.row_id AND c.closed_version IS NULL
             WHERE r.kind = 'MUNICIPALITY' AND r.valid_from IS NULL AND r.county_code = '14' ORDER BY r.code",
        )
        .await;
    assert!(
        known.len() > 40,
        "the municipalities of the county: {known:?}"
    );
    let rows = known
        .iter()
        .map(|row| format!("{row};Senare namn {time}\n"));
    format!("kod;typ;länskod;namn\n{}", rows.collect::<String>())
}

/// The whole answer of a dataset to one selection, for anybody.
pub(crate) async fn answer(app: &TestApp, selection: &str, dataset: &str) -> Value {
    let document = format!("{{ {} {{ {selection} }} }}", field(dataset));
    app.ask_with(&document, json!({})).await
}
