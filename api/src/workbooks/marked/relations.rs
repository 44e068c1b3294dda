//! Relations between the parts of a package: which part leads to which, and ids for new ones.

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::Unfit;
use super::xml::{appended, attribute, local, text};
use crate::intake::whole_name;

/// The namespace of relations between parts.
pub(super) const RELATIONSHIPS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A relation of a part.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    /// The last part of its type.
    pub(super) kind: String,
    /// The whole name of the part it leads to.
    pub(super) target: String,
}

/// The relations that a part's own part of relations says; those that lead out of the package are passed over.
pub(super) fn read(part: &str, text: &str) -> Result<Vec<Relation>, Unfit> {
    let base = part.rsplit_once('/').map_or("", |(base, _)| base);
    let mut reader = Reader::from_str(text);
    let mut relations = Vec::new();
    loop {
        match reader.read_event()? {
            Event::Start(start) | Event::Empty(start) if local(start.name()) == "Relationship" => {
                let value = |name| attribute(&start, name).ok_or(Unfit::FORM);
                if attribute(&start, "TargetMode").as_deref() == Some("External") {
                    continue;
                }
                let kind = value("Type")?;
                relations.push(Relation {
                    id: value("Id")?,
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: whole_name(base, &value("Target")?),
                });
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// The relations of a part with new ones: id, kind and the whole name of the part that each leads to.
pub(super) fn with(
    part: &str,
    before: &str,
    added: &[(String, &str, String)],
) -> Result<String, Unfit> {
    appended(before, |p| {
        let element = |(id, kind, target): &(String, &str, String)| {
            format!(
                "<{p}Relationship Id=\"{}\" Type=\"{RELATIONSHIPS}/{kind}\" Target=\"{}\"/>",
                text(id),
                text(&relative(part, target))
            )
        };
        added.iter().map(element).collect()
    })
}

/// The part that holds the relations of a part.
pub(super) fn relations_of(part: &str) -> String {
    let (base, file) = part.rsplit_once('/').unwrap_or(("", part));
    format!("{}_rels/{file}.rels", folder_of(base))
}

/// A folder as the beginning of a name: nothing for the root.
pub(super) fn folder_of(base: &str) -> String {
    if base.is_empty() {
        String::new()
    } else {
        format!("{base}/")
    }
}

/// The part that the relation of a kind leads to.
pub(super) fn target<'r>(relations: &'r [Relation], kind: &str) -> Result<&'r str, Unfit> {
    let found = relations.iter().find(|one| one.kind == kind);
    found.map(|one| one.target.as_str()).ok_or(Unfit::FORM)
}

/// A part's name as another part names it: not every program takes whole names.
fn relative(part: &str, target: &str) -> String {
    let from: Vec<&str> = part.split('/').collect();
    let to: Vec<&str> = target.split('/').collect();
    let (from, within) = (&from[..from.len() - 1], &to[..to.len() - 1]);
    let shared = from.iter().zip(within).take_while(|(a, b)| a == b).count();
    let mut steps = vec![".."; from.len() - shared];
    steps.extend(&to[shared..]);
    steps.join("/")
}

/// An id that no relation of a part has.
pub(super) fn unused_id(relations: &[Relation]) -> String {
    let mut ids = (1_u32..).map(|number| format!("rIdSamsyn{number}"));
    let taken = |id: &String| relations.iter().any(|one| one.id.starts_with(id.as_str()));
    ids.find(|id| !taken(id)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_lead_to_whole_names() {
        assert_eq!(
            whole_name("xl", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(
            whole_name("xl/worksheets", "../comments1.xml"),
            "xl/comments1.xml"
        );
        assert_eq!(whole_name("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(
            relative("xl/worksheets/sheet1.xml", "xl/comments1.xml"),
            "../comments1.xml"
        );
        assert_eq!(
            relative("xl/workbook.xml", "xl/worksheets/sheet9.xml"),
            "worksheets/sheet9.xml"
        );
        assert_eq!(relations_of(""), "_rels/.rels");
        assert_eq!(
            relations_of("xl/workbook.xml"),
            "xl/_rels/workbook.xml.rels"
        );
    }
}
