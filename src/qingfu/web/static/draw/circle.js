// The circle, its deals and their reveals (specification, sections 4 and 5): every proof and every signature.
(function (draw) {
  "use strict";

  const { B, Q, affine, combine, challenge, evaluated, pointOf, same, scalarOf, signed, weight } = draw.curve;
  const LARGEST = 60;

  // Whether the parts have the form they must have; without it nothing can be computed.
  function formed(faults, record) {
    const size = Array.isArray(record.circle) ? record.circle.length : 0;
    const good = [
      faults.each(record.circle, "$.circle", (item, at) => member(faults, item, at), 1, LARGEST),
      faults.integer(record.threshold, "$.threshold", 1, Math.max(1, size)),
    ];
    if (!good.every(Boolean)) return false;
    for (const key of ["name", "key"]) faults.once(record.circle.map((item) => item[key]), "$.circle");
    const dealt = faults.each(record.deals, "$.deals", (item, at) => deal(faults, record, item, at), 1, size);
    if (!dealt || !faults.ascending(record.deals, "$.deals", (item) => item.by)) return false;
    const test = (item, at, i) => reveal(faults, record, item, at, i);
    return faults.each(record.reveals, "$.reveals", test, record.deals.length, record.deals.length);
  }

  function member(faults, item, at) {
    if (!faults.keys(item, at, ["key", "name", "proof", "role"])) return false;
    const role = ["organiser", "witness"].includes(item.role) || faults.add(`${at}.role`, "differs", "organiser | witness");
    return [role, faults.text(item.name, `${at}.name`), faults.point(item.key, `${at}.key`),
      faults.proof(item.proof, `${at}.proof`)].every(Boolean);
  }

  function deal(faults, record, item, at) {
    const [n, k] = [record.circle.length, record.threshold];
    if (!faults.keys(item, at, ["answers", "by", "challenge", "commitments", "pieces", "signature"])) return false;
    const point = (value, where) => faults.point(value, where);
    return [
      faults.integer(item.by, `${at}.by`, 0, n - 1),
      faults.each(item.commitments, `${at}.commitments`, point, k, k),
      faults.each(item.pieces, `${at}.pieces`, point, n, n),
      faults.each(item.answers, `${at}.answers`, (value, where) => faults.scalar(value, where), n, n),
      faults.scalar(item.challenge, `${at}.challenge`),
      faults.proof(item.signature, `${at}.signature`),
    ].every(Boolean);
  }

  function reveal(faults, record, item, at, i) {
    const [n, k] = [record.circle.length, record.threshold];
    const own = item !== null && typeof item === "object" && "share" in item;
    if (!faults.keys(item, at, ["by", own ? "share" : "pieces"])) return false;
    if (i < record.deals.length) faults.same(item.by, record.deals[i].by, `${at}.by`);
    if (own) return faults.scalar(item.share, `${at}.share`, false);
    const piece = (value, where) => faults.keys(value, where, ["of", "point", "proof"]) &&
      [faults.integer(value.of, `${where}.of`, 0, n - 1), faults.point(value.point, `${where}.point`),
        faults.proof(value.proof, `${where}.proof`)].every(Boolean);
    return faults.each(item.pieces, `${at}.pieces`, piece, k, k) &&
      faults.ascending(item.pieces, `${at}.pieces`, (value) => value.of);
  }

  function joined(state, i) {
    const { H, faults, record } = state;
    const { key, name, proof, role } = record.circle[i];
    const message = H("member", state.notice, draw.text(name), draw.text(role));
    return signed(H, "join", pointOf(key), message, proof) || faults.add(`$.circle[${i}].proof`, "does-not-hold");
  }

  // The proof of a deal that all its pieces are right, and its dealer's signature.
  function* dealt(state, i) {
    const { H, faults, record, circle } = state;
    const item = record.deals[i];
    const commitments = item.commitments.map(pointOf);
    const c = scalarOf(item.challenge);
    const parts = [];
    for (let place = 1; place <= record.circle.length; place += 1) {
      const [key, piece] = [pointOf(record.circle[place - 1].key), pointOf(item.pieces[place - 1])];
      const [X, answer] = [evaluated(commitments, place), scalarOf(item.answers[place - 1])];
      parts.push(X, piece, affine(combine([[answer, B], [c, X]])), affine(combine([[answer, key], [c, piece]])));
      yield null;
    }
    const right = challenge(H, "deal", circle, draw.index(item.by), ...commitments, ...parts);
    if (right !== c) faults.add(`$.deals[${i}].challenge`, "does-not-hold");
    const unsigned = Object.assign({}, item);
    delete unsigned.signature;
    const message = H("deal-body", circle, draw.canon.bytes(unsigned));
    if (!signed(H, "deal", pointOf(record.circle[item.by].key), message, item.signature)) {
      faults.add(`$.deals[${i}].signature`, "does-not-hold");
    }
  }

  // The point of a share, opened by its dealer or by others; null if a proof does not hold.
  function* opened(state, i) {
    const { faults, record } = state;
    const [item, its, at] = [record.reveals[i], record.deals[i], `$.reveals[${i}]`];
    if ("share" in item) {
      const share = scalarOf(item.share);
      if (same(combine([[share, B]]), pointOf(its.commitments[0]))) return combine([[share, Q]]);
      faults.add(`${at}.share`, "does-not-hold");
      return null;
    }
    let good = true;
    for (let j = 0; j < item.pieces.length; j += 1) {
      if (!proven(state, its, item.pieces[j])) good = faults.add(`${at}.pieces[${j}].proof`, "does-not-hold");
      yield null;
    }
    const places = item.pieces.map((piece) => piece.of + 1);
    return good ? combine(item.pieces.map((piece, j) => [weight(places[j], places), pointOf(piece.point)])) : null;
  }

  function proven({ H, record, circle }, its, piece) {
    const [K, Y, P] = [record.circle[piece.of].key, its.pieces[piece.of], piece.point].map(pointOf);
    const [e, z] = [scalarOf(piece.proof.e), scalarOf(piece.proof.z)];
    const [first, second] = [combine([[z, Q], [e, K]]), combine([[z, P], [e, Y]])];
    return challenge(H, "open", circle, draw.index(its.by), draw.index(piece.of), K, Y, P, first, second) === e;
  }

  // Checks circle, deals and reveals against the notice digest the record states.
  // Returns {circle, shares, contributions}: digests as bytes, a contribution null if it cannot be known; or null.
  draw.readCircle = function* (H, faults, record) {
    if (!formed(faults, record)) return null;
    const notice = draw.unhex(record.notice_digest);
    const circle = H("circle", notice, draw.canon.bytes(record.circle), draw.index(record.threshold));
    const state = { H, faults, record, notice, circle };
    const shares = record.deals.map((item) => H("share", circle, draw.canon.bytes(item)));
    const contributions = [];
    for (let i = 0; i < record.circle.length; i += 1) {
      joined(state, i);
      yield null;
    }
    for (let i = 0; i < record.deals.length; i += 1) {
      yield { step: "proofs", part: i / record.deals.length };
      yield* dealt(state, i);
      const point = yield* opened(state, i);
      const written = point && draw.curve.pointHex(point);
      contributions.push(written ? H("contribution", shares[i], draw.unhex(written)) : null);
    }
    return { circle, shares, contributions };
  };
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
