//! Each departure of the library, and what stays as it is, against the dummy schema.

use std::fmt::Write as _;

use async_graphql::{Request, Response, Variables};
use serde_json::json;

use super::dummy;

async fn ask(query: &str) -> Response {
    dummy::schema().execute(query).await
}

/// The data as text: the order counts.
fn text(response: &Response) -> String {
    serde_json::to_string(&response.data).unwrap()
}

/// Holds the data of each query against the text beside it.
async fn hold(table: &[(&str, &str)]) {
    for (query, expected) in table {
        assert_eq!(text(&ask(query).await), *expected, "{query}");
    }
}

#[tokio::test]
async fn fields_come_in_the_documents_order() {
    hold(&[
        (
            "{node{late ok} must{node{late l:late ok} ok}}",
            r#"{"node":{"late":2,"ok":1},"must":{"node":{"late":2,"l":2,"ok":1},"ok":1}}"#,
        ),
        (
            "{must{late ...f ok}} fragment f on Node {a:late b:ok late}",
            r#"{"must":{"late":2,"a":2,"b":1,"ok":1}}"#,
        ),
        (
            "{must{node{late} ok node{a:ok}}}",
            r#"{"must":{"node":{"late":2,"a":1},"ok":1}}"#,
        ),
        (
            "{must{nodes{late ok}}}",
            r#"{"must":{"nodes":[{"late":2,"ok":1},null,{"late":2,"ok":1}]}}"#,
        ),
        (
            "mutation{change{late ok} b:change{ok}}",
            r#"{"change":{"late":2,"ok":1},"b":{"ok":1}}"#,
        ),
    ])
    .await;
}

#[tokio::test]
async fn many_keys_are_put_in_order() {
    let keys: Vec<_> = (0..100)
        .map(|at| (at, if at % 3 == 0 { "late" } else { "ok" }))
        .collect();
    let mut fields = String::new();
    for (at, name) in &keys {
        write!(fields, "k{at}:{name} ").unwrap();
    }
    let response = ask(&format!("{{must{{{fields}}}}}")).await;
    let data = response.data.into_json().unwrap();
    let got: Vec<_> = data["must"].as_object().unwrap().keys().collect();
    let expected: Vec<_> = keys.iter().map(|(at, _)| format!("k{at}")).collect();
    assert_eq!(got, expected.iter().collect::<Vec<_>>());
}

