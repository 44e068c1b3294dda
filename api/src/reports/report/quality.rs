//! The quality declaration, written from the data: dataset, response rates, late reports, bounds, what does not add up,
//! corrections, rules broken and explained, and what is hidden.

use std::collections::BTreeMap;

use chrono::SecondsFormat;

use super::compose::{Composer, both};
use super::model::{Both, Composed, Paragraph, Part};
use crate::reports::figure::{Value, definition};
use crate::reports::{Error, Figure, FigureKey, Language};
use crate::store::quality::Received;

const LANGUAGES: [Language; 2] = [Language::Swedish, Language::English];

impl Composer<'_> {
    /// The quality declaration.
    pub(super) async fn quality(&self, parts: &[Part]) -> Result<Vec<Paragraph>, Error> {
        let store = self.reports.store();
        let received = Received::load(store, self.dataset, &self.scope.assignment).await?;
        let mut paragraphs = vec![self.of_dataset(parts)];
        paragraphs.extend(self.of_reports().await?);
        paragraphs.push(corrections(&received));
        paragraphs.push(rules(&received));
        paragraphs.push(self.hidden());
        paragraphs.push(missing_sections(parts));
        Ok(paragraphs)
    }

    fn of_dataset(&self, parts: &[Part]) -> Paragraph {
        let as_of = self
            .dataset
            .as_of
            .to_rfc3339_opts(SecondsFormat::AutoSi, true);
        let (version, today) = (self.dataset.version, self.dataset.today);
        let definitions = analytics::DEFINITIONS_VERSION;
        let figures = parts.iter().flat_map(|part| &part.sections);
        let mut figures = figures.flat_map(|section| &section.figures);
        let synthetic = figures.any(|one| one.figure.synthetic);
        let mark = if synthetic {
            [
                " UPPGIFTERNA ÄR SYNTETISKA EXEMPELDATA, INTE UTFALL.",
                " THE DATA ARE SYNTHETIC EXAMPLES, NOT OUTCOMES.",
            ]
        } else {
            ["", ""]
        };
        Paragraph {
            heading: both(["Datauttag", "Dataset"]),
            text: [
                format!(
                    "Version {version} av uppgifterna, som de var {as_of}; dagens datum i uttaget är {today}. Definitionernas version är {definitions}.{}",
                    mark[0]
                ),
                format!(
                    "Version {version} of the data, as they were at {as_of}; today in the dataset is {today}. The version of the definitions is {definitions}.{}",
                    mark[1]
                ),
            ],
        }
    }

    /// Response rates, late reports, bounds, and what does not add up, by year and kind.
    async fn of_reports(&self) -> Result<Vec<Paragraph>, Error> {
        if self.scope.rounds.is_empty() {
            return Ok(Vec::new());
        }
        let (mut rates, mut late, mut bounds, mut unexplained) =
            (lines(), lines(), lines(), lines());
        for (year, kind) in &self.scope.rounds {
            let key = FigureKey::year(Some(*year)).kind(Some(*kind));
            let [rate, received, on_time, lowest, highest, rest] = [
                "fund.reporting_rate",
                "fund.reports_received",
                "fund.reports_on_time",
                "fund.usage_rate_lowest",
                "fund.usage_rate_highest",
                "fund.unexplained",
            ];
            if let Some(rate) = self.of(rate, &key).await? {
                add(&mut rates, |language| rate.text(language));
            }
            let both = (
                self.of(received, &key).await?,
                self.of(on_time, &key).await?,
            );
            if let (Some(received), Some(on_time)) = both {
                add(&mut late, |language| {
                    late_line(&received, &on_time, *year, language)
                });
            }
            let both = (self.of(lowest, &key).await?, self.of(highest, &key).await?);
            if let (Some(lowest), Some(highest)) = both {
                add(&mut bounds, |language| {
                    bounds_line(&lowest, &highest, language)
                });
            }
            let rest = self.of(rest, &key).await?;
            if let Some(rest) =
                rest.filter(|one| one.value.number().is_ok_and(|value| !value.is_zero()))
            {
                add(&mut unexplained, |language| rest.text(language));
            }
        }
        let mut paragraphs = vec![
            paragraph(["Svarsfrekvens", "Response rates"], rates),
            paragraph(
                ["Sent inkomna återrapporteringar", "Late usage reports"],
                late,
            ),
            paragraph(
                ["Gränser för nyttjandegraden", "Bounds of the usage rate"],
                bounds,
            ),
        ];
        if unexplained[0].is_empty() {
            unexplained = [
                vec!["Allt utbetalt till dem som har redovisat är förklarat.".to_owned()],
                vec!["All that was paid to those that have reported is explained.".to_owned()],
            ];
        }
        paragraphs.push(paragraph(
            ["Oförklarade belopp", "Unexplained amounts"],
            unexplained,
        ));
        Ok(paragraphs)
    }

    async fn of(&self, code: &str, key: &FigureKey) -> Result<Option<Figure>, Error> {
        match definition(code) {
            None => Ok(None),
            Some(definition) => self.figure(definition, key).await,
        }
    }

    /// What is hidden, and why.
    fn hidden(&self) -> Paragraph {
        let mut codes: Vec<_> = self
            .catalogue
            .indicator_definitions
            .iter()
            .map(|one| &one.indicator)
            .collect();
        codes.sort_unstable();
        codes.dedup();
        let persons = codes
            .iter()
            .filter(|code| self.catalogue.counts_persons(code))
            .count();
        let mut recipients: Vec<_> = self
            .catalogue
            .recipients
            .iter()
            .map(|one| &one.code)
            .collect();
        recipients.dedup();
        let protected = recipients
            .iter()
            .filter(|code| self.catalogue.is_protected(code))
            .count();
        let counted = |count: usize, one: [&'static str; 2], many: [&'static str; 2]| {
            let words = if count == 1 { one } else { many };
            words.map(|words| format!("{count} {words}"))
        };
        let persons = counted(
            persons,
            ["indikator räknar personer", "indicator counts persons"],
            ["indikatorer räknar personer", "indicators count persons"],
        );
        let protected = counted(
            protected,
            [
                "mottagare har skyddad plats, står utan län och ingår inte i täckningen",
                "recipient has a protected location, stands without a county and is not in the coverage",
            ],
            [
                "mottagare har skyddad plats, står utan län och ingår inte i täckningen",
                "recipients have a protected location, stand without a county and are not in the coverage",
            ],
        );
        Paragraph {
            heading: both(["Vad som inte visas", "What is not shown"]),
            text: [
                format!(
                    "Antal personer visas inte i rapporten; {}. {}. Det som rapporterats i fritext visas inte, utom myndigheternas texter för rapporten.",
                    persons[0], protected[0]
                ),
                format!(
                    "Counts of persons are not shown in the report; {}. {}. Free texts of what was reported are not shown, but for what the agencies wrote for the report.",
                    persons[1], protected[1]
                ),
            ],
        }
    }
}

