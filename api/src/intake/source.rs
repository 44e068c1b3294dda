//! Where a table comes from: the bytes of a text file or of a workbook, within limits.

use entity::Kind;

use super::container;
use super::finding::{Fault, Findings};
use super::rule::Rule;
use super::sheet_choice::{also, chosen, is_named};
use super::table::Table;
use super::text;
use super::workbook::{SheetHeader, Workbook};

/// How large a file may be, and how much of the persons that it counts is shown.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a file as received.
    pub file_bytes: u64,
    /// Bytes that a workbook may unpack to.
    pub unpacked_bytes: u64,
    /// Rows below the header.
    pub row_count: usize,
    /// Characters of a cell.
    pub cell_characters: usize,
    /// Counts of persons from 1 up to this are hidden in the tables that are released.
    pub hidden_up_to: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 100 << 20,
            unpacked_bytes: 100 << 20,
            row_count: 2_000_000,
            // What a cell of a workbook holds at most in the programs that write them.
            cell_characters: 32_767,
            hidden_up_to: 4,
        }
    }
}

/// The table of a kind in a file; what is wrong with the file's form is noted, and then there is none. What a workbook
/// holds beside it is looked at too.
#[must_use]
pub fn table_of<'a>(
    file_name: &str,
    bytes: &'a [u8],
    kind: Kind,
    limits: Limits,
) -> (Option<Table<'a>>, Findings) {
    let (table, mut findings, workbook) = read(file_name, bytes, kind, limits);
    if let Some(table) = &table
        && let Some(sheet) = &table.sheet
        && let Some(mut workbook) = workbook
    {
        let found = workbook.personal_numbers_beside(sheet, table.header_row);
        let (sv, en): (Vec<String>, Vec<String>) = found.into_iter().unzip();
        if !sv.is_empty() {
            let detail = (sv.join(", "), en.join(", "));
            findings.fault(Fault {
                detail,
                ..Fault::file(Rule::PersonalNumberBeside)
            });
        }
    }
    (table, findings)
}

/// The table of a kind in a file that was looked at when it was received.
pub(super) fn table_alone<'a>(
    file_name: &str,
    bytes: &'a [u8],
    kind: Kind,
    limits: Limits,
) -> (Option<Table<'a>>, Findings) {
    let (table, findings, _) = read(file_name, bytes, kind, limits);
    (table, findings)
}

/// A table with the workbook that it was read from, and that workbook's other sheets which look as if they were meant too.
struct Opened<'a> {
    table: Table<'a>,
    workbook: Option<Workbook<'a>>,
    left: Vec<String>,
}

fn opened<'a>(
    file_name: &str,
    bytes: &'a [u8],
    kind: Kind,
    limits: Limits,
) -> Result<Opened<'a>, Fault> {
    if bytes.is_empty() {
        return Err(Fault::file(Rule::EmptyFile));
    }
    if let Some(fault) = container::unread(file_name, bytes) {
        return Err(fault);
    }
    if is_workbook(file_name) {
        return sheet_of(bytes, kind, limits);
    }
    Ok(Opened {
        table: text::read(bytes)?,
        workbook: None,
        left: Vec::new(),
    })
}

/// The table where the file is within the limits, what is to be told of it, and the workbook that it was read from.
fn read<'a>(
    file_name: &str,
    bytes: &'a [u8],
    kind: Kind,
    limits: Limits,
) -> (Option<Table<'a>>, Findings, Option<Workbook<'a>>) {
    let within = |opened: Opened<'a>| {
        let table = within(opened.table, limits)?;
        Ok((table, opened.workbook, opened.left))
    };
    match opened(file_name, bytes, kind, limits).and_then(within) {
        Ok((table, workbook, left)) => {
            let mut findings = Findings::of_sheet(table.sheet.clone());
            for sheet in left {
                findings.fault(Fault::file(Rule::SheetLeft).saying(&sheet));
            }
            (Some(table), findings, workbook)
        }
        Err(fault) => {
            let mut findings = Findings::default();
            findings.fault(fault);
            (None, findings, None)
        }
    }
}

