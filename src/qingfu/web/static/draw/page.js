// The page: what is chosen and typed, the run (in a worker where one may be had), the answer.
(function (draw) {
  "use strict";

  const at = (id) => document.getElementById(id);
  const PAUSE = 40;
  const state = { says: null, files: { record: null, anchor: null }, faults: [], answer: null, slip: null, stop: null, told: null };

  function fill(language) {
    state.says = draw.words(language);
    document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
    document.title = state.says("title");
    for (const element of document.querySelectorAll("[data-says]")) element.textContent = state.says(element.dataset.says);
    for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", state.says(element.dataset.label));
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    }
    for (const which of ["record", "anchor"]) showChosen(which);
    showFaults();
    if (state.told) tell(state.told);
    if (state.answer) showAnswer();
  }

  // A file read as bytes; FileReader is what the oldest of the browsers has.
  function bytesOf(file) {
    return new Promise((done, fail) => {
      const reader = new FileReader();
      reader.onload = () => done(new Uint8Array(reader.result));
      reader.onerror = fail;
      reader.readAsArrayBuffer(file);
    });
  }

  const says = (bytes, what) => new TextDecoder().decode(bytes.subarray(0, 4000)).includes(`"qingfu":"draw-${what}/1"`);
  const isAnchor = (bytes) => bytes.length < 100000 && says(bytes, "anchor");
  const isRecord = (bytes) => !isAnchor(bytes) && new TextDecoder().decode(bytes.subarray(0, 12)).startsWith('{"circle":');

  async function choose(which, file, wasDropped = false) {
    state.files[which] = file ? { name: wasDropped ? file.name : null, bytes: await bytesOf(file).catch(() => null) } : null;
    showChosen(which);
  }

  function showChosen(which) {
    const file = state.files[which];
    // The field itself names the file that was chosen with it.
    at(`${which}-chosen`).hidden = !file || !file.name;
    at(`${which}-chosen`).textContent = file && file.name ? state.says("chosenFile", { name: file.name }) : "";
  }

  async function dropped(files) {
    for (const file of files) {
      const bytes = await bytesOf(file).catch(() => new Uint8Array(0));
      await choose(isAnchor(bytes) ? "anchor" : "record", file, true);
    }
  }

  // Digests of 64 digits out of what was copied from a notice, which prints them in groups; null if one is incomplete.
  function digestsIn(text) {
    const found = [];
    let open = "";
    for (const word of [...text.normalize("NFKC").toLowerCase().split(/[^0-9a-z\u0080-\uffff]+/), "."]) {
      if (/^[0-9a-f]+$/.test(word)) open += word;
      else if (word) {
        if (open.length >= 8) return null;
        open = "";
      }
      if (open.length === 64) [found[found.length], open] = [open, ""];
      else if (open.length > 64) return null;
    }
    return found.length ? found : null;
  }

  function askedRecord(faults) {
    const text = at("record-text").value.trim();
    const file = state.files.record;
    if (!file && !text) faults.push(["record", "wrong-no-record"]);
    else if (file && !file.bytes) faults.push(["record", "wrong-unreadable"]);
    else {
      const bytes = file ? file.bytes : draw.text(text);
      if (!isAnchor(bytes)) return bytes;
      faults.push([file ? "record" : "record-text", "wrong-is-anchor"]);
    }
    return null;
  }

  function askedAnchor(faults) {
    const text = at("anchor-text").value.trim();
    const file = state.files.anchor;
    if (file && !file.bytes) faults.push(["anchor", "wrong-unreadable"]);
    else if (file && isRecord(file.bytes)) faults.push(["anchor", "wrong-is-record"]);
    else if (file) return file.bytes;
    else if (text.startsWith("{")) return draw.text(text);
    else if (text) {
      const digests = digestsIn(text);
      if (!digests) faults.push(["anchor-text", "wrong-digest"]);
      return digests;
    }
    return null;
  }

  function askedSlip(faults) {
    const [ticket, salt, identity] = ["ticket", "salt", "identity"].map((id) => at(id).value.normalize("NFC").trim());
    if (!ticket && !salt && !identity) return null;
    const digits = salt.normalize("NFKC").toLowerCase().replace(/[\s-]+/g, "");
    if (!ticket || Boolean(salt) !== Boolean(identity)) faults.push([ticket ? (salt ? "identity" : "salt") : "ticket", "wrong-slip"]);
    else if (salt && !/^[0-9a-f]{32}$/.test(digits)) faults.push(["salt", "wrong-salt"]);
    return { ticket: ticket.normalize("NFKC").toUpperCase(), salt: digits, identity };
  }

  function showFaults() {
    const { el } = draw;
    for (const field of document.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    const items = state.faults.map(([id, key]) => {
      const link = el("a", { href: `#${id}` }, state.says(key));
      link.addEventListener("click", (event) => {
        event.preventDefault();
        const box = at(id).closest("details");
        if (box) box.open = true;
        at(id).focus();
      });
      at(id).setAttribute("aria-invalid", "true");
      return el("li", {}, link);
    });
    at("wrong").hidden = !items.length;
    at("wrong").replaceChildren(el("h2", {}, state.says("wrong")), el("ul", {}, items));
  }

  function asked(event) {
    event.preventDefault();
    const faults = [];
    const [record, anchor, slip] = [askedRecord(faults), askedAnchor(faults), askedSlip(faults)];
    state.faults = faults;
    showFaults();
    if (faults.length) return at("wrong").focus();
    Object.assign(state, { slip, answer: null });
    at("answer").hidden = true;
    at("working").hidden = false;
    tell({ step: "reading", part: 0 });
    state.stop = inWorker(record, anchor) || inPieces(record, anchor);
    at("working").scrollIntoView({ block: "nearest" });
    return undefined;
  }

  function tell(told) {
    state.told = told;
    at("told").textContent = state.says(`step-${told.step}`);
    if (told.part) at("progress").value = told.part;
    else at("progress").removeAttribute("value");
  }

  // Returns how to stop it, or null where no worker can be made.
  function inWorker(record, anchor) {
    let [worker, heard, stop] = [null, false, null];
    try {
      worker = new Worker(URL.createObjectURL(new Blob([at("engine").textContent], { type: "text/javascript" })));
    } catch (error) {
      return null;
    }
    worker.onmessage = ({ data }) => {
      heard = true;
      if (data.told) tell(data.told);
      else answered(data.done);
    };
    // Some browsers make the worker and then refuse it: then the page does the work itself.
    worker.onerror = () => {
      worker.terminate();
      if (!heard) state.stop = stop = inPieces(record, anchor);
    };
    worker.postMessage({ record, anchor });
    return () => (stop || (() => worker.terminate()))();
  }

  function inPieces(record, anchor) {
    const run = draw.steps(record, anchor);
    let timer = null;
    const on = () => {
      const until = Date.now() + PAUSE;
      let step = run.next();
      while (!step.done && Date.now() < until) {
        if (step.value) tell(step.value);
        step = run.next();
      }
      if (step.done) answered(step.value);
      else timer = setTimeout(on, 0);
    };
    timer = setTimeout(on, 0);
    return () => clearTimeout(timer);
  }

  function finished() {
    if (state.stop) state.stop();
    Object.assign(state, { stop: null, told: null });
    at("working").hidden = true;
  }

  function answered(answer) {
    finished();
    state.answer = answer;
    showAnswer();
    at("answer").hidden = false;
    at("answer").focus();
    at("answer").scrollIntoView();
  }

  function showAnswer() {
    at("answer").replaceChildren(...draw.show(state.says, state.answer, state.slip));
  }

  function wire() {
    for (const which of ["record", "anchor"]) {
      at(which).addEventListener("change", (event) => choose(which, event.target.files[0]));
    }
    for (const button of document.querySelectorAll("[data-language]")) {
      button.addEventListener("click", () => fill(button.dataset.language));
    }
    at("ask").addEventListener("submit", asked);
    at("stop").addEventListener("click", () => {
      finished();
      at("ask").querySelector("button").focus();
    });
    document.addEventListener("dragover", (event) => {
      event.preventDefault();
      document.body.classList.add("dropping");
    });
    for (const name of ["dragleave", "drop"]) document.addEventListener(name, () => document.body.classList.remove("dropping"));
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      dropped(event.dataTransfer.files);
    });
  }

  // Where a whole number of any size is not known, the engine above was never read.
  if (!draw.verify) return;
  at("too-old").hidden = true;
  at("ask").hidden = false;
  wire();
  fill(/^zh/i.test(navigator.language || "zh") ? "zh" : "en");
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
