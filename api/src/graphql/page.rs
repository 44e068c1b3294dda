//! Pages: Relay connections with opaque cursors, a total count, and 500 nodes at most.

use std::borrow::Cow;
use std::ops::Range;

use async_graphql::connection::{Connection, CursorType, Edge, EmptyFields, query_with};
use async_graphql::{Context, Error, OutputType, Result, SimpleObject};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::error::{self, Code};
use super::fund_usage::whole_or_refused;
use super::reading::Shelf;
use super::source::{self, Source};
use crate::intake::hex;
use crate::store::Passage;

/// Nodes of a page at most.
pub(crate) const MOST: usize = 500;

/// The connection of sources in its cursors.
const SOURCES: &str = "sources";

/// What a source in a page counts among the cells of an answer.
const CELLS_A_SOURCE: usize = 4;

/// Nodes of a page where nothing is said.
pub(crate) const USUAL: usize = 50;

/// How many there are in all, beside a page (antal).
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct Total {
    /// How many there are in all (totalt antal).
    total_count: usize,
}

/// A page of nodes (sida).
pub type PageOf<N> = Connection<Place, N, Total, EmptyFields>;

/// A page of sources (sida med källor).
pub type SourceConnection = PageOf<Source>;

/// Where a node stands in its order; the cursor says it, so that a page goes on at the same place whatever came between.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which connection it is a place of: a cursor of another says nothing here.
    pub(crate) connection: Cow<'static, str>,
    pub(crate) sort_key: Vec<u8>,
    pub(crate) code: String,
}

/// A cursor that is none of ours.
#[derive(Debug, thiserror::Error)]
#[error("the cursor is none of this connection")]
pub struct NoCursor;

impl CursorType for Place {
    type Error = NoCursor;

    fn decode_cursor(text: &str) -> Result<Self, NoCursor> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| NoCursor)?;
        let text = String::from_utf8(bytes).map_err(|_| NoCursor)?;
        let (connection, place) = text.split_once(' ').ok_or(NoCursor)?;
        let (sort_key, code) = place.split_once(' ').ok_or(NoCursor)?;
        let byte = |at: usize| {
            sort_key
                .get(at..at + 2)
                .and_then(|two| u8::from_str_radix(two, 16).ok())
        };
        let sort_key: Option<Vec<u8>> = (0..sort_key.len()).step_by(2).map(byte).collect();
        Ok(Self {
            connection: Cow::Owned(connection.to_owned()),
            sort_key: sort_key.ok_or(NoCursor)?,
            code: code.to_owned(),
        })
    }

    fn encode_cursor(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(format!(
            "{} {} {}",
            self.connection,
            hex(&self.sort_key),
            self.code
        ))
    }
}

/// What a page costs: its nodes times what each costs, without wrapping.
pub(crate) fn cost(first: Option<i32>, last: Option<i32>, child: usize) -> usize {
    let asked = first
        .or(last)
        .and_then(|count| usize::try_from(count).ok())
        .unwrap_or(USUAL);
    asked.min(MOST).saturating_mul(child).saturating_add(1)
}

/// A page of the sources behind a figure, by submission and row. The page's own are looked up, and no more.
pub(crate) async fn sources<'a>(
    ctx: &Context<'_>,
    shelf: &Shelf,
    assignment: impl Into<Option<&'a entity::RegistryNumber>>,
    passages: &[Passage],
    first: Option<i32>,
    after: Option<String>,
) -> Result<SourceConnection> {
    let place = |passage: &Passage| Place {
        connection: SOURCES.into(),
        sort_key: [
            passage.row_id.to_be_bytes(),
            (passage.nth as u64).to_be_bytes(),
        ]
        .concat(),
        code: String::new(),
    };
    let range = range(SOURCES, passages, place, first, after, None, None).await?;
    let asked = &passages[range.clone()];
    whole_or_refused(shelf, asked.len().saturating_mul(CELLS_A_SOURCE))?;
    let total = Total {
        total_count: passages.len(),
    };
    let (before, after) = (range.start > 0, range.end < passages.len());
    let mut page = Connection::with_additional_fields(before, after, total);
    let nodes = source::of_passages(ctx, shelf, asked, assignment.into()).await?;
    let edges = asked.iter().map(place).zip(nodes);
    page.edges
        .extend(edges.map(|(place, node)| Edge::new(place, node)));
    Ok(page)
}

