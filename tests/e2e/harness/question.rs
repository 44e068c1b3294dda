//! The questions that evaluators ask, read from their files and run verbatim.

use std::path::Path;

/// The document of a question, with the fragments that it uses appended.
pub(crate) fn question(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("e2e/questions");
    let read = |name: &str| {
        std::fs::read_to_string(folder.join(format!("{name}.graphql"))).expect("a question")
    };
    let mut document = read(name);
    let fragments = read("fragments");
    for fragment in fragments.split("\nfragment ").skip(1) {
        let name = fragment.split_whitespace().next().unwrap_or_default();
        if document.contains(&format!("...{name}")) {
            document.push_str("\nfragment ");
            document.push_str(fragment);
        }
    }
    document
}
