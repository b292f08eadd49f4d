// Chance out of the seed (specification, section 6).
(function (draw) {
  "use strict";

  const WHOLE = 4294967296;

  // The stream of one label: below(m) and shuffle(list), in the order in which they are asked.
  class Stream {
    constructor(H, seed, label) {
      this.block = (count) => H("stream", seed, draw.text(label), count);
      this.blocks = 0;
      this.words = null;
      this.at = 8;
    }

    word() {
      if (this.at === 8) {
        const count = new DataView(new ArrayBuffer(8));
        count.setUint32(0, Math.floor(this.blocks / WHOLE));
        count.setUint32(4, this.blocks % WHOLE);
        this.words = new DataView(this.block(new Uint8Array(count.buffer)).buffer);
        this.blocks += 1;
        this.at = 0;
      }
      this.at += 1;
      return this.words.getUint32(4 * (this.at - 1));
    }

    // An integer from 0 to m - 1, none more likely than another.
    below(m) {
      if (m === 1) return 0;
      const fair = WHOLE - (WHOLE % m);
      for (;;) {
        const word = this.word();
        if (word < fair) return word % m;
      }
    }

    // The list itself, in an order of chance.
    shuffle(list) {
      for (let i = 0; i < list.length - 1; i += 1) {
        const j = i + this.below(list.length - i);
        const kept = list[i];
        list[i] = list[j];
        list[j] = kept;
      }
      return list;
    }
  }

  // For one draw: a function from a label to its stream.
  draw.chance = (H, seed) => (label) => new Stream(H, seed, label);
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
