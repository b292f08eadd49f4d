// SHA-256, the digests of a draw and how their parts are written (specification, section 1).
// Carried along: a page opened from a file, or over plain HTTP, has no crypto.subtle.
(function (draw) {
  "use strict";

  // The first 32 bits of the fractions of square and cube roots of primes, as FIPS 180-4 defines them.
  const fraction = (x) => ((x - Math.floor(x)) * 4294967296) | 0;
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
  const START = Int32Array.from(primes.slice(0, 8), (p) => fraction(Math.sqrt(p)));
  const ROUND = Int32Array.from(primes, (p) => fraction(Math.cbrt(p)));

  const encoder = new TextEncoder();
  const text = (value) => encoder.encode(value);

  function padded(chunks) {
    let size = 0;
    for (const chunk of chunks) size += chunk.length;
    const all = new Uint8Array(((size + 72) >>> 6) << 6);
    let at = 0;
    for (const chunk of chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    all[size] = 0x80;
    const view = new DataView(all.buffer);
    view.setUint32(all.length - 8, Math.floor(size / 536870912));
    view.setUint32(all.length - 4, (size << 3) >>> 0);
    return view;
  }

  const W = new Int32Array(64);

  function expand(view, at) {
    for (let i = 0; i < 16; i += 1) W[i] = view.getInt32(at + 4 * i);
    for (let i = 16; i < 64; i += 1) {
      const x = W[i - 15];
      const y = W[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
    }
  }

  function compress(state) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const one = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i] + W[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0;
      d = c; c = b; b = a; a = (one + two) | 0;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d;
    state[4] += e; state[5] += f; state[6] += g; state[7] += h;
  }

  // SHA-256 over the chunks (Uint8Array each) one after the other; 32 bytes.
  function sha256(...chunks) {
    const view = padded(chunks);
    const state = START.slice();
    for (let at = 0; at < view.byteLength; at += 64) {
      expand(view, at);
      compress(state);
    }
    const out = new DataView(new ArrayBuffer(32));
    for (let i = 0; i < 8; i += 1) out.setInt32(4 * i, state[i]);
    return new Uint8Array(out.buffer);
  }

  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

  // The text must be an even number of hexadecimal digits: the caller has looked.
  function unhex(digits) {
    const bytes = new Uint8Array(digits.length / 2);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = parseInt(digits.substr(2 * i, 2), 16);
    return bytes;
  }

  function index(n) {
    const view = new DataView(new ArrayBuffer(4));
    view.setUint32(0, n);
    return new Uint8Array(view.buffer);
  }

  // H of the specification for one draw; a rehearsal has tags of its own.
  function hasher(rehearsal) {
    const prefix = rehearsal ? "qingfu-draw-1-rehearsal/" : "qingfu-draw-1/";
    return function H(name, ...parts) {
      const chunks = [];
      for (const part of [text(prefix + name), ...parts]) chunks.push(index(part.length), part);
      return sha256(...chunks);
    };
  }

  Object.assign(draw, { sha256, hasher, hex, unhex, text, index });
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
