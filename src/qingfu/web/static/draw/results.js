// The result itself, method by method, and where one child stands in it.
(function (draw) {
  "use strict";

  const { el, svg, table, folded } = draw;
  const MANY_VALUES = 40;

  function namesOf(notice) {
    const entries = [...notice.pool, ...(notice.method.takers || []), ...(notice.method.teams || [])];
    const names = new Map(entries.map((entry) => [entry.ticket, draw.shown(entry)]));
    return (ticket) => names.get(ticket) || String(ticket);
  }

  function ticketList(name, tickets, shown) {
    return el(name, { class: "tickets" }, tickets.map((ticket) => el("li", {}, shown(ticket))));
  }

  function ordered(says, { chosen, order }, shown, level = "h3") {
    return [
      el(level, {}, says("chosen", { n: chosen.length })), ticketList("ol", chosen, shown),
      order.length > chosen.length ? folded(says("order", { n: order.length }), () => ticketList("ol", order, shown)) : null,
    ];
  }

  function share(says, result, shown) {
    return result.strata.map((stratum) => el("section", {}, el("h3", {}, stratum.marks.join(" · ")), ordered(says, stratum, shown, "h4")));
  }

  function match(says, result, shown) {
    const columns = [{ head: says("target") }, { head: says("taker") }];
    const rounds = result.rounds.map((pairs, i) => folded(says("round", { n: i + 1 }), () =>
      table(el("span", { class: "unseen" }, says("round", { n: i + 1 })), columns, pairs.map((pair) => pair.map(shown)))));
    const heads = [{ head: says("taker") }, { head: says("total"), figure: true },
      ...result.rounds.map((_, i) => ({ head: says("round", { n: i + 1 }), figure: true }))];
    const rows = result.loads.map(([taker, ...counts]) => [shown(taker), ...counts.map(String)]);
    return [rounds, folded(says("loads"), () => table(says("loads"), heads, rows))];
  }

  // For each class: how many of each value, and the mean level.
  function counted(notice, classes) {
    const entries = new Map(notice.pool.map((entry) => [entry.ticket, entry]));
    return classes.map(({ tickets }) => {
      const counts = notice.method.balance.map(() => new Map());
      let sum = 0;
      for (const entry of tickets.map((ticket) => entries.get(ticket))) {
        sum += entry.level;
        notice.method.balance.forEach((word, i) => counts[i].set(entry.marks[word], (counts[i].get(entry.marks[word]) || 0) + 1));
      }
      return { counts, size: tickets.length, mean: tickets.length ? sum / tickets.length : 0 };
    });
  }

  function evenness(says, notice, all) {
    const row = (name, values, digits = 0) => [name, Math.min(...values).toFixed(digits), Math.max(...values).toFixed(digits)];
    const rows = [row(says("size"), all.map((one) => one.size))];
    notice.method.balance.forEach((word, i) => {
      const marks = new Set([].concat(...all.map((one) => Array.from(one.counts[i].keys()))));
      for (const mark of Array.from(marks).sort().slice(0, MANY_VALUES)) {
        rows.push(row(`${word}: ${mark}`, all.map((one) => one.counts[i].get(mark) || 0)));
      }
    });
    rows.push(row(says("mean"), all.map((one) => one.mean), 2));
    return table(says("even"), [{ head: says("each") }, { head: says("fewest"), figure: true }, { head: says("most"), figure: true }], rows);
  }

  function bar(part) {
    const width = (100 * Math.min(1, Math.max(0, part))).toFixed(1);
    return svg("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { class: "bar-whole", width: "100", height: "10" }), svg("rect", { class: "bar-part", width, height: "10" }));
  }

  function allot(says, result, shown, notice) {
    const all = counted(notice, result.classes);
    const highest = Math.max(1, ...notice.pool.map((entry) => entry.level).slice(0, 1), ...all.map((one) => one.mean)) * 1.25;
    const teams = notice.method.teams.length > 0;
    const columns = [{ head: says("class") }, ...(teams ? [{ head: says("team") }] : []), { head: says("size"), figure: true },
      ...notice.method.balance.map((word) => ({ head: word })), { head: says("mean") }, { head: says("list") }];
    const values = (counts) => Array.from(counts).sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([mark, n]) => `${mark} ${n}`).join(" · ");
    const rows = result.classes.map((one, i) => [one.label, ...(teams ? [shown(one.team)] : []), String(all[i].size),
      ...all[i].counts.map(values), [all[i].mean.toFixed(2), bar(all[i].mean / highest)],
      folded(says("list"), () => ticketList("ul", one.tickets, shown))]);
    const whole = () => table(says("classes", { n: rows.length }), columns, rows);
    return [
      evenness(says, notice, all), rows.length > 60 ? folded(says("classes", { n: rows.length }), whole) : whole(),
      result.later.length ? [el("h3", {}, says("later")), ticketList("ol", result.later, String)] : null,
      result.unmet.length ? [el("h3", {}, says("unmet")), el("ul", {}, result.unmet.map((pair) => el("li", {}, pair.map(shown).join(" – "))))] : null,
    ];
  }

  draw.showResult = function (says, { notice, result }, good) {
    const ways = { pick: (...all) => ordered(...all.slice(0, 3)), share, match, allot };
    const shown = namesOf(notice);
    const parts = ways[notice.method.kind](says, result, shown, notice);
    return el("section", {}, el("h2", {}, says("result")), good ? null : el("p", { class: "fails" }, says("resultRejected")), parts.flat(2));
  };

  // A class as it is called: a label that says no more than its number or letter is called a class.
  const called = (says, label) => (/班|class/i.test(label) ? label : says("classCalled", { label }));

  function inOrder(says, ticket, { chosen, order }) {
    const [first, place] = [chosen.indexOf(ticket), order.indexOf(ticket)];
    if (first >= 0) return says("childChosen", { ticket, n: first + 1 });
    return place < 0 ? says("childOut", { ticket }) : says("childWaiting", { ticket, n: place + 1 - chosen.length });
  }

  function stands(says, { notice, result }, ticket, shown) {
    if (notice.method.kind === "allot") {
      const { label: written, team } = result.classes.find((one) => one.tickets.includes(ticket));
      const label = called(says, written);
      return team === null ? says("childClass", { ticket, label }) : says("childTeam", { ticket, label, team: shown(team) });
    }
    if (notice.method.kind === "share") return inOrder(says, ticket, result.strata.find((one) => one.order.includes(ticket)));
    if (notice.method.kind === "pick") return inOrder(says, ticket, result);
    const rounds = result.rounds.map((pairs, i) => [i + 1, pairs.find(([target]) => target === ticket)]);
    const list = rounds.map(([n, [, taker]]) => says("childRound", { n, other: shown(taker) })).join(says("and"));
    return says("childRounds", { ticket, list });
  }

  function opened(says, notice, slip, entry) {
    if (entry.name) return el("p", {}, says("slipNamed", { name: entry.name }));
    if (!slip.salt) return el("p", { class: "fine" }, says("slipOpen"));
    const holds = draw.slipHolds(notice, slip.ticket, slip.salt, slip.identity);
    return el("p", { class: holds ? "holds" : "fails" }, holds ? "✓ " : "✗ ", says(holds ? "slipTrue" : "slipFalse"));
  }

  draw.showChild = function (says, record, slip, good) {
    const { notice } = record;
    const { ticket } = slip;
    const entry = notice.pool.find((item) => item.ticket === ticket);
    const out = notice.excluded.find((item) => item.ticket === ticket);
    const told = () => (entry ? stands(says, record, ticket, namesOf(notice))
      : out ? says("childExcluded", { ticket, reason: out.reason }) : says("childNone", { ticket }));
    return el("section", { class: "child" }, el("h2", {}, says(notice.method.kind === "allot" ? "child" : "stands")),
      good ? el("p", { class: "told" }, told()) : el("p", { class: "fails" }, says("childRejected")),
      good && (entry || out) ? opened(says, notice, slip, entry || out) : null);
  };
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
