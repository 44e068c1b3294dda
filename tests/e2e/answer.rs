//! What stories read out of answers: a field by its path, the first error's code and argument, the marks beside the data.

use serde_json::{Value, json};

use crate::harness::TestApp;

/// What a refused question gives: the code, and the argument that it is about.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// `extensions.code`.
    pub code: String,
    /// `extensions.argument`, empty where none is named.
    pub argument: String,
}

/// A refusal as a story expects it.
pub(crate) fn refused(code: &str, argument: &str) -> Refused {
    Refused {
        code: code.to_owned(),
        argument: argument.to_owned(),
    }
}

/// Asks a document that must be refused whole: data is null, or the one root field is.
pub(crate) async fn refusal(app: &TestApp, document: &str, variables: Value) -> Refused {
    let answer = app.ask_with(document, variables).await;
    let data = answer.get("data").unwrap_or(&Value::Null);
    let nothing = data
        .as_object()
        .is_none_or(|fields| fields.values().all(Value::is_null));
    assert!(nothing, "data beside an error: {document} {answer}");
    refusal_in(&answer)
}

/// The first error of an answer.
pub(crate) fn refusal_in(answer: &Value) -> Refused {
    let extensions = &answer["errors"][0]["extensions"];
    assert!(extensions.is_object(), "no error with extensions: {answer}");
    let text = |name: &str| extensions[name].as_str().unwrap_or_default().to_owned();
    Refused {
        code: text("code"),
        argument: text("argument"),
    }
}

/// Asks with variables; gives the data, and fails on errors.
pub(crate) async fn data(app: &TestApp, document: &str, variables: Value) -> Value {
    let mut answer = app.ask_with(document, variables.clone()).await;
    assert_eq!(answer.get("errors"), None, "{document} {variables}");
    answer["data"].take()
}

/// Whether the answer to a question is marked synthetic; the mark is there and true, or not there at all.
pub(crate) async fn is_marked_synthetic(app: &TestApp, document: &str) -> bool {
    let answer = app.ask_with(document, json!({})).await;
    assert_eq!(answer.get("errors"), None, "{document}");
    match answer.pointer("/extensions/synthetic") {
        None => false,
        Some(mark) => {
            assert_eq!(*mark, json!(true), "a mark is true or absent: {document}");
            true
        }
    }
}

/// The texts of a field over a list.
pub(crate) fn texts(list: &Value, path: &str) -> Vec<String> {
    let items = list.as_array().expect("a list");
    items
        .iter()
        .map(|item| {
            item.pointer(path)
                .and_then(Value::as_str)
                .expect("a text")
                .to_owned()
        })
        .collect()
}

/// An amount as öre; answers carry two decimals.
pub(crate) fn ore(amount: &Value) -> i128 {
    let text = amount.as_str().expect("money is a text");
    let (kronor, ore) = text.split_once('.').expect("money has decimals");
    assert_eq!(ore.len(), 2, "money has two decimals: {text}");
    format!("{kronor}{ore}").parse().expect("money is a number")
}
