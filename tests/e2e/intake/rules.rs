//! The table of rules is the committed document.

#[test]
fn the_rules_equal_the_committed_document() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/RULES.md");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == samsyn::intake::rulebook(),
        "docs/RULES.md has other rules. If the change is meant, renew it with\n    \
         cargo run -p samsyn -- rules > docs/RULES.md\nand read the difference before committing it."
    );
}
