//! Who may do what is the committed document, and no root field is without a guard.

use crate::harness::{Engine, Prepared, run};

/// Root fields that anybody may ask, guard or no guard. Each would need a reason here.
const UNGUARDED: [&str; 0] = [];

#[test]
fn every_root_field_has_a_guard() {
    run(Engine::Sqlite, Prepared::Empty, |_| async {
        let fields = samsyn::graphql::root_fields().await;
        assert!(fields.len() > 10, "the walk found only {fields:?}");
        let unguarded: Vec<String> = fields
            .iter()
            .filter(|field| field.action.is_none())
            .map(|field| format!("{}.{}", field.root, field.name))
            .collect();
        assert_eq!(
            unguarded, UNGUARDED,
            "a root field needs `guard = \"Require(Action::…)\"`; where it has one, graphql/guard/arguments.rs makes \
             up no argument that it takes"
        );
    });
}

#[test]
fn the_document_equals_the_table_and_the_guards() {
    run(Engine::Sqlite, Prepared::Empty, |_| async {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/POLICY.md");
        let committed = std::fs::read_to_string(path).expect("docs/POLICY.md is there");
        let present = samsyn::policy::document(&samsyn::graphql::root_fields().await);
        assert!(
            committed == present,
            "docs/POLICY.md says something else. If the change is meant, renew it with\n    \
             cargo run -p samsyn -- policy > docs/POLICY.md\nand read the difference before committing it."
        );
    });
}
