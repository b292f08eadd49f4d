// The verifier: what a record says, checked part by part (specification, sections 9 to 11).
(function (draw) {
  "use strict";

  const KEYS = ["circle", "deals", "notice", "notice_digest", "number", "qingfu", "result", "reveals", "seal_digest", "seed",
    "threshold"];

  // The document of a file, or null; a file that is not canonical is named with the byte where it is not.
  function documentOf(faults, bytes, where) {
    try {
      return draw.canon.read(bytes);
    } catch (error) {
      if (!(error instanceof draw.canon.NotCanonical)) throw error;
      faults.add(error.at === null ? where : `${where} @ ${error.at}`, error.what);
      return null;
    }
  }

  function number(faults, record) {
    const { number: value, notice } = record;
    if (notice.number === null) return faults.same(value, null, "$.number");
    if (!faults.keys(value, "$.number", ["values"])) return false;
    const most = notice.scheme === "sha256-lot" ? 1 : Infinity;
    const one = (item, at) => faults.integer(item, at, 0);
    return faults.each(value.values, "$.number.values", (item, at) => faults.each(item, at, one, 1), 1, most);
  }

  function* sealed(H, faults, record) {
    if (record.notice.scheme === "qingfu-1") return yield* draw.readCircle(H, faults, record);
    const nothing = { circle: [], deals: [], reveals: [], threshold: 0 };
    for (const key of Object.keys(nothing)) faults.same(record[key], nothing[key], `$.${key}`);
    return { circle: null, shares: [], contributions: [] };
  }

  // Each digest is computed from what the record states before it: so a fault is named where it is, and not again after it.
  function* computed(faults, record) {
    const H = draw.hasher(record.notice.rehearsal);
    const digest = draw.hex(H("notice", draw.canon.bytes(record.notice)));
    faults.same(record.notice_digest, digest, "$.notice_digest");
    const circle = yield* sealed(H, faults, record);
    const numbered = number(faults, record);
    if (!circle) return null;
    const notice = draw.unhex(record.notice_digest);
    const between = circle.circle ? [circle.circle, ...circle.shares] : [];
    faults.same(record.seal_digest, draw.hex(H("seal", notice, ...between)), "$.seal_digest");
    if (numbered && !circle.contributions.includes(null)) {
      const parts = [notice, draw.unhex(record.seal_digest), ...circle.contributions, draw.canon.bytes(record.number)];
      faults.same(record.seed, draw.hex(H("seed", ...parts)), "$.seed");
    }
    if (numbered) yield* replayed(H, faults, record);
    return circle.shares.map(draw.hex);
  }

  function* replayed(H, faults, record) {
    const { notice } = record;
    const { method, pool } = notice;
    yield { step: "replay", part: 0 };
    if (!sized(faults, record)) return;
    const other = draw.others[notice.scheme];
    const expected = other ? other(method, pool, record.number.values) : yield* run(method, pool, draw.chance(H, draw.unhex(record.seed)));
    if (expected === null) faults.add("$.result", "no-answer");
    else faults.same(record.result, expected, "$.result");
  }

  // A method may ask for more seats than a result has: that is a fault before anything is computed.
  function sized(faults, { notice, result }) {
    if (notice.method.kind !== "allot") return true;
    const later = result !== null && typeof result === "object" && Array.isArray(result.later) ? result.later : [];
    return later.length === notice.method.later || faults.add("$.result.later", "length", notice.method.later);
  }

  function* run(method, pool, chance) {
    const result = draw[method.kind](method, pool, chance);
    return typeof result.next === "function" ? yield* result : result;
  }

  function anchored(faults, anchor, record, shares) {
    const keys = ["draw", "notice", "qingfu", "rehearsal", "seal", "shares", "title"];
    if (anchor.qingfu !== "draw-anchor/1") {
      faults.add("anchor $.qingfu", "not-anchor", "draw-anchor/1");
      return;
    }
    if (!faults.keys(anchor, "anchor $", keys)) return;
    const { notice, notice_digest: digest, seal_digest: seal } = record;
    const expected = { qingfu: "draw-anchor/1", draw: notice.draw, rehearsal: notice.rehearsal, title: notice.title,
      notice: digest, seal, shares: shares || anchor.shares };
    faults.same(anchor, expected, "anchor $");
  }

  // Digests typed from the notice at the door stand for the anchor: the seal must be among them, and none may be strange.
  function typed(faults, digests, record, shares) {
    const known = [record.notice_digest, record.seal_digest, ...(shares || [])];
    digests.forEach((digest, i) => known.includes(digest) || faults.add(`anchor [${i}]`, "strange-digest", record.seal_digest));
    if (faults.none && !digests.includes(record.seal_digest)) faults.add("anchor", "no-seal", record.seal_digest);
  }

  const organisers = (record) => record.circle.filter((member) => member.role === "organiser").length;

  function verdict(record, anchor) {
    if (record.notice.rehearsal) return "rehearsal";
    if (anchor === null) return "consistent";
    const witnessed = record.deals.some((deal) => record.circle[deal.by].role === "witness");
    return record.number !== null || (witnessed && organisers(record) < record.threshold) ? "random" : "replayable";
  }

  // What holds, and a reader should know all the same.
  function remarks(record) {
    const { circle, threshold, notice, reveals } = record;
    const all = [];
    const witnesses = circle.length - organisers(record);
    if (witnesses && organisers(record) >= threshold) all.push("organiser-could-open");
    else if (witnesses && threshold === 1) all.push("one-opens-all");
    if (circle.length && witnesses < threshold) all.push("witnesses-too-few");
    if (reveals.some((reveal) => "pieces" in reveal)) all.push("opened-by-others");
    if (notice.scheme !== "qingfu-1") all.push("bias");
    if (record.result.unmet && record.result.unmet.length) all.push("unmet");
    all.push("frozen-at");
    return all;
  }

  function* checked(faults, record, anchor, facts) {
    if (!faults.keys(record, "$", KEYS)) return;
    faults.same(record.qingfu, "draw/1", "$.qingfu");
    const digests = ["notice_digest", "seal_digest", "seed"].map((key) => faults.digest(record[key], `$.${key}`));
    if (!draw.readNotice(faults, record.notice)) return;
    facts.record = record;
    if (!digests.every(Boolean)) return;
    const shares = yield* computed(faults, record);
    facts.shares = shares || [];
    if (Array.isArray(anchor)) typed(faults, anchor, record, shares);
    else if (anchor !== null) anchored(faults, anchor, record, shares);
  }

  // The same as verify, but it pauses: yields null, or {step, part} when there is something to tell.
  function* steps(bytes, anchorBytes = null) {
    const [faults, facts] = [new draw.Faults(), { record: null, shares: [], sha256: null }];
    const notes = [];
    let said = "rejected";
    try {
      yield { step: "reading", part: 0 };
      facts.sha256 = draw.hex(draw.sha256(bytes));
      const record = documentOf(faults, bytes, "$");
      const file = anchorBytes instanceof Uint8Array;
      const anchor = file ? documentOf(faults, anchorBytes, "anchor $") : anchorBytes;
      if (file && faults.none && (anchor === null || Array.isArray(anchor))) faults.add("anchor $", "not-an-object");
      if (faults.none) yield* checked(faults, record, anchor, facts);
      if (faults.none) {
        notes.push(...remarks(record));
        said = verdict(record, anchor);
      }
    } catch (error) {
      faults.add("$", "cannot-be-judged", error && error.message);
      said = "rejected";
    }
    return { verdict: said, faults: faults.all, more: faults.more, notes, facts };
  }

  // Judge a record (bytes) against an anchor: the bytes of its file, a list of digests typed from the door, or null.
  // Returns {verdict, faults: [{where, what, expected}], more (faults not listed), notes, facts}; never raises.
  function verify(bytes, anchor = null) {
    const run = steps(bytes, anchor);
    for (let step = run.next(); ; step = run.next()) if (step.done) return step.value;
  }

  // Whether a family's slip opens the holder at its ticket (section 8): true, false, or null if the ticket has no holder.
  function slipHolds(notice, ticket, salt, identity) {
    const entry = [...notice.pool, ...notice.excluded].find((item) => item.ticket === ticket);
    if (!entry || !entry.holder) return null;
    const H = draw.hasher(notice.rehearsal);
    return draw.hex(H("holder", draw.text(ticket), draw.unhex(salt), draw.text(identity))) === entry.holder;
  }

  Object.assign(draw, { steps, verify, slipHolds });

  // The same file runs as a worker: it is given a record and an anchor, and tells how far it is.
  if (typeof document === "undefined" && typeof WorkerGlobalScope !== "undefined") {
    globalThis.onmessage = ({ data }) => {
      const run = steps(data.record, data.anchor);
      for (let step = run.next(); ; step = run.next()) {
        if (step.done) return globalThis.postMessage({ done: step.value });
        if (step.value) globalThis.postMessage({ told: step.value });
      }
    };
  }
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
