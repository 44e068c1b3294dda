//! XML of a package's parts: one attribute or one child is changed, everything else stays as it was written.

use std::ops::Range;

use quick_xml::escape::{escape, unescape};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::reader::Reader;
use quick_xml::writer::Writer;

use super::Unfit;

/// A name without its prefix.
pub(super) fn local<'a>(name: QName<'a>) -> &'a str {
    name.0.rsplit(':').next().unwrap_or(name.0)
}

/// The prefix of a name, its colon included; empty where there is none.
pub(super) fn prefix(name: QName<'_>) -> String {
    let at = name.0.find(':').map_or(0, |at| at + 1);
    name.0[..at].to_owned()
}

/// The value of an attribute by its whole name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).ok().flatten()?;
    unescape(&found.value)
        .ok()
        .map(std::borrow::Cow::into_owned)
}

/// The value of an attribute by its name without prefix, where it has one: `id` finds `r:id`, not `id`.
pub(super) fn prefixed(start: &BytesStart<'_>, name: &str) -> Option<(String, String)> {
    let mut attributes = start.attributes();
    attributes.with_checks(false);
    let found = attributes
        .flatten()
        .find(|one| one.key.0.contains(':') && local(one.key) == name)?;
    let value = unescape(&found.value).ok()?.into_owned();
    Some((found.key.0.to_owned(), value))
}

/// The same element with some attributes set or (none) taken away; the others as they were.
pub(super) fn with_attributes(
    start: &BytesStart<'_>,
    set: &[(&str, Option<&str>)],
) -> BytesStart<'static> {
    let mut changed = BytesStart::new(start.name().0.to_owned());
    for mut one in start.attributes().with_checks(false).flatten() {
        if !set.iter().any(|(name, _)| *name == one.key.0) {
            // What stood between apostrophes may hold quotes.
            if one.value.contains('"') {
                one.value = one.value.replace('"', "&quot;").into();
            }
            changed.push_attribute(one);
        }
    }
    for (name, value) in set {
        if let Some(value) = value {
            changed.push_attribute((*name, *value));
        }
    }
    changed
}

