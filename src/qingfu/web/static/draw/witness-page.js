// A witness's phone through a draw: join, deal, compare, tell. What it must not lose stands in the phone before it is sent.
(function () {
  "use strict";

  const draw = globalThis.QingfuDraw;
  const place = document.getElementById("witness");
  const words = JSON.parse(document.getElementById("words").textContent);
  const SLOT = `qingfu-draw ${location.pathname}`;
  const AGAIN = 2000;
  const PATIENCE = 15000;
  let state = null;
  let trouble = "";
  let queue = Promise.resolve();

  // The office answered, and says no in words; whatever else goes wrong is the connection's.
  class Refused extends Error {}

  const kept = () => JSON.parse(localStorage.getItem(SLOT) || "null");
  const keep = (more) => localStorage.setItem(SLOT, JSON.stringify({ ...kept(), ...more }));
  const hasher = () => draw.hasher(state.rehearsal);
  const own = () => {
    const mine = kept();
    return mine ? state.circle.findIndex((one) => one.key === mine.key) : -1;
  };
  const newId = () => draw.hex(crypto.getRandomValues(new Uint8Array(16)));
  const groups = (digest) => digest.match(/.{1,4}/g).join(" ");

  // Whoever has a place in the circle asks as that member, and gets the pieces under its own key only.
  const asking = (how) => location.pathname + how + (state && own() >= 0 ? `of=${own()}` : "");

  async function send(verb, sent) {
    const body = new FormData();
    body.set("verb", verb);
    body.set("sent", JSON.stringify(sent));
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    await ask(asking("?"), { method: "POST", body });
  }

  async function look() {
    const first = !state;
    await ask(asking("?state&"));
    // Which member asks is known only now.
    if (first && own() >= 0) await look();
  }

  async function ask(address, how = {}) {
    const patience = AbortSignal.timeout ? { signal: AbortSignal.timeout(PATIENCE) } : {};
    const answer = await fetch(address, { ...how, ...patience, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (answer.ok) state = told;
    else throw new Refused(told.says || words.lost);
  }

  // An answer that was lost may have been taken: the same key goes again under the same id, so nobody joins twice.
  async function join(name) {
    if (own() >= 0) return;
    if (!kept() || kept().name !== name) {
      const x = draw.witness.secret();
      keep({ secret: draw.witness.scalar(x), key: draw.witness.keyOf(x), name, joinId: newId(), notice: state.notice });
    }
    const x = BigInt(`0x${kept().secret}`);
    try {
      await send("join", { member: draw.witness.member(hasher(), state.notice, name, x), id: kept().joinId });
    } catch (refused) {
      // Nothing was taken: another name may be tried with a fresh key.
      if (refused instanceof Refused) localStorage.removeItem(SLOT);
      throw refused;
    }
  }

  // The share is kept before it is sent: after a lost connection the very same one is sent again.
  async function deal() {
    if (!kept().deal) {
      const made = draw.witness.dealt(hasher(), state, own(), BigInt(`0x${kept().secret}`));
      keep({ ...made, dealId: newId() });
    }
    await send("deal", { deal: kept().deal, id: kept().dealId });
  }

  const mustDeal = () => state && state.state === "dealing" && own() >= 0 && !state.dealt.includes(own());

  async function tell() {
    if (!state.told.includes(own())) await send("tell", { by: own(), share: kept().share, id: newId() });
  }

  const toOpen = () => state.missing.filter((one) => one.by !== own() && !one.openedBy.includes(own()));

  async function openAll() {
    for (const one of toOpen()) await open(one);
  }

  async function open({ by, piece }) {
    const made = draw.witness.opening(hasher(), state, by, piece, own(), BigInt(`0x${kept().secret}`));
    await send("open", { by, opening: made, id: newId() });
  }

  // What the office shows is compared with what this phone knows; anything else is said in red and nothing is told.
  const honest = () =>
    kept().notice === state.notice &&
    state.seal === draw.witness.sealed(hasher(), state) &&
    (!kept().hash || state.shares.includes(kept().hash));

  function element(name, { text = "", className = "", press = null, ...rest } = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    if (press) made.addEventListener("click", () => act(press));
    Object.entries(rest).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  }

  const line = (text, className = "") => element("p", { text, className });
  const button = (text, press) => element("button", { text, className: "button main", type: "button", press });

  function digest(label, value) {
    const row = element("div");
    row.append(element("dt", { text: label }));
    const said = element("dd");
    said.append(element("code", { text: groups(value), className: "digest" }));
    row.append(said);
    return row;
  }

  function joining() {
    const form = element("form", { className: "witness-join" });
    const label = element("label", { text: words.name, for: "name" });
    const field = element("input", { id: "name", name: "name", maxlength: "40", required: "", autocomplete: "off" });
    field.value = (kept() || {}).name || "";
    form.append(label, line(words.nameHelp, "fine"), field, element("button", { text: words.join, className: "button main" }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      act(() => join(field.value.trim()));
    });
    return [line(words.why), form];
  }

  function frozen() {
    if (own() < 0) return joining();
    return [line(words.joined, "witness-big"), digests([[words.code, kept().key.slice(2, 18)]]), line(words.waitClose)];
  }

  function digests(rows) {
    const list = element("dl", { className: "witness-digests" });
    rows.forEach(([label, value]) => list.append(digest(label, value)));
    return list;
  }

  function dealing() {
    if (own() < 0) return [line(words.tooLate)];
    if (mustDeal()) return [line(words.dealing, "witness-big")];
    return [line(words.dealt, "witness-big"), digests([[words.ownShare, kept().hash]]), line(words.waitSeal)];
  }

  function sealed() {
    const shown = digests([[words.noticeDigest, state.notice], [words.sealDigest, state.seal]]);
    if (own() < 0) return [line(words.watching), shown];
    if (!honest()) return [line(words.differs, "witness-alarm"), shown];
    const all = [];
    if (state.organiserCouldOpen) all.push(line(words.organiserCouldOpen, "fine"));
    if (state.dealt.includes(own()) && !state.told.includes(own())) {
      return [line(words.compare), shown, ...all, button(words.tell, tell)];
    }
    const missing = toOpen();
    all.push(line(state.dealt.includes(own()) ? words.told : words.watching, "witness-big"), shown);
    if (missing.length) {
      all.push(line(words.missing.replace("{names}", missing.map((one) => one.name).join("、"))));
      all.push(button(words.open, openAll));
    }
    return [...all, line(words.waitRun)];
  }

  function drawn() {
    const all = [line(words.drawn, "witness-big"), digests([[words.recordDigest, state.record]])];
    const record = element("a", { text: words.getRecord, className: "button", href: `${location.pathname}?record`, download: "" });
    const anchor = element("a", { text: words.getAnchor, className: "button", href: `${location.pathname}?anchor`, download: "" });
    const verify = element("a", { text: words.verify, className: "button main", href: words.verifyAt, download: "" });
    const row = element("div", { className: "row-of-buttons" });
    const here = element("a", { text: words.verifyHere, href: words.verifyAt });
    row.append(record, anchor, verify, here);
    return [...all, line(words.howToVerify), row];
  }

  const STEPS = { frozen, dealing, sealed, drawn, void: () => [line(words.isVoid, "witness-alarm"), line(state.why)] };

  function who() {
    const list = element("ul", { className: "witness-circle" });
    state.circle.forEach((one, i) => {
      const told = state.told.includes(i) ? words.hasTold : state.dealt.includes(i) ? words.hasDealt : words.hasJoined;
      const item = element("li", { text: `${one.name} · ${told}` });
      if (i === own()) item.className = "own";
      list.append(item);
    });
    return list;
  }

  // What the step says depends on this; whoever types a name is not disturbed by others who join meanwhile.
  const seen = () => (state.state === "frozen" ? `frozen ${own() < 0}` : JSON.stringify([state, kept()]));

  let shown = "";
  function show() {
    const alarm = trouble ? [element("p", { text: trouble, className: "witness-alarm", role: "alert" })] : [];
    const there = place.querySelector("[data-trouble]");
    if (there.textContent !== trouble) there.replaceChildren(...alarm);
    if (!state) return;
    const now = seen();
    if (now !== shown) place.querySelector("[data-step]").replaceChildren(...STEPS[state.state]());
    shown = now;
    const circle = who();
    const before = place.querySelector("[data-circle]");
    if (before.textContent !== circle.textContent) before.replaceChildren(circle);
    document.querySelectorAll("[data-of]").forEach((mark) => mark.toggleAttribute("aria-current", mark.dataset.of === state.state));
  }

  // One after the other: a button that is pressed while the page asks for news waits for its turn.
  function act(doing) {
    queue = queue.then(() => done(doing));
    return queue;
  }

  async function done(doing) {
    place.setAttribute("aria-busy", "true");
    try {
      await doing();
      // What was refused stays to be read until something else is tried.
      if (doing !== look || trouble === words.lost) trouble = "";
    } catch (refused) {
      trouble = refused instanceof Refused ? refused.message : words.lost;
    }
    place.removeAttribute("aria-busy");
    show();
  }

  async function turn() {
    if (!document.hidden) await act(look);
    if (mustDeal()) await act(deal);
    if (!state || !["drawn", "void"].includes(state.state)) setTimeout(turn, AGAIN);
  }

  turn();
})();
