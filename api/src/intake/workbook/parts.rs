//! A workbook as an archive of parts: what it unpacks to is counted, and parts are found by what leads to them.

use std::io::{Cursor, Read};

use quick_xml::events::Event;
use zip::ZipArchive;

use super::events::{Events, attribute, local};
use super::limits::{MOST_OF_A_SMALL_PART, MOST_PACKED, MOST_PARTS, damaged, too_large};
use crate::intake::finding::Fault;

/// The marks of an entry of an archive's directory.
const ENTRY: &[u8] = b"PK\x01\x02";

/// The parts of a workbook.
pub(super) struct Parts<'a>(ZipArchive<Cursor<&'a [u8]>>);

/// A relation of a part.
#[derive(Debug)]
pub(super) struct Relation {
    /// Its id.
    pub(super) id: String,
    /// The last word of its type.
    pub(super) kind: String,
    /// The whole name of the part that it leads to.
    pub(super) target: String,
}

impl<'a> Parts<'a> {
    /// Opens an archive, and counts what it unpacks to, of which its own directory may lie.
    ///
    /// # Errors
    /// `workbook_too_large` or `unreadable_workbook`.
    pub(super) fn open(bytes: &'a [u8], most_unpacked: u64) -> Result<Self, Fault> {
        if bytes.len() > MOST_PACKED {
            return Err(too_large(
                "den är större än 20 MiB. Dela upp den, eller spara den som CSV",
                "it is larger than 20 MiB. Split it, or save it as CSV",
            ));
        }
        // The archive's reader keeps some hundred bytes of each entry.
        if entries(bytes) > MOST_PARTS {
            return Err(too_large(
                "den har fler än 10 000 delar. Spara den som .xlsx igen",
                "it has more than 10 000 parts. Save it as .xlsx again",
            ));
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if archive.len() > MOST_PARTS || archive.has_duplicate_names() {
            return Err(damaged());
        }
        let mut left = most_unpacked;
        // Parts that share their bytes are packed more than the archive is long: each would be unpacked anew.
        let mut packed = bytes.len() as u64;
        for index in 0..archive.len() {
            let part = archive.by_index(index).map_err(|_| damaged())?;
            packed = packed
                .checked_sub(part.compressed_size())
                .ok_or_else(damaged)?;
            let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink());
            left = left
                .checked_sub(unpacked.map_err(|_| damaged())?)
                .ok_or_else(|| {
                    let most = most_unpacked >> 20;
                    too_large(
                        &format!("den packas upp till mer än {most} MiB. Dela upp den"),
                        &format!("it unpacks to more than {most} MiB. Split it"),
                    )
                })?;
        }
        Ok(Self(archive))
    }

    /// Whether there is a part whose name ends so.
    pub(super) fn any_ends(&self, end: &str) -> bool {
        let mut names = self.0.file_names().flatten();
        names.any(|name| name.to_lowercase().ends_with(end))
    }

    /// The names of all parts.
    pub(super) fn names(&self) -> Vec<String> {
        let names = self.0.file_names().flatten();
        names.map(|name| name.to_string()).collect()
    }