/// A page of what keys that stand in their order lead to: the page's own are loaded, and no more.
pub(crate) async fn loaded<K, N: OutputType>(
    connection: &'static str,
    keys: &[K],
    place: fn(&K) -> Place,
    (first, after, last, before): (Option<i32>, Option<String>, Option<i32>, Option<String>),
    load: impl AsyncFnOnce(&[K]) -> Result<Vec<N>>,
) -> Result<PageOf<N>> {
    let range = range(connection, keys, place, first, after, last, before).await?;
    let asked = &keys[range.clone()];
    let total = Total {
        total_count: keys.len(),
    };
    let (before, after) = (range.start > 0, range.end < keys.len());
    let mut page = Connection::with_additional_fields(before, after, total);
    let nodes = load(asked).await?;
    let edges = asked.iter().map(place).zip(nodes);
    page.edges
        .extend(edges.map(|(place, node)| Edge::new(place, node)));
    Ok(page)
}

/// What stands in a connection of its own.
pub(crate) trait Node: OutputType {
    /// The connection's name in its cursors.
    const CONNECTION: &'static str;

    /// Where it stands.
    fn place(&self) -> Place;
}

/// A page of nodes, which stand in their order.
pub(crate) async fn of<N: Node>(
    nodes: Vec<N>,
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> Result<PageOf<N>> {
    let range = range(N::CONNECTION, &nodes, N::place, first, after, last, before).await?;
    let total = Total {
        total_count: nodes.len(),
    };
    let (before, after) = (range.start > 0, range.end < nodes.len());
    let mut page = Connection::with_additional_fields(before, after, total);
    let chosen = nodes.into_iter().skip(range.start).take(range.len());
    page.edges
        .extend(chosen.map(|node| Edge::new(node.place(), node)));
    Ok(page)
}

/// The place that an argument says, where it is one of the connection.
pub(crate) fn cursor(
    connection: &'static str,
    argument: &'static str,
    text: Option<&str>,
) -> Result<Option<Place>> {
    let Some(text) = text else {
        return Ok(None);
    };
    let place = Place::decode_cursor(text).ok();
    let place = place.filter(|place| place.connection == connection);
    let wrong = || error::argument(Code::BadUserInput, argument, &NoCursor.to_string());
    place.ok_or_else(wrong).map(Some)
}

/// How many nodes an argument asks for, where a page holds as many.
pub(crate) fn count(argument: &'static str, count: Option<i32>) -> Result<Option<usize>> {
    let Some(count) = count else {
        return Ok(None);
    };
    match usize::try_from(count) {
        Ok(count) if count <= MOST => Ok(Some(count)),
        Ok(_) => Err(error::argument(
            Code::PageTooLarge,
            argument,
            "a page holds 500 at most",
        )),
        Err(_) => Err(error::argument(
            Code::BadUserInput,
            argument,
            "a page cannot be smaller than nothing",
        )),
    }
}

/// Which of the nodes, which stand in their order, a page holds.
async fn range<N>(
    connection: &'static str,
    nodes: &[N],
    place: impl Fn(&N) -> Place,
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> Result<Range<usize>> {
    cursor(connection, "after", after.as_deref())?;
    cursor(connection, "before", before.as_deref())?;
    count("first", first)?;
    count("last", last)?;
    if first.is_some() && last.is_some() {
        return Err(error::argument(
            Code::BadUserInput,
            "last",
            "ask for first or for last, not for both",
        ));
    }
    query_with(
        after,
        before,
        first,
        last,
        |after: Option<Place>, before: Option<Place>, first, last| async move {
            let start = after.map_or(0, |after| {
                nodes.partition_point(|node| place(node) <= after)
            });
            let end = before
                .map_or(nodes.len(), |before| {
                    nodes.partition_point(|node| place(node) < before)
                })
                .max(start);
            let (start, end) = match (first, last) {
                (Some(first), _) => (start, end.min(start + first)),
                (None, Some(last)) => (end.saturating_sub(last).max(start), end),
                (None, None) => (start, end.min(start + USUAL)),
            };
            Ok::<_, Error>(start..end)
        },
    )
    .await
}
