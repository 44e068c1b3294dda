//! The files: usage reports of all municipalities in as many rounds as it takes, and what they rest on.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The register that the program brings along; the municipalities are taken from it.
const RECIPIENTS: &str = include_str!("../../reference/14-recipients.csv");

/// Rounds of one file of the basis: the rules on payments look at all pairs of a file for each of its rounds.
const ROUNDS_A_FILE: usize = 50;

/// What was made.
pub(crate) struct Made {
    /// The folder with rounds, allocations, requisitions and payments.
    pub(crate) basis: PathBuf,
    /// The file of usage reports.
    pub(crate) reports: PathBuf,
    /// Its rows.
    pub(crate) rows: usize,
    /// Its rounds.
    pub(crate) rounds: usize,
    /// Its size.
    pub(crate) bytes: u64,
}

/// Makes the files below a folder.
pub(crate) fn make(folder: &Path, rows: usize) -> anyhow::Result<Made> {
    let basis = folder.join("basis");
    std::fs::create_dir(&basis)?;
    let municipalities: Vec<&str> = RECIPIENTS
        .lines()
        .filter_map(|line| line.split(',').next())
        .filter(|code| code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    anyhow::ensure!(
        !municipalities.is_empty(),
        "the register has municipalities"
    );
    let pairs: Vec<(usize, &str)> = (0..)
        .flat_map(|round| municipalities.iter().map(move |code| (round, *code)))
        .take(rows)
        .collect();
    let rounds = rows.div_ceil(municipalities.len());
    write_rounds(&basis, rounds)?;
    let most = ROUNDS_A_FILE * municipalities.len();
    for (number, some) in pairs.chunks(most).enumerate() {
        write_basis(&basis, number, number * most, some)?;
    }
    let mut text =
        "round;recipient_code;reported_on;used_coordination;used_competence_development;\
                    used_new_working_methods;used_other;unused;comment\n"
            .to_owned();
    for (index, (round, code)) in pairs.iter().enumerate() {
        write_report(&mut text, index, &round_code(*round), code);
    }
    let reports = folder.join("usage_reports.csv");
    std::fs::write(&reports, &text)?;
    Ok(Made {
        basis,
        reports,
        rows,
        rounds,
        bytes: text.len() as u64,
    })
}

fn round_code(round: usize) -> String {
    format!("KOM-{round:05}")
}

/// Kronor used in four areas and öre unused; some areas are blank, as in real forms.
fn parts(index: usize) -> ([usize; 4], usize) {
    let area = |prime: usize| index * prime % 90_000 + 1_000;
    let areas = match index % 4 {
        0 => [area(7), area(11), 0, 0],
        1 => [area(13), area(17), area(19), 0],
        _ => [area(7), area(11), area(13), area(17)],
    };
    (areas, index * 23 % 5_000_000)
}

fn write_report(text: &mut String, index: usize, round: &str, code: &str) {
    let (areas, unused) = parts(index);
    // Writing into a String cannot fail.
    let _ = write!(
        text,
        "{round};{code};2019-{:02}-{:02}",
        1 + index % 3,
        1 + index % 28
    );
    for area in areas {
        let _ = match area {
            0 => write!(text, ";"),
            _ => write!(text, ";{area}"),
        };
    }
    let _ = write!(text, ";{},{:02};", unused / 100, unused % 100);
    if index.is_multiple_of(10) {
        text.push_str("Medlen användes till samordnare och utbildning");
    }
    text.push('\n');
}

fn write_rounds(folder: &Path, rounds: usize) -> anyhow::Result<()> {
    let mut text =
        "round;assignment;year;recipient_kind;available_amount;use_by;report_by\n".to_owned();
    for round in 0..rounds {
        let round = round_code(round);
        writeln!(
            text,
            "{round};S2016/00633/FST;2018;MUNICIPALITY;900 000 000;2018-12-31;2019-03-31"
        )?;
    }
    std::fs::write(folder.join("1-rounds.csv"), text)?;
    Ok(())
}

/// Allocated, requisitioned and paid is what the reports use and leave.
fn write_basis(
    folder: &Path,
    number: usize,
    first: usize,
    pairs: &[(usize, &str)],
) -> anyhow::Result<()> {
    let mut allocations = "round;recipient_code;amount\n".to_owned();
    let mut requisitions = "round;recipient_code;amount;requisitioned_on\n".to_owned();
    let mut payments = "round;reference;recipient_code;amount;paid_on\n".to_owned();
    for (index, (round, code)) in pairs.iter().enumerate() {
        let (areas, unused) = parts(first + index);
        let ore = areas.iter().sum::<usize>() * 100 + unused;
        let (round, amount) = (
            round_code(*round),
            format!("{},{:02}", ore / 100, ore % 100),
        );
        writeln!(allocations, "{round};{code};{amount}")?;
        writeln!(requisitions, "{round};{code};{amount};2018-05-31")?;
        writeln!(payments, "{round};UTB-{code};{code};{amount};2018-06-15")?;
    }
    for (kind, text) in [
        ("2-allocations", allocations),
        ("3-requisitions", requisitions),
        ("4-payments", payments),
    ] {
        let (order, kind) = kind.split_once('-').unwrap_or_default();
        std::fs::write(folder.join(format!("{order}-{number:04}-{kind}.csv")), text)?;
    }
    Ok(())
}
