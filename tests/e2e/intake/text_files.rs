//! Text files as people's programs write them: delimiters, encodings, letters in two pieces, empty lines.

use entity::Kind;
use samsyn::intake::FileReport;

use super::files::{ExampleFile, FUNDS, example_files, said};
use super::world::{amounts, paid, rounds, told};
use crate::harness::{Sent, TestApp, on_both_engines};

async fn bytes(app: &TestApp, kind: Kind, bytes: &[u8]) -> FileReport {
    app.send(&Sent::file(kind, "file.csv", bytes).assignment(FUNDS))
        .await
}

/// A text in Windows-1252; its letters are in Latin-1 too.
fn windows_1252(text: &str) -> Vec<u8> {
    text.chars()
        .map(|letter| u8::try_from(u32::from(letter)).expect("a letter of Latin-1"))
        .collect()
}

/// Whole columns in reverse order; only for files without quotes.
fn reversed_columns(text: &str, delimiter: char) -> String {
    let line = |line: &str| {
        line.split(delimiter)
            .rev()
            .collect::<Vec<_>>()
            .join(&delimiter.to_string())
    };
    text.lines().map(line).collect::<Vec<_>>().join("\r\n")
}

on_both_engines! {
    async fn every_delimiter_encoding_and_line_end_gives_the_same_rows(app: Reference) {
        rounds(&app).await;
        let semicolons = "OMGÅNG ; mottagarkod;Belopp\nK;0180;1 600,50\nK;0115;400\n";
        let first = bytes(&app, Kind::Allocations, semicolons.as_bytes()).await;
        assert_eq!(said(&first), "ACCEPTED 2 0 0");
        assert_eq!(amounts(&app, "0180").await["allocatedAmount"], "1600.50");
        let tabs = semicolons.replace(';', "\t");
        let decomposed = semicolons.replace('Å', "A\u{30a}");
        assert_ne!(decomposed, semicolons);
        for (what, file) in [
            ("tabs", tabs.clone().into_bytes()),
            ("commas", semicolons.replace(',', ".").replace(';', ",").into_bytes()),
            ("byte order mark", format!("\u{feff}{semicolons}").into_bytes()),
            ("letters in two pieces", decomposed.into_bytes()),
            ("Windows-1252", windows_1252(&tabs.replace("1 600", "1\u{a0}600"))),
            ("narrow blanks", tabs.replace("1 600", "1\u{202f}600").into_bytes()),
            ("carriage returns", semicolons.replace('\n', "\r\n").into_bytes()),
            ("quotes", b"\"omg\xC3\xA5ng\",\"kod\",\"belopp\"\n\"K\",\"0180\",\"1 600,50\"\n\"K\",\"0115\",\"400\"".to_vec()),
            ("own columns", b"flex_a;round;kod;belopp;flex_a\n1;K;0180;1600.50;2\n;K;0115;400;\n".to_vec()),
        ] {
            assert_eq!(said(&bytes(&app, Kind::Allocations, &file).await), "ACCEPTED 0 0 2", "{what}");
        }
    }

    async fn a_payment_is_one_whichever_program_wrote_its_reference_and_whenever(app: Reference) {
        rounds(&app).await;
        let payments = |reference: &str| format!("reference;round;kod;belopp;utbetalt_datum\n{reference};K;0180;600;2016-06-01\n");
        assert_eq!(told(&app, Kind::Allocations, "round;kod;belopp\nK;0180;600\n").await, "ACCEPTED 1 0 0");
        assert_eq!(told(&app, Kind::Requisitions, "round;kod;belopp;rekvirerat_datum\nK;0180;600;2016-05-01\n").await, "ACCEPTED 1 0 0");
        assert_eq!(told(&app, Kind::Payments, &payments("BET-Ö 17")).await, "ACCEPTED 1 0 0");
        for written in ["BET-O\u{308} 17", "BET–Ö 17", "BET-Ö\u{a0}17", "BET-Ö  17", "ＢＥＴ-Ö 17", "BET\u{2011}Ö\u{202f}17"] {
            assert_eq!(told(&app, Kind::Payments, &payments(written)).await, "ACCEPTED 0 0 1", "{written}");
        }
        assert_eq!(amounts(&app, "0180").await["paidAmount"], "600.00");
        let taken_back = "reference;round;kod;belopp;utbetalt_datum;avser\nR1;K;0180;600;2016-07-01;BET-O\u{308} 17\n";
        assert_eq!(told(&app, Kind::Payments, taken_back).await, "ACCEPTED 1 0 0");
        assert_eq!(amounts(&app, "0180").await["paidAmount"], "0.00");
    }

    async fn empty_lines_are_passed_over_and_numbered(app: Reference) {
        rounds(&app).await;
        let file = "round;kod;belopp\n\nK;0180;600\n\n;;\n  ; ;\nK;0115;x\n\n";
        assert_eq!(told(&app, Kind::Allocations, file).await, "REJECTED 0 0 0; ERROR not_a_number 7 amount");
        let file = "\r\n\r\nround;kod;belopp\r\nK;0180;600\r\nK;0115;x\r\n";
        let report = bytes(&app, Kind::Allocations, file.as_bytes()).await;
        assert_eq!(report.findings.len(), 1, "{}", said(&report));
        let blank = "round;kod;belopp\n;;\n\n";
        assert_eq!(told(&app, Kind::Allocations, blank).await, "REJECTED 0 0 0; ERROR no_rows  ");
    }

    async fn a_line_break_in_quotes_starts_no_row(app: Reference) {
        paid(&app).await;
        let file = "round;kod;reported_on;unused;comment\nK;0180;2017-01-01;600;\"a\n\nb;\"\"c\"\"\"\nK;0115;2017-01-01;x;\n";
        assert_eq!(told(&app, Kind::UsageReports, file).await, "REJECTED 0 0 0; ERROR not_a_number 3 unused");
    }

    async fn the_five_bytes_outside_windows_1252_are_refused(app: Reference) {
        rounds(&app).await;
        for byte in [0x81, 0x8D, 0x8F, 0x90, 0x9D, 0x00] {
            let mut file = b"round;kod;belopp;flex_x\nK;0180;1;\xE5".to_vec();
            file.push(byte);
            assert_eq!(said(&bytes(&app, Kind::Allocations, &file).await), "REJECTED 0 0 0; ERROR bad_encoding  ", "{byte:x}");
        }
        for file in [b"\xFF\xFEr\0o\0".as_slice(), b"\xFE\xFF\0r\0o"] {
            assert_eq!(said(&bytes(&app, Kind::Allocations, file).await), "REJECTED 0 0 0; ERROR bad_encoding  ");
        }
    }

    async fn the_order_of_columns_is_free_in_every_example_file(app: Example) {
        let mut tried = 0;
        for file in example_files().into_iter().filter(ExampleFile::is_text) {
            let Ok(text) = String::from_utf8(file.bytes.clone()) else { continue };
            let text = text.trim_start_matches('\u{feff}').to_owned();
            let header = text.lines().next().unwrap_or_default();
            let delimiter = ['\t', ';', ','].into_iter().find(|one| header.contains(*one)).expect("a delimiter");
            if text.contains('"') {
                continue;
            }
            let straight = app.dry_run(&file.with(format!("{text}\n").as_bytes())).await;
            let reversed = app.dry_run(&file.with(reversed_columns(&text, delimiter).as_bytes())).await;
            assert_eq!(said(&straight), said(&reversed), "{}", file.name);
            tried += usize::from(straight.unchanged > 0);
        }
        assert!(tried >= 8, "{tried} files were tried");
    }
}
