//! The project's own files, as the rules of the tree read them.

use std::path::{Path, PathBuf};

/// What is made, not written; a second work tree has a file instead of the folder `.git`.
const MADE: &[&str] = &["target", ".git", "node_modules", "book"];

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests lie in the project")
        .to_path_buf()
}

/// A text file with its path from the project's root.
pub(crate) struct File {
    pub path: String,
    pub text: String,
}

impl File {
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    pub(crate) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    pub(crate) fn within(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }
}

/// Every text file of the project; what git leaves aside is left aside here too.
pub(crate) fn files() -> Vec<File> {
    let (root, mut found, mut folders) = (root(), Vec::new(), vec![root()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            if MADE.iter().any(|made| name.to_str() == Some(made)) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let path = path
                    .strip_prefix(&root)
                    .expect("below the root")
                    .to_string_lossy()
                    .into_owned();
                found.push(File { path, text });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(
        found.iter().filter(|file| file.is_rust()).count() > 150,
        "the project was found"
    );
    found
}

/// The paths of the files that break a rule.
pub(crate) fn offenders(files: &[File], breaks: impl Fn(&File) -> bool) -> Vec<&str> {
    files
        .iter()
        .filter(|file| breaks(file))
        .map(|file| file.path.as_str())
        .collect()
}

/// No offender.
pub(crate) const NOBODY: Vec<&str> = Vec::new();

/// Whether a text has a word that is not a part of another.
pub(crate) fn has_word(text: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (
            text[..at].chars().next_back(),
            text[at + word.len()..].chars().next(),
        );
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

/// Code without comments and doc comments.
pub(crate) fn code(text: &str) -> String {
    text.lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The records of a CSV text with commas, quotes and line breaks within quotes.
pub(crate) fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut cell, mut quoted) =
        (Vec::new(), Vec::new(), String::new(), false);
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            '\r' if !quoted => {}
            other => cell.push(other),
        }
    }
    if !cell.is_empty() || !record.is_empty() {
        record.push(cell);
        records.push(record);
    }
    records
}
