// What is wrong with a document, place by place. A fault is {where, what, expected}: a path, a word of words.js, a text or null.
(function (draw) {
  "use strict";

  const MANY = 60;
  const DIGEST = /^[0-9a-f]{64}$/;
  const ORDER = draw.curve.N.toString(16).padStart(64, "0");
  // A sign that can be seen: a reason of spaces is none.
  const SEEN = /[^\p{Z}\p{Cc}\p{Cf}]/u;
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

  class Faults {
    constructor() {
      this.all = [];
      this.more = 0;
    }

    add(where, what, expected = null) {
      if (this.all.length < MANY) this.all.push({ where, what, expected: expected === null ? null : String(expected) });
      else this.more += 1;
      return false;
    }

    get none() {
      return this.all.length === 0;
    }

    // Exactly these keys; those of `maybe` may be there as well.
    keys(value, where, keys, maybe = []) {
      if (!isObject(value)) return this.add(where, "not-an-object");
      const missing = keys.filter((key) => !(key in value));
      const strange = Object.keys(value).filter((key) => !keys.includes(key) && !maybe.includes(key));
      for (const key of missing) this.add(`${where}.${key}`, "missing");
      for (const key of strange) this.add(`${where}.${key}`, "not-allowed");
      return !missing.length && !strange.length;
    }

    text(value, where, mayBeEmpty = false) {
      if (typeof value !== "string") return this.add(where, "not-a-text");
      return mayBeEmpty || SEEN.test(value) || this.add(where, "empty");
    }

    like(value, where, pattern, says) {
      return (typeof value === "string" && pattern.test(value)) || this.add(where, "form", says);
    }

    integer(value, where, least, most = Number.MAX_SAFE_INTEGER) {
      if (!Number.isInteger(value)) return this.add(where, "not-an-integer");
      return (value >= least && value <= most) || this.add(where, "range", `${least} … ${most}`);
    }

    list(value, where, least = 0, most = Infinity) {
      if (!Array.isArray(value)) return this.add(where, "not-a-list");
      if (value.length >= least && value.length <= most) return true;
      return this.add(where, "length", least === most ? least : most === Infinity ? `≥ ${least}` : `${least} … ${most}`);
    }

    // A list whose every item passes; the items are looked at even if the list is too short or too long.
    each(value, where, test, least = 0, most = Infinity) {
      let good = this.list(value, where, least, most);
      if (Array.isArray(value)) value.forEach((item, i) => (good = test(item, `${where}[${i}]`, i) && good));
      return good;
    }

    texts(value, where, least = 0) {
      if (!this.each(value, where, (item, at) => this.text(item, at), least)) return false;
      return this.once(value, where);
    }

    once(all, where) {
      const seen = new Set();
      return all.every((item, i) => {
        if (seen.has(item)) return this.add(`${where}[${i}]`, "twice");
        return seen.add(item);
      });
    }

    // Strictly ascending by a key (texts of ASCII, or lists of them).
    ascending(all, where, key, what = "not-sorted") {
      for (let i = 1; i < all.length; i += 1) {
        const [before, here] = [key(all[i - 1]), key(all[i])];
        if (!(compare(before, here) < 0)) return this.add(`${where}[${i}]`, compare(before, here) ? what : "twice");
      }
      return true;
    }

    digest(value, where) {
      return this.like(value, where, DIGEST, "64 × 0–9 a–f");
    }

    point(value, where) {
      return (typeof value === "string" && draw.curve.pointOf(value) !== null) || this.add(where, "not-a-point");
    }

    scalar(value, where, mayBeZero = true) {
      if (!this.digest(value, where)) return false;
      return (value < ORDER && (mayBeZero || /[^0]/.test(value))) || this.add(where, "not-a-scalar");
    }

    proof(value, where) {
      if (!this.keys(value, where, ["e", "z"])) return false;
      return [this.scalar(value.e, `${where}.e`), this.scalar(value.z, `${where}.z`)].every(Boolean);
    }

    // Whether a value stands as it should; each place that differs is named.
    same(value, expected, where) {
      if (Array.isArray(expected) && Array.isArray(value)) {
        const good = expected.map((item, i) => i < value.length && this.same(value[i], item, `${where}[${i}]`)).every(Boolean);
        return value.length === expected.length ? good : this.add(where, "length", expected.length);
      }
      if (isObject(expected) && isObject(value)) {
        const keys = Object.keys(expected);
        if (!this.keys(value, where, keys)) return false;
        return keys.map((key) => this.same(value[key], expected[key], `${where}.${key}`)).every(Boolean);
      }
      return value === expected || this.add(where, "differs", typeof expected === "string" ? expected : draw.canon.written(expected));
    }
  }

  function compare(a, b) {
    if (!Array.isArray(a)) return a < b ? -1 : a > b ? 1 : 0;
    for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
      const way = compare(a[i], b[i]);
      if (way) return way;
    }
    return a.length - b.length;
  }

  draw.Faults = Faults;
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
