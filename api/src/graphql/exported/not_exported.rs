//! Why there is no table: of a document, and of its answer.

use async_graphql::ServerError;

use crate::reports::Error;

/// Why a document is no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoTable {
    /// It is no GraphQL.
    #[error("the document is no GraphQL: {0}")]
    NoGraphql(String),
    /// It is not one query.
    #[error("a saved question is one query: no mutation, and no second operation")]
    NoQuery,
    /// A field or fragment that does not exist.
    #[error("there is no {0}")]
    Unknown(String),
    /// Several lists.
    #[error("the answer has several lists: say which is the rows with rows=, one of {}", .0.join(", "))]
    Several(Vec<String>),
    /// The list that is asked for does not exist.
    #[error("the answer has no list {asked}: rows= is one of {}", .lists.join(", "))]
    NoList {
        /// What was asked for.
        asked: String,
        /// What there is.
        lists: Vec<String>,
    },
}

impl NoTable {
    /// The same in Swedish, where it is about which list is the rows.
    #[must_use]
    pub fn swedish(&self) -> Option<String> {
        match self {
            Self::Several(lists) => Some(format!(
                "Svaret har flera listor: säg vilken som är raderna med rows=, en av {}.",
                lists.join(", ")
            )),
            Self::NoList { asked, lists } => Some(format!(
                "Svaret har ingen lista {asked}: rows= är en av {}.",
                lists.join(", ")
            )),
            Self::NoGraphql(_) | Self::NoQuery | Self::Unknown(_) => None,
        }
    }
}

/// Why an answer is no table.
#[derive(Debug, thiserror::Error)]
pub enum NotExported {
    /// The schema answers with errors; the first of them.
    #[error("{message}")]
    Refused {
        /// Its code.
        code: String,
        /// What it says.
        message: String,
        /// The argument that it is about.
        argument: Option<String>,
    },
    /// The answer is a page, and the document cannot be asked for the next.
    #[error(
        "the answer is one page of several: declare a variable such as $after: String, and pass it on as after: of the list that is the rows"
    )]
    OnePage,
    /// The answer does not begin with the first row.
    #[error(
        "the rows would not begin with the first one: leave out after, last and before; the export itself asks for page after page"
    )]
    Begun,
    /// A list within a row is not whole.
    #[error(
        "a list within a row is not whole: {list}; ask for all of it (first: 500 at most), or for fewer rows, or leave it out, or make it the rows of a question of its own"
    )]
    Cut {
        /// The list.
        list: String,
    },
    /// There is no release of the name that the viewer sees.
    #[error("there is no {0} here")]
    NoRelease(String),
    /// There is no dataset of the time.
    #[error(transparent)]
    Dataset(#[from] Error),
}

impl NotExported {
    /// The same in Swedish, where it is about what is asked for as a file.
    #[must_use]
    pub fn swedish(&self) -> Option<String> {
        Some(match self {
            Self::OnePage => "Svaret är en sida av flera: deklarera en variabel som $after: String, och ge den vidare som after: till listan som är raderna.".to_owned(),
            Self::Begun => "Raderna skulle inte börja med den första: ta bort after, last och before; exporten frågar själv sida för sida.".to_owned(),
            Self::Cut { list } => format!(
                "En lista i en rad är inte hel: {list}. Fråga efter hela (first: högst 500), eller efter färre rader, eller ta bort den, eller gör den till raderna i en egen fråga."
            ),
            Self::Refused { .. } | Self::NoRelease(_) | Self::Dataset(_) => return None,
        })
    }
}

/// The first error of the schema.
pub(super) fn refused(error: &ServerError) -> NotExported {
    let said = |name: &str| {
        let found = error.extensions.as_ref()?.get(name)?;
        match found {
            async_graphql::Value::String(text) => Some(text.clone()),
            _ => None,
        }
    };
    NotExported::Refused {
        code: said("code").unwrap_or_else(|| "GRAPHQL_VALIDATION_FAILED".to_owned()),
        message: error.message.clone(),
        argument: said("argument"),
    }
}
