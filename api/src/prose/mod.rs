//! What agencies write in Markdown, as blocks that documents are written from.
//!
//! Whatever a text holds, its blocks hold no HTML, no image, no link to elsewhere than https, no control characters, and no
//! more depth than [`DEEPEST`]: HTML is text like any other, an image is its words, another link is its words.

mod read;
mod unfit;

pub use read::read;
pub use unfit::{Unfit, unfit};

/// How deep blocks and words stand in each other at most; what is deeper stands at that depth.
pub const DEEPEST: usize = 12;

/// A part of a text that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading; depths begin at 1 and go down one by one, whatever levels the text skips.
    Heading {
        /// 1, 2, 3 …
        depth: usize,
        /// Its words.
        words: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// The number of its first item; none where it is not numbered.
        first: Option<u64>,
        /// Its items.
        items: Vec<Vec<Self>>,
    },
    /// What is quoted.
    Quote(Vec<Self>),
    /// Lines that are shown as they are.
    Code(String),
    /// A table, whose rows are as wide as its header.
    Table {
        /// Its header, cell by cell.
        header: Vec<Vec<Inline>>,
        /// Its rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A line across.
    Rule,
}

/// Words within a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// Emphasis.
    Emphasis(Vec<Self>),
    /// Strong emphasis.
    Strong(Vec<Self>),
    /// Words that are shown as they are.
    Code(String),
    /// A link to an https address.
    Link {
        /// The address.
        to: String,
        /// Its words.
        words: Vec<Self>,
    },
    /// A new line.
    Break,
}

/// Whether an address is one that documents link to: https, a host without user, and no character that ends an address
/// somewhere.
fn is_open(address: &str) -> bool {
    const LONGEST: usize = 2_000;
    let Some((scheme, rest)) = address.split_at_checked("https://".len()) else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = |letter: char| !letter.is_whitespace() && !letter.is_control();
    let closes = |letter: char| "\"'<>\\^`{|}".contains(letter);
    scheme.eq_ignore_ascii_case("https://")
        && address.len() <= LONGEST
        && !host.is_empty()
        && host
            .chars()
            .all(|letter| letter.is_alphanumeric() || ".-:".contains(letter))
        && address
            .chars()
            .all(|letter| plain(letter) && !closes(letter) && !hides(letter))
}

/// Whether a character is none that a reader sees, and may change what is seen round it or what a file's form allows.
fn hides(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A text without such characters; tabulators are spaces.
fn shown(text: &str) -> String {
    let each = text
        .chars()
        .map(|letter| if letter == '\t' { ' ' } else { letter });
    each.filter(|letter| !hides(*letter)).collect()
}
