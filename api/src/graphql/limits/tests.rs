//! Each limit, at it and one beyond it, against the dummy schema and the project's own questions.

use std::fmt::Write as _;

use async_graphql::{Request, Response, Value, Variables};
use serde_json::json;

use super::{Limits, Refusal, measure, parsed, scanned};
use crate::graphql::over_http::dummy;
use crate::graphql::questions::Lines;
use crate::http::Code;

/// What the limits say to the document, whatever the schema would.
fn check(query: impl Into<String>) -> Result<(), Refusal> {
    check_with(&query.into(), &Variables::default())
}

fn check_with(query: &str, variables: &Variables) -> Result<(), Refusal> {
    let (limits, lines) = (Limits::default(), Lines::of(query));
    let document = parsed(query, scanned(&limits, query)?, &lines)?;
    measure(&limits, &document, variables, &lines)
}

fn code(query: impl Into<String>) -> Option<Code> {
    check(query).err().map(|refusal| refusal.code())
}

/// The same through the schema, where the library's own limits stand behind the guard.
async fn ask(query: impl Into<String>) -> Response {
    dummy::schema(&Limits::default())
        .execute(Request::new(query))
        .await
}

fn first_code(response: &Response) -> Option<Value> {
    let extensions = response.errors.first()?.extensions.as_ref()?;
    extensions.get("code").cloned()
}

/// Fragments each of which spreads the one before twice: 2ⁿ of the innermost selection.
fn doubling(levels: usize, innermost: &str) -> String {
    let mut text = format!("{{...f{levels}}} fragment f0 on Query {{{innermost}}}");
    for level in 1..=levels {
        let below = level - 1;
        write!(
            text,
            " fragment f{level} on Query{{...f{below} ...f{below}}}"
        )
        .unwrap();
    }
    text
}

#[test]
fn doubling_fragments_are_refused_by_their_expansion() {
    let document = doubling(30, "hello");
    assert!(document.len() < 2048);
    assert_eq!(code(document), Some(Code::TooManyRootFields));
    let below_a_field = doubling(30, "me{hello}").replacen("{...f30}", "{me{...f30}}", 1);
    assert_eq!(code(below_a_field), Some(Code::TooManyFields));
    // No field at all, yet the library would walk every spread.
    assert_eq!(code(doubling(30, "...nothing")), Some(Code::TooManyFields));
    assert_eq!(code(doubling(200, "hello")), Some(Code::TooManyDefinitions));
    assert_eq!(code(doubling(4, "hello")), None);
}

#[test]
fn a_fragment_that_nothing_spreads_is_measured_too() {
    let unused = doubling(30, "hello").replacen("{...f30}", "{hello}", 1);
    assert_eq!(code(unused), Some(Code::TooManyFields));
}

#[tokio::test]
async fn a_fragment_cycle_is_refused_with_its_place() {
    let cyclic = "{...a} fragment a on Query {...b} fragment b on Query {me{...a}}";
    let response = ask(cyclic).await;
    assert_eq!(
        first_code(&response),
        Some("GRAPHQL_VALIDATION_FAILED".into())
    );
    assert!(!response.errors[0].locations.is_empty());
    assert_eq!(
        code("{...a} fragment a on Query {...a}"),
        Some(Code::GraphqlValidationFailed)
    );
}

#[test]
fn a_long_text_is_not_even_counted() {
    let text = format!("{{{}}}", "hello ".repeat(200_000));
    assert_eq!(code(text), Some(Code::DocumentTooLarge));
}

#[test]
fn aliases_are_counted_over_the_whole_document() {
    let aliases = |count: usize| {
        let mut text = "{me{".to_owned();
        for number in 0..count {
            write!(text, "a{number}:hello ").unwrap();
        }
        text + "}}"
    };
    assert_eq!(code(aliases(200)), None);
    assert_eq!(code(aliases(201)), Some(Code::TooManyAliases));
    // Twenty thousand are too long; shorter names would be too many tokens.
    assert_eq!(code(aliases(20_000)), Some(Code::DocumentTooLarge));
    let short = format!("{{{}}}", "a:b ".repeat(16_000));
    assert_eq!(code(short), Some(Code::TooManyTokens));
}

