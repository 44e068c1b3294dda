//! Configuration: options and the environment, read here and nowhere else. The field docs are the manual.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{NonEmptyStringValueParser, RangedU64ValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::exports;
use crate::intake::Limits;

/// Samsyn: a shared view of joint government assignments. Money, activities and coverage, exact and traceable.
#[derive(Debug, Parser)]
#[command(version, about, disable_help_subcommand = false)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Makes a temporary store with the reference data and the example submissions, prints the main tables, and serves.
    Demo(DemoOptions),
    /// Serves the GraphQL API.
    Serve(ServeOptions),
    /// Imports a file, or a folder in file-name order.
    Import(ImportOptions),
    /// Writes the template of a kind: a workbook with known codes, names and lists, ready to fill in and import.
    Template(TemplateOptions),
    /// Creates the store or brings it up to date, and loads missing reference data.
    Migrate(StoreOptions),
    /// Makes the key where it is missing, and prints a token for development and tests.
    Token(TokenOptions),
    /// Carries out a decided removal of a free text or a file: hash and tombstone stay. Exit code 1: it would be half a
    /// removal, and nothing was done.
    Redact(RedactOptions),
    /// Releases the table of an indicator that counts persons, as the present dataset has it; small counts stay hidden.
    /// Exit code 1: a hidden count would follow, or there is nothing to release.
    ReleasePersonTable(ReleasePersonTableOptions),
    /// The audit chain: `audit verify` holds the store against it.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Writes the report of an assignment as documents into a folder. The same dataset gives the same bytes.
    Report(ReportOptions),
    /// Prints the GraphQL schema.
    Schema,
    /// Prints who may do what, as docs/POLICY.md holds it.
    Policy,
    /// Prints the rules that files are checked by.
    Rules,
    /// Prints the register of figures, as docs/FIGURES.md holds it.
    Figures,
}

/// Which database.
#[derive(Clone, Debug, Args)]
pub struct StoreOptions {
    /// The database: `sqlite:` and a path, or a `postgres:` URL. A missing SQLite file is created.
    #[arg(
        long,
        env = "SAMSYN_DATABASE_URL",
        default_value = "sqlite:samsyn.db",
        hide_env_values = true
    )]
    pub database_url: String,
}

/// Where to listen.
#[derive(Clone, Copy, Debug, Args)]
pub struct ListenOptions {
    /// Address and port to listen on.
    #[arg(long, env = "SAMSYN_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
}

/// How much a file may hold, and which counts of persons are hidden. GraphQL shows them as `limits`.
#[derive(Clone, Copy, Debug, Args)]
pub struct LimitOptions {
    /// Bytes of a file as received, at most; an upload is refused (413) as soon as it is longer.
    #[arg(long, env = "SAMSYN_MAX_FILE_BYTES", default_value_t = Limits::default().file_bytes, value_parser = whole())]
    pub max_file_bytes: u64,
    /// Bytes that a workbook unpacks to, at most.
    #[arg(long, env = "SAMSYN_MAX_UNPACKED_BYTES", default_value_t = Limits::default().unpacked_bytes, value_parser = whole())]
    pub max_unpacked_bytes: u64,
    /// Rows of a file, at most.
    #[arg(long, env = "SAMSYN_MAX_ROWS", default_value_t = 2_000_000, value_parser = whole())]
    pub max_rows: u64,
    /// Characters of a cell, at most.
    #[arg(long, env = "SAMSYN_MAX_CELL_CHARACTERS", default_value_t = 32_767, value_parser = whole())]
    pub max_cell_characters: u64,
    /// Counts of persons from 1 up to this are hidden in the tables that are released from now on; released ones stay
    /// as they are.
    #[arg(long, env = "SAMSYN_HIDE_PERSONS_UP_TO", default_value_t = Limits::default().hidden_up_to, value_parser = clap::value_parser!(i64).range(1..=1_000))]
    pub hide_persons_up_to: i64,
}

