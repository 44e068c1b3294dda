//! The tree keeps its own rules: who may know whom, how files begin and are named, and what must not stand in them.

mod tree;

use std::collections::{BTreeMap, BTreeSet};

use tree::{File, NOBODY, code, files, has_word, offenders, records, root};

/// What each crate's manifest depends on, tests and builds included.
fn dependencies() -> BTreeMap<&'static str, BTreeSet<String>> {
    let of = |folder: &'static str| {
        let manifest =
            std::fs::read_to_string(root().join(folder).join("Cargo.toml")).expect("a manifest");
        let (mut within, mut names) = (false, BTreeSet::new());
        for line in manifest.lines().map(str::trim) {
            if line.starts_with('[') {
                within = line.contains("dependencies");
                // `[dependencies.name]` is a dependency too.
                names.extend(
                    line.split_once("dependencies.")
                        .map(|(_, name)| name.trim_end_matches(']').to_owned()),
                );
            } else if let (true, Some((name, _))) = (within, line.split_once(['.', '=', ' '])) {
                names.insert(name.trim().to_owned());
            }
        }
        (folder, names)
    };
    ["api", "entity", "migration", "analytics", "tests"]
        .map(of)
        .into()
}

#[test]
fn crates_know_each_other_in_one_direction() {
    let known = dependencies();
    let ours = [
        "samsyn",
        "api",
        "entity",
        "migration",
        "analytics",
        "samsyn-entity",
        "samsyn-migration",
        "samsyn-analytics",
        "samsyn-tests",
    ];
    for lower in ["entity", "migration", "analytics"] {
        let found: Vec<&str> = ours
            .into_iter()
            .filter(|name| known[lower].contains(*name))
            .collect();
        assert_eq!(found, NOBODY, "{lower} knows no crate of ours");
    }
    for lower in ["entity", "migration", "analytics"] {
        assert!(
            known["api"].contains(lower),
            "api uses {lower}: the manifests were read"
        );
    }
    assert!(
        !known["api"].contains("samsyn-tests"),
        "nothing depends on the tests"
    );
}

#[test]
fn polars_and_async_graphql_stay_behind_their_doors() {
    for (folder, names) in dependencies() {
        let has = |library: &str| names.iter().any(|name| name.starts_with(library));
        assert_eq!(has("polars"), folder == "analytics", "polars in {folder}");
        assert_eq!(
            has("async-graphql"),
            folder == "api",
            "async-graphql in {folder}"
        );
    }
    let files = files();
    let graphql = |file: &File| {
        file.is_rust()
            && !file.within("api/src/graphql/")
            && has_word(&code(&file.text), "async_graphql")
    };
    assert_eq!(
        offenders(&files, |file| graphql(file) && file.path != "tests/tidy.rs"),
        NOBODY
    );
    let polars = |file: &File| {
        file.is_rust() && !file.within("analytics/") && has_word(&code(&file.text), "polars")
    };
    assert_eq!(
        offenders(&files, |file| polars(file) && file.path != "tests/tidy.rs"),
        NOBODY
    );
}

#[test]
fn the_clock_and_the_environment_have_one_reader_each() {
    let files = files();
    let in_api = |file: &File, word: &str| {
        file.is_rust() && file.within("api/src/") && code(&file.text).contains(word)
    };
    assert_eq!(
        offenders(&files, |file| in_api(file, "Utc::now")
            || in_api(file, "Local::now")
            || in_api(file, "SystemTime::now")),
        ["api/src/clock.rs"]
    );
    assert_eq!(
        offenders(&files, |file| in_api(file, "env::var")),
        ["api/src/config/mod.rs"]
    );
    let pure = |file: &File| {
        file.is_rust()
            && ["analytics/src/", "entity/src/", "migration/src/"]
                .iter()
                .any(|folder| file.within(folder))
    };
    let impure = [
        "Utc::now",
        "Local::now",
        "SystemTime::now",
        "std::env::",
        "std::fs",
        "tokio",
    ];
    assert_eq!(
        offenders(&files, |file| pure(file)
            && impure.iter().any(|word| code(&file.text).contains(word))),
        NOBODY
    );
}

#[test]
fn every_file_of_code_says_first_what_it_is_for() {
    let files = files();
    let silent = |file: &File| {
        file.is_rust()
            && !file
                .text
                .lines()
                .next()
                .is_some_and(|line| line.starts_with("//! ") && line.len() > 10)
    };
    assert_eq!(offenders(&files, silent), NOBODY);
}

#[test]
fn no_file_of_code_is_longer_than_400_lines() {
    let files = files();
    assert_eq!(
        offenders(&files, |file| file.is_rust()
            && file.text.lines().count() > 400),
        NOBODY
    );
}

