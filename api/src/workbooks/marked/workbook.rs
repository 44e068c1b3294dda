//! The part of the workbook: which sheets there are, and the overview put before them.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use quick_xml::writer::Writer;

use super::Unfit;
use super::relations::Relation;
use super::xml::{attribute, local, prefix, prefixed, with_attributes};
use crate::intake::OWN_SHEETS;

/// A sheet of the workbook.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) relation: String,
    /// The part of its cells; empty for charts, which stand among the sheets and have none.
    pub(super) part: String,
}

/// The sheets in their order.
pub(super) fn sheets(text: &str, relations: &[Relation]) -> Result<Vec<Sheet>, Unfit> {
    let mut reader = Reader::from_str(text);
    let mut sheets = Vec::new();
    loop {
        match reader.read_event()? {
            Event::Start(start) | Event::Empty(start) if local(start.name()) == "sheet" => {
                let name = attribute(&start, "name").ok_or(Unfit::FORM)?;
                let (_, relation) = prefixed(&start, "id").ok_or(Unfit::FORM)?;
                let found = relations
                    .iter()
                    .find(|one| one.id == relation)
                    .ok_or(Unfit::FORM)?;
                let part = if found.kind == "worksheet" {
                    found.target.clone()
                } else {
                    String::new()
                };
                sheets.push(Sheet {
                    name,
                    relation,
                    part,
                });
            }
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// The part with the overview first and shown first, the others behind it as they were, and `old` left out.
pub(super) fn with_overview(
    before: &str,
    all: &[Sheet],
    old: &[Sheet],
    id: &str,
) -> Result<String, Unfit> {
    let is_old = |name: &str| old.iter().any(|sheet| sheet.name == name);
    // Names that hold within one sheet say its place among them.
    let place = |index: usize| -> Option<usize> {
        let sheet = all.get(index)?;
        let left_out = all[..index].iter().filter(|one| is_old(&one.name)).count();
        (!is_old(&sheet.name)).then_some(index + 1 - left_out)
    };
    let mut reader = Reader::from_str(before);
    let mut writer = Writer::new(Vec::with_capacity(before.len() + 256));
    let relation = relation_name(before)?;
    let highest = highest_sheet(before)?;
    loop {
        let event = reader.read_event()?;
        let (start, empty) = match event {
            Event::Start(start) => (start, false),
            Event::Empty(start) => (start, true),
            Event::Eof => break,
            other => {
                writer.write_event(other)?;
                continue;
            }
        };
        let mut write = |start: BytesStart<'_>| {
            writer.write_event(if empty {
                Event::Empty(start)
            } else {
                Event::Start(start)
            })
        };
        match local(start.name()) {
            "sheets" if !empty => {
                let mut own = BytesStart::new(format!("{}sheet", prefix(start.name())));
                write(start)?;
                own.push_attribute(("name", OWN_SHEETS[1]));
                own.push_attribute(("sheetId", (highest + 1).to_string().as_str()));
                own.push_attribute((relation.as_str(), id));
                writer.write_event(Event::Empty(own))?;
            }
            "sheet" if attribute(&start, "name").is_some_and(|name| is_old(&name)) => {
                if !empty {
                    reader.read_to_end(start.name())?;
                }
            }
            "workbookView" => write(with_attributes(
                &start,
                &[("activeTab", Some("0")), ("firstSheet", None)],
            ))?,
            "definedName" => {
                let index = attribute(&start, "localSheetId").and_then(|text| text.parse().ok());
                match index.map(place) {
                    None => write(start)?,
                    Some(Some(index)) => write(with_attributes(
                        &start,
                        &[("localSheetId", Some(&index.to_string()))],
                    ))?,
                    Some(None) if empty => {}
                    Some(None) => {
                        reader.read_to_end(start.name())?;
                    }
                }
            }
            _ => write(start)?,
        }
    }
    String::from_utf8(writer.into_inner()).map_err(|_| Unfit::FORM)
}

/// The name of the attribute that says a sheet's relation.
fn relation_name(workbook: &str) -> Result<String, Unfit> {
    let mut reader = Reader::from_str(workbook);
    loop {
        match reader.read_event()? {
            Event::Start(start) | Event::Empty(start) if local(start.name()) == "sheet" => {
                return prefixed(&start, "id")
                    .map(|(name, _)| name)
                    .ok_or(Unfit::FORM);
            }
            Event::Eof => return Err(Unfit::FORM),
            _ => {}
        }
    }
}

/// The highest id of a sheet.
fn highest_sheet(workbook: &str) -> Result<u32, Unfit> {
    let mut reader = Reader::from_str(workbook);
    let mut highest = 0;
    loop {
        match reader.read_event()? {
            Event::Start(start) | Event::Empty(start) if local(start.name()) == "sheet" => {
                let id = attribute(&start, "sheetId").and_then(|id| id.parse::<u32>().ok());
                highest = highest.max(id.unwrap_or(0).min(65_000));
            }
            Event::Eof => return Ok(highest),
            _ => {}
        }
    }
}