fn lines() -> [Vec<String>; 2] {
    [Vec::new(), Vec::new()]
}

fn add(lines: &mut [Vec<String>; 2], line: impl Fn(Language) -> String) {
    for (own, language) in lines.iter_mut().zip(LANGUAGES) {
        own.push(line(language));
    }
}

fn paragraph(heading: [&str; 2], lines: [Vec<String>; 2]) -> Paragraph {
    Paragraph {
        heading: both(heading),
        text: lines.map(|lines| lines.join("\n")),
    }
}

/// How many came late: received less on time.
fn late_line(received: &Figure, on_time: &Figure, year: i32, language: Language) -> String {
    let (Ok(all), Ok(in_time)) = (received.value.number(), on_time.value.number()) else {
        return String::new();
    };
    let kind = received.key.kind.map_or("", |kind| {
        crate::reports::figure::kind_label(kind, Some(year), language)
    });
    let late = all - in_time;
    match language {
        Language::Swedish => {
            format!("{kind}, {year}: {late} av {all} inkomna kom efter sista dagen.")
        }
        Language::English => {
            format!("{kind}, {year}: {late} of {all} received came after the last day.")
        }
    }
}

fn bounds_line(lowest: &Figure, highest: &Figure, language: Language) -> String {
    let title = language.of([&highest.title[0], &highest.title[1]]);
    let title = title
        .split_once(", ")
        .map_or(title.as_str(), |(_, rest)| rest);
    let title = title.split_once(", ").map_or(title, |(_, rest)| rest);
    let shown = |figure: &Figure| figure.value.shown(figure.unit, language);
    let between = language.of(["från", "from"]);
    let to = language.of(["till", "to"]);
    let percent = language.of([
        "procent, vad de som inte har redovisat än svarar",
        "percent, whatever those that have not reported answer",
    ]);
    format!(
        "{title}: {between} {} {to} {} {percent}.",
        shown(lowest),
        shown(highest)
    )
}

