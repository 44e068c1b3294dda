//! Notes beside marked cells: the part of a sheet's comments, and the drawing that shows them. The sender's own stay.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::reader::Reader;
use quick_xml::writer::Writer;

use super::Unfit;
use super::cells::{Cell, Marks, address, cell};
use super::xml::{attribute, local, prefix, text};
use crate::workbooks::write::AUTHOR;

/// Comments with ours among them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Comments {
    /// The part.
    pub(super) part: String,
    /// Cells with a comment that had none: the drawing must show it.
    pub(super) added: Vec<Cell>,
    /// Cells whose comment was ours, of an earlier marking, and is gone.
    pub(super) dropped: Vec<Cell>,
}

/// A new part of comments.
pub(super) fn new(marks: &Marks) -> Result<Comments, Unfit> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let part = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <comments xmlns=\"{main}\"><authors/><commentList/></comments>"
    );
    merged(&part, marks)
}

/// A part of comments with ours merged in: a cell's own comment is kept, and what we say comes after it.
pub(super) fn merged(part: &str, marks: &Marks) -> Result<Comments, Unfit> {
    let mut merging = Merging {
        writer: Writer::new(Vec::with_capacity(part.len() + 4096)),
        left: marks
            .iter()
            .map(|(at, mark)| (*at, mark.note.as_str()))
            .collect(),
        authors: Vec::new(),
        within: None,
        added: Vec::new(),
        dropped: Vec::new(),
        prefix: String::new(),
    };
    merging.copy(part)?;
    let part = String::from_utf8(merging.writer.into_inner()).map_err(|_| Unfit::FORM)?;
    Ok(Comments {
        part,
        added: merging.added,
        dropped: merging.dropped,
    })
}

struct Merging<'a> {
    writer: Writer<Vec<u8>>,
    left: BTreeMap<Cell, &'a str>,
    authors: Vec<String>,
    /// The cell of the comment that is being copied.
    within: Option<Cell>,
    added: Vec<Cell>,
    dropped: Vec<Cell>,
    prefix: String,
}

impl Merging<'_> {
    fn copy(&mut self, part: &str) -> Result<(), Unfit> {
        let mut reader = Reader::from_str(part);
        let mut in_author = false;
        loop {
            match reader.read_event()? {
                Event::Start(start) => match local(start.name()) {
                    "author" => {
                        in_author = true;
                        self.authors.push(String::new());
                        self.writer.write_event(Event::Start(start))?;
                    }
                    "comment" => {
                        let at = attribute(&start, "ref").and_then(|text| cell(&text));
                        if self.is_ours(&start) {
                            self.dropped.extend(at);
                            reader.read_to_end(start.name())?;
                        } else {
                            self.within = at;
                            self.writer.write_event(Event::Start(start))?;
                        }
                    }
                    _ => {
                        if self.prefix.is_empty() {
                            self.prefix = prefix(start.name());
                        }
                        self.writer.write_event(Event::Start(start))?;
                    }
                },
                Event::Empty(start) => self.empty(&start)?,
                Event::Text(words) => {
                    if in_author && let Some(author) = self.authors.last_mut() {
                        author.push_str(&words);
                    }
                    self.writer.write_event(Event::Text(words))?;
                }
                Event::End(end) => {
                    match local(end.name()) {
                        "author" => in_author = false,
                        "authors" => self.author()?,
                        "text" => self.add_to_senders()?,
                        "comment" => self.within = None,
                        "commentList" => self.rest()?,
                        _ => {}
                    }
                    self.writer.write_event(Event::End(end))?;
                }
                Event::Eof => return Ok(()),
                other => self.writer.write_event(other)?,
            }
        }
    }

    fn empty(&mut self, start: &BytesStart<'_>) -> Result<(), Unfit> {
        let name = local(start.name()).to_owned();
        match name.as_str() {
            "authors" | "commentList" => {
                self.prefix = prefix(start.name());
                self.writer.write_event(Event::Start(start.borrow()))?;
                if name == "authors" {
                    self.author()?;
                } else {
                    self.rest()?;
                }
                self.writer.write_event(Event::End(start.to_end()))?;
            }
            "author" => {
                self.authors.push(String::new());
                self.writer.write_event(Event::Empty(start.borrow()))?;
            }
            _ => self.writer.write_event(Event::Empty(start.borrow()))?,
        }
        Ok(())
    }

    fn is_ours(&self, comment: &BytesStart<'_>) -> bool {
        let author = attribute(comment, "authorId").and_then(|id| id.parse::<usize>().ok());
        author.is_some_and(|id| self.authors.get(id).is_some_and(|name| name == AUTHOR))
    }

    /// Names us as the last author; a name that is there already is taken twice, and both are known as ours later.
    fn author(&mut self) -> Result<(), Unfit> {
        let name = format!("{}author", self.prefix);
        self.writer
            .write_event(Event::Start(BytesStart::new(name.clone())))?;
        self.writer
            .write_event(Event::Text(BytesText::new(AUTHOR)))?;
        self.writer.write_event(Event::End(BytesEnd::new(name)))?;
        Ok(())
    }

    /// Adds what we say to the comment that the sender has in the same cell.
    fn add_to_senders(&mut self) -> Result<(), Unfit> {
        if let Some(note) = self.within.and_then(|at| self.left.remove(&at)) {
            let p = &self.prefix;
            let run = format!(
                "<{p}r><{p}t xml:space=\"preserve\">\n\n{}</{p}t></{p}r>",
                text(note)
            );
            self.writer.get_mut().extend_from_slice(run.as_bytes());
        }
        Ok(())
    }

    /// Writes the comments of the cells that had none.
    fn rest(&mut self) -> Result<(), Unfit> {
        let (p, author) = (self.prefix.clone(), self.authors.len());
        for (at, note) in std::mem::take(&mut self.left) {
            let comment = format!(
                "<{p}comment ref=\"{}\" authorId=\"{author}\"><{p}text><{p}r><{p}t xml:space=\"preserve\">{}</{p}t></{p}r></{p}text></{p}comment>",
                address(at),
                text(note)
            );
            self.writer.get_mut().extend_from_slice(comment.as_bytes());
            self.added.push(at);
        }
        Ok(())
    }
}

