//! Everything that typst may read: the template, the report's content, its charts, and the fonts that travel in the
//! program. No file of the machine, no package from the network, and no clock.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::super::Error;
use super::super::chart::Chart;
use super::letters::legible;

/// How a report looks.
const TEMPLATE: &str = include_str!("report.typ");

/// The name of a chart's file in the template's world, by its place.
pub(super) fn chart_name(place: usize) -> String {
    format!("chart-{place}.svg")
}

/// The world of one report.
pub(super) struct Paper {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    main: Source,
    files: BTreeMap<String, Bytes>,
}

/// The fonts, read once.
pub(super) fn fonts() -> &'static [Font] {
    static FONTS: OnceLock<Vec<Font>> = OnceLock::new();
    FONTS.get_or_init(|| {
        let all = typst_assets::fonts();
        all.flat_map(|font| Font::iter(Bytes::new(font))).collect()
    })
}

impl Paper {
    /// A world of a report's content, as JSON, and its charts.
    pub(super) fn new(content: Vec<u8>, charts: Vec<Chart>) -> Result<Self, Error> {
        let path = VirtualPath::new("report.typ");
        let path = path.map_err(|error| Error::Paper(error.to_string()))?;
        let id = RootedPath::new(VirtualRoot::Project, path).intern();
        let charts = charts.into_iter().enumerate();
        let charts = charts.map(|(place, chart)| {
            let bytes = Bytes::new(legible(&chart.svg).into_bytes());
            (chart_name(place), bytes)
        });
        let mut files: BTreeMap<String, Bytes> = charts.collect();
        files.insert("report.json".to_owned(), Bytes::new(content));
        Ok(Self {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(FontBook::from_fonts(fonts())),
            main: Source::new(id, TEMPLATE.to_owned()),
            files,
        })
    }
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            Ok(self.main.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = id.vpath().get_without_slash();
        self.files.get(name).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts().get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
