//! A report as a Word document, for those who write on: headings, captions and tables in Word's own styles.

mod contents;
mod parts;
mod pictures;
mod styles;

use std::fmt::Write as _;

use super::Error;
use super::layout::Layout;
use super::narrative::told;
use super::prose::word::Prose;
use super::shown::{Printed, head, met_by, missing, printed, remarks, synthetic, text};
use super::xml::escaped;
use crate::reports::Language;
use crate::reports::report::{Report, Section, Table};
use crate::zipped::zipped;

use contents::contents;
use parts::{OF_DOCUMENT, RELATIONS, TYPES, core, footer};
use pictures::Pictures;
use styles::styles;

const DECLARED: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(in crate::documents) const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// The report's bytes as a Word document.
pub(super) fn write(report: &Report, language: Language) -> Result<Vec<u8>, Error> {
    let mut prose = Prose::default();
    let pictures = Pictures::of(report, language);
    let document = document(report, (&mut prose, &pictures), language);
    let links = prose.relations() + &pictures.relations();
    let relations = OF_DOCUMENT.replace("{links}", &links);
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", core(report, language)),
        ("word/_rels/document.xml.rels", relations),
        ("word/styles.xml", styles(language)),
        ("word/numbering.xml", prose.numbering()),
        ("word/footer1.xml", footer(report)),
        ("word/document.xml", document),
    ];
    let parts = parts.map(|(name, content)| (name, format!("{DECLARED}{content}")));
    let parts = parts.iter().map(|(name, text)| (*name, text.as_bytes()));
    let pictures = pictures.parts()?;
    let pictures = pictures
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    Ok(zipped(parts.chain(pictures))?)
}

fn document(
    report: &Report,
    (prose, pictures): (&mut Prose, &Pictures),
    language: Language,
) -> String {
    let mut out = format!("<w:document {WORD}><w:body>");
    out.push_str(&paragraph("Title", &report.title));
    for (what, value) in head(report, language) {
        out.push_str(&paragraph("Normal", &format!("{what}: {value}")));
    }
    if report.synthetic {
        let _ = write!(out, "<w:p>{}</w:p>", run(synthetic(language), "<w:b/>"));
    }
    contents(&mut out, report, language);
    for part in &report.parts {
        out.push_str(&paragraph(
            "Heading1",
            &format!("{}. {}", part.number, text(&part.title, language)),
        ));
        for one in &part.sections {
            heading(&mut out, one, language);
            prose.write(&mut out, &told(report, one, language));
            pictures.write(&mut out, one);
            for own in &one.tables {
                table(&mut out, one, own, language);
            }
        }
    }
    out.push_str(&paragraph(
        "Heading1",
        language.of(["Beslutets krav på innehåll", "What the decision demands"]),
    ));
    for one in &report.required {
        let met = met_by(report, one, language);
        let demand = one.text.trim_end_matches('.');
        out.push_str(&paragraph("Normal", &format!("{demand}. {met}")));
        for what in &one.missing {
            out.push_str(&paragraph("Normal", &missing(what, language)));
        }
    }
    out.push_str(&paragraph(
        "Heading1",
        language.of(["Kvalitetsdeklaration", "Quality declaration"]),
    ));
    for one in &report.quality {
        out.push_str(&paragraph("Heading2", text(&one.heading, language)));
        for line in text(&one.text, language).lines() {
            out.push_str(&paragraph("Normal", line));
        }
    }
    out.push_str("<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId2\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>");
    out
}

fn heading(out: &mut String, section: &Section, language: Language) {
    let title = format!("{} {}", section.number, text(&section.title, language));
    out.push_str(&paragraph("Heading2", &title));
    if let Some(why) = &section.empty {
        out.push_str(&paragraph("Normal", text(why, language)));
    }
}

fn table(out: &mut String, section: &Section, table: &Table, language: Language) {
    let word = language.of(["Tabell", "Table"]);
    out.push_str(&paragraph(
        "Caption",
        &format!("{word} {}. {}", table.number, text(&table.title, language)),
    ));
    let Printed {
        headers,
        right,
        rows,
    } = printed(section, table, language);
    let layout = Layout::of(&headers, &rows);
    // Twentieths of a point.
    let widths: Vec<usize> = layout.upright().iter().map(|width| width * 2).collect();
    let size = format!("<w:sz w:val=\"{}\"/>", layout.size / 5);
    let whole: usize = widths.iter().sum();
    let _ = write!(
        out,
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:firstRow=\"1\"/></w:tblPr><w:tblGrid>"
    );
    for width in &widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid>");
    let mut row = |cells: &[String], about: &str, letters: &str| {
        let _ = write!(out, "<w:tr><w:trPr><w:cantSplit/>{about}</w:trPr>");
        for ((words, right), width) in cells.iter().zip(&right).zip(&widths) {
            table_cell(out, &run(words, letters), *right, Some(*width));
        }
        out.push_str("</w:tr>");
    };
    row(&headers, "<w:tblHeader/>", &format!("<w:b/>{size}"));
    for cells in &rows {
        row(cells, "", &size);
    }
    out.push_str("</w:tbl>");
    let remarks = remarks(section, table, language);
    out.push_str(&paragraph("TableNote", &remarks.join(" ")));
}

/// A cell with runs, and how wide it is, in twentieths of a point, where that is said.
pub(in crate::documents) fn table_cell(
    out: &mut String,
    runs: &str,
    right: bool,
    width: Option<usize>,
) {
    let side = if right { "<w:jc w:val=\"right\"/>" } else { "" };
    out.push_str("<w:tc>");
    if let Some(width) = width {
        let _ = write!(
            out,
            "<w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"
        );
    }
    let _ = write!(
        out,
        "<w:p><w:pPr><w:pStyle w:val=\"TableText\"/>{side}</w:pPr>{runs}</w:p></w:tc>"
    );
}

pub(in crate::documents) fn paragraph(style: &str, words: &str) -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>",
        run(words, "")
    )
}

pub(in crate::documents) fn run(words: &str, letters: &str) -> String {
    let letters = if letters.is_empty() {
        String::new()
    } else {
        format!("<w:rPr>{letters}</w:rPr>")
    };
    format!(
        "<w:r>{letters}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escaped(words)
    )
}
