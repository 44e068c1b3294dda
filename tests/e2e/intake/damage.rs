//! Damage, from a seed: what happens to files on their way.

/// A source of numbers that looks random and is the same every time (splitmix64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// The next number below a bound above 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % u64::try_from(bound).expect("a small bound"))
            .expect("below the bound")
    }
}

/// A damaged copy of a file, and what was done to it.
pub(crate) fn damaged(bytes: &[u8], chance: &mut Chance) -> (&'static str, Vec<u8>) {
    let mut copy = bytes.to_vec();
    match chance.below(7) {
        0 => {
            for _ in 0..=chance.below(4) {
                let at = chance.below(copy.len());
                copy[at] ^= 1 << chance.below(8);
            }
            ("bits flipped", copy)
        }
        1 => {
            copy.truncate(chance.below(bytes.len()));
            ("cut", copy)
        }
        2 => {
            let from = chance.below(copy.len());
            let to = (from + 1 + chance.below(200)).min(copy.len());
            copy.drain(from..to);
            ("a piece lost", copy)
        }
        3 => {
            let at = chance.below(copy.len());
            copy.insert(at, [b'"', b';', b'\n', 0xC3, b',', b'\r'][chance.below(6)]);
            ("a byte put in", copy)
        }
        4 => (
            "a line twice",
            with_lines(bytes, |lines| {
                let line = lines[chance.below(lines.len())].clone();
                lines.insert(chance.below(lines.len()), line);
            }),
        ),
        5 => (
            "two lines in each other's place",
            with_lines(bytes, |lines| {
                let (one, other) = (chance.below(lines.len()), chance.below(lines.len()));
                lines.swap(one, other);
            }),
        ),
        _ => (
            "two cells in each other's place",
            with_lines(bytes, |lines| {
                let at = chance.below(lines.len());
                let delimiter = [b';', b',', b'\t'][chance.below(3)];
                let mut cells: Vec<Vec<u8>> = lines[at]
                    .split(|byte| *byte == delimiter)
                    .map(<[u8]>::to_vec)
                    .collect();
                let (one, other) = (chance.below(cells.len()), chance.below(cells.len()));
                cells.swap(one, other);
                lines[at] = cells.join(&delimiter);
            }),
        ),
    }
}

fn with_lines(bytes: &[u8], change: impl FnOnce(&mut Vec<Vec<u8>>)) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = bytes
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    change(&mut lines);
    lines.join(&b'\n')
}

#[test]
fn the_same_seed_does_the_same_damage_and_another_does_not() {
    let file = b"a;b\n1;2\n3;4\n".repeat(20);
    let run = |seed| {
        let mut chance = Chance(seed);
        (0..20)
            .map(|_| damaged(&file, &mut chance))
            .collect::<Vec<_>>()
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
    assert!(run(1).iter().filter(|(_, copy)| *copy != file).count() > 10);
}
