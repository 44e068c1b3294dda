//! What of a folder is read, and why the rest of it is not: nothing is passed over in silence.

use std::path::Path;

/// Why a file is not read: Swedish, English.
type Why = [String; 2];

/// Why what lies in a folder is not read; none where it is.
pub(super) fn passed_over(path: &Path) -> Option<Why> {
    if path.is_dir() {
        return Some(why(
            "Det är en mapp. Läs in den för sig.",
            "It is a folder. Import it by itself.",
        ));
    }
    if !path.is_file() {
        return Some(why("Det är ingen vanlig fil.", "It is no regular file."));
    }
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    if name.starts_with("~$") || name.starts_with('.') {
        return Some(why(
            "Det är en dold eller tillfällig fil.",
            "It is a hidden or temporary file.",
        ));
    }
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("csv" | "xlsx") => None,
        Some("xls") => Some(why(
            "Det är en arbetsbok i det äldre formatet. Spara den som .xlsx.",
            "It is a workbook in the older format. Save it as .xlsx.",
        )),
        Some("xlsm" | "xlsb" | "xltx" | "xltm") => Some(why(
            "Det är en arbetsbok med makron eller i annat format. Spara den som .xlsx.",
            "It is a workbook with macros or in another format. Save it as .xlsx.",
        )),
        Some("ods" | "numbers") => Some(why(
            "Det är ett kalkylblad i annat format. Spara det som .xlsx.",
            "It is a spreadsheet in another format. Save it as .xlsx.",
        )),
        Some("txt" | "tsv" | "tab") => Some(why(
            "Textfiler läses med filändelsen .csv. Byt namn på den.",
            "Text files are read with the ending .csv. Rename it.",
        )),
        Some("zip" | "gz" | "7z" | "rar") => Some(why(
            "Det är ett arkiv. Packa upp det först.",
            "It is an archive. Unpack it first.",
        )),
        _ => Some(why(
            "Bara filer med ändelsen .csv eller .xlsx läses.",
            "Only files that end in .csv or .xlsx are read.",
        )),
    }
}

/// Nothing says what the rows of a file are.
pub(super) fn no_kind() -> Why {
    why(
        "Filens slag framgår inte av namn, blad eller manifest. Ange det i manifest.json eller med --kind.",
        "The file's kind follows from no name, sheet or manifest. Say it in manifest.json or with --kind.",
    )
}

/// There is no kind of that name.
pub(super) fn unknown_kind(kind: &str) -> Why {
    [
        format!("Det finns inget slag {kind}: se docs/INTAKE.md."),
        format!("There is no kind {kind}: see docs/INTAKE.md."),
    ]
}

/// The manifest names a file that does not lie in the folder.
pub(super) fn not_there() -> Why {
    why(
        "Manifestet nämner filen, och den finns inte i mappen.",
        "The manifest names the file, and it is not in the folder.",
    )
}

fn why(sv: &str, en: &str) -> Why {
    [sv.to_owned(), en.to_owned()]
}
