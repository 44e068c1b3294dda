//! What a text must not hold to be received: what no report shows as it was written.

use pulldown_cmark::{Event, Parser, Tag};

use super::{Block, Inline, is_open, read};

/// Why a text is not received. Documents would show it as harmless words; its writer is told instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unfit {
    /// It says nothing once it is read.
    Nothing,
    /// HTML, which documents are not written in.
    Html,
    /// An image: a report loads nothing from elsewhere, and has charts of its own figures.
    Image,
    /// A link to elsewhere than an https address.
    Link,
}

impl Unfit {
    /// Swedish, English.
    #[must_use]
    pub const fn words(self) -> [&'static str; 2] {
        match self {
            Self::Nothing => ["den säger ingenting", "it says nothing"],
            Self::Html => ["den har HTML-taggar", "it holds HTML tags"],
            Self::Image => ["den har en bild", "it holds an image"],
            Self::Link => [
                "en länk leder till annat än en https-adress",
                "a link leads elsewhere than to an https address",
            ],
        }
    }
}

/// Everything that makes a text unfit, each once.
#[must_use]
pub fn unfit(text: &str) -> Vec<Unfit> {
    let events = Parser::new_ext(text, super::read::OPTIONS);
    let each = events.filter_map(|event| match event {
        Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => Some(Unfit::Html),
        Event::Start(Tag::Image { .. }) => Some(Unfit::Image),
        Event::Start(Tag::Link { dest_url, .. }) if !is_open(&dest_url) => Some(Unfit::Link),
        _ => None,
    });
    let mut all: Vec<Unfit> = each.collect();
    if !read(text).iter().any(says) {
        all.push(Unfit::Nothing);
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn says(block: &Block) -> bool {
    match block {
        Block::Heading { words, .. } | Block::Paragraph(words) => words.iter().any(has_words),
        Block::List { items, .. } => items.iter().flatten().any(says),
        Block::Quote(blocks) => blocks.iter().any(says),
        Block::Code(text) => !text.trim().is_empty(),
        Block::Table { header, rows } => {
            let cells = header.iter().chain(rows.iter().flatten());
            cells.flatten().any(has_words)
        }
        Block::Rule => false,
    }
}

fn has_words(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) | Inline::Code(text) => text.chars().any(char::is_alphanumeric),
        Inline::Emphasis(words) | Inline::Strong(words) | Inline::Link { words, .. } => {
            words.iter().any(has_words)
        }
        Inline::Break => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_report_shows_is_named() {
        for (text, expected) in [
            (
                "Medlen har *nått* [alla](https://www.socialstyrelsen.se/statistik?a=1#b).",
                &[][..],
            ),
            ("Andelen är < 5 procent & > 2, och a<b.", &[]),
            ("<script>alert(1)</script>", &[Unfit::Html]),
            (
                "Ett <b>fet</b> ord, och ![bild](https://x.se/a.png)",
                &[Unfit::Html, Unfit::Image],
            ),
            ("[x](javascript:alert(1))", &[Unfit::Link]),
            (
                "[x](http://x.se) <mailto:a@x.se> [y](//x.se) [z](fil.docx)",
                &[Unfit::Link],
            ),
            ("[x](https://staten@ond.se/)", &[Unfit::Link]),
            ("[x][a]\n\n[a]: data:text/html,x", &[Unfit::Link]),
            ("---\n\n> \n\n- ", &[Unfit::Nothing]),
            ("<!-- ingenting -->", &[Unfit::Html]),
            ("`<b>` och &lt;b&gt; är ord", &[]),
        ] {
            assert_eq!(unfit(text), expected, "{text}");
        }
    }
}
