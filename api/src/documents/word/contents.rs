//! The table of contents of a Word document.

use std::fmt::Write as _;

use super::super::shown::text;
use super::run;
use crate::reports::Language;
use crate::reports::report::Report;

/// A table of contents: Word's own field, which puts the pages in when it is brought up to date.
pub(super) fn contents(out: &mut String, report: &Report, language: Language) {
    let title = language.of(["Innehåll", "Contents"]);
    let _ = write!(
        out,
        "<w:p><w:pPr><w:pStyle w:val=\"TOCHeading\"/></w:pPr>{}</w:p>",
        run(title, "")
    );
    let mut lines: Vec<(usize, String)> = Vec::new();
    for part in &report.parts {
        let title = text(&part.title, language);
        lines.push((1, format!("{}. {title}", part.number)));
        let own = part.sections.iter();
        lines.extend(own.map(|one| (2, format!("{} {}", one.number, text(&one.title, language)))));
    }
    let last = lines.len().saturating_sub(1);
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    for (place, (level, line)) in lines.iter().enumerate() {
        let begin = if place == 0 {
            let asked = "<w:r><w:instrText xml:space=\"preserve\"> TOC \\o &quot;1-2&quot; \\h \\z \\u </w:instrText></w:r>";
            format!("{}{asked}{}", mark("begin"), mark("separate"))
        } else {
            String::new()
        };
        let end = if place == last {
            mark("end")
        } else {
            String::new()
        };
        let _ = write!(
            out,
            "<w:p><w:pPr><w:pStyle w:val=\"TOC{level}\"/></w:pPr>{begin}{}{end}</w:p>",
            run(line, "")
        );
    }
}
