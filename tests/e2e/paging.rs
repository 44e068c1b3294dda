//! Walks a connection from either end, page by page, and holds what the pages say of themselves against the whole.

use serde_json::{Value, json};

use crate::answer::{data, texts};
use crate::harness::TestApp;

/// A connection at the root, with its filter as GraphQL text.
#[derive(Clone, Copy)]
pub(crate) struct Pages<'a> {
    /// The app to ask.
    pub app: &'a TestApp,
    /// The root field.
    pub field: &'a str,
    /// `where: …`, or nothing.
    pub filter: &'a str,
}

impl Pages<'_> {
    /// One page by its arguments.
    pub(crate) async fn page(&self, arguments: &str) -> Value {
        let (field, filter) = (self.field, self.filter);
        let both = if filter.is_empty() && arguments.is_empty() {
            String::new()
        } else {
            format!("({filter} {arguments})")
        };
        let document = format!(
            "{{ {field}{both} {{ totalCount
                pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
                nodes {{ code }} edges {{ cursor node {{ code }} }} }} }}"
        );
        let page = data(self.app, &document, json!({})).await[field].take();
        assert_eq!(
            texts(&page["nodes"], "/code"),
            texts(&page["edges"], "/node/code"),
            "nodes and edges are the same"
        );
        let cursors = texts(&page["edges"], "/cursor");
        assert_eq!(page["pageInfo"]["startCursor"], json!(cursors.first()));
        assert_eq!(page["pageInfo"]["endCursor"], json!(cursors.last()));
        page
    }

    /// All codes in one page; the connection must fit.
    pub(crate) async fn whole(&self) -> Vec<String> {
        let page = self.page("first: 500").await;
        let codes = texts(&page["nodes"], "/code");
        assert_eq!(
            page["totalCount"],
            json!(codes.len()),
            "the whole fits in a page"
        );
        assert_eq!(page["pageInfo"]["hasNextPage"], json!(false));
        assert_eq!(page["pageInfo"]["hasPreviousPage"], json!(false));
        codes
    }

    /// Pages of a size to the end and back again: each must visit every node once, in the order of the whole.
    pub(crate) async fn walk(&self, size: usize) {
        let whole = self.whole().await;
        let (mut forward, mut after) = (Vec::new(), String::new());
        loop {
            let page = self.page(&format!("first: {size} {after}")).await;
            assert_eq!(
                page["totalCount"],
                json!(whole.len()),
                "the total is of all pages"
            );
            assert_eq!(
                page["pageInfo"]["hasPreviousPage"],
                json!(!forward.is_empty())
            );
            forward.extend(texts(&page["nodes"], "/code"));
            assert!(
                forward.len() <= whole.len(),
                "a node came twice: {:?}",
                forward.last()
            );
            if page["pageInfo"]["hasNextPage"] == json!(false) {
                break;
            }
            after = format!("after: {}", page["pageInfo"]["endCursor"]);
        }
        assert_eq!(forward, whole, "forward in pages of {size}");

        let (mut backward, mut before) = (Vec::new(), String::new());
        loop {
            let page = self.page(&format!("last: {size} {before}")).await;
            assert_eq!(page["pageInfo"]["hasNextPage"], json!(!backward.is_empty()));
            backward.splice(0..0, texts(&page["nodes"], "/code"));
            assert!(
                backward.len() <= whole.len(),
                "a node came twice: {:?}",
                backward.first()
            );
            if page["pageInfo"]["hasPreviousPage"] == json!(false) {
                break;
            }
            before = format!("before: {}", page["pageInfo"]["startCursor"]);
        }
        assert_eq!(backward, whole, "backward in pages of {size}");
    }
}
