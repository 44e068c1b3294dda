//! Configuration: options and the environment, read here and nowhere else. The field docs are the manual.

mod capacity;
mod intake;
mod publishing;
mod report;
mod sealing;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{NonEmptyStringValueParser, RangedU64ValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::exports;
use crate::intake::Limits;
use crate::uploads;

pub use capacity::CapacityOptions;
pub use intake::{ImportOptions, NatureOption, RedactOptions, ReportFormat, TemplateOptions};
pub use publishing::{PublishingOptions, local};
pub use report::{DeliverableOptions, DocumentFormat, DocumentLanguage, ReportOptions};
pub use sealing::{DiffOptions, KeptReleaseOptions, ReleaseOptions, SealOptions, SigningOptions};

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
    /// Seals the dataset of an assignment's report, keeps it in the store, and writes it into a folder.
    Seal(SealOptions),
    /// Writes a sealed release that the store keeps into a folder, as it was sealed.
    Release(KeptReleaseOptions),
    /// Holds a sealed release in a folder against its sums and its signature; no database is needed. Exit code 1: the
    /// first thing that is wrong is named.
    Verify(ReleaseOptions),
    /// Computes every figure of a sealed release's report from the sealed facts alone. Exit code 1: a figure differs.
    Reproduce(ReleaseOptions),
    /// Says what differs between the figures of two sealed releases, and why. Exit code 1: they cannot be compared.
    Diff(DiffOptions),
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
    /// How much is taken on at the same time.
    #[command(flatten)]
    pub capacity: CapacityOptions,
    /// How long an upload may take.
    #[command(flatten)]
    pub uploads: UploadOptions,
    /// How much an export may be.
    #[command(flatten)]
    pub exports: ExportOptions,
    /// Who signs releases that are sealed through the API.
    #[command(flatten)]
    pub signing: SigningOptions,
    /// Who publishes open data.
    #[command(flatten)]
    pub publishing: PublishingOptions,
}

/// How long an upload may take.
#[derive(Clone, Copy, Debug, Args)]
pub struct UploadOptions {
    /// Seconds for the whole of an uploaded file to arrive; then the answer is 408. A connection lives for 600.
    #[arg(long, env = "SAMSYN_MAX_UPLOAD_SECONDS", default_value_t = uploads::LONGEST.as_secs(), value_parser = whole())]
    pub max_upload_seconds: u64,
}

impl UploadOptions {
    /// For the whole of an upload to arrive.
    #[must_use]
    pub const fn time(self) -> Duration {
        Duration::from_secs(self.max_upload_seconds)
    }
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

/// The log filter of the environment, or warnings alone.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is where the environment is read"
)]
pub fn log_filter() -> String {
    std::env::var("SAMSYN_LOG").unwrap_or_else(|_| "warn,samsyn=info".to_owned())
}
