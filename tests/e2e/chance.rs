//! Numbers that look random and are the same in every run: a seed tells the whole story of a failure.

/// A linear congruential generator (Knuth's constants), its high half alone.
pub(crate) struct Chance(u64);

impl Chance {
    /// The numbers of a seed.
    pub(crate) const fn seeded(seed: u64) -> Self {
        Self(
            seed.wrapping_mul(2_862_933_555_777_941_757)
                .wrapping_add(3_037_000_493),
        )
    }

    /// From 0 up to `end`, which is not reached.
    pub(crate) fn below(&mut self, end: i128) -> i128 {
        let mut draw = || {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            i128::from(self.0 >> 32)
        };
        let wide = (draw() << 32) | draw();
        wide % end
    }

    /// Whether a chance of so many in a hundred comes true.
    pub(crate) fn percent(&mut self, chance: i128) -> bool {
        self.below(100) < chance
    }
}