    /// The content of a part; none where there is no part of the name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<impl Read>, Fault> {
        let Some(index) = self.index(name) else {
            return Ok(None);
        };
        self.0.by_index(index).map(Some).map_err(|_| damaged())
    }

    /// The content of a part that is never long; where it is, it breaks off.
    pub(super) fn small_part(&mut self, name: &str) -> Result<Option<impl Read>, Fault> {
        let part = self.part(name)?;
        Ok(part.map(|part| part.take(MOST_OF_A_SMALL_PART)))
    }

    /// Some programs write names in other letters, or with the other slash.
    fn index(&self, name: &str) -> Option<usize> {
        self.0.index_for_name(name).or_else(|| {
            let alike = |other: &str| other.replace('\\', "/").eq_ignore_ascii_case(name);
            (0..self.0.len()).find(|index| {
                let other = self.0.name_for_index(*index).and_then(Result::ok);
                other.is_some_and(|other| alike(&other))
            })
        })
    }

    /// Where a part leads to within the workbook.
    pub(super) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Fault> {
        let (base, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = format!("{base}/_rels/{file}.rels");
        let Some(text) = self.small_part(name.trim_start_matches('/'))? else {
            return Ok(Vec::new());
        };
        let mut events = Events::of(text);
        let mut relations = Vec::new();
        loop {
            match events.next()? {
                Event::Start(start) | Event::Empty(start)
                    if local(start.name()) == "Relationship" =>
                {
                    if relations.len() == MOST_PARTS {
                        return Err(damaged());
                    }
                    let value = |name| attribute(&start, name);
                    if value("TargetMode").as_deref() == Some("External") {
                        continue;
                    }
                    let (Some(id), Some(kind), Some(target)) =
                        (value("Id"), value("Type"), value("Target"))
                    else {
                        return Err(damaged());
                    };
                    relations.push(Relation {
                        id,
                        kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                        target: whole_name(base, &target.replace('\\', "/")),
                    });
                }
                Event::Eof => return Ok(relations),
                _ => {}
            }
        }
    }
}

/// The part that the relation of a kind leads to.
pub(super) fn leads_to<'r>(relations: &'r [Relation], kind: &str) -> Option<&'r str> {
    let found = relations.iter().find(|one| one.kind == kind);
    found.map(|one| one.target.as_str())
}

/// The whole name of a part that is named from a folder.
pub(crate) fn whole_name(base: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = base.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => {
                steps.pop();
            }
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Entries of the archive's directory, counted in its bytes.
fn entries(bytes: &[u8]) -> usize {
    bytes
        .windows(ENTRY.len())
        .filter(|some| *some == ENTRY)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sound workbook whose directory names the bytes of its longest part under many more names.
    fn with_shared_bytes(names: u8) -> Vec<u8> {
        let mut written = rust_xlsxwriter::Workbook::new();
        written.add_worksheet();
        let bytes = written.save_to_buffer().expect("a workbook");
        let whole = |at: usize, length: usize| {
            let digits = bytes[at..at + length].iter().rev();
            digits.fold(0, |number, byte| number << 8 | usize::from(*byte))
        };
        let begin = bytes.windows(4).position(|some| some == ENTRY);
        let end = bytes.windows(4).position(|some| some == b"PK\x05\x06");
        let (begin, end) = (begin.expect("a directory"), end.expect("its end"));
        let mut entries = Vec::new();
        let mut at = begin;
        while at < end {
            let name = whole(at + 28, 2);
            let next = at + 46 + name + whole(at + 30, 2) + whole(at + 32, 2);
            entries.push((whole(at + 20, 4), at, at + 46 + name - 1, next));
            at = next;
        }
        let (_, from, last, to) = *entries.iter().max().expect("parts");
        let mut found = bytes[..end].to_vec();
        for name in 0..names {
            let mut entry = bytes[from..to].to_vec();
            entry[last - from] = b'0' + name;
            found.extend(entry);
        }
        let size = u32::try_from(found.len() - begin)
            .expect("small")
            .to_le_bytes();
        let count = u16::try_from(entries.len()).expect("few") + u16::from(names);
        let mut rest = bytes[end..].to_vec();
        rest[8..10].copy_from_slice(&count.to_le_bytes());
        rest[10..12].copy_from_slice(&count.to_le_bytes());
        rest[12..16].copy_from_slice(&size);
        found.extend(rest);
        found
    }

    #[test]
    fn parts_that_share_their_bytes_are_not_unpacked_again_and_again() {
        assert!(Parts::open(&with_shared_bytes(0), 1 << 20).is_ok());
        let shared = with_shared_bytes(40);
        let fault = Parts::open(&shared, 1 << 20).err().expect("a fault");
        assert_eq!(fault, damaged());
        let archive = ZipArchive::new(Cursor::new(&*shared)).expect("it opens elsewhere");
        assert!(archive.len() > 40, "every name is read");
    }
}
