// The canonical form of a document: read so strictly that only it is accepted (specification, section 1).
(function (draw) {
  "use strict";

  const DEEPEST = 32;
  const SHORT = { 8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\" };
  const LONG = { b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", '"': '"', "\\": "\\" };

  class NotCanonical extends Error {
    constructor(what, at) {
      super(what);
      this.what = what;
      this.at = at;
    }
  }

  class Reader {
    constructor(text) {
      this.text = text;
      this.at = 0;
      this.depth = 0;
    }

    fail(what, at = this.at) {
      throw new NotCanonical(what, at);
    }

    document() {
      const value = this.value();
      if (this.at !== this.text.length) this.fail("after-the-end");
      return value;
    }

    value() {
      const code = this.text.charCodeAt(this.at);
      if (code === 34) return this.string();
      if (code === 123) return this.nested(this.object);
      if (code === 91) return this.nested(this.array);
      if (code === 45 || (code >= 48 && code <= 57)) return this.integer();
      for (const [word, value] of [["true", true], ["false", false], ["null", null]]) {
        if (this.text.startsWith(word, this.at)) {
          this.at += word.length;
          return value;
        }
      }
      return this.fail("not-json");
    }

    nested(read) {
      this.depth += 1;
      if (this.depth > DEEPEST) this.fail("too-deep");
      this.at += 1;
      const value = read.call(this);
      this.depth -= 1;
      return value;
    }

    // True if the character stands here; it is passed.
    passed(code) {
      if (this.text.charCodeAt(this.at) !== code) return false;
      this.at += 1;
      return true;
    }

    array() {
      const all = [];
      if (this.passed(93)) return all;
      do all.push(this.value());
      while (this.passed(44));
      return this.passed(93) ? all : this.fail("not-json");
    }

    object() {
      const all = Object.create(null);
      let last = null;
      if (this.passed(125)) return all;
      do {
        const start = this.at;
        if (this.text.charCodeAt(start) !== 34) this.fail("not-json");
        const key = this.string();
        if (/[^\x00-\x7f]/.test(key)) this.fail("key-not-ascii", start);
        if (key === last) this.fail("key-twice", start);
        if (last !== null && key < last) this.fail("keys-not-sorted", start);
        if (!this.passed(58)) this.fail("not-json");
        all[key] = this.value();
        last = key;
      } while (this.passed(44));
      return this.passed(125) ? all : this.fail("not-json");
    }

    string() {
      const start = this.at;
      let from = (this.at += 1);
      let read = "";
      let plain = true;
      for (;;) {
        const code = this.text.charCodeAt(this.at);
        if (code === 34) break;
        if (!(code >= 32)) this.fail("not-json");
        if (code >= 0x300) plain = false;
        if (code === 92) {
          read += this.text.slice(from, this.at) + this.escaped();
          from = this.at;
        } else this.at += 1;
      }
      read += this.text.slice(from, this.at);
      this.at += 1;
      if (!plain && read.normalize("NFC") !== read) this.fail("not-nfc", start);
      return read;
    }

    escaped() {
      const letter = this.text[this.at + 1];
      if (letter in LONG) {
        this.at += 2;
        return LONG[letter];
      }
      const digits = this.text.slice(this.at + 2, this.at + 6);
      const code = parseInt(digits, 16);
      if (letter !== "u" || !/^00[01][0-9a-f]$/.test(digits) || code in SHORT) this.fail("escape-not-canonical");
      this.at += 6;
      return String.fromCharCode(code);
    }

    integer() {
      const written = /-?[0-9]+(?:[.eE][-+.0-9eE]*)?/y;
      written.lastIndex = this.at;
      const found = written.exec(this.text);
      if (!found) return this.fail("not-json");
      if (!/^(?:0|-?[1-9][0-9]{0,15})$/.test(found[0])) this.fail("not-an-integer");
      const value = Number(found[0]);
      if (!Number.isSafeInteger(value)) this.fail("not-an-integer");
      this.at += found[0].length;
      return value;
    }
  }

  // The value that canonical bytes say; raises NotCanonical with what is wrong and at which byte (from 0).
  function read(bytes) {
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (error) {
      throw new NotCanonical("not-utf-8", null);
    }
    try {
      return new Reader(text).document();
    } catch (error) {
      if (!(error instanceof NotCanonical)) throw error;
      throw new NotCanonical(error.what, draw.text(text.slice(0, error.at)).length);
    }
  }

  function quoted(value) {
    const escape = (c) => SHORT[c.charCodeAt(0)] || "\\u00" + c.charCodeAt(0).toString(16).padStart(2, "0");
    return '"' + value.replace(/[\x00-\x1f"\\]/g, escape) + '"';
  }

  // The canonical form of a value as text.
  function written(value) {
    if (typeof value === "string") return quoted(value);
    if (Array.isArray(value)) return "[" + value.map(written).join(",") + "]";
    if (value === null || typeof value !== "object") return String(value);
    const keys = Object.keys(value).sort();
    return "{" + keys.map((key) => quoted(key) + ":" + written(value[key])).join(",") + "}";
  }

  draw.canon = { NotCanonical, read, written, bytes: (value) => draw.text(written(value)) };
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
