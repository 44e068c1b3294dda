//! Markdown → blocks, by the parser's own events; nothing is taken from the text past them.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Block, DEEPEST, Inline, is_open, shown};

/// What is read beside `CommonMark`.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES;

/// A text as blocks.
#[must_use]
pub fn read(text: &str) -> Vec<Block> {
    let mut reader = Reader {
        open: Vec::new(),
        frames: vec![Frame::new(What::Root)],
        levels: Vec::new(),
    };
    for event in Parser::new_ext(text, OPTIONS) {
        reader.take(event);
    }
    reader.frames.pop().map(Frame::blocks).unwrap_or_default()
}

/// What is being put together.
#[derive(Debug)]
enum What {
    Root,
    Paragraph,
    Heading(usize),
    Quote,
    List(Option<u64>),
    Item,
    Code,
    Table,
    Head,
    Row,
    Cell,
    Emphasis,
    Strong,
    Link(String),
}

/// Something that has begun and not ended.
#[derive(Debug)]
struct Frame {
    what: What,
    blocks: Vec<Block>,
    words: Vec<Inline>,
    items: Vec<Vec<Block>>,
    cells: Vec<Vec<Inline>>,
    header: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
}

impl Frame {
    const fn new(what: What) -> Self {
        Self {
            what,
            blocks: Vec::new(),
            words: Vec::new(),
            items: Vec::new(),
            cells: Vec::new(),
            header: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Words that stand in it without a paragraph of their own become one.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        if !words.is_empty() {
            self.blocks.push(Block::Paragraph(words));
        }
    }

    fn blocks(mut self) -> Vec<Block> {
        self.flush();
        self.blocks
    }

    /// Whether blocks stand in it, not words alone.
    const fn holds_blocks(&self) -> bool {
        matches!(self.what, What::Root | What::Quote | What::Item)
    }

    fn block(&mut self, block: Block) {
        if self.holds_blocks() {
            self.flush();
            self.blocks.push(block);
        } else if let Block::Paragraph(words) | Block::Heading { words, .. } = block {
            self.words.extend(words);
        }
    }

    fn text(&mut self, text: &str) {
        let text = shown(text);
        if let Some(Inline::Text(before)) = self.words.last_mut() {
            before.push_str(&text);
        } else if !text.is_empty() {
            self.words.push(Inline::Text(text));
        }
    }

    fn text_as_is(&mut self, text: &str) {
        match self.words.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            _ => self.words.push(Inline::Text(text.to_owned())),
        }
    }

    fn lines(self) -> String {
        let texts = self.words.into_iter().map(|word| match word {
            Inline::Text(text) => text,
            _ => String::new(),
        });
        let text: String = texts.collect();
        text.trim_end_matches('\n').to_owned()
    }
}