/// A text as it may stand in XML: escaped, and without characters that XML does not have.
pub(super) fn text(raw: &str) -> String {
    let fits = |letter: char| matches!(letter, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let kept: String = raw
        .chars()
        .map(|letter| if fits(letter) { letter } else { '\u{fffd}' })
        .collect();
    escape(kept).into_owned()
}

/// A start tag as text, empty or not.
pub(super) fn tag(start: &BytesStart<'_>, empty: bool) -> String {
    let end = if empty { "/>" } else { ">" };
    format!("<{}{end}", &**start)
}

/// Replaces ranges of a text, given in any order.
pub(super) fn replaced(xml: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut text = String::with_capacity(xml.len() + 1024);
    let mut at = 0;
    for (range, new) in edits {
        text.push_str(&xml[at..range.start]);
        text.push_str(&new);
        at = range.end;
    }
    text.push_str(&xml[at..]);
    text
}

/// Children of a root, and theirs: no program writes more cell formats than 65,536.
const MOST_CHILDREN: usize = 200_000;

/// A child of the root: its start tag, its own children, and where its end tag begins.
#[derive(Debug)]
pub(super) struct Section {
    /// Its start tag.
    pub(super) start: BytesStart<'static>,
    /// Where the start tag stands.
    pub(super) tag: Range<usize>,
    /// Where each of its children stands.
    pub(super) children: Vec<Range<usize>>,
    /// Where its content ends; for an empty element, where the element ends.
    pub(super) end: usize,
    /// Whether it is written as one tag.
    pub(super) empty: bool,
}

/// The root's name and the sections below it, in their order.
pub(super) fn sections(xml: &str) -> Result<(BytesStart<'static>, Vec<Section>), Unfit> {
    let mut reader = Reader::from_str(xml);
    let (mut depth, mut root, mut found) = (0_usize, None, Vec::<Section>::new());
    let (mut child_from, mut children) = (0, 0);
    loop {
        let before = position(&reader);
        let event = reader.read_event()?;
        let after = position(&reader);
        if matches!(event, Event::Start(_) | Event::Empty(_)) && depth <= 2 {
            children += 1;
        }
        if children > MOST_CHILDREN {
            return Err(Unfit::LARGE);
        }
        match event {
            Event::Start(start) => {
                match depth {
                    0 => root = Some(start.into_owned()),
                    1 => found.push(section(start.into_owned(), before..after, after, false)),
                    2 => child_from = before,
                    _ => {}
                }
                depth += 1;
            }
            Event::Empty(start) => match depth {
                0 => return Ok((start.into_owned(), found)),
                1 => found.push(section(start.into_owned(), before..after, after, true)),
                2 => found
                    .last_mut()
                    .ok_or(Unfit::FORM)?
                    .children
                    .push(before..after),
                _ => {}
            },
            Event::End(_) => {
                depth = depth.checked_sub(1).ok_or(Unfit::FORM)?;
                match depth {
                    1 => found.last_mut().ok_or(Unfit::FORM)?.end = before,
                    2 => found
                        .last_mut()
                        .ok_or(Unfit::FORM)?
                        .children
                        .push(child_from..after),
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok((root.ok_or(Unfit::FORM)?, found))
}

fn section(start: BytesStart<'static>, tag: Range<usize>, end: usize, empty: bool) -> Section {
    Section {
        start,
        tag,
        children: Vec::new(),
        end,
        empty,
    }
}

impl Section {
    /// The edits that append children, given as text, and set the number of them where it is said.
    pub(super) fn append(&self, children: &str, count: usize) -> Vec<(Range<usize>, String)> {
        let count = count.to_string();
        let start = if attribute(&self.start, "count").is_some() {
            with_attributes(&self.start, &[("count", Some(&count))])
        } else {
            self.start.clone()
        };
        if self.empty {
            let whole = format!("{}{children}</{}>", tag(&start, false), start.name().0);
            return vec![(self.tag.clone(), whole)];
        }
        vec![
            (self.tag.clone(), tag(&start, false)),
            (self.end..self.end, children.to_owned()),
        ]
    }
}

/// The text with children appended to its root; they are made for the root's prefix.
pub(super) fn appended(xml: &str, children: impl Fn(&str) -> String) -> Result<String, Unfit> {
    let mut reader = Reader::from_str(xml);
    let (mut depth, mut root) = (0_usize, None);
    loop {
        let before = position(&reader);
        match reader.read_event()? {
            Event::Start(start) => {
                root.get_or_insert_with(|| prefix(start.name()));
                depth += 1;
            }
            Event::Empty(start) if depth == 0 => {
                let children = children(&prefix(start.name()));
                let whole = format!("{}{children}</{}>", tag(&start, false), start.name().0);
                return Ok(replaced(xml, vec![(before..position(&reader), whole)]));
            }
            Event::End(_) => {
                depth = depth.checked_sub(1).ok_or(Unfit::FORM)?;
                if depth == 0 {
                    let children = children(&root.unwrap_or_default());
                    return Ok(replaced(xml, vec![(before..before, children)]));
                }
            }
            Event::Eof => return Err(Unfit::FORM),
            _ => {}
        }
    }
}

/// A text without the elements that are gone.
pub(super) fn without(xml: &str, gone: impl Fn(&BytesStart<'_>) -> bool) -> Result<String, Unfit> {
    let mut reader = Reader::from_str(xml);
    let mut writer = Writer::new(Vec::with_capacity(xml.len()));
    loop {
        match reader.read_event()? {
            Event::Start(start) if gone(&start) => {
                reader.read_to_end(start.name())?;
            }
            Event::Empty(start) if gone(&start) => {}
            Event::Eof => break,
            other => writer.write_event(other)?,
        }
    }
    String::from_utf8(writer.into_inner()).map_err(|_| Unfit::FORM)
}

/// Where a reader of a text stands; texts are shorter than the address space.
pub(super) fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_are_appended_whatever_the_form_of_the_root() {
        let child = |prefix: &str| format!("<{prefix}b/>");
        assert_eq!(appended("<a>x</a>", child).unwrap(), "<a>x<b/></a>");
        assert_eq!(
            appended("<x:a  k='1'/>", child).unwrap(),
            "<x:a  k='1'><x:b/></x:a>"
        );
        assert!(appended("<a>", child).is_err());
    }

    #[test]
    fn sections_know_their_children() {
        let xml = "<s><fills count=\"1\"><fill><p/></fill></fills><none/></s>";
        let (_, found) = sections(xml).unwrap();
        assert_eq!(&xml[found[0].children[0].clone()], "<fill><p/></fill>");
        let edits = found[0].append("<fill/>", 2);
        assert_eq!(
            replaced(xml, edits),
            "<s><fills count=\"2\"><fill><p/></fill><fill/></fills><none/></s>"
        );
        assert_eq!(
            replaced(xml, found[1].append("<x/>", 1)),
            xml.replace("<none/>", "<none><x/></none>")
        );
    }

    #[test]
    fn texts_keep_what_xml_has_and_lose_what_it_has_not() {
        assert_eq!(text("=1+1 <å>\u{1}"), "=1+1 &lt;å&gt;\u{fffd}");
    }
}
