//! Recipients as a connection: Swedish order, pages from both ends, filters, and refusals by code.

use serde_json::{Value, json};

use crate::answer::{data, refusal, refused, texts};
use crate::harness::{TestApp, on_both_engines};
use crate::paging::Pages;

async fn all(app: &TestApp) -> Vec<Value> {
    let document =
        "{ recipients(first: 500) { nodes { code name kind county { code } populationGroup } } }";
    let mut answer = data(app, document, json!({})).await;
    answer["recipients"]["nodes"]
        .as_array_mut()
        .map(std::mem::take)
        .expect("nodes")
}

/// The codes that pass a filter, asked as GraphQL text.
async fn filtered(app: &TestApp, filter: &str) -> Vec<String> {
    let document =
        format!("{{ recipients(first: 500, where: {filter}) {{ totalCount nodes {{ code }} }} }}");
    let page = data(app, &document, json!({})).await["recipients"].take();
    let codes = texts(&page["nodes"], "/code");
    assert_eq!(page["totalCount"], json!(codes.len()), "{filter}");
    codes
}

fn codes(of: &[Value], passes: impl Fn(&Value) -> bool) -> Vec<String> {
    of.iter()
        .filter(|one| passes(one))
        .map(|one| one["code"].as_str().expect("a code").to_owned())
        .collect()
}

/// A Swedish register's place of a name, written here without any library: space, hyphen, digits, a–z, å, ä, ö.
fn place(name: &str) -> Vec<u32> {
    let letter = |letter: char| match letter {
        ' ' => 0,
        '-' => 1,
        'å' => u32::from('z') + 1,
        'ä' => u32::from('z') + 2,
        'ö' => u32::from('z') + 3,
        'é' => u32::from('e'),
        other => u32::from(other),
    };
    name.to_lowercase().chars().map(letter).collect()
}

on_both_engines! {
    async fn recipients_stand_in_swedish_alphabetical_order(app: Example) {
        let nodes = all(&app).await;
        let names: Vec<&str> = nodes.iter().map(|one| one["name"].as_str().expect("a name")).collect();
        assert!(names.is_sorted_by_key(|name| (place(name), name.len())), "{names:#?}");
        let last = |letter: &str| names.iter().rposition(|name| name.starts_with(letter)).expect("a name");
        let first = |letter: &str| names.iter().position(|name| name.starts_with(letter)).expect("a name");
        assert!(last("Y") < first("Å") && last("Å") < first("Ä") && last("Ä") < first("Ö"));
        assert_eq!(names.len() - 1, last("Ö"), "ö is the last letter");
    }

    async fn pages_visit_every_recipient_once_from_either_end(app: Example) {
        let every = Pages { app: &app, field: "recipients", filter: "" };
        assert_eq!(every.whole().await.len(), 371, "290 municipalities, 21 regions, 60 associations");
        every.walk(97).await;
        every.walk(53).await;
        Pages { filter: "where: { kinds: [REGION] }", ..every }.walk(1).await;
        assert_eq!(every.page("").await["nodes"].as_array().map(Vec::len), Some(50), "fifty where nothing is said");
        let none = every.page("first: 0").await;
        assert_eq!(none["totalCount"], json!(371));
        assert_eq!(none["nodes"], json!([]));
    }

    async fn filters_let_pass_what_they_say(app: Example) {
        let nodes = all(&app).await;
        let kind = |kind: &'static str| move |one: &Value| one["kind"] == kind;
        let county = |code: &'static str| move |one: &Value| one["county"]["code"] == code;
        assert_eq!(filtered(&app, "{ kinds: [REGION] }").await, codes(&nodes, kind("REGION")));
        assert_eq!(filtered(&app, "{ kinds: [NGO] }").await.len(), 60);
        assert_eq!(filtered(&app, "{ kinds: [] }").await, Vec::<String>::new(), "an empty list lets nothing pass");
        let in_skane = filtered(&app, "{ counties: [\"12\"], kinds: [MUNICIPALITY] }").await;
        assert_eq!(in_skane, codes(&nodes, |one| county("12")(one) && kind("MUNICIPALITY")(one)));
        assert_eq!(in_skane.len(), 33);
        let groups = filtered(&app, "{ populationGroups: [4, 5] }").await;
        assert_eq!(groups, codes(&nodes, |one| one["populationGroup"].as_i64().is_some_and(|group| group >= 4)));
        assert!(!groups.is_empty());
        let named = filtered(&app, "{ nameContains: \"ÖPING\" }").await;
        assert_eq!(named, codes(&nodes, |one| one["name"].as_str().is_some_and(|name| name.to_lowercase().contains("öping"))));
        assert!(named.len() > 5);
    }

    async fn a_page_out_of_bounds_is_refused_with_its_argument(app: Example) {
        let ask = async |arguments: &str| {
            let document = format!("{{ recipients({arguments}) {{ totalCount }} }}");
            refusal(&app, &document, json!({})).await
        };
        assert_eq!(ask("first: -1").await, refused("BAD_USER_INPUT", "first"));
        assert_eq!(ask("last: -1").await, refused("BAD_USER_INPUT", "last"));
        assert_eq!(ask("first: 501").await, refused("PAGE_TOO_LARGE", "first"));
        assert_eq!(ask("last: 501").await, refused("PAGE_TOO_LARGE", "last"));
        assert_eq!(ask("first: 1, last: 1").await, refused("BAD_USER_INPUT", "last"));
        assert_eq!(ask("after: \"bm9uZQ\"").await, refused("BAD_USER_INPUT", "after"));
        assert_eq!(ask("before: \"\"").await, refused("BAD_USER_INPUT", "before"));
    }

    async fn a_cursor_of_another_connection_is_refused(app: Example) {
        let rounds = Pages { app: &app, field: "rounds", filter: "" };
        let cursor = rounds.page("first: 1").await["pageInfo"]["endCursor"].take();
        let document = format!("{{ recipients(after: {cursor}) {{ totalCount }} }}");
        assert_eq!(refusal(&app, &document, json!({})).await, refused("BAD_USER_INPUT", "after"));
    }

    async fn codes_that_do_not_exist_are_refused_with_their_argument(app: Example) {
        let ask = async |document: &str| refusal(&app, document, json!({})).await;
        assert_eq!(ask("{ recipient(code: \"9999\") { name } }").await, refused("UNKNOWN_CODE", "code"));
        let county = "{ recipients(where: { counties: [\"01\", \"99\"] }) { totalCount } }";
        assert_eq!(ask(county).await, refused("UNKNOWN_CODE", "where.counties[1]"));
        let group = "{ recipients(where: { populationGroups: [1, 6] }) { totalCount } }";
        assert_eq!(ask(group).await, refused("UNKNOWN_CODE", "where.populationGroups[1]"));
    }
}
