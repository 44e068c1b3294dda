//! The tables of a sealed release, their columns, and which rows of them belong to it.

use entity::{INSTANT_COLUMNS, MONEY_COLUMNS};
use sea_orm::{ColumnTrait, ColumnType, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn};

use super::super::TEXTS;
use super::super::fact_tables::fact_tables;

/// A table that is sealed.
#[derive(Clone, Debug)]
pub(crate) struct Frozen {
    /// Its name.
    pub(crate) table: String,
    /// Its columns in their order.
    pub(crate) columns: Vec<FrozenColumn>,
    /// The columns that order its rows.
    pub(super) key: Vec<&'static str>,
    /// Which rows belong to it.
    pub(super) rows: Rows,
}

/// A column of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FrozenColumn {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) form: Form,
    /// Whether it may be empty.
    pub(crate) nullable: bool,
    /// What is sealed in the place of what it holds.
    pub(super) left_out: LeftOut,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A whole number.
    Whole,
    /// An amount, in öre.
    Money,
    /// An instant, in microseconds since 1970.
    Instant,
    /// A text or a code.
    Text,
    /// Yes or no.
    Flag,
    /// A civil date.
    Day,
    /// Bytes: what a name is sorted by.
    Bytes,
}

/// What of a column's values is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeftOut {
    /// All of it.
    Nothing,
    /// The number of a free text: nothing of it.
    FreeText,
    /// The number of what a plan says of a change: nothing of it where its version was a draft. What was decided is open.
    DraftNote,
    /// Where a recipient is, and what leads there: nothing of it where the location is withheld.
    ProtectedPlace,
    /// The sum of what a row says: an empty text where the row tells where somebody is, or whom an event reached. There are 21
    /// counties to guess among.
    PlaceSum,
    /// Whether a recipient's location is protected, or an indicator counts persons: yes where it is withheld, so that who
    /// reads the release alone withholds it too.
    Protection,
    /// The name of who acted: an empty text.
    Actor,
    /// What a sender calls its file: an empty text.
    FileName,
    /// A version that had not come: nothing.
    Later,
    /// The event that made a version: where that is of a submission that is not sealed, and so changed nothing of what
    /// was accepted, the last one before it that is. So every version is there, and what is sealed refers to nothing that
    /// is not.
    Unaccepted,
}

