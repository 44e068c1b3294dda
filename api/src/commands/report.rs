//! `samsyn report`: the report of an assignment as documents in a folder.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, bail};

use super::{Outcome, deliverable, open_existing, print, release};
use crate::clock::Clock;
use crate::config::{DocumentFormat, DocumentLanguage, ReportOptions};
use crate::documents::{Document, Form};
use crate::releases::Opened;
use crate::reports::{Language, Reports};
use crate::service::release::Releases;
use crate::store::{Dataset, Store};

pub(super) async fn run(options: ReportOptions) -> anyhow::Result<Outcome> {
    let _release;
    let (reports, dataset) = match &options.release {
        None => read(&options).await?,
        Some(named) => {
            let opened = sealed(&options, named).await?;
            let (reports, dataset) = (opened.reports.clone(), opened.dataset.clone());
            // The folder lives as long as the release.
            _release = opened;
            (reports, dataset)
        }
    };
    let catalogue = reports.catalogue(&dataset).await?;
    let (number, kind) = deliverable::named(&options.deliverable, &catalogue)?;
    let Some(report) = reports
        .report(&dataset, &number, (kind, options.deliverable.due_on))
        .await?
    else {
        let asked = catalogue
            .deliverables
            .iter()
            .filter(|one| one.assignment == number);
        let asked = asked.map(|one| {
            let day = one.due_on.map_or_else(String::new, |day| format!(" {day}"));
            format!("{}{day}", one.kind.code())
        });
        let asked: BTreeSet<String> = asked.collect();
        bail!(
            "the decisions of {number} ask for no {}{}: they ask for {}",
            options.deliverable.kind,
            options
                .deliverable
                .due_on
                .map_or_else(String::new, |day| format!(" {day}")),
            asked.into_iter().collect::<Vec<_>>().join(", ")
        );
    };
    std::fs::create_dir_all(&options.out)
        .with_context(|| format!("{} cannot be made", options.out.display()))?;
    let language = match options.lang {
        DocumentLanguage::Sv => Language::Swedish,
        DocumentLanguage::En => Language::English,
    };
    let mut forms: Vec<Form> = options.format.iter().map(|format| form(*format)).collect();
    forms.sort_unstable();
    forms.dedup();
    for form in forms {
        let documents = Document::of(&report, form, language)
            .with_context(|| format!("the report cannot be written as {form:?}"))?;
        for document in documents {
            let path = options.out.join(&document.name);
            std::fs::write(&path, &document.bytes)
                .with_context(|| format!("{} cannot be written", path.display()))?;
            print(&format!("{}  {}\n", document.sha256(), document.name))?;
        }
    }
    let (figures, absent) = report.counts();
    print(&format!(
        "{figures} figures, {absent} of them without a value; version {} of the dataset\n",
        report.version
    ))?;
    let word = language.of(["saknas", "missing"]);
    let missing = report.required.iter().flat_map(|one| &one.missing);
    let missing: BTreeSet<&str> = missing
        .map(|one| language.of([one[0].as_str(), one[1].as_str()]))
        .collect();
    for one in missing {
        print(&format!("{word}: {one}\n"))?;
    }
    Ok(Outcome::Done)
}

/// The present dataset of the store, or that of an instant.
async fn read(options: &ReportOptions) -> anyhow::Result<(Reports, Dataset)> {
    let clock = Clock::system();
    let store = open_existing(&options.store.database_url, &clock).await?;
    let reports = Reports::new(store);
    let dataset = match options.as_of {
        None => Dataset::present(reports.store(), &clock).await?,
        Some(instant) => reports.dataset_at(&clock, instant).await?,
    };
    // The same dataset gives the same documents, whatever day it is.
    Ok((reports, dataset.of_its_own_day()))
}

/// What is said of documents of a folder: the store that knows what came later is not asked.
const OF_A_FOLDER: &str = "of a folder: what has come to be protected since it was sealed is known to the store alone; \
    name the release instead of the folder before documents are handed on\n";

/// A sealed release: of a folder, or by its name in the store.
async fn sealed(options: &ReportOptions, named: &str) -> anyhow::Result<Opened> {
    let folder = Path::new(named);
    if folder.is_dir() {
        let (package, manifest, _) = release::read(folder, None)?;
        print(OF_A_FOLDER)?;
        return Ok(Opened::of(&package, manifest).await?);
    }
    let store = Store::open_as_it_is(&options.store.database_url).await?;
    let releases = Releases::new(store.clone());
    let found = releases.named(named).await?;
    let found =
        found.with_context(|| format!("there is no release {named}, here or in the store"))?;
    let mut opened = Opened::clone(&*releases.opened(found.id).await?);
    let now = Reports::new(store).now(&Clock::system()).await?;
    opened.dataset = now.withholds(opened.dataset);
    Ok(opened)
}

const fn form(format: DocumentFormat) -> Form {
    match format {
        DocumentFormat::Md => Form::Markdown,
        DocumentFormat::Xlsx => Form::Workbook,
        DocumentFormat::Csv => Form::Tables,
        DocumentFormat::Docx => Form::Word,
        DocumentFormat::Pdf => Form::Paper,
    }
}
