//! Which files are imported, in which order, as what and for whom.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use entity::{Kind, Nature, OrganisationCode, RegistryNumber};

use super::folder;
use crate::clock::Clock;
use crate::config::{ImportOptions, NatureOption};
use crate::intake::{Limits, Manifest, ManifestEntry, Register, Sheets, is_workbook};
use crate::service::submission::{Actor, Delivery};
use crate::store::{Dataset, Store};

/// What a folder says of its files.
const MANIFEST: &str = "manifest.json";

/// A file that is not read, and why: Swedish, English.
type PassedOver = (String, [String; 2]);

/// What is to be done with a file.
#[derive(Debug)]
pub(super) enum Planned {
    /// It is received; its bytes are read when its turn comes, so that a folder is never in memory whole.
    Delivery {
        /// Where the file is.
        path: PathBuf,
        /// All but the bytes.
        delivery: Box<Delivery>,
    },
    /// Its kind is not built yet, or cannot be told.
    NotHandled {
        /// The file.
        file_name: String,
        /// The kind, as the manifest or the name says it.
        kind: Option<String>,
        /// Why it is not read: Swedish, English.
        why: [String; 2],
    },
}

impl Planned {
    pub(super) fn file_name(&self) -> &str {
        match self {
            Self::Delivery { delivery, .. } => &delivery.file_name,
            Self::NotHandled { file_name, .. } => file_name,
        }
    }
}

/// The deliveries of a path, in file-name order.
///
/// # Errors
/// A file cannot be read, the manifest is no manifest, or a code has the wrong form.
pub(super) async fn deliveries(
    store: &Store,
    clock: &Clock,
    options: &ImportOptions,
    limits: Limits,
) -> anyhow::Result<Vec<Planned>> {
    let (files, passed_over, folder) = files_of(&options.path)?;
    let manifest = read_manifest(&folder)?;
    let dataset = Dataset::present(store, clock).await?;
    let register = Register::load(store.connection(), &dataset).await?;
    let alone = options.path.is_file();
    let mut planned = Vec::with_capacity(files.len());
    for path in files {
        let written = name_of(&path);
        let entry = manifest.entry(&written).cloned().unwrap_or_default();
        let file_name = entity::file_name(&written).into_owned();
        let size = path
            .metadata()
            .with_context(|| format!("{file_name} cannot be read"))?
            .len();
        if size > limits.file_bytes {
            bail!(
                "{file_name} is larger than {} bytes: split it",
                limits.file_bytes
            );
        }
        let sheets = if is_workbook(&file_name) {
            Sheets::of(&file_name, &read(&path)?, limits)
        } else {
            Sheets::default()
        };
        let named = options
            .kind
            .clone()
            .or_else(|| entry.kind.clone())
            .or_else(|| kind_in_name(&file_name));
        let kinds = match named.as_deref().map(Kind::of) {
            Some(Some(kind)) => vec![kind],
            Some(None) if options.kind.is_some() => {
                let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
                bail!(
                    "there is no kind {}; those that there are: {}",
                    named.unwrap_or_default(),
                    known.join(", ")
                )
            }
            Some(None) => Vec::new(),
            None => sheets.kinds(),
        };
        if kinds.is_empty() {
            if alone && named.is_none() {
                bail!("the kind of {file_name} cannot be told from its name: say it with --kind");
            }
            let why = match &named {
                Some(kind) => folder::unknown_kind(kind),
                None => folder::no_kind(),
            };
            planned.push(Planned::NotHandled {
                file_name: file_name.clone(),
                kind: named.clone(),
                why,
            });
        }
        for sheet in sheets.left(&kinds) {
            eprintln!(
                "samsyn: bladet {sheet} i {file_name} heter inte som något slag, och lästes inte / the sheet {sheet} of {file_name} is not named after a kind, and was not read"
            );
        }
        for kind in kinds {
            let delivery = delivery(&file_name, kind, &entry, options, &register)?;
            planned.push(Planned::Delivery {
                path: path.clone(),
                delivery: Box::new(delivery),
            });
        }
    }
    let passed_over = passed_over
        .into_iter()
        .chain(missing(&manifest, &options.path));
    planned.extend(passed_over.map(|(file_name, why)| Planned::NotHandled {
        file_name,
        kind: None,
        why,
    }));
    Ok(planned)
}