/// Which rows of a table belong to a release: those of what had been accepted by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// Submissions, by this column.
    Submissions(&'static str),
    /// Events of submissions.
    Events,
    /// Facts, by the received row in this column.
    Received(&'static str),
    /// What counted in a version by then, by its first version in this column.
    Versions(&'static str),
    /// Texts that were written to be open: those of reports, and what decided plans say of their changes.
    OpenTexts,
    /// Releases of tables of persons by then.
    PersonTables,
    /// What those hide.
    PersonPatterns,
}

impl Frozen {
    fn of<E: EntityTrait>(rows: Rows) -> Self {
        let table = E::default().table_name().to_owned();
        let key = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
        let columns = E::Column::iter().map(|column| column_of(&table, &column));
        Self {
            columns: columns.collect(),
            key: key.map(|column: E::Column| column.as_str()).collect(),
            table,
            rows,
        }
    }
}

impl Frozen {
    /// Where its file lies in a release.
    pub(crate) fn path(&self) -> String {
        format!("facts/{}.parquet", self.table)
    }
}

fn column_of<C: ColumnTrait>(table: &str, column: &C) -> FrozenColumn {
    let (name, def) = (column.as_str(), column.def());
    let form = match def.get_column_type() {
        ColumnType::BigInteger if MONEY_COLUMNS.contains(&name) => Form::Money,
        ColumnType::BigInteger if INSTANT_COLUMNS.contains(&name) => Form::Instant,
        ColumnType::BigInteger => Form::Whole,
        ColumnType::Boolean => Form::Flag,
        ColumnType::Date => Form::Day,
        ColumnType::Text | ColumnType::String(_) => Form::Text,
        _ => Form::Bytes,
    };
    let is_text = |(_, of, text): &(_, &str, &str)| {
        *of == table && name.strip_suffix("_id").is_some_and(|name| name == *text)
    };
    let left_out = match name {
        "actor" => LeftOut::Actor,
        "file_name" if table == "submission" => LeftOut::FileName,
        "closed_version" => LeftOut::Later,
        "reason_id" => LeftOut::FreeText,
        "change_note_id" => LeftOut::DraftNote,
        "submission_event_id" => LeftOut::Unaccepted,
        "county_code" | "municipality_code" | "organisation_number" if table == "recipient" => {
            LeftOut::ProtectedPlace
        }
        "content_sha256" => LeftOut::PlaceSum,
        "protected_location" | "concerns_persons" => LeftOut::Protection,
        // Narratives are written for everybody.
        _ if table != "narrative" && TEXTS.iter().any(is_text) => LeftOut::FreeText,
        _ => LeftOut::Nothing,
    };
    FrozenColumn {
        name,
        form,
        nullable: def.is_null(),
        left_out,
    }
}

macro_rules! of_received {
    ($($name:ident),+ $(,)?) => {
        vec![$(Frozen::of::<entity::$name::Entity>(Rows::Received("row_id"))),+]
    };
}

/// The tables, in an order in which each row's own references come before it.
pub(crate) fn frozen() -> Vec<Frozen> {
    use entity::{
        counted, dataset_version, finding, free_text, person_table_hidden, person_table_release,
        received_row, submission, submission_event,
    };
    let mut all = vec![
        Frozen::of::<submission::Entity>(Rows::Submissions("id")),
        Frozen::of::<submission_event::Entity>(Rows::Events),
        Frozen::of::<finding::Entity>(Rows::Submissions("submission_id")),
        Frozen::of::<dataset_version::Entity>(Rows::Versions("version")),
        Frozen::of::<received_row::Entity>(Rows::Submissions("submission_id")),
        Frozen::of::<counted::Entity>(Rows::Versions("opened_version")),
        Frozen::of::<free_text::Entity>(Rows::OpenTexts),
    ];
    all.extend(fact_tables!(of_received, citation));
    all.push(Frozen::of::<person_table_release::Entity>(
        Rows::PersonTables,
    ));
    all.push(Frozen::of::<person_table_hidden::Entity>(
        Rows::PersonPatterns,
    ));
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Tables that no figure rests on, and why they are not sealed.
    const LEFT_OUT: &[(&str, &str)] = &[
        ("answered", "instants that somebody asked of"),
        ("audit_event", "the chain of the store itself"),
        ("file_content", "holds free texts"),
        ("published_query", "questions, no facts"),
        ("read_event", "who read what"),
        ("redaction", "of texts and files alone"),
        ("saved_query", "questions, no facts"),
        ("sealed_file", "other releases"),
        ("sealed_release", "other releases"),
        ("upload", "keys of those who sent"),
    ];

    #[test]
    fn every_table_is_sealed_or_left_out_for_a_reason() {
        let guarded: BTreeSet<String> = migration::guarded().map(str::to_owned).collect();
        let sealed = frozen().into_iter().map(|one| one.table);
        let left_out = LEFT_OUT.iter().map(|(table, _)| (*table).to_owned());
        let named: Vec<String> = sealed.chain(left_out).collect();
        assert_eq!(named.iter().cloned().collect::<BTreeSet<_>>(), guarded);
        assert_eq!(named.len(), guarded.len(), "no table is named twice");
    }

    #[test]
    fn no_sealed_column_leads_to_a_free_text_that_is_not_open() {
        for one in frozen() {
            for (_, table, text) in TEXTS.iter().filter(|(_, table, _)| *table != "narrative") {
                let name = format!("{text}_id");
                let held = one.columns.iter().find(|column| column.name == name);
                if one.table == *table {
                    let column = held.expect("the column of the text");
                    let left_out = match *text {
                        "change_note" => LeftOut::DraftNote,
                        _ => LeftOut::FreeText,
                    };
                    assert_eq!(column.left_out, left_out, "{table}.{name}");
                }
            }
        }
    }
}
