// Chance that is the same on every machine: a small generator (mulberry32) with a seed.

export class Dice {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** A number from 0 up to 1. */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number below one. */
  below(most) {
    return Math.floor(this.next() * most);
  }

  /** True so often. */
  often(share) {
    return this.next() < share;
  }

  /** One of several. */
  of(several) {
    return several[this.below(several.length)];
  }
}