#[test]
fn root_fields_are_counted_through_fragments() {
    let fields = |count: usize| {
        let half = "hello ".repeat(count - 10);
        let rest = "hello ".repeat(10);
        format!("{{{half} ...f}} fragment f on Query {{ ... {{{rest}}} }}")
    };
    assert_eq!(code(fields(50)), None);
    assert_eq!(code(fields(51)), Some(Code::TooManyRootFields));
}

#[test]
fn fields_are_counted_over_all_operations() {
    let operation = |name: &str| format!("query {name} {{me{{{}}}}}", "hello ".repeat(999));
    assert_eq!(code(operation("a") + &operation("b")), None);
    let three = operation("a") + &operation("b") + &operation("c");
    assert_eq!(code(three), Some(Code::TooManyFields));
}

#[tokio::test]
async fn depth_is_counted_as_the_library_does() {
    let nested = |depth: usize| {
        let below = depth - 1;
        format!(
            "{}hello{}",
            "{me".repeat(below) + "{",
            "}".repeat(below + 1)
        )
    };
    assert_eq!(code(nested(15)), None);
    assert!(ask(nested(15)).await.is_ok());
    assert_eq!(code(nested(16)), Some(Code::TooDeep));
    let inline = format!("{}hello{}", "{...".repeat(60) + "{", "}".repeat(61));
    assert_eq!(code(&inline), None);
    assert!(ask(inline).await.is_ok());
    assert_eq!(
        code("{a(b:".to_owned() + &"[".repeat(60_000)),
        Some(Code::TooDeep)
    );
}

#[test]
fn a_chain_of_fragments_does_not_recurse_without_end() {
    let mut text = "{...f0}".to_owned();
    for number in 0..99 {
        write!(text, "fragment f{number} on Query{{...f{}}}", number + 1).unwrap();
    }
    assert_eq!(code(text), Some(Code::TooDeep));
}

#[test]
fn values_are_counted_with_variables_written_out() {
    let query = format!(
        "query($n:[Int!]!){{me{{{}}}}}",
        "echo(numbers:$n)".repeat(100)
    );
    let with = |count: usize| {
        let numbers = json!({ "n": vec![1; count] });
        check_with(&query, &Variables::from_json(numbers))
    };
    // 100 × (499 numbers + the list + its place).
    assert!(with(490).is_ok());
    assert_eq!(with(500).unwrap_err().code(), Code::TooManyValues);

    let default = query.replacen("!)", &format!("!=[{}])", "1 ".repeat(500)), 1);
    assert_eq!(code(default), Some(Code::TooManyValues));
    let directives = format!("{{me{{{}}}}}", "hello @skip(if:false)".repeat(900));
    assert_eq!(code(directives), None);
}

#[test]
fn definitions_and_variables_are_counted() {
    let variables = |count: usize| {
        let mut text = "query(".to_owned();
        for number in 0..count {
            write!(text, "$v{number}:Int ").unwrap();
        }
        text + "){hello}"
    };
    assert_eq!(code(variables(100)), None);
    assert_eq!(code(variables(101)), Some(Code::TooManyVariables));
    let unused = "fragment f on Query{hello}";
    let many: String = (0..100)
        .map(|n| unused.replace('f', &format!("f{n}")))
        .collect();
    assert!(check("{hello}".to_owned() + &many).is_err());
}

#[test]
fn no_text_overflows_the_parser() {
    let limits = Limits::default();
    for open in ["{a", "{a(b:{c:", "{a(b:[", "{...{", "query($a:["] {
        let mut text = open.to_owned();
        let more = open
            .trim_start_matches("query($a:")
            .trim_start_matches("{a(b:");
        while text.matches(['{', '[', '(']).count() < limits.nesting {
            text.push_str(more);
        }
        assert!(check(text).is_err());
    }
}

