//! The listed questions as a catalogue in DCAT-AP-SE 3: a dataset each, with a distribution for each form.

use super::graph::{Said, Thing};
use super::listing::{Listed, Listing};
use super::settings::Settings;
use crate::exports::Form;

/// The European Union's names of what is said here.
const LANGUAGES: [&str; 2] = [
    "http://publications.europa.eu/resource/authority/language/SWE",
    "http://publications.europa.eu/resource/authority/language/ENG",
];
const SWEDEN: &str = "http://publications.europa.eu/resource/authority/country/SWE";
const PUBLIC: &str = "http://publications.europa.eu/resource/authority/access-right/PUBLIC";
const THEMES: [&str; 2] = [
    "http://publications.europa.eu/resource/authority/data-theme/GOVE",
    "http://publications.europa.eu/resource/authority/data-theme/SOCI",
];
const SCHEME: &str = "http://publications.europa.eu/resource/authority/data-theme";
const MEDIA: &str = "https://www.iana.org/assignments/media-types";

/// Everything that the catalogue says.
pub(super) fn things(listing: &Listing, settings: &Settings, base: &str) -> Vec<Thing> {
    let publisher = settings.publisher_uri.clone();
    let publisher = publisher.unwrap_or_else(|| format!("{base}/#publisher"));
    let made = Said::Typed(listing.made.to_rfc3339(), "xsd:dateTime");
    let mut catalogue = Thing::new(format!("{base}/dcat"), "dcat:Catalog")
        .words(
            "dcterms:title",
            ["Samsyn: öppna uppgifter", "Samsyn: open data"],
        )
        .words(
            "dcterms:description",
            [
                "Öppna uppgifter om gemensamma regeringsuppdrag: medel, aktiviteter och vilka stödet nådde.",
                "Open data on joint government assignments: funds, activities and whom the support reached.",
            ],
        )
        .thing("dcterms:publisher", &publisher)
        .thing("dcterms:license", &settings.licence)
        .thing("dcterms:spatial", SWEDEN)
        .thing("dcat:themeTaxonomy", SCHEME)
        .thing("foaf:homepage", format!("{base}/"))
        .said("dcterms:modified", made);
    for language in LANGUAGES {
        catalogue = catalogue.thing("dcterms:language", language);
    }
    for one in &listing.questions {
        catalogue = catalogue.thing("dcat:dataset", dataset_address(one, base));
    }
    let agent = Thing::new(&publisher, "foaf:Agent")
        .said("foaf:name", Said::Text(settings.publisher.clone()));
    let mut things = vec![catalogue, agent];
    let contact = settings.contact.as_ref().map(|email| {
        Thing::new(format!("{base}/#contact"), "vcard:Organization")
            .said("vcard:fn", Said::Text(settings.publisher.clone()))
            .thing("vcard:hasEmail", format!("mailto:{email}"))
    });
    let has_contact = contact.is_some();
    things.extend(contact);
    for one in &listing.questions {
        let mut dataset = dataset(one, listing, &publisher, base);
        if has_contact {
            dataset = dataset.thing("dcat:contactPoint", format!("{base}/#contact"));
        }
        things.push(dataset);
        let forms = Form::ALL.into_iter();
        things.extend(forms.map(|form| distribution(one, form, settings, base)));
    }
    things
}

fn dataset_address(one: &Listed, base: &str) -> String {
    format!("{base}/dcat#{}", one.sha256)
}

fn distribution_address(one: &Listed, form: Form, base: &str) -> String {
    format!("{base}/dcat#{}-{}", one.sha256, form.ending())
}

fn dataset(one: &Listed, listing: &Listing, publisher: &str, base: &str) -> Thing {
    let marked = |text: &str, mark: &str| {
        if one.synthetic {
            format!("{text} {mark}")
        } else {
            text.to_owned()
        }
    };
    let sv = marked(&one.description[0], "SYNTHETIC: påhittade uppgifter ingår.");
    let en = marked(
        &one.description[1],
        "SYNTHETIC: invented rows are behind it.",
    );
    let issued = Said::Typed(one.published_at.to_rfc3339(), "xsd:dateTime");
    let modified = listing.made.max(one.published_at);
    let made = Said::Typed(modified.to_rfc3339(), "xsd:dateTime");
    let mut dataset = Thing::new(dataset_address(one, base), "dcat:Dataset")
        .words("dcterms:title", [&one.title[0], &one.title[1]])
        .words("dcterms:description", [&sv, &en])
        .said("dcterms:identifier", Said::Text(one.sha256.clone()))
        .thing("dcterms:publisher", publisher)
        .thing("dcterms:accessRights", PUBLIC)
        .thing("dcterms:spatial", SWEDEN)
        .thing(
            "dcat:landingPage",
            format!("{base}/q/{}.graphql", one.sha256),
        )
        .said("dcterms:issued", issued)
        .said("dcterms:modified", made);
    for language in LANGUAGES {
        dataset = dataset.thing("dcterms:language", language);
    }
    for theme in THEMES {
        dataset = dataset.thing("dcat:theme", theme);
    }
    for form in Form::ALL {
        dataset = dataset.thing("dcat:distribution", distribution_address(one, form, base));
    }
    dataset
}

fn distribution(one: &Listed, form: Form, settings: &Settings, base: &str) -> Thing {
    let file = format!("{base}/q/{}.{}", one.sha256, form.ending());
    let media = form.media().split(';').next().unwrap_or_default();
    let name = form.ending().to_uppercase();
    let titles = [
        format!("{} ({name})", one.title[0]),
        format!("{} ({name})", one.title[1]),
    ];
    Thing::new(distribution_address(one, form, base), "dcat:Distribution")
        .words("dcterms:title", [&titles[0], &titles[1]])
        .thing("dcat:accessURL", &file)
        .thing("dcat:downloadURL", &file)
        .thing("dcat:mediaType", format!("{MEDIA}/{media}"))
        .thing("dcterms:license", &settings.licence)
}
