// The answer on the page: verdict, faults, who took part, digests. Everything is put in as text, nothing as markup.
(function (draw) {
  "use strict";

  const MARKS = {
    random: "M4 12.5l5 5L20 6.5",
    replayable: "M12 3a9 9 0 1 0 0.01 0M12 7v5.5l3.5 2",
    consistent: "M12 3a9 9 0 1 0 0.01 0M12 7v6M12 16.6v.2",
    rehearsal: "M5 5h14v14H5zM9 12h6",
    rejected: "M5.5 5.5l13 13M18.5 5.5l-13 13",
  };

  // An element with attributes and children; a text child is a text, null is left out.
  function el(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
    made.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return made;
  }

  function svg(name, attributes, ...children) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  // A table; each column is {head, figure}, the first cell of a row is its head.
  function table(caption, columns, rows) {
    const head = el("tr", {}, columns.map((column) => el("th", { scope: "col", class: column.figure ? "figure" : null }, column.head)));
    const cell = (value, i) => i
      ? el("td", { "data-head": columns[i].head, class: columns[i].figure ? "figure" : null }, el("span", {}, value))
      : el("th", { scope: "row" }, value);
    const body = rows.map((row) => el("tr", {}, row.map(cell)));
    return el("table", {}, el("caption", {}, caption), el("thead", {}, head), el("tbody", {}, body));
  }

  function summary(pairs) {
    return el("dl", { class: "summary" }, pairs.filter(Boolean).map(([term, ...said]) =>
      el("div", {}, el("dt", {}, term), said.map((each) => el("dd", {}, each)))));
  }

  // What is long is made only when it is opened.
  function folded(title, make) {
    const box = el("details", {}, el("summary", {}, title));
    box.addEventListener("toggle", () => box.open && box.children.length === 1 && box.append(make()));
    return box;
  }

  function verdict(says, { verdict: word, faults, facts, notes }) {
    const mark = svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: MARKS[word] }));
    const { record } = facts;
    const title = says(`verdict-${word}`);
    const told = record && {
      k: record.threshold, n: record.result && record.result.unmet ? record.result.unmet.length : 0,
      w: Array.isArray(record.circle) ? record.circle.filter((member) => member && member.role === "witness").length : 0,
    };
    return el("section", { class: `verdict verdict-${word}` },
      el("h2", {}, mark, title, title.toLowerCase() === word ? null : el("small", { lang: "en" }, word)),
      el("h3", {}, says("means")), el("p", {}, says(`means-${word}`)),
      el("h3", {}, says("cannot")), el("p", {}, says(`cannot-${word}`)),
      notes.length ? el("h3", {}, says("notes")) : null,
      notes.length ? el("ul", {}, notes.map((note) => el("li", {}, says(`note-${note}`, told || {})))) : null);
  }

  function faults(says, answer) {
    if (!answer.faults.length) return null;
    const code = (text) => (text === null ? "—" : el("span", { class: "mono" }, text.length > 400 ? text.slice(0, 400) + "…" : text));
    const rows = answer.faults.map(({ where, what, expected }) => [code(where), says(`fault-${what}`), code(expected)]);
    const columns = ["where", "what", "expected"].map((key) => ({ head: says(key) }));
    return el("section", {}, el("h2", {}, says("faults")), table(el("span", { class: "unseen" }, says("faults")), columns, rows),
      answer.more ? el("p", {}, says("faultsMore", { n: answer.more })) : null);
  }

  function about(says, { notice, number }) {
    const { method, pool } = notice;
    const at = new Date(Date.parse(notice.frozen_at.slice(0, 19) + "Z") + 8 * 3600000).toISOString();
    const values = number && Array.isArray(number.values) ? number.values.map((list) => [].concat(list).join(" ")).join(" / ") : "";
    return el("section", {}, el("h2", {}, says("draw")), summary([
      [says("drawNumber"), `${notice.draw} · ${notice.title}`],
      [says("organiser"), notice.organiser],
      notice.clause ? [says("clause"), notice.clause] : null,
      [says("frozenAt"), at.slice(0, 19).replace("T", " ")],
      notice.replaces ? [says("replaces"), `${notice.replaces.draw}: ${notice.replaces.reason}`] : null,
      notice.number ? [says("publicNumber"), `${notice.number.source} ${notice.number.issue} (${notice.number.expected}) ${values}`] : null,
      [says("method"), says(`method-${method.kind}`, { n: method.take || method.rounds })],
      [says("poolSize"), says("people", { n: pool.length })],
    ]));
  }

  function circle(says, record) {
    const { circle: members, deals, reveals } = record;
    if (!members.length) return el("section", {}, el("h2", {}, says("circle")), el("p", {}, says("noCircle")));
    const gave = (i) => {
      const at = deals.findIndex((deal) => deal.by === i);
      if (at < 0) return says("gaveNone");
      const { pieces } = reveals[at];
      return pieces ? says("gaveOthers", { names: pieces.map((piece) => members[piece.of].name).join(says("and")) }) : says("gaveSelf");
    };
    const columns = ["name", "role", "gave"].map((key) => ({ head: says(key) }));
    const rows = members.map((member, i) => [member.name, says(`role-${member.role}`), gave(i)]);
    return el("section", {}, el("h2", {}, says("circle")),
      table(says("circleSays", { n: members.length, k: record.threshold }), columns, rows));
  }

  function excluded(says, { notice }) {
    const rows = notice.excluded.map((entry) => [draw.shown(entry), entry.reason]);
    const caption = el("span", { class: "unseen" }, says("excluded"));
    return el("section", {}, el("h2", {}, says("excluded")), rows.length
      ? table(caption, [{ head: says("ticket") }, { head: says("reason") }], rows) : el("p", {}, says("nobodyExcluded")));
  }

  function digests(says, { record, shares, sha256 }) {
    const mono = (text) => el("span", { class: "mono" }, text);
    const rows = record ? [["notice", record.notice_digest], ["seal", record.seal_digest], ["seed", record.seed]] : [];
    return el("section", {}, el("h2", {}, says("digests")), summary([
      ...rows.map(([key, value]) => [says(`digest-${key}`), mono(String(value))]),
      ...shares.map((share, i) => [says("digest-share", { n: i + 1 }), mono(share)]),
      sha256 ? [says("digest-file"), mono(sha256)] : null,
    ]));
  }

  // A rejected record may say anything at all: what cannot be shown is left out.
  function tried(make) {
    try {
      return make();
    } catch (error) {
      return null;
    }
  }

  // All parts of the answer, in order. `slip` is {ticket, salt, identity}, or null.
  draw.show = function (says, answer, slip) {
    const { record } = answer.facts;
    const good = answer.verdict !== "rejected";
    return [
      verdict(says, answer),
      record && slip ? tried(() => draw.showChild(says, record, slip, good)) : null,
      faults(says, answer),
      ...(record ? [
        tried(() => about(says, record)), tried(() => circle(says, record)), tried(() => excluded(says, record)),
        tried(() => draw.showResult(says, record, good)),
      ] : []),
      digests(says, answer.facts),
    ].filter(Boolean);
  };

  Object.assign(draw, { el, svg, table, folded, shown: (entry) => (entry.name ? `${entry.ticket} ${entry.name}` : entry.ticket) });
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
