//! The styles of a workbook with our own beside them: a marked cell keeps its style but for the fill.

use std::collections::{BTreeMap, HashSet};

use entity::Severity;
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::Unfit;
use super::xml::{attribute, local, position, prefix, replaced, sections, tag, with_attributes};

/// The fill of a cell with an error; the same nowhere else, so that earlier marks are known again.
const ERROR: &str = "FFFFB3B3";
/// The fill of a cell with a warning.
const WARNING: &str = "FFFFE28A";

/// The sections that come before fonts, fills and cell formats, by the schema.
const ORDER: [&str; 6] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
];

/// How a cell of the overview looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    Title,
    Bold,
    Plain,
    Link,
    Error,
    Warning,
}

/// A workbook's styles, and what is added to them.
#[derive(Debug)]
pub(super) struct Styles {
    xml: String,
    prefix: String,
    /// Each cell format as it is written.
    formats: Vec<String>,
    added: Vec<String>,
    marked: BTreeMap<(usize, Severity), usize>,
    cleared: BTreeMap<usize, usize>,
    looks: BTreeMap<Look, usize>,
    our_fills: HashSet<usize>,
    fonts: usize,
    fills: usize,
}

impl Styles {
    /// Reads the part of the styles.
    pub(super) fn of(xml: String) -> Result<Self, Unfit> {
        let (root, found) = sections(&xml)?;
        let children = |name: &str| -> Vec<String> {
            let section = found.iter().find(|one| local(one.start.name()) == name);
            let ranges = section
                .map(|one| one.children.as_slice())
                .unwrap_or_default();
            ranges
                .iter()
                .map(|range| xml[range.clone()].to_owned())
                .collect()
        };
        let fills = children("fills");
        let ours = |fill: &String| fill.contains(ERROR) || fill.contains(WARNING);
        let our_fills = fills.iter().enumerate().filter(|(_, fill)| ours(fill));
        Ok(Self {
            prefix: prefix(root.name()),
            formats: children("cellXfs"),
            added: Vec::new(),
            marked: BTreeMap::new(),
            cleared: BTreeMap::new(),
            looks: BTreeMap::new(),
            our_fills: our_fills.map(|(at, _)| at).collect(),
            fonts: children("fonts").len(),
            fills: fills.len(),
            xml,
        })
    }

    /// Whether a cell may carry a mark of an earlier time.
    pub(super) fn has_marks(&self) -> bool {
        !self.our_fills.is_empty()
    }

    fn add(&mut self, format: String) -> usize {
        self.added.push(format);
        self.formats.len() + self.added.len() - 1
    }

    /// The format of a marked cell that had another before.
    pub(super) fn marked(&mut self, before: usize, severity: Severity) -> Result<usize, Unfit> {
        if let Some(known) = self.marked.get(&(before, severity)) {
            return Ok(*known);
        }
        let fill = self.fills + usize::from(severity == Severity::Warning);
        let format = self.with_fill(before, fill)?;
        let at = self.add(format);
        self.marked.insert((before, severity), at);
        Ok(at)
    }

    /// The format of a cell that was marked before and is not any more; none where it was not.
    pub(super) fn cleared(&mut self, before: usize) -> Result<Option<usize>, Unfit> {
        if let Some(known) = self.cleared.get(&before) {
            return Ok(Some(*known));
        }
        if self.our_fills.is_empty() || !self.our_fills.contains(&self.fill_of(before)?) {
            return Ok(None);
        }
        let format = self.with_fill(before, 0)?;
        let at = self.add(format);
        self.cleared.insert(before, at);
        Ok(Some(at))
    }

    /// The format of a cell of the overview.
    pub(super) fn look(&mut self, look: Look) -> usize {
        if let Some(known) = self.looks.get(&look) {
            return *known;
        }
        let (bold, big, link) = (self.fonts, self.fonts + 1, self.fonts + 2);
        let (font, fill) = match look {
            Look::Title => (big, 0),
            Look::Bold => (bold, 0),
            Look::Plain => (0, 0),
            Look::Link => (link, 0),
            Look::Error => (bold, self.fills),
            Look::Warning => (bold, self.fills + 1),
        };
        let p = &self.prefix;
        // Text, and marked as such: what begins like a formula stays a text when it is edited.
        let format = format!(
            "<{p}xf numFmtId=\"49\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\" quotePrefix=\"1\" \
             applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\">\
             <{p}alignment vertical=\"top\"/></{p}xf>"
        );
        let at = self.add(format);
        self.looks.insert(look, at);
        at
    }

    fn fill_of(&self, format: usize) -> Result<usize, Unfit> {
        let Some(format) = self.formats.get(format) else {
            return Ok(0);
        };
        let (Event::Start(start) | Event::Empty(start)) = Reader::from_str(format).read_event()?
        else {
            return Err(Unfit::FORM);
        };
        let fill = attribute(&start, "fillId").and_then(|fill| fill.parse().ok());
        Ok(fill.unwrap_or(0))
    }

    fn with_fill(&self, format: usize, fill: usize) -> Result<String, Unfit> {
        let fallback = format!(
            "<{}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>",
            self.prefix
        );
        let format = self.formats.get(format).unwrap_or(&fallback);
        let mut reader = Reader::from_str(format);
        let event = reader.read_event()?;
        let rest = &format[position(&reader)..];
        let (start, empty) = match event {
            Event::Start(start) => (start, false),
            Event::Empty(start) => (start, true),
            _ => return Err(Unfit::FORM),
        };
        let fill = fill.to_string();
        let changed = with_attributes(&start, &[("fillId", Some(&fill)), ("applyFill", Some("1"))]);
        Ok(format!("{}{rest}", tag(&changed, empty)))
    }

    /// The part with what was added.
    pub(super) fn written(&self) -> Result<String, Unfit> {
        let p = &self.prefix;
        let fill = |rgb: &str| {
            format!(
                "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{rgb}\"/>\
                 <{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
            )
        };
        let font = |inner: &str, size: u8, colour: &str| {
            format!(
                "<{p}font>{inner}<{p}sz val=\"{size}\"/><{p}color rgb=\"{colour}\"/><{p}name val=\"Calibri\"/></{p}font>"
            )
        };
        let fonts = [
            font(&format!("<{p}b/>"), 11, "FF000000"),
            font(&format!("<{p}b/>"), 16, "FF000000"),
            font(&format!("<{p}u/>"), 11, "FF0563C1"),
        ];
        let additions = [
            ("fonts", self.fonts, fonts.to_vec()),
            ("fills", self.fills, vec![fill(ERROR), fill(WARNING)]),
            ("cellXfs", self.formats.len(), self.added.clone()),
        ];
        let (_, found) = sections(&self.xml)?;
        let rank = |name: &str| {
            ORDER
                .iter()
                .position(|known| *known == name)
                .unwrap_or(usize::MAX)
        };
        let mut edits = Vec::new();
        for (name, before, children) in additions {
            let (count, children) = (before + children.len(), children.concat());
            match found.iter().find(|one| local(one.start.name()) == name) {
                Some(section) => edits.extend(section.append(&children, count)),
                None => {
                    let next = found
                        .iter()
                        .find(|one| rank(local(one.start.name())) > rank(name));
                    let at = next.map(|one| one.tag.start).ok_or(Unfit::FORM)?;
                    let whole = format!("<{p}{name} count=\"{count}\">{children}</{p}{name}>");
                    edits.push((at..at, whole));
                }
            }
        }
        Ok(replaced(&self.xml, edits))
    }
}
