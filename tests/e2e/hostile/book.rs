//! Workbooks written part by part, as no program writes them.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A workbook of one sheet with cells, its parts as texts.
#[derive(Clone)]
pub(super) struct Book {
    rows: String,
    before: String,
    after: String,
    shared: String,
    styles: String,
    more_sheets: usize,
    more_relations: usize,
    more_parts: usize,
    cut: bool,
}

/// A cell with a text of its own.
pub(super) fn cell(address: &str, text: &str) -> String {
    format!("<c r=\"{address}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A row of a requisition.
pub(super) fn requisition(row: u32, recipient: &str) -> String {
    format!(
        "<row r=\"{row}\">{}{}<c r=\"C{row}\"><v>1</v></c>{}</row>",
        cell(&format!("A{row}"), "KOM-2017"),
        cell(&format!("B{row}"), recipient),
        cell(&format!("D{row}"), "2017-06-01"),
    )
}

/// A workbook of requisitions: their headers, and rows below.
pub(super) fn requisitions(rows: &str) -> Book {
    let names = ["omgång", "kod", "rekvirerat_belopp", "rekvirerat_datum"];
    let header: String = ["A1", "B1", "C1", "D1"]
        .iter()
        .zip(names)
        .map(|(at, name)| cell(at, name))
        .collect();
    Book::of(&format!("<row r=\"1\">{header}</row>{rows}"))
}

fn styles(sections: &str) -> String {
    format!("<styleSheet xmlns=\"{MAIN}\">{sections}</styleSheet>")
}

impl Book {
    /// A workbook with rows, the header among them.
    pub(super) fn of(rows: &str) -> Self {
        Self {
            rows: rows.to_owned(),
            before: String::new(),
            after: String::new(),
            shared: format!("<sst xmlns=\"{MAIN}\"/>"),
            styles: styles(
                "<fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellXfs><xf numFmtId=\"0\"/></cellXfs>",
            ),
            more_sheets: 0,
            more_relations: 0,
            more_parts: 0,
            cut: false,
        }
    }

    /// With shared texts.
    pub(super) fn shared(self, texts: &str) -> Self {
        let shared = format!("<sst xmlns=\"{MAIN}\">{texts}</sst>");
        Self { shared, ..self }
    }

    /// With another part of shared texts.
    pub(super) fn shared_raw(self, part: &str) -> Self {
        let shared = part.to_owned();
        Self { shared, ..self }
    }

    /// With other styles.
    pub(super) fn styles(self, sections: &str) -> Self {
        let styles = styles(sections);
        Self { styles, ..self }
    }

    /// With something before the rows.
    pub(super) fn before(self, xml: &str) -> Self {
        let before = xml.to_owned();
        Self { before, ..self }
    }

    /// With something after the rows.
    pub(super) fn after(self, xml: &str) -> Self {
        let after = xml.to_owned();
        Self { after, ..self }
    }

    /// With more sheets, all of them the same part.
    pub(super) fn more_sheets(self, more_sheets: usize) -> Self {
        Self {
            more_sheets,
            ..self
        }
    }

    /// With more relations of the workbook.
    pub(super) fn more_relations(self, more_relations: usize) -> Self {
        Self {
            more_relations,
            ..self
        }
    }

    /// With more parts, all of them empty.
    pub(super) fn more_parts(self, more_parts: usize) -> Self {
        Self { more_parts, ..self }
    }

    /// Without the end of the sheet.
    pub(super) fn cut(self) -> Self {
        Self { cut: true, ..self }
    }

    /// The file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let mut part = |name: &str, text: &str| {
            zip.start_file(name, SimpleFileOptions::default())
                .expect("a part");
            zip.write_all(text.as_bytes()).expect("the part is written");
        };
        part(
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>",
        );
        let relation = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
        };
        let relations =
            |all: &str| format!("<Relationships xmlns=\"{PACKAGE}\">{all}</Relationships>");
        part(
            "_rels/.rels",
            &relations(&relation("r1", "officeDocument", "xl/workbook.xml")),
        );
        let mut sheets = "<sheet name=\"requisitions\" sheetId=\"1\" r:id=\"s1\"/>".to_owned();
        for number in 0..self.more_sheets {
            let id = number + 2;
            sheets.push_str(&format!(
                "<sheet name=\"B{number}\" sheetId=\"{id}\" r:id=\"s1\"/>"
            ));
        }
        part(
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{sheets}</sheets></workbook>"
            ),
        );
        let mut all = relation("s1", "worksheet", "worksheets/sheet1.xml")
            + &relation("t1", "sharedStrings", "sharedStrings.xml")
            + &relation("f1", "styles", "styles.xml");
        for number in 0..self.more_relations {
            all.push_str(&relation(&format!("x{number}"), "x", "x.xml"));
        }
        part("xl/_rels/workbook.xml.rels", &relations(&all));
        part("xl/sharedStrings.xml", &self.shared);
        part("xl/styles.xml", &self.styles);
        let (before, rows, after) = (&self.before, &self.rows, &self.after);
        let end = if self.cut { "" } else { "</sheetData>" };
        let last = if self.cut { "" } else { "</worksheet>" };
        part(
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet xmlns=\"{MAIN}\">{before}<sheetData>{rows}{end}{after}{last}"),
        );
        for number in 0..self.more_parts {
            part(&format!("x/{number}"), "");
        }
        zip.finish().expect("an archive").into_inner()
    }
}