#[tokio::test]
async fn a_failed_nullable_field_is_null() {
    hold(&[
        ("{fails}", r#"{"fails":null}"#),
        (
            "{a:fails node{ok fails late}}",
            r#"{"a":null,"node":{"ok":1,"fails":null,"late":2}}"#,
        ),
        // Every field of an object failed: the library writes the object as null.
        (
            "{node{fails} must{a:fails b:fails}}",
            r#"{"node":{"fails":null},"must":{"a":null,"b":null}}"#,
        ),
        (
            "{must{nodes{fails}}}",
            r#"{"must":{"nodes":[{"fails":null},null,{"fails":null}]}}"#,
        ),
        (
            "{must{failingItems}}",
            r#"{"must":{"failingItems":[1,null,null]}}"#,
        ),
        ("{must{failingList}}", r#"{"must":{"failingList":null}}"#),
    ])
    .await;
}

#[tokio::test]
async fn null_rises_from_a_non_null_field() {
    hold(&[
        ("{mustFail}", "null"),
        ("{node{ok} must{mustFail}}", "null"),
        (
            "{must{ok} node{ok mustFail}}",
            r#"{"must":{"ok":1},"node":null}"#,
        ),
        ("{node{must{must{ok mustFail}}}}", r#"{"node":null}"#),
        (
            "{must{nodes{ok mustFail}}}",
            r#"{"must":{"nodes":[null,null,null]}}"#,
        ),
        (
            "{must{ok mustNodes{mustFail}}}",
            r#"{"must":{"ok":1,"mustNodes":null}}"#,
        ),
        (
            "{a:node{ok} node{node{mustFail} late}}",
            r#"{"a":{"ok":1},"node":{"node":null,"late":2}}"#,
        ),
        ("mutation{change{ok} mustChange{ok}}", "null"),
    ])
    .await;
}

#[tokio::test]
async fn errors_stay_and_what_did_not_fail_stays() {
    let response = ask("{node{mustFail} must{nothing ok numbers}}").await;
    assert_eq!(response.errors.len(), 1);
    assert_eq!(
        text(&response),
        r#"{"node":null,"must":{"nothing":null,"ok":1,"numbers":[1,null]}}"#
    );

    let refused = ask("{nothing}").await;
    assert_eq!(text(&refused), "null");
    assert!(refused.errors[0].path.is_empty());
}

#[tokio::test]
async fn what_is_left_out_is_not_missed() {
    let query = "query($y:Boolean! $n:Boolean!){must{
        fails late @skip(if:$y) a:ok @include(if:$n) ok @include(if:$y)
        ... @skip(if:true){nothing} ...f @include(if:false)}} fragment f on Node {b:nothing}";
    let variables = Variables::from_json(json!({ "y": true, "n": false }));
    let request = Request::new(query).variables(variables);
    let response = dummy::schema().execute(request).await;
    assert_eq!(text(&response), r#"{"must":{"fails":null,"ok":1}}"#);

    // Of the one that may be null it cannot be known whether it was.
    hold(&[
        ("{must @skip(if:true){ok}}", "{}"),
        (
            "{must{ok @skip(if:true)} node{ok @skip(if:true)}}",
            r#"{"must":{},"node":null}"#,
        ),
    ])
    .await;
}

#[tokio::test]
async fn of_several_operations_the_named_one_is_meant() {
    let query = "query A{must{late ok}} query B{must{ok fails}}";
    let schema = dummy::schema();
    let asked = async |name| {
        let request = Request::new(query).operation_name(name);
        text(&schema.execute(request).await)
    };
    assert_eq!(asked("A").await, r#"{"must":{"late":2,"ok":1}}"#);
    assert_eq!(asked("B").await, r#"{"must":{"ok":1,"fails":null}}"#);
}

/// What fails of a field that is asked of an interface the library tells without its path, so that nothing can be mended;
/// the service's own schema has no interface.
#[tokio::test]
async fn fields_of_an_interface_are_put_in_order() {
    hold(&[
        (
            "{pets{node{late ok} name}}",
            r#"{"pets":[{"node":{"late":2,"ok":1},"name":"Cat"},null,{"node":{"late":2,"ok":1},"name":"Dog"}]}"#,
        ),
        (
            "{pets{...on Dog{name} kind:__typename ...on Cat{lives age}}}",
            r#"{"pets":[{"kind":"Cat","lives":9,"age":3},null,{"name":"Dog","kind":"Dog"}]}"#,
        ),
    ])
    .await;
}

#[test]
fn the_service_has_no_interface() {
    let text = crate::graphql::schema_text();
    assert!(!text.contains("\ninterface "), "see the test above");
}

#[tokio::test]
async fn of_a_union_the_type_is_found_by_name_or_keys() {
    hold(&[
        // It may be either, and null is right for both; only the order stays unknown.
        (
            "{either{...on Cat{name age} ...on Dog{age name}}}",
            r#"{"either":{"name":"Dog","age":null}}"#,
        ),
        // Here the types differ below, so nothing is mended.
        (
            "{either{...on Cat{node{late} age} ...on Dog{age node{late mustFail}}}}",
            r#"{"either":{"node":{"late":2}}}"#,
        ),
        (
            "{either{__typename ...on Dog{name tricks}}}",
            r#"{"either":{"__typename":"Dog","name":"Dog","tricks":null}}"#,
        ),
        // The library does not expand a union's fragment on an interface: nothing to miss.
        (
            "{pets{name ...on Either{...on Dog{tricks}}}}",
            r#"{"pets":[{"name":"Cat"},null,{"name":"Dog"}]}"#,
        ),
    ])
    .await;
}

/// With the same key twice the library executes the field twice, and loses the second object where
/// the first is null. What it lost cannot be restored; a null that is not allowed still rises.
#[tokio::test]
async fn what_the_library_lost_is_not_invented() {
    hold(&[
        (
            "{must{node{ok} node{fails}}}",
            r#"{"must":{"node":{"ok":1,"fails":null}}}"#,
        ),
        (
            "{must{node{mustFail} node{ok}}}",
            r#"{"must":{"node":null}}"#,
        ),
    ])
    .await;
}

#[tokio::test]
async fn introspection_is_put_in_order_only() {
    let query = "{__type(name:\"Node\"){kind fields{type{kind name} name} name}
        __schema{queryType{name}} __typename}";
    let with = ask(query).await;
    assert!(with.is_ok());
    let data = with.data.into_json().unwrap();
    assert_eq!(
        data.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["__type", "__schema", "__typename"]
    );
}
