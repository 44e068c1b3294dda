//! Charts within a Word document: pictures with their texts for those who do not see them, and the parts that hold them.

use std::fmt::Write as _;

use super::super::Error;
use super::super::chart::{Chart, charts};
use super::super::xml::escaped;
use super::paragraph;
use crate::reports::Language;
use crate::reports::report::{Report, Section};

/// English metric units of a unit of a drawing: 720 of these are 17 centimetres, the width of the text.
const UNIT: i64 = 8500;

/// The charts of a document.
pub(super) struct Pictures {
    all: Vec<Chart>,
}

impl Pictures {
    /// Those of a report; none where the program is built without what draws them.
    pub(super) fn of(report: &Report, language: Language) -> Self {
        let all = if cfg!(feature = "pdf") {
            charts(report, language)
        } else {
            Vec::new()
        };
        Self { all }
    }

    fn numbered(&self) -> impl Iterator<Item = (usize, &Chart)> {
        (1..).zip(&self.all)
    }

    /// Writes the charts of a section, each under its caption.
    pub(super) fn write(&self, out: &mut String, section: &Section) {
        let own = self
            .numbered()
            .filter(|(_, one)| one.section == section.code);
        for (number, chart) in own {
            out.push_str(&paragraph("Caption", &chart.title));
            let (width, height) = (chart.size.0 * UNIT, chart.size.1 * UNIT);
            let described = escaped(&chart.alternative);
            let name = name(number);
            let _ = write!(
                out,
                "<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{described}\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"{name}\" descr=\"{described}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"{}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
                relation(number)
            );
            out.push_str(&paragraph("TableNote", &chart.source));
        }
    }

    /// What the document's list of relations says of them.
    pub(super) fn relations(&self) -> String {
        let each = self.numbered().map(|(number, _)| {
            format!(
                "<Relationship Id=\"{}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"media/{}\"/>",
                relation(number),
                name(number)
            )
        });
        each.collect()
    }

    /// The parts of the package that hold them.
    pub(super) fn parts(&self) -> Result<Vec<(String, Vec<u8>)>, Error> {
        let each = self.numbered().map(|(number, chart)| {
            let path = format!("word/media/{}", name(number));
            Ok((path, png(chart)?))
        });
        each.collect()
    }
}

fn name(number: usize) -> String {
    format!("chart{number}.png")
}

fn relation(number: usize) -> String {
    format!("rIdChart{number}")
}

#[cfg(feature = "pdf")]
fn png(chart: &Chart) -> Result<Vec<u8>, Error> {
    chart.png()
}

#[cfg(not(feature = "pdf"))]
fn png(_: &Chart) -> Result<Vec<u8>, Error> {
    Err(Error::WithoutPaper)
}