/// The bytes of a file.
///
/// # Errors
/// It cannot be read.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn delivery(
    file_name: &str,
    kind: Kind,
    entry: &ManifestEntry,
    options: &ImportOptions,
    register: &Register,
) -> anyhow::Result<Delivery> {
    let assignment = options
        .assignment
        .as_deref()
        .or(entry.assignment.as_deref())
        .map(RegistryNumber::parse)
        .transpose()
        .with_context(|| format!("{file_name}: the assignment"))?;
    let organisation = match options
        .organisation
        .as_deref()
        .or(entry.organisation.as_deref())
    {
        Some(code) => {
            OrganisationCode::parse(code).with_context(|| format!("{file_name}: the sender"))?
        }
        None => coordinator(register, assignment.as_ref())?,
    };
    let nature = match (options.nature, entry.nature.as_deref()) {
        (Some(NatureOption::Real), _) | (None, None) => Nature::Real,
        (Some(NatureOption::Synthetic), _) => Nature::Synthetic,
        (Some(NatureOption::Mixed), _) => Nature::Mixed,
        (None, Some(code)) => Nature::of(code).with_context(|| {
            format!("{file_name}: the manifest's nature is not REAL, SYNTHETIC or MIXED")
        })?,
    };
    Ok(Delivery {
        file_name: file_name.to_owned(),
        bytes: Vec::new(),
        kind,
        assignment,
        organisation,
        actor: Actor::Coordinator,
        nature,
        registered_on: options.registered_on.or(entry.registered_on),
        plan_version: options.plan_version.or(entry.plan_version),
        decided_on: options.decided_on.or(entry.decided_on),
    })
}

/// The coordinator of an assignment; without one, the organisation that coordinates them all.
fn coordinator(
    register: &Register,
    assignment: Option<&RegistryNumber>,
) -> anyhow::Result<OrganisationCode> {
    if let Some(code) = assignment {
        let found = register
            .assignments
            .get(code)
            .with_context(|| format!("the assignment {code} does not exist"))?;
        return Ok(found.coordinator.clone());
    }
    let mut coordinators: Vec<_> = register
        .assignments
        .values()
        .map(|one| &one.coordinator)
        .collect();
    coordinators.sort();
    coordinators.dedup();
    match coordinators.as_slice() {
        [only] => Ok((*only).clone()),
        _ => bail!(
            "several organisations coordinate assignments: say the sender with --organisation"
        ),
    }
}

/// The data files of a path in file-name order, what else lies there with why it is not read, and the folder that may
/// hold a manifest.
type Lying = (Vec<PathBuf>, Vec<PassedOver>, PathBuf);

fn files_of(path: &Path) -> anyhow::Result<Lying> {
    if path.is_file() {
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        return Ok((vec![path.to_path_buf()], Vec::new(), folder));
    }
    let (mut files, mut others) = (Vec::new(), Vec::new());
    for entry in
        std::fs::read_dir(path).with_context(|| format!("{} cannot be read", path.display()))?
    {
        let file = entry?.path();
        match folder::passed_over(&file) {
            None => files.push(file),
            Some(_) if name_of(&file) == MANIFEST => {}
            Some(why) => others.push((name_of(&file), why)),
        }
    }
    files.sort();
    others.sort();
    if files.is_empty() {
        bail!("the folder {} holds no .csv or .xlsx file", path.display());
    }
    Ok((files, others, path.to_path_buf()))
}

/// The files that a folder's manifest names and that are not there.
fn missing<'a>(manifest: &'a Manifest, path: &'a Path) -> impl Iterator<Item = PassedOver> + 'a {
    let named = manifest.files.iter().filter(|_| path.is_dir());
    let gone = named.filter(|entry| !path.join(&entry.file).is_file());
    gone.map(|entry| (entry.file.clone(), folder::not_there()))
}

/// The name of a file as its system has it.
fn name_of(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn read_manifest(folder: &Path) -> anyhow::Result<Manifest> {
    let path = folder.join(MANIFEST);
    if !path.is_file() {
        return Ok(Manifest::default());
    }
    let text = std::fs::read_to_string(&path).context("manifest.json cannot be read")?;
    serde_json::from_str(&text).context("manifest.json is no manifest")
}

/// The kind that a part of a file's name says, as in `18-usage_reports.xlsx`.
fn kind_in_name(file_name: &str) -> Option<String> {
    let stem = Path::new(file_name)
        .file_stem()?
        .to_string_lossy()
        .to_lowercase();
    let part = stem
        .split(['-', '.', ' '])
        .find(|part| Kind::of(part).is_some());
    part.map(str::to_owned)
}