/// Limits are shown as GraphQL's Int, which has 31 bits.
fn whole() -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(1..=2_147_483_647)
}

impl LimitOptions {
    /// The limits that intake reads by.
    #[must_use]
    pub fn intake(self) -> Limits {
        let size = |most: u64| usize::try_from(most).unwrap_or(usize::MAX);
        Limits {
            file_bytes: self.max_file_bytes,
            unpacked_bytes: self.max_unpacked_bytes,
            row_count: size(self.max_rows),
            cell_characters: size(self.max_cell_characters),
            hidden_up_to: self.hide_persons_up_to,
        }
    }
}

/// Whose tokens are believed.
#[derive(Clone, Debug, Args)]
pub struct AuthOptions {
    /// File of the Ed25519 key that tokens are signed with: one PEM block, PRIVATE KEY (PKCS#8) or PUBLIC KEY. `serve`
    /// needs the public key alone. Without a key every token is refused, and what is open stays open.
    #[arg(long, env = "SAMSYN_KEY", default_value = "samsyn.key")]
    pub key: PathBuf,
    /// Who issues tokens: the claim `iss` must be this.
    #[arg(long, env = "SAMSYN_ISSUER", default_value = "samsyn", value_parser = NonEmptyStringValueParser::new())]
    pub issuer: String,
    /// Whom tokens are for: the claim `aud` must be this, or a list with it.
    #[arg(long, env = "SAMSYN_AUDIENCE", default_value = "samsyn", value_parser = NonEmptyStringValueParser::new())]
    pub audience: String,
}

/// Options of `token`.
#[derive(Clone, Debug, Args)]
pub struct TokenOptions {
    /// What its bearer is to the service.
    #[arg(long, ignore_case = true)]
    pub role: RoleOption,
    /// Code of the organisation that its bearer acts for, such as `socialstyrelsen`. Coordinators and reporters need one.
    #[arg(long, required_if_eq_any([("role", "coordinator"), ("role", "reporter")]))]
    pub organisation: Option<String>,
    /// Who its bearer is: what the audit trail and the events of a submission name. Otherwise role and organisation:
    /// two tokens are two persons, and one does not accept what it handed in itself.
    #[arg(long)]
    pub subject: Option<String>,
    /// How many hours it is valid, 720 at most.
    #[arg(long, default_value = "8", value_parser = clap::value_parser!(u16).range(1..=720))]
    pub hours: u16,
    /// Whose tokens are believed.
    #[command(flatten)]
    pub auth: AuthOptions,
}

/// Roles that a token can name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum RoleOption {
    /// Reads all, writes nothing.
    Evaluator,
    /// Case officer of an organisation that coordinates assignments.
    Coordinator,
    /// Reports for an organisation.
    Reporter,
}

/// Options of `demo`.
#[derive(Clone, Debug, Args)]
pub struct DemoOptions {
    /// Where to listen.
    #[command(flatten)]
    pub listen: ListenOptions,
    /// Ends after the tables are printed, without serving.
    #[arg(long)]
    pub no_serve: bool,
}

/// Options of `serve`.
#[derive(Clone, Debug, Args)]
pub struct ServeOptions {
    /// Which database.
    #[command(flatten)]
    pub store: StoreOptions,
    /// Where to listen.
    #[command(flatten)]
    pub listen: ListenOptions,
    /// Whose tokens are believed.
    #[command(flatten)]
    pub auth: AuthOptions,
    /// How much a file may hold.
    #[command(flatten)]
    pub limits: LimitOptions,
    /// How much an export may be.
    #[command(flatten)]
    pub exports: ExportOptions,
}

/// How much an export may be, and how long it may take.
#[derive(Clone, Copy, Debug, Args)]
pub struct ExportOptions {
    /// Rows of an exported file, at most. They are kept in temporary files while it is made (`TMPDIR`), not in memory.
    #[arg(long, env = "SAMSYN_MAX_EXPORT_ROWS", default_value_t = exports::Limits::default().row_count, value_parser = whole())]
    pub max_export_rows: u64,
    /// Seconds until an export is to be ready to be sent. A connection lives for 600.
    #[arg(long, env = "SAMSYN_MAX_EXPORT_SECONDS", default_value_t = exports::Limits::default().time.as_secs(), value_parser = whole())]
    pub max_export_seconds: u64,
}

