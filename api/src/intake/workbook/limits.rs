//! How much of a workbook is taken: each limit bounds memory by what was read, whatever the file claims of itself.

use crate::intake::finding::Fault;
use crate::intake::rule::Rule;

/// Bytes of a workbook as received. It unpacks to several times as much.
pub(super) const MOST_PACKED: usize = 20 << 20;

/// Parts of the archive.
pub(super) const MOST_PARTS: usize = 10_000;

/// Sheets that are looked at.
pub(super) const MOST_SHEETS: usize = 1_000;

/// Columns of a sheet, as its own program has them.
pub(super) const MOST_COLUMNS: u32 = 16_384;

/// Rows of a sheet, as its own program has them.
pub(super) const MOST_ROWS: u32 = 1_048_576;

/// Rows with anything in them.
pub(super) const MOST_FILLED_ROWS: usize = 250_000;

/// Cells with anything in them.
pub(super) const MOST_CELLS: usize = 2_000_000;

/// Cells of a sheet, blank ones with a format too: each costs time.
pub(super) const MOST_CELLS_SEEN: usize = 5_000_000;

/// Bytes of a part that holds neither cells nor texts.
pub(super) const MOST_OF_A_SMALL_PART: u64 = 16 << 20;

/// Texts that cells share.
pub(super) const MOST_STRINGS: usize = 2_000_000;

/// Bytes of text of all cells, a shared text counted as often as cells refer to it.
pub(super) const MOST_TEXT: usize = 64 << 20;

/// Bytes of one cell.
pub(super) const MOST_OF_A_CELL: usize = 1 << 20;

/// Bytes of the headers of a sheet.
pub(super) const MOST_OF_A_HEADER: usize = 1 << 20;

/// Bytes of the headers of all sheets that are looked at.
pub(super) const MOST_OF_HEADERS: usize = 4 << 20;

/// Formats of cells, as its own program has them.
pub(super) const MOST_FORMATS: usize = 65_536;

/// Bytes of the code of a number format; its own program takes 255 characters.
pub(super) const MOST_OF_A_FORMAT: usize = 512;

/// Number formats that are kept once they are read.
pub(super) const MOST_FORMATS_KEPT: usize = 1_024;

/// Bytes of one piece of XML: a tag with its attributes, a text up to the next tag.
pub(super) const MOST_OF_AN_EVENT: u64 = 1 << 20;

/// Elements within one another.
pub(super) const MOST_DEPTH: usize = 128;

/// Bytes of a sheet that are read when its headers are looked for among other sheets.
pub(super) const MOST_BEFORE_HEADER: u64 = 1 << 20;

/// Bytes of all sheets that are read for that.
pub(super) const MOST_BEFORE_HEADERS: u64 = 16 << 20;

/// A workbook past a limit, and which: Swedish, English.
pub(super) fn too_large(swedish: &str, english: &str) -> Fault {
    Fault {
        detail: (swedish.to_owned(), english.to_owned()),
        ..Fault::file(Rule::WorkbookTooLarge)
    }
}

/// A workbook that cannot be read, and why: Swedish, English.
pub(in crate::intake) fn unreadable(swedish: &str, english: &str) -> Fault {
    Fault {
        detail: (swedish.to_owned(), english.to_owned()),
        ..Fault::file(Rule::UnreadableWorkbook)
    }
}

/// Headers that nobody could read.
pub(super) fn too_long_headers() -> Fault {
    too_large(
        "dess rubriker är tillsammans längre än 1 MiB. Korta dem",
        "its headers are longer than 1 MiB together. Shorten them",
    )
}

/// A part that is no sound XML, or no part of a workbook.
pub(super) fn damaged() -> Fault {
    unreadable(
        "den är skadad. Öppna den i ert kalkylprogram och spara den som .xlsx igen",
        "it is damaged. Open it in your spreadsheet program and save it as .xlsx again",
    )
}