struct Reader {
    /// Whether each tag that is open has a frame.
    open: Vec<bool>,
    frames: Vec<Frame>,
    /// Levels of the headings that the present one stands under.
    levels: Vec<usize>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) => self.word(Inline::Code(shown(&text))),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.word(Inline::Break),
            Event::Rule => self.top(|top| top.block(Block::Rule)),
            // What is not asked of the parser.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn top(&mut self, change: impl FnOnce(&mut Frame)) {
        if let Some(top) = self.frames.last_mut() {
            change(top);
        }
    }

    fn text(&mut self, text: &str) {
        self.top(|top| {
            if matches!(top.what, What::Code) {
                // Lines stay lines.
                let lines: Vec<String> = text.split('\n').map(shown).collect();
                top.text_as_is(&lines.join("\n"));
            } else {
                top.text(&text.replace('\n', " "));
            }
        });
    }

    fn word(&mut self, word: Inline) {
        self.top(|top| top.words.push(word));
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let what = match tag {
            Tag::Paragraph | Tag::HtmlBlock => Some(What::Paragraph),
            Tag::Heading { level, .. } => Some(What::Heading(*level as usize)),
            Tag::BlockQuote(_) => Some(What::Quote),
            Tag::List(first) => Some(What::List(*first)),
            Tag::Item => Some(What::Item),
            Tag::CodeBlock(_) => Some(What::Code),
            Tag::Table(_) => Some(What::Table),
            Tag::TableHead => Some(What::Head),
            Tag::TableRow => Some(What::Row),
            Tag::TableCell => Some(What::Cell),
            Tag::Emphasis => Some(What::Emphasis),
            Tag::Strong => Some(What::Strong),
            Tag::Link { dest_url, .. } if is_open(dest_url) => {
                Some(What::Link(dest_url.to_string()))
            }
            _ => None,
        };
        // What stands in lists and tables needs room in them.
        let room = match tag {
            Tag::List(_) => 1,
            Tag::Table(_) => 2,
            _ => 0,
        };
        let what = what.filter(|_| self.frames.len() + room <= DEEPEST);
        self.open.push(what.is_some());
        if let Some(what) = what {
            self.frames.push(Frame::new(what));
        } else {
            self.apart(matches!(tag, Tag::Paragraph | Tag::Item | Tag::TableCell));
        }
    }

    /// What has no frame of its own is kept apart from the words before it.
    fn apart(&mut self, begins_anew: bool) {
        self.top(|top| {
            if begins_anew && top.holds_blocks() {
                top.flush();
            } else if begins_anew && !top.words.is_empty() {
                top.text(" ");
            }
        });
    }

    fn end(&mut self, tag: TagEnd) {
        if !self.open.pop().unwrap_or(false) {
            let ends = matches!(tag, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item);
            self.apart(ends);
            return;
        }
        let Some(frame) = self.frames.pop() else {
            return;
        };
        // A heading within a list or a quote heads nothing of the report.
        let is_outermost = self.frames.len() == 1;
        let block = match frame.what {
            What::Root | What::Paragraph => Block::Paragraph(frame.words),
            What::Heading(level) if is_outermost => Block::Heading {
                depth: self.depth(level),
                words: frame.words,
            },
            What::Heading(_) => Block::Paragraph(vec![Inline::Strong(frame.words)]),
            What::Quote => Block::Quote(frame.blocks()),
            What::List(first) => Block::List {
                first,
                items: frame.items,
            },
            What::Code => Block::Code(frame.lines()),
            What::Table => Block::Table {
                header: frame.header,
                rows: frame.rows,
            },
            What::Item => {
                let blocks = frame.blocks();
                return self.top(|top| top.items.push(blocks));
            }
            What::Head => return self.top(|top| top.header = frame.cells),
            What::Row => return self.top(|top| top.rows.push(frame.cells)),
            What::Cell => return self.top(|top| top.cells.push(frame.words)),
            What::Emphasis => return self.word(Inline::Emphasis(frame.words)),
            What::Strong => return self.word(Inline::Strong(frame.words)),
            What::Link(to) => {
                return self.word(Inline::Link {
                    to,
                    words: frame.words,
                });
            }
        };
        self.top(|top| top.block(block));
    }

    /// The depth of a heading: one below the last heading of a higher level.
    fn depth(&mut self, level: usize) -> usize {
        self.levels.retain(|above| *above < level);
        self.levels.push(level);
        self.levels.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    #[test]
    fn blocks_and_words_are_read() {
        let found = read(
            "### Läget\nMedlen *nådde* **alla** [kommuner](https://skr.se) och `kod`,  \nutom en.\n\n##### Under\n\n3. ett\n4. två\n   - inre\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        );
        let expected = [
            Block::Heading {
                depth: 1,
                words: vec![text("Läget")],
            },
            Block::Paragraph(vec![
                text("Medlen "),
                Inline::Emphasis(vec![text("nådde")]),
                text(" "),
                Inline::Strong(vec![text("alla")]),
                text(" "),
                Inline::Link {
                    to: "https://skr.se".to_owned(),
                    words: vec![text("kommuner")],
                },
                text(" och "),
                Inline::Code("kod".to_owned()),
                text(","),
                Inline::Break,
                text("utom en."),
            ]),
            Block::Heading {
                depth: 2,
                words: vec![text("Under")],
            },
            Block::List {
                first: Some(3),
                items: vec![
                    vec![Block::Paragraph(vec![text("ett")])],
                    vec![
                        Block::Paragraph(vec![text("två")]),
                        Block::List {
                            first: None,
                            items: vec![vec![Block::Paragraph(vec![text("inre")])]],
                        },
                    ],
                ],
            },
            Block::Table {
                header: vec![vec![text("a")], vec![text("b")]],
                rows: vec![vec![vec![text("1")], vec![text("2")]]],
            },
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_would_do_something_is_words() {
        let found = read(
            "<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![en bild](https://x.se/a.png) a\u{202e}b\u{7}\n",
        );
        assert_eq!(
            found,
            [
                Block::Paragraph(vec![text("<script>alert(1)</script> ")]),
                Block::Paragraph(vec![text("x en bild ab")]),
            ]
        );
    }

    #[test]
    fn headings_begin_at_one_and_skip_nothing() {
        let depths = |text: &str| {
            let all = read(text).into_iter();
            let each = all.filter_map(|one| match one {
                Block::Heading { depth, .. } => Some(depth),
                _ => None,
            });
            each.collect::<Vec<_>>()
        };
        assert_eq!(
            depths("## a\n#### b\n### c\n###### d\n# e\n### f\n"),
            [1, 2, 2, 3, 1, 2]
        );
        assert_eq!(depths("> # quoted\n\n- # listed\n"), [0; 0]);
    }

    fn depth(blocks: &[Block]) -> usize {
        let of = |block: &Block| match block {
            Block::Quote(inner) => depth(inner),
            Block::List { items, .. } => items.iter().map(|one| depth(one)).max().unwrap_or(0),
            _ => 0,
        };
        1 + blocks.iter().map(of).max().unwrap_or(0)
    }

    #[test]
    fn no_text_is_deeper_than_documents_can_be_and_none_of_it_is_lost() {
        for deep in [
            "> ".repeat(10_000) + "innerst",
            "- ".repeat(10_000) + "innerst",
            "*_".repeat(8_000) + "innerst" + &"_*".repeat(8_000),
            "[".repeat(16_000) + "innerst" + &"](https://x.se)".repeat(1_000),
        ] {
            let found = read(&deep);
            assert!(depth(&found) <= DEEPEST + 1);
            assert!(format!("{found:?}").contains("innerst"));
        }
    }
}