fn corrections(received: &Received) -> Paragraph {
    let Received {
        files,
        rows,
        corrected,
        ..
    } = received;
    Paragraph {
        heading: both([
            "Inkomna filer och rättelser",
            "Files received and corrections",
        ]),
        text: [
            format!(
                "{files} filer med {rows} rader räknas i uppdraget, indikatorers värden inte medräknade; {corrected} rader rättade en tidigare rad."
            ),
            format!(
                "{files} files with {rows} rows count in the assignment, values of indicators left aside; {corrected} rows corrected an earlier one."
            ),
        ],
    }
}

fn rules(received: &Received) -> Paragraph {
    let broken: &BTreeMap<String, u64> = &received.warnings;
    let [sv, en] = LANGUAGES.map(|language| {
        if broken.is_empty() {
            return language
                .of([
                    "Inga regler bröts i de filer som räknas.",
                    "No rules were broken in the files that count.",
                ])
                .to_owned();
        }
        let lines = broken.iter().map(|(rule, count)| {
            let why = crate::intake::rule_text(rule).map_or("", |texts| language.of(texts));
            let times = language.of(["gånger", "times"]);
            format!("{} {count} {times} ({rule}).", whole(why))
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Paragraph {
        heading: both([
            "Regler som bröts med varning",
            "Rules broken with a warning",
        ]),
        text: [sv, en],
    }
}

/// What a rule says without the value that each row puts into it.
fn whole(why: &str) -> String {
    let holes = [", {}", " den {}", " on {}"];
    let without = holes
        .iter()
        .fold(why.to_owned(), |text, hole| text.replace(hole, ""));
    without.replace("{}", "…")
}

fn missing_sections(parts: &[Part]) -> Paragraph {
    let empty = parts
        .iter()
        .flat_map(|part| &part.sections)
        .filter_map(|section| Some((section, section.empty.as_ref()?)));
    let mut all: [Vec<String>; 2] = lines();
    for (section, why) in empty {
        for (index, own) in all.iter_mut().enumerate() {
            own.push(format!(
                "{} {}: {}",
                section.number, section.title[index], why[index]
            ));
        }
    }
    if all[0].is_empty() {
        all = [
            vec!["Alla avsnitt har innehåll.".to_owned()],
            vec!["All sections have content.".to_owned()],
        ];
    }
    paragraph(["Avsnitt utan innehåll", "Sections without content"], all)
}

impl Composed {
    /// How many figures it holds, and how many of them have no value.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let sections = self.parts.iter().flat_map(|part| &part.sections);
        let figures = sections.flat_map(|section| &section.figures);
        let absent = |value: &Value| value.number().is_err();
        (
            figures.clone().count(),
            figures.filter(|one| absent(&one.figure.value)).count(),
        )
    }

    /// A text of its pair, in a language.
    #[must_use]
    pub fn text(both: &Both, language: Language) -> &str {
        &both[usize::from(language == Language::English)]
    }
}
