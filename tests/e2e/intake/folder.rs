//! A folder of files: each is taken, or named with why it was not.

use serde_json::Value;

use crate::harness::program::start;
use crate::harness::{TestApp, on_both_engines};

const REQUISITIONS: &str = "round;kod;belopp;rekvirerat_datum\nKOM-2017;0123;120986;2017-06-01\n";

/// What the program reports of a folder, and everything that it said.
fn imported(app: &TestApp, folder: &std::path::Path) -> (Value, String) {
    let path = folder.to_str().expect("a path");
    let program = start(&[
        "import",
        path,
        "--dry-run",
        "--format",
        "json",
        "--assignment",
        "S2016/00633/FST",
        "--database-url",
        &app.url,
    ]);
    let output = program.wait_with_output().expect("the program ends");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let all = format!("{told}{}", String::from_utf8_lossy(&output.stderr));
    let (begin, end) = (
        told.find("{\n").expect("a report"),
        told.rfind('}').expect("a report"),
    );
    (
        serde_json::from_str(&told[begin..=end]).unwrap_or_else(|error| panic!("{error}: {all}")),
        all,
    )
}

on_both_engines! {
    async fn every_file_of_a_folder_is_taken_or_named_with_why_not(app: Example) {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        write("01-requisitions.csv", REQUISITIONS);
        write("02-requisitions.CSV", REQUISITIONS);
        // Whose name is written with what nobody sees.
        write("03-requisitions\u{200b}.csv", REQUISITIONS);
        write("04-okänd.csv", REQUISITIONS);
        write("requisitions 19121212-1212.csv", REQUISITIONS);
        let others = ["läsmig.txt", "gammal.xls", "makron.xlsm", "kalkyl.ods", "bilder.zip", "brev.docx", ".dold.csv", "~$öppen.xlsx", "utan"];
        others.iter().for_each(|name| write(name, "x"));
        std::fs::create_dir(folder.path().join("undermapp.csv")).expect("a folder");
        let manifest = "{ \"files\": [ { \"file\": \"01-requisitions.csv\", \"kind\": \"requisitions\" }, { \"file\": \"borta.csv\" } ] }";
        write("manifest.json", manifest);
        let (report, all) = imported(&app, folder.path());
        let told = report["submissions"].as_array().expect("reports");
        let of = |name: &str| told.iter().find(|one| one["file"] == name).unwrap_or_else(|| panic!("{name} is not named: {report}"));
        for name in ["01-requisitions.csv", "02-requisitions.CSV", "03-requisitions.csv"] {
            assert_eq!(of(name)["verdict"], "ACCEPTED", "{}", of(name));
            assert_eq!(of(name).get("whySv"), None);
        }
        for name in others.iter().chain(&["04-okänd.csv", "undermapp.csv", "borta.csv"]) {
            assert_eq!(of(name)["verdict"], "NOT_HANDLED", "{name}");
            for why in ["whySv", "whyEn"] {
                assert!(of(name)[why].as_str().is_some_and(|why| why.ends_with('.') && why.len() > 20), "{}", of(name));
            }
        }
        assert!(of("gammal.xls")["whySv"].as_str().is_some_and(|why| why.contains(".xlsx")));
        assert_eq!(told.len(), 3 + others.len() + 3, "the manifest is none of them, and what may not be received is no submission: {report}");
        assert!(all.contains("personal identity number") && !all.contains("1212-1212"), "it is told, and its name is not: {all}");
    }
}
