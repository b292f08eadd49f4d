// What a witness's phone makes: a key, a share in pieces that the circle can open, and the pieces of others
// (docs/explanation/draw-record.md, sections 2, 4 and 5). The key and the share never leave the phone before the reveal.
(function (draw) {
  "use strict";

  const { B, N, Q, affine, combine, challenge, evaluated, pointHex, pointOf, scalarOf } = draw.curve;
  const scalar = (k) => k.toString(16).padStart(64, "0");
  const positive = (k) => ((k %= N) < 0n ? k + N : k);

  // A secret number from 1 to N - 1. It works on plain http too, where the browser keeps its other tools back.
  function secret() {
    for (;;) {
      const k = scalarOf(draw.hex(crypto.getRandomValues(new Uint8Array(32))));
      if (k > 0n && k < N) return k;
    }
  }

  function inverse(k) {
    let [a, b, u, v] = [positive(k), N, 1n, 0n];
    while (a > 1n) {
      const q = b / a;
      [a, b, u, v] = [b - q * a, a, v - q * u, u];
    }
    return positive(u);
  }

  const times = (k, point) => affine(combine([[k, point]]));

  function sign(H, purpose, x, message) {
    const w = secret();
    const e = challenge(H, "sign", draw.text(purpose), times(x, Q), times(w, Q), message);
    return { e: scalar(e), z: scalar(positive(w + e * x)) };
  }

  // What somebody sends who joins under a name with the key of x.
  function member(H, notice, name, x) {
    const message = H("member", draw.unhex(notice), draw.text(name), draw.text("witness"));
    return { key: pointHex(times(x, Q)), name, proof: sign(H, "join", x, message), role: "witness" };
  }

  const circleDigest = (H, state) =>
    H("circle", draw.unhex(state.notice), draw.canon.bytes(state.circle), draw.index(state.threshold));

  // A share in pieces, one under each member's key, with the proof that every piece is right; and the share.
  function dealt(H, state, by, x) {
    const circle = circleDigest(H, state);
    const keys = state.circle.map((one) => pointOf(one.key));
    const coefficients = Array.from({ length: state.threshold }, secret);
    const at = (place) => coefficients.reduceRight((value, part) => positive(value * BigInt(place) + part), 0n);
    const commitments = coefficients.map((part) => times(part, B));
    const values = keys.map((_, i) => at(i + 1));
    const once = keys.map(secret);
    const pieces = keys.map((key, i) => times(values[i], key));
    const parts = keys.flatMap((key, i) => [evaluated(commitments, i + 1), pieces[i], times(once[i], B), times(once[i], key)]);
    const c = challenge(H, "deal", circle, draw.index(by), ...commitments, ...parts);
    const deal = {
      by, commitments: commitments.map(pointHex), pieces: pieces.map(pointHex), challenge: scalar(c),
      answers: once.map((w, i) => scalar(positive(w - values[i] * c))),
    };
    deal.signature = sign(H, "deal", x, H("deal-body", circle, draw.canon.bytes(deal)));
    return { deal, share: scalar(coefficients[0]), hash: draw.hex(H("share", circle, draw.canon.bytes(deal))) };
  }

  // This phone's piece of what the member `by` dealt, taken out of its key.
  function opening(H, state, by, piece, of, x) {
    const Y = pointOf(piece);
    const point = times(inverse(x), Y);
    const w = secret();
    const marks = [times(w, Q), times(w, point)];
    const e = challenge(H, "open", circleDigest(H, state), draw.index(by), draw.index(of), times(x, Q), Y, point, ...marks);
    return { of, point: pointHex(point), proof: { e: scalar(e), z: scalar(positive(w - e * x)) } };
  }

  // The seal as this phone computes it: what the office says is believed only if it is the same.
  function sealed(H, state) {
    const shares = state.shares.map((hash) => draw.unhex(hash));
    return draw.hex(H("seal", draw.unhex(state.notice), circleDigest(H, state), ...shares));
  }

  draw.witness = { dealt, member, opening, scalar, sealed, secret, keyOf: (x) => pointHex(times(x, Q)) };
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
