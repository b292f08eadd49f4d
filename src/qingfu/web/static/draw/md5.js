// MD5 (RFC 1321), for draws by RFC 3797 only: nothing of our own rests on it.
(function (draw) {
  "use strict";

  const TURNS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
  const SINE = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 4294967296));

  function padded(bytes) {
    const all = new Uint8Array(((bytes.length + 72) >>> 6) << 6);
    all.set(bytes);
    all[bytes.length] = 0x80;
    const view = new DataView(all.buffer);
    view.setUint32(all.length - 8, (bytes.length << 3) >>> 0, true);
    view.setUint32(all.length - 4, Math.floor(bytes.length / 536870912), true);
    return view;
  }

  function mixed(i, b, c, d) {
    if (i < 16) return [(b & c) | (~b & d), i];
    if (i < 32) return [(d & b) | (~d & c), (5 * i + 1) % 16];
    if (i < 48) return [b ^ c ^ d, (3 * i + 5) % 16];
    return [c ^ (b | ~d), (7 * i) % 16];
  }

  // MD5 of bytes; 16 bytes.
  draw.md5 = function (bytes) {
    const view = padded(bytes);
    const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
    for (let at = 0; at < view.byteLength; at += 64) {
      let [a, b, c, d] = state;
      for (let i = 0; i < 64; i += 1) {
        const [f, word] = mixed(i, b, c, d);
        const sum = (a + f + SINE[i] + view.getInt32(at + 4 * word, true)) | 0;
        const turn = TURNS[i >> 4][i & 3];
        a = d; d = c; c = b;
        b = (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0;
      }
      state[0] += a; state[1] += b; state[2] += c; state[3] += d;
    }
    const out = new DataView(new ArrayBuffer(16));
    state.forEach((word, i) => out.setInt32(4 * i, word, true));
    return new Uint8Array(out.buffer);
  };
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
