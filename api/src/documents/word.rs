//! A report as a Word document, for those who write on: headings, captions and tables in Word's own styles.

use std::fmt::Write as _;

use chrono::SecondsFormat;

use super::Error;
use super::layout::Layout;
use super::narrative::told;
use super::pictures::Pictures;
use super::prose::word::{LOWEST, Prose};
use super::shown::{cell, head, header, met_by, missing, numbers, remarks, synthetic, text};
use super::xml::escaped;
use crate::reports::Language;
use crate::reports::report::{Report, Section, Table};
use crate::zipped::zipped;

const DECLARED: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(super) const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/><Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/><Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/><Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";
const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>";
const OF_DOCUMENT: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/><Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering\" Target=\"numbering.xml\"/>{links}</Relationships>";

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

fn core(report: &Report, language: Language) -> String {
    let time = report.as_of.to_rfc3339_opts(SecondsFormat::Secs, true);
    format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>Samsyn</dc:creator><dc:language>{}</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">{time}</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">{time}</dcterms:modified></cp:coreProperties>",
        escaped(&report.title),
        escaped(report.registry_number.as_str()),
        tag(language)
    )
}

const fn tag(language: Language) -> &'static str {
    match language {
        Language::Swedish => "sv-SE",
        Language::English => "en-GB",
    }
}

/// Word's own styles by their own names, so that its navigation and tables of contents know them.
fn styles(language: Language) -> String {
    let mut styles = format!(
        "<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\"/><w:sz w:val=\"21\"/><w:lang w:val=\"{}\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"120\"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>",
        tag(language)
    );
    let mut style = |id: &str, name: &str, paragraph: &str, letters: &str| {
        let _ = write!(
            styles,
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
        );
    };
    style(
        "Title",
        "Title",
        "<w:spacing w:after=\"240\"/>",
        "<w:b/><w:sz w:val=\"40\"/>",
    );
    for level in 1..=LOWEST {
        let size = [32, 26, 23].get(level - 1).unwrap_or(&21);
        let paragraph = format!(
            "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"120\"/><w:outlineLvl w:val=\"{}\"/>",
            level - 1
        );
        let letters = format!("<w:b/><w:sz w:val=\"{size}\"/>");
        style(
            &format!("Heading{level}"),
            &format!("heading {level}"),
            &paragraph,
            &letters,
        );
    }
    style(
        "Caption",
        "caption",
        "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"80\"/>",
        "<w:b/><w:sz w:val=\"19\"/>",
    );
    style(
        "TableText",
        "Table Text",
        "<w:spacing w:after=\"0\"/>",
        "<w:sz w:val=\"16\"/>",
    );
    style(
        "TableNote",
        "Table Note",
        "<w:spacing w:before=\"80\" w:after=\"160\"/>",
        "<w:color w:val=\"5A5A5A\"/><w:sz w:val=\"17\"/>",
    );
    style(
        "Footer",
        "footer",
        "<w:tabs><w:tab w:val=\"right\" w:pos=\"9600\"/></w:tabs>",
        "<w:sz w:val=\"16\"/>",
    );
    style(
        "TOCHeading",
        "TOC Heading",
        "<w:spacing w:before=\"240\" w:after=\"80\"/>",
        "<w:b/><w:sz w:val=\"26\"/>",
    );
    style(
        "TOC1",
        "toc 1",
        "<w:spacing w:before=\"80\" w:after=\"20\"/>",
        "<w:b/>",
    );
    style(
        "TOC2",
        "toc 2",
        "<w:spacing w:after=\"20\"/><w:ind w:left=\"220\"/>",
        "",
    );
    style("ListBullet", "List Bullet", "<w:contextualSpacing/>", "");
    style("ListNumber", "List Number", "<w:contextualSpacing/>", "");
    style(
        "Quote",
        "Quote",
        "<w:ind w:left=\"567\" w:right=\"567\"/>",
        "<w:i/>",
    );
    style(
        "PlainText",
        "Plain Text",
        "",
        "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\"/>",
    );
    let edge = |name: &str| {
        format!("<w:{name} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BFBFBF\"/>")
    };
    let edges: String = ["top", "bottom", "insideH"].map(edge).concat();
    let _ = write!(
        styles,
        "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:tblPr><w:tblBorders>{edges}</w:tblBorders><w:tblCellMar><w:left w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style><w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"0563C1\"/><w:u w:val=\"single\"/></w:rPr></w:style></w:styles>"
    );
    styles
}

fn footer(report: &Report) -> String {
    let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    format!(
        "<w:ftr {WORD}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{}<w:r><w:tab/></w:r>{field}</w:p></w:ftr>",
        run(report.registry_number.as_str(), "")
    )
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

/// A table of contents: Word's own field, which puts the pages in when it is brought up to date.
fn contents(out: &mut String, report: &Report, language: Language) {
    let title = language.of(["Innehåll", "Contents"]);
    let _ = write!(
        out,
        "<w:p><w:pPr><w:pStyle w:val=\"TOCHeading\"/></w:pPr>{}</w:p>",
        run(title, "")
    );
    let mut lines: Vec<(usize, String)> = Vec::new();
    for part in &report.parts {
        let title = text(&part.title, language);
        lines.push((1, format!("{}. {title}", part.number)));
        let own = part.sections.iter();
        lines.extend(own.map(|one| (2, format!("{} {}", one.number, text(&one.title, language)))));
    }
    let last = lines.len().saturating_sub(1);
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    for (place, (level, line)) in lines.iter().enumerate() {
        let begin = if place == 0 {
            let asked = "<w:r><w:instrText xml:space=\"preserve\"> TOC \\o &quot;1-2&quot; \\h \\z \\u </w:instrText></w:r>";
            format!("{}{asked}{}", mark("begin"), mark("separate"))
        } else {
            String::new()
        };
        let end = if place == last {
            mark("end")
        } else {
            String::new()
        };
        let _ = write!(
            out,
            "<w:p><w:pPr><w:pStyle w:val=\"TOC{level}\"/></w:pPr>{begin}{}{end}</w:p>",
            run(line, "")
        );
    }
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
    let has_figures = table.columns.iter().any(|column| !column.is_label);
    let mut headers: Vec<String> = table
        .columns
        .iter()
        .map(|one| header(one, language))
        .collect();
    let mut right: Vec<bool> = table.columns.iter().map(|one| !one.is_label).collect();
    if has_figures {
        headers.push(language.of(["Nr", "No."]).to_owned());
        right.push(false);
    }
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| {
            let cells = row.cells.iter().map(|one| cell(section, one, language));
            let mut cells: Vec<String> = cells.collect();
            if has_figures {
                cells.push(numbers(section, row));
            }
            cells
        })
        .collect();
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
pub(super) fn table_cell(out: &mut String, runs: &str, right: bool, width: Option<usize>) {
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

pub(super) fn paragraph(style: &str, words: &str) -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>",
        run(words, "")
    )
}

pub(super) fn run(words: &str, letters: &str) -> String {
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
