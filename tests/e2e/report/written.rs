//! Texts of agencies in documents: in their place, below its heading, and harmless whatever they hold.

use std::collections::BTreeMap;

use super::documents::{run, unzipped, written};
use super::narratives::{accepted, row};
use crate::harness::{TestApp, on_both_engines};
use crate::intake::files::FUNDS;

/// A text with everything that a text may hold.
pub(super) const WHOLE: &str = "## Vad vi ser\n\nMedlen har *nått* **alla** i [statistiken](https://www.socialstyrelsen.se/a?b=1&c=2).\n\n1. först\n2. sedan\n   - inre\n\n| Län | Andel |\n|---|---|\n| Uppsala | 43,3 |\n\n> citat\n";

/// A text that would do something somewhere, if anything were taken for more than words.
pub(super) const HOSTILE: &str = "=cmd|' /C calc'!A1\n\n&lt;script&gt;alert(1)&lt;/script&gt; `<b>` ]]> \u{202e}vänd #show: it => panic() $x$ @ref \\u{0}\n\n```\n# ingen rubrik\n";

async fn documents(app: &TestApp, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(run(app, folder.path(), more));
    written(folder.path())
}

fn ending<'a>(files: &'a BTreeMap<String, Vec<u8>>, ending: &str) -> &'a [u8] {
    let found = files.iter().find(|(name, _)| name.ends_with(ending));
    found.unwrap_or_else(|| panic!("no {ending}")).1
}

fn markdown(files: &BTreeMap<String, Vec<u8>>) -> String {
    String::from_utf8(ending(files, ".md").to_vec()).expect("UTF-8")
}

/// The text of every part of a Word document, each of which is XML.
fn word(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut parts = BTreeMap::new();
    for (name, content) in unzipped(bytes) {
        let mut reader = quick_xml::Reader::from_reader(&content[..]);
        reader.config_mut().check_end_names = true;
        while reader
            .read_event()
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            != quick_xml::events::Event::Eof
        {}
        parts.insert(name, String::from_utf8(content).expect("UTF-8"));
    }
    parts
}

on_both_engines! {
    async fn a_text_stands_below_the_heading_of_its_section_in_every_document(app: Reference) {
        accepted(&app, "nck", &row("2;medlen per län", "nck", "svenska", WHOLE)).await;
        accepted(&app, "socialstyrelsen", &row("4;slutsatser", "socialstyrelsen", "engelska", "In English alone.")).await;
        let files = documents(&app, &["--format", "md,xlsx,csv,docx"]).await;
        let text = markdown(&files);
        let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words} in {text}"));
        let order = ["### 2.2 Medlen per län", "#### Nationellt centrum för kvinnofrid", "##### Vad vi ser", "*nått* **alla**", "1. först", "   - inre", "| Uppsala | 43,3 |", "> citat", "Version 1 av texten", "### 2.3 "];
        assert!(order.windows(2).all(|two| place(two[0]) < place(two[1])), "{text}");
        assert!(text.contains("Texten finns bara på engelska.") && text.contains("In English alone."));

        let parts = word(ending(&files, ".docx"));
        let body = &parts["word/document.xml"];
        for piece in ["<w:pStyle w:val=\"Heading3\"/>", "<w:pStyle w:val=\"Heading4\"/>", "<w:pStyle w:val=\"ListNumber\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/>",
            "<w:pStyle w:val=\"ListBullet\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/>", "<w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">nått",
            "<w:pStyle w:val=\"Quote\"/>", "<w:hyperlink r:id=\"link1\">"] {
            assert!(body.contains(piece), "{piece}");
        }
        assert!(parts["word/_rels/document.xml.rels"].contains("Target=\"https://www.socialstyrelsen.se/a?b=1&amp;c=2\" TargetMode=\"External\""));
        assert!(parts["word/numbering.xml"].contains("w:startOverride"));

        let book = umya_spreadsheet::reader::xlsx::read_reader(std::io::Cursor::new(ending(&files, ".xlsx")), true).expect("a workbook");
        let sheet = book.sheet_by_name("Texter").expect("a sheet");
        let cell = |at: (u32, u32)| sheet.cell(at).expect("a cell").value().into_owned();
        assert_eq!((cell((1, 2)), cell((5, 2)), cell((7, 2)), cell((8, 2))), ("2.2".to_owned(), "1".to_owned(), "2".to_owned(), WHOLE.trim().to_owned()));

        let zip = unzipped(ending(&files, ".csv.zip"));
        let mut reader = csv::Reader::from_reader(&zip["narratives.csv"][..]);
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!((rows.len(), &rows[0][2], &rows[0][8], &rows[1][3]), (2, "nck", WHOLE.trim(), "en"));
        let english = markdown(&documents(&app, &["--lang", "en", "--format", "md"]).await);
        assert!(english.contains("The text is in Swedish alone.") && !english.contains("in English alone. Version"), "{english}");
    }

    async fn no_text_is_more_than_words_in_any_document(app: Reference) {
        let deep = format!("{}innerst", "> ".repeat(5_000));
        let long = "ord ".repeat(8_000);
        for (place, text) in [("4;slutsatser", HOSTILE), ("4;sammanfattning", deep.as_str()), ("1;uppdraget och besluten", long.as_str())] {
            accepted(&app, "nck", &row(place, "nck", "svenska", text)).await;
        }
        let files = documents(&app, &["--format", "md,xlsx,csv,docx"]).await;
        let text = markdown(&files);
        assert!(!text.contains("<script>") && !text.contains('\u{202e}'), "{text}");
        assert!(text.contains("\\<script\\>alert(1)\\</script\\>") && text.contains("innerst"));
        let after: Vec<&str> = text.lines().skip_while(|line| !line.contains("ingen rubrik")).collect();
        assert!(after[1] == "```" && after.iter().any(|line| line.starts_with("## Kvalitetsdeklaration")), "what was open is closed");
        let parts = word(ending(&files, ".docx"));
        assert!(parts["word/document.xml"].contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        let book = umya_spreadsheet::reader::xlsx::read_reader(std::io::Cursor::new(ending(&files, ".xlsx")), true).expect("a workbook");
        let sheet = book.sheet_by_name("Texter").expect("a sheet");
        let rows: Vec<(String, bool)> = (2..=5).filter_map(|at| sheet.cell((8, at))).map(|cell| (cell.value().into_owned(), cell.is_formula())).collect();
        assert!(rows.iter().any(|(text, is_formula)| text.starts_with("=cmd") && !is_formula), "{rows:?}");
        let zip = unzipped(ending(&files, ".csv.zip"));
        let mut reader = csv::Reader::from_reader(&zip["narratives.csv"][..]);
        let texts: Vec<String> = reader.records().map(|row| row.expect("a row")[8].to_owned()).collect();
        assert!(texts.iter().any(|text| text.starts_with("'=cmd")) && !texts.iter().any(|text| text.starts_with('=')));
        let answer = app.ask(&format!("{{ narratives(assignment: \"{FUNDS}\") {{ totalCount }} }}")).await;
        assert_eq!(answer["narratives"]["totalCount"], 3, "{answer}");
    }
}
