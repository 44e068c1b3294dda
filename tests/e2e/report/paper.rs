//! A report as PDF: tags, language, title and alternative texts, read with a reader that shares nothing with its writer.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use entity::{
    DeliverableKind, OrganisationCode, RegistryNumber, ReportSection, TextLanguage, narrative,
};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Text};
use samsyn::documents::{Document, Form};
use samsyn::reports::report::{
    Cell, Column, Composed, Paragraph, Part, Report, Requirement, Row, Section, Table,
};
use samsyn::reports::{Language, Narrative, Texts};
use samsyn::store::Written;

use super::FUNDS;
use super::documents::{run, written};
use super::narratives::{accepted, row};
use super::written::{HOSTILE as MARKDOWN, WHOLE};
use crate::harness::{Engine, Prepared, TestApp, run as on_engine};

/// What is found in a PDF.
struct Found {
    language: String,
    /// Its metadata, as XML.
    about: String,
    /// How many tags of each kind it has.
    tags: BTreeMap<String, usize>,
    /// The alternative texts of its figures.
    alternatives: Vec<String>,
    pages: usize,
}

/// A text as PDF holds it: UTF-16 with its mark, or letters of one byte.
fn text(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(wide) => {
            let units = wide
                .chunks_exact(2)
                .map(|two| u16::from_be_bytes([two[0], two[1]]));
            String::from_utf16_lossy(&units.collect::<Vec<_>>())
        }
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn read(bytes: &[u8]) -> Found {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
    let root: Dict = pdf.xref().get(pdf.xref().root_id()).expect("a catalogue");
    let mark: Dict = root.get("MarkInfo").expect("it says whether it is tagged");
    assert_eq!(mark.get::<bool>("Marked"), Some(true));
    let shown: Dict = root.get("ViewerPreferences").expect("what a viewer shows");
    assert_eq!(shown.get::<bool>("DisplayDocTitle"), Some(true));
    let about: Stream = root.get("Metadata").expect("metadata");
    let mut found = Found {
        language: text(root.get::<Text>("Lang").expect("a language").as_bytes()),
        about: String::from_utf8(about.decoded().expect("metadata").into_owned()).expect("UTF-8"),
        tags: BTreeMap::new(),
        alternatives: Vec::new(),
        pages: pdf.pages().len(),
    };
    let tree: Dict = root.get("StructTreeRoot").expect("a tree of tags");
    found.below(&tree);
    found
}

impl Found {
    /// Counts the tags below an element.
    fn below(&mut self, element: &Dict) {
        if let Some(kind) = element.get::<Name>("S") {
            *self.tags.entry(kind.as_str().to_owned()).or_default() += 1;
            if kind.as_str() == "Figure" {
                let words = element
                    .get::<Text>("Alt")
                    .expect("a figure says what it shows");
                self.alternatives.push(text(words.as_bytes()));
            }
        }
        if let Some(all) = element.get::<Array>("K") {
            for one in all.iter::<Object>() {
                if let Object::Dict(one) = one {
                    self.below(&one);
                }
            }
        } else if let Some(one) = element.get::<Dict>("K") {
            self.below(&one);
        }
    }

    fn count(&self, tag: &str) -> usize {
        self.tags.get(tag).copied().unwrap_or(0)
    }
}

// On one engine: the report is the same on both, and typesetting takes seconds without optimisation.
#[test]
fn a_report_is_tagged_and_two_runs_give_the_same_bytes() {
    async fn story(app: TestApp) {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        for out in [&one, &two] {
            assert!(run(&app, out, &["--format", "pdf"]));
        }
        let (one, two) = (written(&one), written(&two));
        let names: Vec<&str> = one.keys().map(String::as_str).collect();
        assert_eq!(names, ["S2016-00633-FST_final_report_2019-09-30.sv.pdf"]);
        assert!(one == two, "two runs give the same bytes");
        let found = read(&one[names[0]]);
        assert_eq!(found.language, "sv");
        let title = "En slutredovisning av kompetensstödet och utvecklingsmedlen 2016–2018";
        for words in ["<pdfuaid:part>1</pdfuaid:part>", title] {
            assert!(found.about.contains(words), "{words}: {}", found.about);
        }
        // Parts, demands, quality and appendices; sections; tables with headers; footnotes with the numbers of figures.
        assert!(
            found.count("H1") >= 8 && found.count("H2") >= 17,
            "{:?}",
            found.tags
        );
        assert!(
            found.count("Table") >= 30 && found.count("TOC") >= 1,
            "{:?}",
            found.tags
        );
        assert_eq!(
            found.count("Table"),
            found.count("THead"),
            "{:?}",
            found.tags
        );
        assert!(
            found.count("TH") > found.count("Table") && found.count("Note") >= 20,
            "{:?}",
            found.tags
        );
        assert!(found.pages > 20);
        // Of `expected.json`: 81.3 and 91.9 percent.
        let words = found.alternatives.join(" ");
        assert!(
            words.contains("Kommuner 2016: 81,3") && words.contains("Kommuner 2018: 91,9"),
            "{words}"
        );
    }
    on_engine(Engine::Sqlite, Prepared::Example, story);
}

/// What somebody may write to make the typesetter read a file, or to break it.
const HOSTILE: &str =
    "#image(\"/etc/passwd\") *_$ @no <no> \\u{41} ] } \" \\ /* // ` #panic() é \u{202e} 😀 漢";

/// A report whose every text is hostile.
fn hostile() -> Report {
    let both = || [HOSTILE.to_owned(), HOSTILE.to_owned()];
    let column = Column {
        key: "text".to_owned(),
        title: both(),
        unit: None,
        is_label: true,
    };
    let table = Table {
        code: "assignment.decisions".to_owned(),
        number: "1.1 A".to_owned(),
        title: both(),
        columns: vec![column],
        rows: vec![Row {
            cells: vec![Cell::Text(both())],
        }],
        notes: vec![both()],
    };
    let section = |empty: Option<[String; 2]>| Section {
        code: "assignment",
        number: "1.1".to_owned(),
        title: both(),
        without_tables: empty.clone(),
        narratives: vec![narrative()],
        empty,
        figures: Vec::new(),
        tables: Vec::new(),
    };
    let full = Section {
        tables: vec![table],
        ..section(None)
    };
    let composed = Composed {
        registry_number: RegistryNumber::parse(FUNDS).expect("a registry number"),
        kind: DeliverableKind::FinalReport,
        due_on: None,
        title: HOSTILE.to_owned(),
        parts: vec![Part {
            number: 1,
            title: both(),
            sections: vec![full, section(Some(both()))],
        }],
        quality: vec![Paragraph {
            heading: both(),
            text: both(),
        }],
        synthetic: true,
        version: 1,
        as_of: DateTime::UNIX_EPOCH,
        today: NaiveDate::default(),
    };
    let required = vec![Requirement {
        text: HOSTILE.to_owned(),
        row_id: 1,
        satisfied_by: vec!["assignment"],
        missing: vec![both()],
    }];
    let markdown = format!(
        "# {HOSTILE}\n\n- {HOSTILE}\n\n> {HOSTILE}\n\n| a | b |\n|---|---|\n| {HOSTILE} | x |\n\n{MARKDOWN}"
    );
    let texts = Texts::from([(1, Written::Text(markdown))]);
    Report::new(Arc::new(composed), required, texts)
}

/// A text that was received before anything was refused.
fn narrative() -> Narrative {
    let model = narrative::Model {
        row_id: 1,
        assignment: RegistryNumber::parse(FUNDS).expect("a registry number"),
        deliverable: DeliverableKind::FinalReport,
        due_on: None,
        part: 1,
        section: ReportSection::Assignment,
        organisation_code: OrganisationCode::parse("nck").expect("a code"),
        language: TextLanguage::English,
        text_id: 1,
    };
    Narrative {
        model,
        name: HOSTILE.to_owned(),
        submission: 1,
        row: 2,
        received_at: DateTime::UNIX_EPOCH,
        version: 1,
        synthetic: true,
        place: Vec::new(),
    }
}

#[test]
fn no_text_is_an_instruction_to_the_typesetter() {
    let documents = Document::of(&hostile(), Form::Paper, Language::English).expect("a PDF");
    let found = read(&documents[0].bytes);
    assert_eq!(found.language, "en");
    // What turns the direction of reading is left out, and letters that no font has are marked.
    let title = HOSTILE.replace('\u{202e}', "").replace(['😀', '漢'], "?");
    let title = title.replace('<', "&lt;").replace('>', "&gt;");
    let about = found.about.replace("&quot;", "\"");
    assert!(about.contains(&title), "{about}");
    assert!(
        found.alternatives.is_empty(),
        "nothing was shown as a picture"
    );
    assert_eq!(
        found.count("Table"),
        1 + 1 + 2,
        "the table, that of the definitions, and one of each text: {:?}",
        found.tags
    );
}

// On one engine, as above.
#[test]
fn texts_stand_below_the_heading_of_their_section() {
    async fn story(app: TestApp) {
        let count = async |app: &TestApp| {
            let folder = tempfile::tempdir().expect("a folder");
            assert!(run(app, folder.path(), &["--format", "pdf"]));
            read(written(folder.path()).values().next().expect("a PDF"))
        };
        let before = count(&app).await;
        accepted(
            &app,
            "nck",
            &row("2;medlen per län", "nck", "svenska", WHOLE),
        )
        .await;
        let long = format!("{}\n\n{}", "a".repeat(20_000), "ord ".repeat(2_000));
        for (place, text) in [
            ("4;slutsatser", MARKDOWN),
            ("4;sammanfattning", long.as_str()),
        ] {
            accepted(&app, "nck", &row(place, "nck", "svenska", text)).await;
        }
        let after = count(&app).await;
        let more = |tag: &str| after.count(tag) - before.count(tag);
        assert_eq!((more("H3"), more("H4")), (3, 1), "{:?}", after.tags);
        assert_eq!(
            (more("Table"), more("L"), more("BlockQuote")),
            (1, 2, 1),
            "{:?}",
            after.tags
        );
        assert!(more("Link") >= 1, "{:?}", after.tags);
    }
    on_engine(Engine::Sqlite, Prepared::Reference, story);
}