impl ExportOptions {
    /// The limits that exports are made by.
    #[must_use]
    pub fn limits(self) -> exports::Limits {
        exports::Limits {
            row_count: self.max_export_rows,
            time: Duration::from_secs(self.max_export_seconds),
            ..exports::Limits::default()
        }
    }
}

/// Options of `import`.
#[derive(Clone, Debug, Args)]
pub struct ImportOptions {
    /// A file (.csv or .xlsx), or a folder; its `manifest.json` says kind, assignment, sender and nature of each file.
    pub path: PathBuf,
    /// What the rows are, such as `usage_reports`. Otherwise the manifest, the file's name or the sheet's name says it.
    #[arg(long)]
    pub kind: Option<String>,
    /// Registry number of the assignment.
    #[arg(long)]
    pub assignment: Option<String>,
    /// Code of the sender, whose data it is. Otherwise the assignment's coordinator.
    #[arg(long)]
    pub organisation: Option<String>,
    /// Whether the data is real, synthetic or mixed.
    #[arg(long, ignore_case = true)]
    pub nature: Option<NatureOption>,
    /// The day the document was registered as received, where it is older (YYYY-MM-DD).
    #[arg(long)]
    pub registered_on: Option<chrono::NaiveDate>,
    /// The version of the plan that an activity plan is.
    #[arg(long)]
    pub plan_version: Option<i64>,
    /// The day that version of the plan was decided (YYYY-MM-DD).
    #[arg(long)]
    pub decided_on: Option<chrono::NaiveDate>,
    /// Says what would come of it and keeps nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Writes the file's own workbook with the cells of the findings marked (one file at a time).
    #[arg(long, value_name = "XLSX")]
    pub marked: Option<PathBuf>,
    /// How much a file may hold.
    #[command(flatten)]
    pub limits: LimitOptions,
    /// How to report.
    #[arg(long, default_value = "text")]
    pub format: ReportFormat,
    /// Which database.
    #[command(flatten)]
    pub store: StoreOptions,
}

/// Options of `redact`.
#[derive(Clone, Debug, Args)]
pub struct RedactOptions {
    /// The submission in which the text stands: its `id` as the API gives it, or its number in the store.
    #[arg(long, conflicts_with = "file")]
    pub submission: Option<String>,
    /// Number of the row in its file.
    #[arg(long, requires = "submission")]
    pub row: Option<i64>,
    /// Column of the text, by its canonical name, such as `comment`.
    #[arg(long, requires = "row")]
    pub column: Option<String>,
    /// Instead of a row: which event of the submission's life gives the reason that is to go (1, 2, 3 …).
    #[arg(long, requires = "submission", conflicts_with = "row")]
    pub event: Option<u64>,
    /// Instead of a text: SHA-256 of the file whose bytes are to go. Its rows stay, with their free texts.
    #[arg(long)]
    pub file: Option<String>,
    /// Registry number of the decision.
    #[arg(long)]
    pub decision: String,
    /// Why. It is kept, so it must not say what was removed.
    #[arg(long)]
    pub reason: String,
    /// Who carries it out.
    #[arg(long, default_value = "coordinator")]
    pub by: String,
    /// Removes the text from every row and every kept file that holds it; without this, a text that stands elsewhere
    /// too is not removed, and the command says where it stands.
    #[arg(long)]
    pub everywhere: bool,
    /// Says what would go and removes nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// How to report.
    #[arg(long, default_value = "text")]
    pub format: ReportFormat,
    /// Which database.
    #[command(flatten)]
    pub store: StoreOptions,
}

