//! Blocks as Word's own paragraphs: headings, lists that are numbered by Word, quotes, tables, links.

use std::fmt::Write;

use super::super::narrative::Told;
use super::super::word::{WORD, paragraph, run, table_cell};
use super::super::xml::escaped;
use crate::prose::{Block, Inline};

/// The level of the heading that says whose a text is.
const WHOSE: usize = 3;

/// Levels that Word has headings for.
pub(in crate::documents) const LOWEST: usize = 9;

/// Depths that a list can have in Word, from 0.
const DEEPEST_LIST: usize = 8;

/// How far a depth of a list stands to the right, in twentieths of a point.
const INDENT: usize = 360;

/// Texts as they are written, with what the document's other parts must say of them.
#[derive(Default)]
pub(in crate::documents) struct Prose {
    /// Number and depth of the first item of each numbered list.
    numbered: Vec<(u64, usize)>,
    links: Vec<String>,
}

/// Where a block stands.
#[derive(Clone, Copy)]
struct At {
    style: &'static str,
    /// Lists round it.
    lists: usize,
}

impl Prose {
    /// Writes the texts of a section.
    pub(in crate::documents) fn write(&mut self, out: &mut String, told: &[Told]) {
        for one in told {
            out.push_str(&paragraph(&format!("Heading{WHOSE}"), &one.heading));
            let at = At {
                style: "Normal",
                lists: 0,
            };
            self.blocks(out, &one.blocks, at);
            let note = run(&one.note, "<w:i/>");
            let _ = write!(
                out,
                "<w:p><w:pPr><w:pStyle w:val=\"Normal\"/></w:pPr>{note}</w:p>"
            );
        }
    }

    fn blocks(&mut self, out: &mut String, blocks: &[Block], at: At) {
        for block in blocks {
            self.block(out, block, at);
        }
    }

    fn block(&mut self, out: &mut String, block: &Block, at: At) {
        match block {
            Block::Heading { depth, words } => {
                let style = format!("Heading{}", (WHOSE + depth).min(LOWEST));
                self.styled(out, &style, "", words);
            }
            Block::Paragraph(words) => {
                let indent = Self::indent(at);
                self.styled(out, at.style, &indent, words);
            }
            Block::List { first, items } => {
                let number = match first {
                    None => 1,
                    Some(first) => {
                        self.numbered.push((*first, at.lists.min(DEEPEST_LIST)));
                        self.numbered.len() + 1
                    }
                };
                let style = match first {
                    None => "ListBullet",
                    Some(_) => "ListNumber",
                };
                items
                    .iter()
                    .for_each(|item| self.item(out, item, (style, number), at));
            }
            Block::Quote(blocks) => {
                let style = "Quote";
                self.blocks(out, blocks, At { style, ..at });
            }
            Block::Code(text) => {
                let lines: Vec<String> = text.lines().map(|line| run(line, "")).collect();
                let lines = lines.join("<w:r><w:br/></w:r>");
                let indent = Self::indent(at);
                let _ = write!(
                    out,
                    "<w:p><w:pPr><w:pStyle w:val=\"PlainText\"/>{indent}</w:pPr>{lines}</w:p>"
                );
            }
            Block::Table { header, rows } => self.table(out, header, rows),
            Block::Rule => out.push_str(
                "<w:p><w:pPr><w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"BFBFBF\"/></w:pBdr></w:pPr></w:p>",
            ),
        }
    }

    /// An item: its first paragraph has the mark, what follows stands below it.
    fn item(&mut self, out: &mut String, blocks: &[Block], (style, number): (&str, usize), at: At) {
        let level = at.lists.min(DEEPEST_LIST);
        let mark =
            format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>");
        let (words, rest) = match blocks.split_first() {
            Some((Block::Paragraph(words), rest)) => (words.as_slice(), rest),
            _ => (&[][..], blocks),
        };
        self.styled(out, style, &mark, words);
        let at = At {
            lists: at.lists + 1,
            ..at
        };
        self.blocks(out, rest, at);
    }

    fn indent(at: At) -> String {
        match at.lists.min(DEEPEST_LIST) {
            0 => String::new(),
            lists => format!("<w:ind w:left=\"{}\"/>", lists * INDENT),
        }
    }

    fn table(&mut self, out: &mut String, header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        out.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLook w:firstRow=\"1\"/></w:tblPr><w:tblGrid>");
        out.push_str(&"<w:gridCol/>".repeat(header.len()));
        out.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for cell in header {
            let runs = self.runs(cell, "<w:b/>");
            table_cell(out, &runs, false, None);
        }
        out.push_str("</w:tr>");
        for row in rows {
            out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for cell in row {
                let runs = self.runs(cell, "");
                table_cell(out, &runs, false, None);
            }
            out.push_str("</w:tr>");
        }
        out.push_str("</w:tbl>");
        // Two tables in a row would be one.
        out.push_str(&paragraph("Normal", ""));
    }

    fn styled(&mut self, out: &mut String, style: &str, more: &str, words: &[Inline]) {
        let runs = self.runs(words, "");
        let _ = write!(
            out,
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr>{runs}</w:p>"
        );
    }

    fn runs(&mut self, words: &[Inline], letters: &str) -> String {
        let each = words.iter().map(|word| match word {
            Inline::Text(text) => run(text, letters),
            Inline::Emphasis(words) => self.runs(words, &with(letters, "<w:i/>")),
            Inline::Strong(words) => self.runs(words, &with(letters, "<w:b/>")),
            Inline::Code(text) => run(
                text,
                &format!("<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\"/>{letters}"),
            ),
            Inline::Link { to, words } => {
                self.links.push(to.clone());
                let id = self.links.len();
                let runs = self.runs(words, &format!("<w:rStyle w:val=\"Hyperlink\"/>{letters}"));
                format!("<w:hyperlink r:id=\"link{id}\">{runs}</w:hyperlink>")
            }
            Inline::Break => "<w:r><w:br/></w:r>".to_owned(),
        });
        each.collect()
    }

    /// The relationships of the links.
    pub(in crate::documents) fn relations(&self) -> String {
        let each = (1..).zip(&self.links).map(|(id, to)| {
            format!("<Relationship Id=\"link{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>", escaped(to))
        });
        each.collect()
    }

    /// The part that says how lists are marked: bullets, and each numbered list by itself.
    pub(in crate::documents) fn numbering(&self) -> String {
        let mut out = format!("<w:numbering {WORD}>");
        for (list, format) in ["bullet", "decimal"].into_iter().enumerate() {
            let _ = write!(
                out,
                "<w:abstractNum w:abstractNumId=\"{list}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>"
            );
            for level in 0..=DEEPEST_LIST {
                let text = match list {
                    0 => "•".to_owned(),
                    _ => format!("%{}.", level + 1),
                };
                let left = (level + 1) * INDENT;
                let _ = write!(
                    out,
                    "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{left}\" w:hanging=\"{INDENT}\"/></w:pPr></w:lvl>"
                );
            }
            out.push_str("</w:abstractNum>");
        }
        out.push_str("<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>");
        for (id, (first, level)) in (2..).zip(&self.numbered) {
            let _ = write!(
                out,
                "<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{first}\"/></w:lvlOverride></w:num>"
            );
        }
        out.push_str("</w:numbering>");
        out
    }
}

/// Letters with one property more, once.
fn with(letters: &str, more: &str) -> String {
    match letters.contains(more) {
        true => letters.to_owned(),
        false => format!("{letters}{more}"),
    }
}
