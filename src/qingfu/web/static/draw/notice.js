// Whether a notice says what a notice must say, and its method too (specification, sections 3 and 7).
(function (draw) {
  "use strict";

  const KEYS = ["clause", "draw", "excluded", "frozen_at", "method", "number", "organiser", "pool", "qingfu", "rehearsal",
    "replaces", "scheme", "title"];
  const SCHEMES = ["qingfu-1", "rfc3797", "sha256-lot"];
  const TICKET = /^[A-Z0-9-]{1,20}$/;
  const DRAW = /^[A-Za-z0-9._-]{1,80}$/;
  const MOMENT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/;
  const ticketOf = (entry) => entry.ticket;

  function isDay(written) {
    if (typeof written !== "string" || !/^\d{4}-\d\d-\d\d$/.test(written) || written < "0001") return false;
    const day = new Date(written + "T00:00:00Z");
    return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === written;
  }

  function head(faults, notice) {
    const at = (key) => `$.notice.${key}`;
    faults.same(notice.qingfu, "draw-notice/1", at("qingfu"));
    if (!SCHEMES.includes(notice.scheme)) faults.add(at("scheme"), "differs", SCHEMES.join(" | "));
    faults.like(notice.draw, at("draw"), DRAW, "1–80 × A–Z a–z 0–9 . _ -");
    faults.text(notice.title, at("title"));
    faults.text(notice.organiser, at("organiser"));
    faults.text(notice.clause, at("clause"), true);
    const moment = typeof notice.frozen_at === "string" && MOMENT.exec(notice.frozen_at);
    if (!moment || !isDay(moment[1])) faults.add(at("frozen_at"), "form", "YYYY-MM-DDThh:mm:ss.ffffffZ");
    if (typeof notice.rehearsal !== "boolean") faults.add(at("rehearsal"), "differs", "true | false");
    replaced(faults, notice.replaces, at("replaces"));
    publicNumber(faults, notice, at("number"));
  }

  function replaced(faults, value, where) {
    if (value === null || !faults.keys(value, where, ["draw", "reason"])) return;
    faults.text(value.draw, `${where}.draw`);
    faults.text(value.reason, `${where}.reason`);
  }

  // The day in China on which a list is frozen; null if the moment is none.
  function earliest(moment) {
    const time = Date.parse(String(moment).slice(0, 19) + "Z") + 8 * 3600000;
    return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
  }

  function publicNumber(faults, notice, where) {
    const { number } = notice;
    if (number === null) {
      if (notice.scheme !== "qingfu-1") faults.add(where, "missing");
      return;
    }
    if (!faults.keys(number, where, ["expected", "issue", "source"])) return;
    faults.text(number.source, `${where}.source`);
    faults.text(number.issue, `${where}.issue`, true);
    if (!isDay(number.expected)) faults.add(`${where}.expected`, "form", "YYYY-MM-DD");
    else {
      const first = earliest(notice.frozen_at);
      if (first !== null && number.expected < first) faults.add(`${where}.expected`, "before-freezing", `≥ ${first}`);
    }
  }

  // One who stands on a list: a ticket, and a public name or a digest in its place.
  function entry(faults, value, where, keys = [], maybe = []) {
    if (!faults.keys(value, where, ["ticket", ...keys], ["name", "holder", ...maybe])) return false;
    const named = "name" in value;
    if (named === "holder" in value) return faults.add(where, "name-or-holder");
    const good = [
      faults.like(value.ticket, `${where}.ticket`, TICKET, "1–20 × A–Z 0–9 -"),
      named ? faults.text(value.name, `${where}.name`) : faults.digest(value.holder, `${where}.holder`),
      !("marks" in value) || marks(faults, value.marks, `${where}.marks`),
    ];
    return good.every(Boolean);
  }

  function marks(faults, value, where) {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return faults.add(where, "not-an-object");
    return Object.keys(value).every((word) => faults.text(value[word], `${where}.${word}`, true));
  }

  function entries(faults, value, where, keys, maybe, least, most) {
    const good = faults.each(value, where, (item, at) => entry(faults, item, at, keys, maybe), least, most);
    return good && faults.ascending(value, where, ticketOf);
  }

  function excluded(faults, notice) {
    const test = (item, at) => entry(faults, item, at, ["reason"]) && faults.text(item.reason, `${at}.reason`);
    const good = faults.each(notice.excluded, "$.notice.excluded", test);
    if (good) faults.ascending(notice.excluded, "$.notice.excluded", ticketOf);
    return good;
  }

  // Every entry has a mark for each of the words.
  function marked(faults, pool, words) {
    return pool.every((item, i) => words.every((word) =>
      (item.marks && word in item.marks) || faults.add(`$.notice.pool[${i}].marks.${word}`, "missing")));
  }

  const W = "$.notice.method";
  // For each method: its keys, what entries of the pool must and may have, and what else holds.
  const METHODS = {
    pick: { keys: ["take"], test: (faults, m, pool) => faults.integer(m.take, `${W}.take`, 1, pool.length) },
    share: {
      keys: ["by", "least", "of", "parts"], asks: ["marks"],
      test(faults, m, pool) {
        const good = [
          faults.texts(m.by, `${W}.by`, 1),
          faults.integer(m.of, `${W}.of`, 1) && faults.integer(m.parts, `${W}.parts`, 1, m.of),
          faults.integer(m.least, `${W}.least`, 0),
        ];
        return good.every(Boolean) && marked(faults, pool, m.by);
      },
    },
    match: { keys: ["apart_by", "rounds", "takers", "ties"], maybe: ["marks"], test: matchable },
    allot: {
      keys: ["apart", "avoid", "balance", "classes", "later", "teams", "together"], asks: ["level"], maybe: ["marks"],
      test: allottable,
    },
  };

  function matchable(faults, m, pool) {
    const most = (item, i) => !("most" in item) || faults.integer(item.most, `${W}.takers[${i}].most`, 0);
    const good = [
      faults.integer(m.rounds, `${W}.rounds`, 1),
      faults.texts(m.apart_by, `${W}.apart_by`),
      entries(faults, m.takers, `${W}.takers`, [], ["marks", "most"]) && m.takers.map(most).every(Boolean),
    ];
    if (!good.every(Boolean)) return false;
    const [takers, targets] = [new Set(m.takers.map(ticketOf)), new Set(pool.map(ticketOf))];
    const tie = (item, at) =>
      faults.keys(item, at, ["reason", "taker", "target"]) && faults.text(item.reason, `${at}.reason`) &&
      (takers.has(item.taker) || faults.add(`${at}.taker`, "unknown-ticket")) &&
      (targets.has(item.target) || faults.add(`${at}.target`, "unknown-ticket"));
    return faults.each(m.ties, `${W}.ties`, tie) && faults.ascending(m.ties, `${W}.ties`, (t) => [t.target, t.taker]);
  }

  function allottable(faults, m, pool) {
    const good = [
      faults.texts(m.classes, `${W}.classes`, 1),
      faults.texts(m.balance, `${W}.balance`),
      pool.map((item, i) => faults.integer(item.level, `$.notice.pool[${i}].level`, 0)).every(Boolean),
      faults.integer(m.later, `${W}.later`, 0),
      Array.isArray(m.teams) && !m.teams.length ? true
        : entries(faults, m.teams, `${W}.teams`, [], [], Array.isArray(m.classes) ? m.classes.length : 1,
          Array.isArray(m.classes) ? m.classes.length : Infinity),
    ];
    return good.every(Boolean) && marked(faults, pool, m.balance) && related(faults, m, pool);
  }

  function related(faults, m, pool) {
    const [pupils, teams] = [new Set(pool.map(ticketOf)), new Set(m.teams.map(ticketOf))];
    const from = (known) => (ticket, at) => known.has(ticket) || faults.add(at, "unknown-ticket");
    const group = (item, at) =>
      faults.each(item, at, from(pupils), 2, Math.floor(pool.length / m.classes.length)) &&
      faults.ascending(item, at, (ticket) => ticket);
    const apart = (item, at) =>
      faults.each(item, at, from(pupils), 2, 2) && faults.ascending(item, at, (ticket) => ticket);
    const avoid = (item, at) =>
      faults.list(item, at, 2, 2) && from(pupils)(item[0], `${at}[0]`) && from(teams)(item[1], `${at}[1]`);
    const good = [["together", group], ["apart", apart], ["avoid", avoid]].map(([key, test]) =>
      faults.each(m[key], `${W}.${key}`, test) && faults.ascending(m[key], `${W}.${key}`, (item) => item));
    return good.every(Boolean) && disjoint(faults, m);
  }

  function disjoint(faults, m) {
    const groupOf = new Map();
    const good = m.together.map((group, i) => group.every((ticket) => {
      if (groupOf.has(ticket)) return faults.add(`${W}.together[${i}]`, "twice", ticket);
      return groupOf.set(ticket, i);
    }));
    const parted = m.apart.map(([a, b], i) =>
      !groupOf.has(a) || groupOf.get(a) !== groupOf.get(b) || faults.add(`${W}.apart[${i}]`, "of-one-group"));
    return [...good, ...parted].every(Boolean);
  }

  function method(faults, notice) {
    const value = notice.method;
    const own = value !== null && typeof value === "object" && typeof value.kind === "string" ? value.kind : null;
    const wanted = notice.scheme === "qingfu-1" ? Object.keys(METHODS) : ["pick"];
    if (!wanted.includes(own)) return faults.add(`${W}.kind`, "differs", wanted.join(" | "));
    const { keys, asks = [], maybe = [], test } = METHODS[own];
    const good = faults.keys(value, W, ["kind", ...keys]);
    if (!entries(faults, notice.pool, "$.notice.pool", asks, maybe, 1) || !good) return false;
    if (notice.scheme === "sha256-lot" && value.take !== 1) return faults.add(`${W}.take`, "differs", 1);
    return test(faults, value, notice.pool);
  }

  // Names every fault of a notice; true if there is none.
  draw.readNotice = function (faults, notice) {
    if (!faults.keys(notice, "$.notice", KEYS)) return false;
    const before = faults.all.length;
    head(faults, notice);
    if (method(faults, notice) && excluded(faults, notice)) {
      const pool = new Set(notice.pool.map(ticketOf));
      notice.excluded.forEach((item, i) => pool.has(item.ticket) && faults.add(`$.notice.excluded[${i}].ticket`, "in-both"));
    }
    return faults.all.length === before;
  };
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