/// Options of `release-person-table`.
#[derive(Clone, Debug, Args)]
pub struct ReleasePersonTableOptions {
    /// Code of the indicator.
    #[arg(long)]
    pub indicator: String,
    /// Who decides it.
    #[arg(long, default_value = "coordinator")]
    pub by: String,
    /// Counts of persons from 1 up to this are hidden.
    #[arg(long, env = "SAMSYN_HIDE_PERSONS_UP_TO", default_value_t = Limits::default().hidden_up_to, value_parser = clap::value_parser!(i64).range(1..=1_000))]
    pub hide_persons_up_to: i64,
    /// Which database.
    #[command(flatten)]
    pub store: StoreOptions,
}

/// What to do with the audit chain.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Finds any change or gap in the chain and in everything that it vouches for. Exit code 0: all well, 1: something
    /// was found. Nothing is written.
    Verify(VerifyOptions),
}

/// Options of `audit verify`.
#[derive(Clone, Debug, Args)]
pub struct VerifyOptions {
    /// Hash of a head that was noted before: the chain must still contain it. May be given several times.
    #[arg(long)]
    pub head: Vec<String>,
    /// How to report.
    #[arg(long, default_value = "text")]
    pub format: ReportFormat,
    /// Which database.
    #[command(flatten)]
    pub store: StoreOptions,
}

/// Options of `template`.
#[derive(Clone, Debug, Args)]
pub struct TemplateOptions {
    /// What the rows are, such as `usage_reports`.
    pub kind: String,
    /// Code of the round, for kinds whose rows belong to one; without it no rows are prepared.
    #[arg(long)]
    pub round: Option<String>,
    /// Code of the organisation that is to report. Otherwise the coordinator of the round's assignment.
    #[arg(long)]
    pub organisation: Option<String>,
    /// The file to write.
    #[arg(long)]
    pub out: PathBuf,
    /// Which database.
    #[command(flatten)]
    pub store: StoreOptions,
}

/// Options of `report`.
#[derive(Clone, Debug, Args)]
pub struct ReportOptions {
    /// Registry number of the assignment, such as `S2016/00633/FST`.
    #[arg(long)]
    pub assignment: String,
    /// What the decision asks for, such as `FINAL_REPORT` or `ANNUAL_REPORT`.
    #[arg(long, default_value = "FINAL_REPORT")]
    pub kind: String,
    /// Its last day, where there are several; the latest where left out.
    #[arg(long)]
    pub due_on: Option<chrono::NaiveDate>,
    /// The dataset as it was at this instant, with offset; the present one where left out.
    #[arg(long)]
    pub as_of: Option<chrono::DateTime<chrono::Utc>>,
    /// The folder to write into; it is made where it is missing.
    #[arg(long)]
    pub out: PathBuf,
    /// What to write.
    #[arg(long, value_delimiter = ',', default_value = crate::documents::FORMATS)]
    pub format: Vec<DocumentFormat>,
    /// The language of the documents; CSV holds both.
    #[arg(long, default_value = "sv")]
    pub lang: DocumentLanguage,
    /// Which database.
    #[command(flatten)]
    pub store: StoreOptions,
}

/// What a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DocumentFormat {
    /// Markdown.
    Md,
    /// A workbook with a sheet a table.
    Xlsx,
    /// Tables as CSV in a ZIP with a manifest.
    Csv,
    /// A Word document.
    Docx,
    /// PDF, tagged for those who listen.
    Pdf,
}

/// A language of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DocumentLanguage {
    /// Swedish.
    Sv,
    /// English.
    En,
}

/// Nature of data, as an option.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum NatureOption {
    /// Real.
    Real,
    /// Synthetic.
    Synthetic,
    /// Some of both.
    Mixed,
}

/// How a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Lines for a reader.
    Text,
    /// JSON for a program, as docs/INTAKE.md describes.
    Json,
}

/// The log filter of the environment, or warnings alone.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is where the environment is read"
)]
pub fn log_filter() -> String {
    std::env::var("SAMSYN_LOG").unwrap_or_else(|_| "warn,samsyn=info".to_owned())
}