/// The table, where it has no more rows and no longer cells than the limits say.
fn within(table: Table<'_>, limits: Limits) -> Result<Table<'_>, Fault> {
    let most = limits.cell_characters;
    // Bytes are quick to count, and no fewer than characters.
    let is_long = |text: &str| text.len() > most && text.chars().nth(most).is_some();
    let in_header = table.header.iter().any(|name| is_long(name));
    let mut long = in_header.then_some(table.header_row);
    let mut rows = 0;
    table.each(|record| {
        rows += 1;
        if rows > limits.row_count {
            let fault = Fault::file(Rule::TooManyRows);
            return Err(fault.saying(&limits.row_count.to_string()));
        }
        if long.is_none() && record.texts().any(is_long) {
            long = Some(record.number);
        }
        Ok(())
    })?;
    match long {
        Some(row) => Err(Fault::row(Rule::CellTooLong, row).saying(&most.to_string())),
        None => Ok(table),
    }
}

/// The cells of one record as they stand in a file, each with its header; none where the record is not there.
#[must_use]
pub fn cells_of(
    file_name: &str,
    bytes: &[u8],
    (kind, limits): (Kind, Limits),
    record: i64,
) -> Option<Vec<(String, Option<String>)>> {
    let (table, _) = table_alone(file_name, bytes, kind, limits);
    let table = table?;
    let mut found = None;
    let looked = table.each(|one| {
        if one.number < record {
            return Ok(());
        }
        if one.number == record {
            let cells = table.header.iter().enumerate();
            let cell = |(at, header): (usize, &String)| (header.clone(), one.cell(at).shown());
            found = Some(cells.map(cell).collect());
        }
        // What comes after it is not looked at.
        Err(())
    });
    looked.err().and(found)
}

/// The sheets of a workbook with their first rows, in their order; none of a text file, or of a workbook that cannot be
/// opened.
#[derive(Clone, Debug, Default)]
pub struct Sheets(Vec<SheetHeader>);

impl Sheets {
    /// The sheets of a file.
    #[must_use]
    pub fn of(file_name: &str, bytes: &[u8], limits: Limits) -> Self {
        if !is_workbook(file_name) || container::unread(file_name, bytes).is_some() {
            return Self::default();
        }
        let opened = Workbook::open(bytes, limits.unpacked_bytes);
        let headers = opened.and_then(|mut workbook| match workbook.sheets().as_slice() {
            // The only sheet is read, whatever stands in it.
            [only] => Ok(vec![SheetHeader {
                sheet: only.clone(),
                header: None,
            }]),
            _ => workbook.headers(),
        });
        Self(headers.unwrap_or_default())
    }

    /// The kinds that sheets are named after, in the order in which they build on each other.
    #[must_use]
    pub fn kinds(&self) -> Vec<Kind> {
        let named = |kind: &Kind| self.0.iter().any(|one| is_named(&one.sheet, *kind));
        Kind::ALL.iter().copied().filter(named).collect()
    }

    /// The sheets with anything in them that are not read for any of some kinds; nothing is passed over silently.
    #[must_use]
    pub fn left(&self, kinds: &[Kind]) -> Vec<&str> {
        let read: Vec<&str> = kinds
            .iter()
            .filter_map(|kind| chosen(*kind, &self.0).ok())
            .collect();
        let sheets = self.0.iter().filter(|one| one.header.is_some());
        let sheets = sheets.map(|one| one.sheet.as_str());
        sheets.filter(|sheet| !read.contains(sheet)).collect()
    }
}

/// Whether a file is a workbook that opens within the limits.
pub(crate) fn opens_within(bytes: &[u8], limits: Limits) -> bool {
    Workbook::open(bytes, limits.unpacked_bytes).is_ok()
}

/// The table of a kind in a workbook.
fn sheet_of(bytes: &[u8], kind: Kind, limits: Limits) -> Result<Opened<'_>, Fault> {
    let mut workbook = Workbook::open(bytes, limits.unpacked_bytes)?;
    let sheets = workbook.sheets();
    // The only sheet need not be looked at before it is read.
    if let [only] = sheets.as_slice() {
        return Ok(Opened {
            table: workbook.table(only)?,
            workbook: Some(workbook),
            left: Vec::new(),
        });
    }
    let headers = workbook.headers()?;
    let sheet = chosen(kind, &headers)?;
    let left = also(kind, &headers, sheet);
    Ok(Opened {
        table: workbook.table(sheet)?,
        left: left.into_iter().map(str::to_owned).collect(),
        workbook: Some(workbook),
    })
}

/// Whether a file is read as a workbook: by the end of its name.
pub(crate) fn is_workbook(file_name: &str) -> bool {
    std::path::Path::new(file_name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"))
}
