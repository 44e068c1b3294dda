//! What a file is by its bytes, whatever it is called: a file that is not read is told what it is and what to do.

use std::path::Path;

use super::finding::Fault;
use super::source::is_workbook;
use super::workbook::unreadable;

/// How a file begins that holds others within it: old workbooks, and workbooks with a password.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// How an archive begins.
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// Why a file is not read, where its first bytes or the end of its name tell.
pub(super) fn unread(file_name: &str, bytes: &[u8]) -> Option<Fault> {
    if bytes.starts_with(COMPOUND) {
        return Some(compound(bytes));
    }
    let end = Path::new(file_name).extension().unwrap_or_default();
    let end = end.to_string_lossy().to_lowercase();
    if bytes.starts_with(ARCHIVE) {
        return match end.as_str() {
            "xlsx" => None,
            "xlsm" | "xltm" | "xlam" => Some(with_macros()),
            "xlsb" => Some(binary()),
            "ods" | "ots" => Some(open_document()),
            _ => Some(unreadable(
                "den är en arbetsbok eller ett arkiv, men namnet slutar inte på .xlsx. Spara den som .xlsx, eller som CSV om den ska heta .csv",
                "it is a workbook or an archive, but its name does not end in .xlsx. Save it as .xlsx, or as CSV if it is to be called .csv",
            )),
        };
    }
    match end.as_str() {
        "xls" | "xlsm" | "xlsb" | "xltx" | "xltm" | "ods" | "numbers" => Some(unreadable(
            &format!(
                "namnet slutar på .{end}, men den är ingen sådan arbetsbok. Spara den som .xlsx"
            ),
            &format!("its name ends in .{end}, but it is no such workbook. Save it as .xlsx"),
        )),
        _ if is_workbook(file_name) => Some(unreadable(
            "namnet slutar på .xlsx, men den är ingen arbetsbok. Spara den som .xlsx igen, eller döp om den till .csv om den är en textfil",
            "its name ends in .xlsx, but it is no workbook. Save it as .xlsx again, or rename it to .csv if it is a text file",
        )),
        _ => None,
    }
}

/// A file that holds others within it, by the names of what it holds.
fn compound(bytes: &[u8]) -> Fault {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|some| some == name)
    };
    if holds("EncryptedPackage") {
        return unreadable(
            "den är skyddad med lösenord. Ta bort lösenordet och spara den som .xlsx",
            "it is protected by a password. Remove the password and save it as .xlsx",
        );
    }
    if holds("Workbook") || holds("Book") {
        return unreadable(
            "den är en arbetsbok i det gamla formatet .xls. Spara den som .xlsx",
            "it is a workbook of the old format .xls. Save it as .xlsx",
        );
    }
    unreadable(
        "den är ingen arbetsbok och ingen textfil. Spara uppgifterna som .xlsx eller CSV",
        "it is no workbook and no text file. Save the data as .xlsx or CSV",
    )
}

/// A workbook with macros.
pub(super) fn with_macros() -> Fault {
    unreadable(
        "den är en arbetsbok med makron (.xlsm). Spara den som .xlsx, utan makron",
        "it is a workbook with macros (.xlsm). Save it as .xlsx, without macros",
    )
}

/// A binary workbook.
pub(super) fn binary() -> Fault {
    unreadable(
        "den är en binär arbetsbok (.xlsb). Spara den som .xlsx",
        "it is a binary workbook (.xlsb). Save it as .xlsx",
    )
}

/// An `OpenDocument` sheet.
pub(super) fn open_document() -> Fault {
    unreadable(
        "den är ett kalkylark i OpenDocument (.ods). Spara den som .xlsx",
        "it is an OpenDocument spreadsheet (.ods). Save it as .xlsx",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(file_name: &str, bytes: &[u8]) -> String {
        unread(file_name, bytes).map_or_else(String::new, |fault| fault.detail.0)
    }

    fn holding(name: &str) -> Vec<u8> {
        let mut bytes = COMPOUND.to_vec();
        bytes.extend([0; 504]);
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    }

    #[test]
    fn each_file_is_told_what_it_is() {
        for name in ["a.xlsx", "a.xls", "a.csv", "utan"] {
            assert!(
                said(name, &holding("EncryptedPackage")).contains("lösenord"),
                "{name}"
            );
            assert!(
                said(name, &holding("Workbook")).contains("gamla formatet"),
                "{name}"
            );
            assert!(
                said(name, &holding("Book")).contains("gamla formatet"),
                "{name}"
            );
            assert!(
                said(name, &holding("WordDocument")).contains("ingen arbetsbok"),
                "{name}"
            );
        }
        assert!(said("a.XLSM", ARCHIVE).contains("makron"));
        assert!(said("a.xlsb", ARCHIVE).contains("binär"));
        assert!(said("a.ods", ARCHIVE).contains("OpenDocument"));
        assert!(said("a.csv", ARCHIVE).contains("slutar inte på .xlsx"));
        assert!(said("a.xlsx", b"round;kod\n").contains("ingen arbetsbok"));
        assert!(said("a.xls", b"<html><table>").contains(".xls"));
        assert_eq!(said("a.xlsx", ARCHIVE), "");
        assert_eq!(said("a.csv", b"round;kod\n"), "");
    }
}
