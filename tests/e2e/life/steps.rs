//! Steps in the life of a submission, as somebody takes them through the API.

use entity::{Kind, Verdict};
use serde_json::{Value, json};

use crate::harness::{Persona, Sent, TestApp};
use crate::intake::files::FUNDS;

/// The coordinator of the assignment that hands out money.
pub(crate) fn coordinator() -> Persona {
    Persona::coordinator("socialstyrelsen")
}

/// What a municipality reports for itself, handed in by its own reporter.
pub(crate) async fn report(app: &TestApp, municipality: &str, kind: Kind, text: &str) -> Verdict {
    let sent = Sent::csv(kind, text)
        .assignment(FUNDS)
        .by(municipality)
        .handed_in_by(&Persona::reporter(municipality));
    app.send(&sent).await.verdict
}

/// What somebody decides of a submission.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Accept,
    Return,
    Withdraw,
}

impl Step {
    const fn field(self) -> &'static str {
        match self {
            Self::Accept => "acceptSubmission",
            Self::Return => "returnSubmission",
            Self::Withdraw => "withdrawSubmission",
        }
    }
}

/// Takes a step; gives the payload, or the whole answer where there is an error.
pub(crate) async fn take(
    app: &TestApp,
    who: &Persona,
    step: Step,
    submission: &Value,
    version: i64,
    reason: Option<&str>,
) -> Value {
    let field = step.field();
    let document = format!(
        "mutation Step($input: SubmissionDecisionInput!) {{ {field}(input: $input) {{
            submission {{ id state version events {{ event actor reason }} }}
            problems {{ code path messageSv messageEn }}
            findings {{ severity rule row }} }} }}"
    );
    let input = json!({ "submission": submission, "expectedVersion": version, "reason": reason });
    let mut answer = app.ask_as(who, &document, json!({ "input": input })).await;
    if answer.get("errors").is_some() {
        return answer;
    }
    answer["data"][field].take()
}

/// Takes a step that must be done.
pub(crate) async fn done(
    app: &TestApp,
    who: &Persona,
    step: Step,
    submission: &Value,
    version: i64,
) -> Value {
    let payload = take(
        app,
        who,
        step,
        submission,
        version,
        Some("Komplettera rad 2."),
    )
    .await;
    assert_eq!(payload["problems"], json!([]), "{payload}");
    payload
}

/// The codes of a payload's problems.
pub(crate) fn problems(payload: &Value) -> Vec<&str> {
    let problems = payload["problems"].as_array().expect("problems");
    problems
        .iter()
        .filter_map(|one| one["code"].as_str())
        .collect()
}

/// The submissions that somebody sees, the last received first.
pub(crate) async fn seen(app: &TestApp, who: &Persona, filter: &str) -> Vec<Value> {
    let document = format!(
        "{{ submissions(first: 100, where: {{ {filter} }}) {{ totalCount nodes {{
            id kind state version actor sentBy {{ code }} newCount correctedCount unchangedCount
            actions {{ action allowed reason }} }} }} }}"
    );
    let mut answer = app.ask_as(who, &document, json!({})).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    match answer["data"]["submissions"]["nodes"].take() {
        Value::Array(nodes) => nodes,
        other => panic!("{other}"),
    }
}

/// The last submission received of a kind.
pub(crate) async fn last(app: &TestApp, kind: Kind) -> Value {
    let filter = format!("kinds: [\"{}\"]", kind.code());
    let mut seen = seen(app, &coordinator(), &filter).await;
    assert!(!seen.is_empty(), "no submission of {}", kind.code());
    seen.remove(0)
}

/// What was requisitioned by a municipality, as somebody sees it on a basis.
pub(crate) async fn requisitioned(
    app: &TestApp,
    who: &Persona,
    basis: &str,
    municipality: &str,
) -> String {
    let document = format!(
        "{{ dataset(basis: {basis}) {{ fundUsage(assignment: \"{FUNDS}\", filter: {{ recipients: [\"{municipality}\"] }})
            {{ total {{ requisitionedAmount }} }} }} }}"
    );
    let answer = app.ask_as(who, &document, json!({})).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer["data"]["dataset"]["fundUsage"]["total"]["requisitionedAmount"]
        .as_str()
        .expect("an amount")
        .to_owned()
}

/// Submissions that wait, are accepted, returned and withdrawn, of money that the example holds.
pub(crate) async fn everything_happens(app: &TestApp) {
    let comment =
        |text: &str| format!("year;myndighet;kostnadsslag;belopp\n2017;nck;OTHER;{text}\n");
    for (amount, step) in [
        ("11", Some(Step::Accept)),
        ("12", Some(Step::Return)),
        ("13", Some(Step::Withdraw)),
        ("14", None),
    ] {
        let sent = Sent::csv(Kind::AdministrativeCosts, &comment(amount))
            .assignment(FUNDS)
            .by("nck")
            .handed_in_by(&Persona::reporter("nck"));
        assert_eq!(app.send(&sent).await.verdict, Verdict::Received);
        let id = last(app, Kind::AdministrativeCosts).await["id"].clone();
        if let Some(step) = step {
            done(app, &coordinator(), step, &id, 1).await;
        }
    }
    // What was accepted is withdrawn: of all that the example holds, the last file of costs.
    let accepted = seen(
        app,
        &coordinator(),
        "kinds: [\"administrative_costs\"], states: [ACCEPTED]",
    )
    .await;
    let one = accepted.first().expect("an accepted one");
    let version = one["version"].as_i64().expect("a version");
    done(app, &coordinator(), Step::Withdraw, &one["id"], version).await;
}
