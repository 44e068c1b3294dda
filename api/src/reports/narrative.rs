//! Narratives of an assignment: what agencies write for its reports. The texts themselves are read anew each time, so that
//! nothing keeps one that a decision took away.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::{RegistryNumber, narrative};

use super::{Error, Reports};
use crate::kept::Share;
use crate::store::{self, Dataset, Kinds, Written};

/// A text that an agency writes for a section of a report, without the text.
#[derive(Clone, Debug)]
pub struct Narrative {
    /// Where it stands, whose it is, and in which language.
    pub model: narrative::Model,
    /// Name of the organisation, Swedish.
    pub name: String,
    /// The submission that it came in.
    pub submission: i64,
    /// Number of its row there.
    pub row: i64,
    /// When that submission was received.
    pub received_at: DateTime<Utc>,
    /// 1 of the first text that counted for its place, 2 of the one that corrected it …
    pub version: usize,
    /// Whether it came as synthetic data.
    pub synthetic: bool,
    /// Its place among the narratives of its assignment.
    pub place: Vec<u8>,
}

/// Texts by id, as they stand now.
pub type Texts = HashMap<i64, Written>;

impl Reports {
    /// The narratives of an assignment: by report, section and language, the coordinator's first, then by name.
    ///
    /// # Errors
    /// The database fails.
    pub async fn narratives(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
    ) -> Result<Arc<[Narrative]>, Error> {
        let dataset = &self.resting_on(Kinds::NARRATIVES, dataset).await?;
        let key = (dataset.key(), assignment.clone(), ());
        let load = async {
            let catalogue = self.catalogue(dataset).await?;
            let coordinator = catalogue.assignment(assignment);
            let coordinator = coordinator.map(|one| one.coordinator.clone());
            let told = store::narrative::of_assignment(&self.store, dataset, assignment).await?;
            let narrative = |one: store::narrative::Told| {
                let code = one.model.organisation_code.as_str();
                let known = catalogue.organisation(code);
                let name = known.map_or_else(|| code.to_owned(), |found| found.name.clone());
                let coordinates = Some(&one.model.organisation_code) == coordinator.as_ref();
                Narrative {
                    place: place(&one.model, coordinates, &name),
                    name,
                    synthetic: catalogue.submissions.is_synthetic(one.model.row_id),
                    submission: one.origin.submission.id,
                    row: one.origin.row.row_number,
                    received_at: one.origin.submission.received_at.utc(),
                    version: one.version,
                    model: one.model,
                }
            };
            let mut all: Vec<Narrative> = told.into_iter().map(narrative).collect();
            all.sort_by(|one, other| one.place.cmp(&other.place));
            Ok(all.into())
        };
        self.once(Share::Bases, "narratives", key, load).await
    }

    /// The texts of narratives as they stand now.
    ///
    /// # Errors
    /// The database fails.
    pub async fn texts<'a>(
        &self,
        narratives: impl IntoIterator<Item = &'a Narrative>,
    ) -> Result<Texts, Error> {
        let ids: Vec<i64> = narratives
            .into_iter()
            .map(|one| one.model.text_id)
            .collect();
        let db = self.texts.connection();
        Ok(store::free_text::written(db, &ids).await?)
    }
}

impl Narrative {
    /// Its text among those that were read.
    #[must_use]
    pub fn text<'a>(&self, texts: &'a Texts) -> &'a Written {
        const GONE: &Written = &Written::Removed(None);
        texts.get(&self.model.text_id).unwrap_or(GONE)
    }
}

/// By report, section, whether the organisation coordinates, its name, and the language, as bytes.
fn place(model: &narrative::Model, coordinates: bool, name: &str) -> Vec<u8> {
    let due_on = model.due_on.map_or_else(String::new, |day| day.to_string());
    let mut place = format!("{}\0{due_on}\0", model.deliverable.code()).into_bytes();
    let section = entity::ReportSection::ALL.iter();
    let before = section.take_while(|one| **one != model.section).count();
    place.extend([
        u8::try_from(before).unwrap_or(u8::MAX),
        u8::from(!coordinates),
    ]);
    place.extend(crate::intake::sort_key(name));
    let (code, language) = (&model.organisation_code, model.language.code());
    place.extend(format!("\0{code}\0{language}").into_bytes());
    place
}
