//! A workbook as a package of parts: those that change are written anew, all others are copied byte by byte.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Cursor, Read, Write};

use quick_xml::events::BytesStart;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::Unfit;
use super::cells::Marks;
use super::comments::{self, Comments};
use super::overview::Overview;
use super::relations::{self, Relation, folder_of, relations_of, target, unused_id};
use super::sheet::{Marking, Seen, look_through};
use super::styles::Styles;
use super::workbook::{self, Sheet};
use super::xml::{appended, attribute, local, text, without};
use crate::intake::OWN_SHEETS;

/// A workbook that is being marked.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Parts written anew, by name.
    changed: BTreeMap<String, String>,
    /// Parts left out.
    removed: BTreeSet<String>,
    /// Content types to add: whole elements without prefix.
    types: Vec<(String, &'static str)>,
    vml: bool,
}

/// What is done with a sheet.
struct Change {
    marks: Marks,
    drawing: Option<String>,
}

/// Bytes of a part that is changed as one text; sheets, which may be longer, are changed while they are read.
const MOST_OF_A_TEXT: u64 = 8 << 20;

const SHEET_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const COMMENTS_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";

impl<'a> Package<'a> {
    /// Opens a package whose size has been checked.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unfit> {
        Ok(Self {
            archive: ZipArchive::new(Cursor::new(bytes))?,
            changed: BTreeMap::new(),
            removed: BTreeSet::new(),
            types: Vec::new(),
            vml: false,
        })
    }

    /// The workbook with marks in its sheets, by their names, and the overview as its first sheet.
    pub(super) fn marked(
        mut self,
        marks: &BTreeMap<String, Marks>,
        overview: &Overview,
    ) -> Result<Vec<u8>, Unfit> {
        let root = self.relations("")?;
        let workbook = target(&root, "officeDocument")?.to_owned();
        let relations = self.relations(&workbook)?;
        let before = self.text(&workbook)?;
        let all = workbook::sheets(&before, &relations)?;
        let (old, sheets): (Vec<_>, Vec<_>) = all
            .iter()
            .cloned()
            .partition(|one| one.name.to_lowercase() == OWN_SHEETS[1].to_lowercase());
        for sheet in &old {
            self.removed.insert(sheet.part.clone());
            self.removed.insert(relations_of(&sheet.part));
        }
        let styles_part = target(&relations, "styles")?.to_owned();
        let mut styles = Styles::of(self.text(&styles_part)?)?;

        let mut changes: BTreeMap<String, Change> = BTreeMap::new();
        // Charts stand among the sheets, and have no part with cells.
        for sheet in sheets.iter().filter(|sheet| !sheet.part.is_empty()) {
            let marks = marks.get(&sheet.name).cloned().unwrap_or_default();
            let touched = !marks.is_empty() || styles.has_marks();
            let part = BufReader::new(self.archive.by_name(&sheet.part)?);
            let seen = look_through(part, touched)?;
            let drawing = if touched {
                self.notes(&sheet.part, &marks, &seen)?
            } else {
                None
            };
            if touched || seen.selected {
                changes.insert(sheet.part.clone(), Change { marks, drawing });
            }
        }

        let base = workbook.rsplit_once('/').map_or("", |(base, _)| base);
        let file = self.unused(&format!("{}worksheets/sheet", folder_of(base)), ".xml");
        let overview = overview.sheet(&mut styles);
        self.types.push((file.clone(), SHEET_TYPE));
        let id = unused_id(&relations);
        let after = workbook::with_overview(&before, &all, &old, &id)?;
        self.changed.insert(workbook.clone(), after);
        self.workbook_relations(&workbook, &old, &id, &file)?;
        self.content_types()?;
        self.write(&changes, styles, &styles_part, (file, overview))
    }

    /// Writes every part in its order, then the new ones; the styles last, once it is known which are needed.
    fn write(
        mut self,
        changes: &BTreeMap<String, Change>,
        mut styles: Styles,
        styles_part: &str,
        overview: (String, String),
    ) -> Result<Vec<u8>, Unfit> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        let mut changed = std::mem::take(&mut self.changed);
        // A time of its own would make the bytes differ from one marking to the next.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for index in 0..self.archive.len() {
            let name = self.archive.by_index_raw(index)?.name()?.into_owned();
            if self.removed.contains(&name) || name == styles_part {
                continue;
            }
            if let Some(text) = changed.remove(&name) {
                out.start_file(name, options)?;
                out.write_all(text.as_bytes())?;
            } else if let Some(change) = changes.get(&name) {
                out.start_file(name, options)?;
                let part = BufReader::new(self.archive.by_index(index)?);
                let drawing = change.drawing.clone();
                Marking::new(&mut out, &mut styles, &change.marks, drawing).copy(part)?;
            } else {
                out.raw_copy_file(self.archive.by_index_raw(index)?)?;
            }
        }
        changed.insert(overview.0, overview.1);
        changed.insert(styles_part.to_owned(), styles.written()?);
        for (name, text) in changed {
            out.start_file(name, options)?;
            out.write_all(text.as_bytes())?;
        }
        Ok(out.finish()?.into_inner())
    }

    /// Prepares the notes of a sheet; gives the relation of a drawing that the sheet does not name yet.
    fn notes(&mut self, part: &str, marks: &Marks, seen: &Seen) -> Result<Option<String>, Unfit> {
        let relations = self.relations(part)?;
        let existing = relations.iter().find(|one| one.kind == "comments");
        if marks.is_empty() && existing.is_none() {
            return Ok(None);
        }
        let (merged, comments_part): (Comments, _) = match existing {
            Some(relation) => {
                let text = self.text(&relation.target)?;
                (comments::merged(&text, marks)?, relation.target.clone())
            }
            None => {
                let folder = part
                    .rsplit_once("/worksheets/")
                    .map_or("", |(base, _)| base);
                let name = self.unused(&format!("{}comments", folder_of(folder)), ".xml");
                self.types.push((name.clone(), COMMENTS_TYPE));
                (comments::new(marks)?, name)
            }
        };
        if marks.is_empty() && merged.dropped.is_empty() {
            return Ok(None);
        }
        let shown = relations
            .iter()
            .find(|one| Some(&one.id) == seen.drawing.as_ref());
        let before = match shown {
            Some(relation) => Some(self.text(&relation.target)?),
            None => None,
        };
        let drawing = comments::drawing(before.as_deref(), &merged)?;
        self.changed.insert(comments_part.clone(), merged.part);
        let mut added = Vec::new();
        if existing.is_none() {
            added.push((unused_id(&relations), "comments", comments_part));
        }
        let mut id = None;
        match shown {
            Some(relation) => {
                self.changed.insert(relation.target.clone(), drawing);
            }
            None => {
                let folder = part
                    .rsplit_once("/worksheets/")
                    .map_or("", |(base, _)| base);
                let name =
                    self.unused(&format!("{}drawings/vmlDrawing", folder_of(folder)), ".vml");
                self.changed.insert(name.clone(), drawing);
                self.vml = true;
                let new = format!("{}v", unused_id(&relations));
                added.push((new.clone(), "vmlDrawing", name));
                id = Some(new);
            }
        }
        self.add_relations(part, &added)?;
        Ok(id)
    }

    fn add_relations(&mut self, part: &str, added: &[(String, &str, String)]) -> Result<(), Unfit> {
        if added.is_empty() {
            return Ok(());
        }
        let name = relations_of(part);
        let before = match self.changed.get(&name) {
            Some(changed) => changed.clone(),
            None if self.archive.index_for_name(&name).is_some() => self.text(&name)?,
            None => "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
                     <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>"
                .to_owned(),
        };
        let after = relations::with(part, &before, added)?;
        self.changed.insert(name, after);
        Ok(())
    }

    fn workbook_relations(
        &mut self,
        workbook: &str,
        old: &[Sheet],
        id: &str,
        file: &str,
    ) -> Result<(), Unfit> {
        let name = relations_of(workbook);
        let before = self.text(&name)?;
        let is_old = |id: &str| old.iter().any(|sheet| sheet.relation == id);
        let kept = without(&before, |start| {
            local(start.name()) == "Relationship"
                && attribute(start, "Id").is_some_and(|id| is_old(&id))
        })?;
        self.changed.insert(name, kept);
        self.add_relations(workbook, &[(id.to_owned(), "worksheet", file.to_owned())])
    }

    fn content_types(&mut self) -> Result<(), Unfit> {
        let name = "[Content_Types].xml";
        let before = self.text(name)?;
        let gone = |start: &BytesStart<'_>| {
            let part = attribute(start, "PartName");
            part.is_some_and(|part| self.removed.contains(part.trim_start_matches('/')))
        };
        let kept = without(&before, gone)?;
        let has_vml = kept.to_lowercase().contains("extension=\"vml\"");
        let vml = self.vml && !has_vml;
        let after = appended(&kept, |p| {
            let mut added = String::new();
            if vml {
                added.push_str(&format!("<{p}Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>"));
            }
            for (part, kind) in &self.types {
                added.push_str(&format!(
                    "<{p}Override PartName=\"/{}\" ContentType=\"{kind}\"/>",
                    text(part)
                ));
            }
            added
        })?;
        self.changed.insert(name.to_owned(), after);
        Ok(())
    }

    fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Unfit> {
        let name = relations_of(part);
        if self.archive.index_for_name(&name).is_none() {
            return Ok(Vec::new());
        }
        relations::read(part, &self.text(&name)?)
    }

    /// The text of a part as it came, where it is no longer than such parts are.
    fn text(&mut self, name: &str) -> Result<String, Unfit> {
        let mut text = String::new();
        let part = self.archive.by_name(name)?;
        part.take(MOST_OF_A_TEXT + 1).read_to_string(&mut text)?;
        if text.len() as u64 > MOST_OF_A_TEXT {
            return Err(Unfit::LARGE);
        }
        Ok(text)
    }

    /// A name of a part that is not taken, with the lowest number.
    fn unused(&self, stem: &str, end: &str) -> String {
        let taken = |name: &String| {
            self.archive.index_for_name(name).is_some() || self.changed.contains_key(name)
        };
        let mut names = (1_u32..).map(|number| format!("{stem}{number}{end}"));
        names.find(|name| !taken(name)).unwrap_or_default()
    }
}
