//! Word's own styles by their own names, so that its navigation and tables of contents know them.

use std::fmt::Write as _;

use super::super::prose::word::LOWEST;
use super::WORD;
use super::parts::tag;
use crate::reports::Language;

/// The part of the package that holds them.
pub(super) fn styles(language: Language) -> String {
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