#[test]
fn nothing_is_named_after_having_no_subject() {
    let vague = ["utils", "util", "helpers", "helper", "common", "misc"];
    let parts = |file: &File| {
        file.path
            .split(['/', '.'])
            .any(|part| vague.contains(&part))
    };
    assert_eq!(offenders(&files(), parts), NOBODY);
    let modules = |file: &File| {
        file.is_rust()
            && vague.iter().any(|name| {
                file.text.contains(&format!("mod {name} "))
                    || file.text.contains(&format!("mod {name};"))
            })
    };
    assert_eq!(offenders(&files(), modules), NOBODY);
}

#[test]
fn no_file_names_a_folder_of_one_machine() {
    let own = |letter: char| letter.is_ascii_alphanumeric() || "_.-".contains(letter);
    let names_machine = |text: &str| {
        ["work", "farm", "root", "home"].iter().any(|folder| {
            let path = format!("/{folder}/");
            text.match_indices(&path)
                .any(|(at, _)| !text[..at].chars().next_back().is_some_and(own))
        })
    };
    assert!(
        names_machine(&format!("cd /{}/main", "work")) && !names_machine("frame/work/"),
        "the rule finds what it is for"
    );
    assert_eq!(
        offenders(&files(), |file| file.path != "Cargo.lock"
            && names_machine(&file.text)),
        NOBODY
    );
}

#[test]
fn floats_stay_in_the_two_files_that_need_them() {
    let files = files();
    let may = [
        "analytics/src/float.rs",
        "api/src/intake/workbook/table.rs",
        "tests/tidy.rs",
    ];
    let floats = |file: &File| {
        file.is_rust() && (has_word(&code(&file.text), "f64") || has_word(&code(&file.text), "f32"))
    };
    assert_eq!(
        offenders(&files, |file| floats(file)
            && !may.contains(&file.path.as_str())),
        NOBODY
    );
    assert!(
        files.iter().any(|file| file.path == may[0] && floats(file)),
        "the rule finds what it is for"
    );
}

#[test]
fn decision_records_are_numbered_without_gaps_and_linked_by_their_titles() {
    let files = files();
    let records: Vec<&File> = files
        .iter()
        .filter(|file| file.within("docs/decisions/"))
        .collect();
    assert!(records.len() >= 5);
    for (number, record) in (1..).zip(&records) {
        assert!(
            record.name().starts_with(&format!("{number:04}-")),
            "{} should be number {number:04}",
            record.path
        );
        assert!(
            record.text.starts_with("# "),
            "{} begins with its title",
            record.path
        );
    }
}

#[test]
fn every_row_of_the_reference_data_says_its_source() {
    let files = files();
    let tables: Vec<&File> = files
        .iter()
        .filter(|file| file.within("api/reference/") && file.path.ends_with(".csv"))
        .collect();
    assert!(tables.len() > 15);
    for table in tables {
        let mut rows = records(&table.text).into_iter();
        let header = rows.next().expect("a header");
        let source = header
            .iter()
            .position(|name| name == "source")
            .unwrap_or_else(|| panic!("{} has no column source", table.path));
        let mut count = 0;
        for (number, row) in (2..).zip(rows) {
            assert!(
                row.get(source).is_some_and(|cell| !cell.trim().is_empty()),
                "{} row {number} has no source",
                table.path
            );
            count += 1;
        }
        assert!(count > 0, "{} has no rows", table.path);
    }
}

/// Names of the fields of a type in the models of the tables.
fn fields(files: &[File], of: &str) -> BTreeSet<String> {
    let models = files
        .iter()
        .filter(|file| file.within("entity/src/") && file.text.contains("#[sea_orm::model]"));
    let lines = models.flat_map(|file| file.text.lines().map(str::trim));
    let field = lines.filter_map(|line| {
        let (name, kind) = line.strip_prefix("pub ")?.split_once(": ")?;
        let kind = kind.trim_end_matches(',');
        (kind == of || kind == format!("Option<{of}>")).then(|| name.to_owned())
    });
    field.collect()
}

#[test]
fn amounts_and_instants_are_known_by_the_names_of_their_columns() {
    let files = files();
    let named = |columns: &[&str]| columns.iter().map(|one| (*one).to_owned()).collect();
    assert_eq!(fields(&files, "Sek"), named(entity::MONEY_COLUMNS));
    assert_eq!(fields(&files, "Moment"), named(entity::INSTANT_COLUMNS));
    let others = ["i64", "String", "Date"].map(|of| fields(&files, of));
    for name in entity::MONEY_COLUMNS.iter().chain(entity::INSTANT_COLUMNS) {
        assert!(others.iter().all(|one| !one.contains(*name)), "{name}");
    }
}