#[tokio::test]
async fn introspection_passes_and_its_cycles_do_not() {
    let introspection = include_str!("introspection.graphql");
    assert!(ask(introspection).await.is_ok());

    let cyclic = |turns: usize| {
        let below = "fields{type{".repeat(turns);
        format!("{{__schema{{types{{{below}name{}}}}}}}", "}}".repeat(turns))
    };
    assert_eq!(code(cyclic(2)), None);
    assert_eq!(code(cyclic(4)), Some(Code::TooComplex));
    let through_fragments = "{__schema{types{...a}}} fragment a on __Type{fields{type{...b}}}
        fragment b on __Type{fields{type{...c}}} fragment c on __Type{fields{type{...d}}}
        fragment d on __Type{fields{type{name}}}";
    assert_eq!(code(through_fragments), Some(Code::TooComplex));
}

#[test]
fn fields_of_ours_with_introspections_names_are_free() {
    let nested = format!("{{{}a{}}}", "fields{types{".repeat(6), "}}".repeat(6));
    assert_eq!(code(nested), None);
}

#[tokio::test]
async fn the_librarys_limits_have_codes_too() {
    let limits = Limits {
        complexity: 5,
        ..Limits::default()
    };
    let schema = dummy::schema(&limits);
    let response = schema.execute("{me{hello me{hello me{hello}}}}").await;
    assert_eq!(first_code(&response), Some("TOO_COMPLEX".into()));

    // As if the guard had let it pass.
    let mut deep = Request::new("{me{me{hello}}}");
    dummy::reader(&limits).prepare(&mut deep).unwrap();
    let schema = dummy::schema(&Limits { depth: 2, ..limits });
    assert_eq!(
        first_code(&schema.execute(deep).await),
        Some("TOO_DEEP".into())
    );
}

#[test]
fn the_document_is_parsed_once_and_its_operation_known() {
    use async_graphql::parser::types::OperationType::{Mutation, Query};
    let reader = dummy::reader(&Limits::default());
    let chosen = |query: &str, name: Option<&str>| {
        let mut request = Request::new(query);
        request.operation_name = name.map(str::to_owned);
        let prepared = reader.prepare(&mut request);
        prepared
            .map(|prepared| prepared.operation)
            .map_err(|errors| {
                let extensions = errors[0].extensions.as_ref().unwrap();
                extensions.get("code").cloned().unwrap()
            })
    };
    let unresolved = Err(Value::from("OPERATION_RESOLUTION_FAILURE"));
    let both = "query A{hello} mutation B{change}";
    assert_eq!(chosen(both, Some("A")), Ok(Query));
    assert_eq!(chosen(both, Some("B")), Ok(Mutation));
    assert_eq!(chosen(both, Some("C")), unresolved);
    assert_eq!(chosen(both, None), unresolved);
    assert_eq!(chosen("mutation B{change}", None), Ok(Mutation));
    assert_eq!(chosen("{hello}", Some("A")), unresolved);
}

#[test]
fn a_syntax_error_is_one_sentence_without_the_text() {
    let refusal = check("{ secret( }").unwrap_err();
    let message = refusal.to_string();
    assert!(
        message.starts_with("The document is not GraphQL: expected "),
        "{message}"
    );
    assert!(
        !message.contains('\n') && !message.contains("secret"),
        "{message}"
    );
    assert!(matches!(refusal, Refusal::Syntax { at, .. } if at.len() == 1));
}

#[test]
fn nothing_in_a_text_is_passed_over() {
    for wrong in [
        "{ echo(numbers 1) }",
        "{ echo(numbers: 1 more) }",
        "{ hello @skip(if if: true) }",
        "query($a: Int) { hello @skip(if: $a a) }",
        "{ echo(numbers: [1, 2",
        "{ echo(numbers: { a 1 }) }",
        "{ hello",
    ] {
        assert_eq!(code(wrong), Some(Code::GraphqlParseFailed), "{wrong}");
    }
    let all = "query Q($a: [Int!]! = [1, -2.5e3], $b: T = {x: \"y\", z: {}}, $c: [T] @d) @e(f: [[null]]) {
        a: b(c: $a, d: \"\"\"e { ( \"\"\", f: G) @h ... on I @j(k: true) { l } ...M @n ... { o } }
        # p {
        fragment M on I @q { r }, query { s } { t }";
    assert_eq!(code(all), None);
}