/// The type of shape that notes are.
const SHAPE_TYPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
     path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>\
     <v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

/// The drawing of the notes: the sender's shapes stay, those of dropped notes go, ours come last.
///
/// Drawings of this old kind are not always well-formed XML; they are searched as texts.
pub(super) fn drawing(before: Option<&str>, comments: &Comments) -> Result<String, Unfit> {
    let empty = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\">\
         <o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout></xml>";
    let kept = without(before.unwrap_or(empty), &comments.dropped);
    let end = kept.rfind("</xml>").ok_or(Unfit::FORM)?;
    let mut shapes = String::new();
    if !kept.contains("id=\"_x0000_t202\"") {
        shapes.push_str(SHAPE_TYPE);
    }
    let first = 1 + highest_shape(&kept);
    for (number, (row, column)) in (first..).zip(&comments.added) {
        let (row, column) = (row - 1, column - 1);
        shapes.push_str(&format!(
            "<v:shape id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;\
             margin-top:2pt;width:260pt;height:100pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" \
             o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>\
             <v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div>\
             </v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}, 15, {}, 4, {}, 15, {}, 4</x:Anchor>\
             <x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>",
            column + 1,
            row,
            column + 5,
            row + 7,
        ));
    }
    Ok(format!("{}{shapes}{}", &kept[..end], &kept[end..]))
}

/// The drawing without the shapes of some cells' notes.
fn without(drawing: &str, cells: &[Cell]) -> String {
    let cells: BTreeSet<&Cell> = cells.iter().collect();
    let mut kept = String::with_capacity(drawing.len());
    let mut rest = drawing;
    while let Some(from) = rest.find("<v:shape ") {
        let Some(length) = rest[from..].find("</v:shape>") else {
            break;
        };
        let to = from + length + "</v:shape>".len();
        kept.push_str(&rest[..from]);
        let shape = &rest[from..to];
        if !cell_of(shape).is_some_and(|at| cells.contains(&at)) {
            kept.push_str(shape);
        }
        rest = &rest[to..];
    }
    kept.push_str(rest);
    kept
}

/// The cell of a shape, if it is a note's.
fn cell_of(shape: &str) -> Option<Cell> {
    let number = |name: &str| -> Option<u32> {
        let from = shape.find(&format!("<x:{name}>"))? + name.len() + 4;
        let length = shape[from..].find('<')?;
        shape[from..from + length].trim().parse().ok()
    };
    let note = shape.contains("ObjectType=\"Note\"");
    note.then_some((
        number("Row")?.checked_add(1)?,
        number("Column")?.checked_add(1)?,
    ))
}

/// The highest number of a shape; those of the first drawing begin after 1024.
fn highest_shape(drawing: &str) -> u32 {
    let numbers = drawing.split("\"_x0000_s").skip(1).filter_map(|rest| {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
        rest[..digits].parse::<u32>().ok()
    });
    numbers.max().unwrap_or(0).clamp(1024, u32::MAX / 2)
}

#[cfg(test)]
mod tests {
    use entity::Severity;

    use super::super::cells::Mark;
    use super::*;

    fn marks(cells: &[Cell]) -> Marks {
        let mark = || Mark {
            severity: Severity::Error,
            note: "Fel <här>".to_owned(),
        };
        cells.iter().map(|at| (*at, mark())).collect()
    }

    #[test]
    fn the_senders_comments_stay_and_ours_are_taken_back() {
        let own = "<comments xmlns=\"m\"><authors><author>Anna</author></authors><commentList>\
                   <comment ref=\"B2\" authorId=\"0\"><text><t>Egen</t></text></comment></commentList></comments>";
        let first = merged(own, &marks(&[(2, 2), (3, 3)])).unwrap();
        assert!(first.part.contains(
            "<t>Egen</t><r><t xml:space=\"preserve\">\n\nFel &lt;här&gt;</t></r></text>"
        ));
        assert!(first.part.contains("<comment ref=\"C3\" authorId=\"1\">"));
        assert_eq!(
            (first.added.clone(), first.dropped.clone()),
            (vec![(3, 3)], vec![])
        );
        let shown = drawing(None, &first).unwrap();
        assert!(shown.contains("_x0000_s1025") && shown.contains("<x:Row>2</x:Row>"));

        let second = merged(&first.part, &marks(&[(4, 4)])).unwrap();
        assert!(
            !second.part.contains("ref=\"C3\"")
                && second.part.contains("ref=\"D4\" authorId=\"2\"")
        );
        assert_eq!(
            (second.added.clone(), second.dropped.clone()),
            (vec![(4, 4)], vec![(3, 3)])
        );
        let shown = drawing(Some(&shown), &second).unwrap();
        assert!(!shown.contains("<x:Row>2</x:Row>") && shown.contains("<x:Row>3</x:Row>"));
        assert_eq!(shown.matches("<v:shapetype").count(), 1);
    }

    #[test]
    fn a_new_part_holds_ours_alone() {
        let part = new(&marks(&[(1, 1)])).unwrap().part;
        assert!(part.contains("<authors><author>Samsyn</author></authors><commentList><comment ref=\"A1\" authorId=\"0\">"));
    }
}
