// Results that are an order: methods pick and share (7.1, 7.2), and the two schemes of others (11).
(function (draw) {
  "use strict";

  const tickets = (pool) => pool.map((entry) => entry.ticket);

  function pick(method, pool, chance) {
    const order = chance("order").shuffle(tickets(pool));
    return { chosen: order.slice(0, method.take), order };
  }

  function share(method, pool, chance) {
    const strata = new Map();
    for (const entry of pool) {
      const marks = method.by.map((word) => entry.marks[word]);
      const label = draw.canon.written(marks);
      if (!strata.has(label)) strata.set(label, { marks, tickets: [] });
      strata.get(label).tickets.push(entry.ticket);
    }
    return { strata: Array.from(strata, ([label, stratum]) => drawn(method, label, stratum, chance)) };
  }

  function drawn(method, label, stratum, chance) {
    const order = chance("order/" + label).shuffle(stratum.tickets);
    const [size, a, b] = [order.length, method.parts, method.of].map(BigInt);
    const part = Number((size * a + b - 1n) / b);
    return { chosen: order.slice(0, Math.max(method.least, part)), marks: stratum.marks, order };
  }

  const joined = (numbers, digits) =>
    numbers.slice().sort((a, b) => a - b).map((n) => String(n).padStart(digits, "0")).join(".") + "./";
  const integer = (digest) => BigInt("0x" + digest);

  // RFC 3797: MD5 of a count, the key and the count again, modulo the tickets that are left.
  function rfc3797(method, pool, values) {
    const key = draw.text(values.map((numbers) => joined(numbers, 1)).join(""));
    const left = tickets(pool);
    const [order, digests] = [[], []];
    for (let i = 0; left.length; i += 1) {
      const bytes = new Uint8Array(key.length + 4);
      bytes.set(key, 2);
      for (const at of [0, key.length + 2]) bytes.set([(i >> 8) & 255, i & 255], at);
      const digest = draw.hex(draw.md5(bytes)).toUpperCase();
      digests.push(digest);
      order.push(left.splice(Number(integer(digest) % BigInt(left.length)), 1)[0]);
    }
    return { chosen: order.slice(0, method.take), digests, order };
  }

  function sha256Lot(method, pool, values) {
    const digest = draw.hex(draw.sha256(draw.text(joined(values[0], 2))));
    const chosen = pool[Number(integer(digest) % BigInt(pool.length))].ticket;
    return { chosen: [chosen], digests: [digest], order: [chosen] };
  }

  Object.assign(draw, { pick, share, others: { rfc3797, "sha256-lot": sha256Lot } });
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
