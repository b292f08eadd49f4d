// NIST P-256 with whole numbers of any size, and the three proofs of a draw (specification, sections 2, 4 and 5).
// Nothing here is secret, so nothing has to take the same time for every input.
(function (draw) {
  "use strict";

  const P = BigInt("0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
  const N = BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  const B_COEFFICIENT = BigInt("0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");
  const BASE_X = "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";
  const INFINITY = { x: 1n, y: 1n, z: 0n };
  const WINDOW = 5n;

  const positive = (x, m) => ((x %= m) < 0n ? x + m : x);

  function inverse(x, m) {
    let [a, b, u, v] = [positive(x, m), m, 1n, 0n];
    while (a > 1n) {
      const q = b / a;
      [a, b, u, v] = [b - q * a, a, v - q * u, u];
    }
    return positive(u, m);
  }

  function power(x, exponent) {
    let result = 1n;
    for (const bit of exponent.toString(2)) {
      result = (result * result) % P;
      if (bit === "1") result = (result * x) % P;
    }
    return result;
  }

  // Jacobian coordinates. Remainders keep the sign of what was divided; only what leaves this file is made positive.
  function twice(p) {
    if (p.z === 0n) return p;
    const delta = (p.z * p.z) % P;
    const gamma = (p.y * p.y) % P;
    const beta = (p.x * gamma) % P;
    const alpha = (3n * (p.x - delta) * (p.x + delta)) % P;
    const x = (alpha * alpha - 8n * beta) % P;
    return { x, y: (alpha * (4n * beta - x) - 8n * gamma * gamma) % P, z: (2n * p.y * p.z) % P };
  }

  function add(p, q) {
    if (p.z === 0n) return q;
    if (q.z === 0n) return p;
    const pz = (p.z * p.z) % P;
    const qz = (q.z * q.z) % P;
    const u = (p.x * qz) % P;
    const s = (((p.y * q.z) % P) * qz) % P;
    const h = (q.x * pz - u) % P;
    const r = (((q.y * p.z) % P) * pz - s) % P;
    if (h === 0n) return r === 0n ? twice(p) : INFINITY;
    const hh = (h * h) % P;
    const hhh = (hh * h) % P;
    const v = (u * hh) % P;
    const x = (r * r - hhh - 2n * v) % P;
    return { x, y: (r * (v - x) - s * hhh) % P, z: (((p.z * q.z) % P) * h) % P };
  }

  const negative = (p) => ({ x: p.x, y: -p.y, z: p.z });

  // The odd multiples 1, 3, … 15 of a point, kept with it.
  function odds(p) {
    if (!p.odds) {
      const step = twice(p);
      const all = [p];
      while (all.length < 8) all.push(add(all[all.length - 1], step));
      p.odds = all;
    }
    return p.odds;
  }

  // A scalar as odd digits between zeros, lowest first (non-adjacent form of width 5).
  function digits(k) {
    const all = [];
    const whole = 1n << WINDOW;
    while (k > 0n) {
      let digit = 0n;
      if (k & 1n) {
        digit = k & (whole - 1n);
        if (digit > whole >> 1n) digit -= whole;
        k -= digit;
      }
      all.push(Number(digit));
      k >>= 1n;
    }
    return all;
  }

  // The sum of scalar·point over [scalar, point] pairs.
  function combine(pairs) {
    const all = pairs.map(([k, p]) => [digits(positive(k, N)), odds(p)]);
    let sum = INFINITY;
    for (let i = Math.max(0, ...all.map(([d]) => d.length)) - 1; i >= 0; i -= 1) {
      sum = twice(sum);
      for (const [d, table] of all) {
        if (d[i] > 0) sum = add(sum, table[d[i] >> 1]);
        else if (d[i] < 0) sum = add(sum, negative(table[-d[i] >> 1]));
      }
    }
    return sum;
  }

  function affine(p) {
    if (p.z === 1n) return p;
    const z = inverse(p.z, P);
    const zz = (z * z) % P;
    return { x: positive(p.x * zz, P), y: positive(p.y * zz * z, P), z: 1n };
  }

  const isNothing = (p) => p.z % P === 0n;
  const same = (p, q) => !isNothing(p) && !isNothing(q) && pointHex(p) === pointHex(q);

  // Compressed; null for the point at infinity, which never stands in a document nor in a challenge.
  function pointHex(p) {
    if (isNothing(p)) return null;
    const { x, y } = affine(p);
    return (y & 1n ? "03" : "02") + x.toString(16).padStart(64, "0");
  }

  const known = new Map();

  // The point a document writes, or null if that is no point of the curve.
  function pointOf(written) {
    if (!known.has(written)) known.set(written, decompressed(written));
    return known.get(written);
  }

  function decompressed(written) {
    if (!/^0[23][0-9a-f]{64}$/.test(written)) return null;
    const x = BigInt("0x" + written.slice(2));
    if (x >= P) return null;
    const square = positive(x * x * x - 3n * x + B_COEFFICIENT, P);
    const root = power(square, (P + 1n) >> 2n);
    if ((root * root) % P !== square) return null;
    const odd = written[1] === "3" ? 1n : 0n;
    if (root === 0n && odd) return null;
    return { x, y: (root & 1n) === odd ? root : P - root, z: 1n };
  }

  function secondPoint() {
    for (let counter = 0; ; counter += 1) {
      const found = pointOf("02" + draw.hex(draw.sha256(draw.text("qingfu-draw-1/second-point/" + counter))));
      if (found) return found;
    }
  }

  const B = pointOf("03" + BASE_X);
  const Q = secondPoint();
  const scalarOf = (written) => BigInt("0x" + written);

  // The integer of H modulo the order; points among the parts may be points. Null if one of them is at infinity.
  function challenge(H, name, ...parts) {
    const bytes = parts.map((part) => {
      if (part instanceof Uint8Array) return part;
      const written = pointHex(part);
      return written && draw.unhex(written);
    });
    return bytes.includes(null) ? null : scalarOf(draw.hex(H(name, ...bytes))) % N;
  }

  // Whether a signature {e, z} by a key on a message of 32 bytes holds.
  function signed(H, purpose, key, message, signature) {
    const [e, z] = [scalarOf(signature.e), scalarOf(signature.z)];
    const R = combine([[z, Q], [N - e, key]]);
    return challenge(H, "sign", draw.text(purpose), key, R, message) === e;
  }

  // Where the commitments' polynomial stands at place i (from 1): X of the specification.
  function evaluated(commitments, i) {
    let sum = INFINITY;
    for (let j = commitments.length - 1; j >= 0; j -= 1) sum = add(combine([[BigInt(i), sum]]), commitments[j]);
    return affine(sum);
  }

  // The weight at 0 of one place among others, modulo the order.
  function weight(place, places) {
    let [above, below] = [1n, 1n];
    for (const other of places) {
      if (other === place) continue;
      above = (above * BigInt(other)) % N;
      below = (below * BigInt(other - place)) % N;
    }
    return (above * inverse(below, N)) % N;
  }

  draw.curve = { N, B, Q, affine, combine, challenge, evaluated, isNothing, pointHex, pointOf, same, scalarOf, signed, weight };
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
