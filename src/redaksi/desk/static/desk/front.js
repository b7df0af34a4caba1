// Arranging a front without losing one's place: each step is sent as the form itself would send it, and what comes back takes
// the form's place; the frame beside it is asked for again. Everything works, with a jump, without this file.
(() => {
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // The frame at the width of a phone or a desktop, made to fit.
  all("[data-rd-stage]").forEach((root) => {
    const frame = one("iframe", root);
    const fit = (button) => {
      const width = +button.dataset.width;
      const scale = Math.min(1, (one(".rd-stage", root).clientWidth - 2) / width);
      Object.assign(frame.style, { width: `${width}px`, height: `${100 / scale}%`, transform: `scale(${scale})` });
      all("[data-width]", root).forEach((other) => other.setAttribute("aria-pressed", other === button));
    };
    const buttons = all("[data-width]", root);
    buttons.forEach((button) => button.addEventListener("click", () => fit(button)));
    const again = () => fit(one('[aria-pressed="true"]', root));
    addEventListener("resize", again);
    again();
  });

  const screen = one("[data-rd-front-screen]");
  if (!screen) return;
  const form = one("[data-rd-front]");
  const frame = one('iframe[name="rd-front-preview"]');
  const words = JSON.parse(screen.dataset.words);
  let dirty = form.hasAttribute("data-changed");
  let turn = 0;

  // The frame stays where it was scrolled to.
  let scrolled = 0;
  const look = () => {
    try { scrolled = frame.contentWindow.scrollY; } catch { scrolled = 0; }
    form.requestSubmit(one("[data-rd-look]", form));
  };
  frame.addEventListener("load", () => { try { frame.contentWindow.scrollTo(0, scrolled); } catch { /* not ours */ } });

  async function send(button) {
    const mine = (turn += 1);
    screen.setAttribute("aria-busy", "true");
    const data = new FormData(form);
    if (button?.name) data.set(button.name, button.value);
    let made;
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!answer.ok) throw new Error(answer.status);
      made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-rd-front]");
    } catch { made = null; }
    screen.removeAttribute("aria-busy");
    if (mine !== turn) return; // a newer step is under way
    if (!made) { form.submit(); return; }
    const open = all("details", form).map((part) => part.open);
    const value = button?.value || "";
    const held = document.activeElement?.name;
    form.replaceChildren(...[...made.childNodes].map((node) => document.importNode(node, true)));
    const parts = all("details", form);
    if (parts.length === open.length && !/^(up|down)/.test(value)) parts.forEach((part, at) => { part.open ||= open[at]; });
    dirty = true;
    focus(value, held);
    look();
  }

  // The eye and the keys stay with the strip that was moved.
  function focus(value, held) {
    const [verb, place] = value.split(":");
    const at = { up: +place - 1, down: +place + 1, add: all(".rd-band", form).length - 1 }[verb];
    if (at !== undefined) {
      const band = one(`#strip-${at}`, form);
      band?.scrollIntoView({ block: "nearest" });
      (one(`[value="${verb}:${at}"]:enabled`, band || form) || one(".rd-key:enabled", band || form))?.focus();
    } else if (verb === "pin" || verb === "unpin") {
      one(`#strip-${place} summary`, form)?.focus();
    } else if (held) {
      one(`[name="${CSS.escape(held)}"]`, form)?.focus();
    }
  }

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.hasAttribute("data-rd-look")) return;
    if (button?.value === "save" || button?.value === "save-over") { dirty = false; return; }
    event.preventDefault();
    send(button);
  });

  let wait;
  form.addEventListener("change", (event) => {
    if (!event.target.name || /^(at|new)-/.test(event.target.name)) return;
    clearTimeout(wait);
    wait = setTimeout(() => send(null), 150);
  });

  form.addEventListener("keydown", (event) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    const band = event.target.closest(".rd-band");
    const button = band && one(`[value^="${event.key === "ArrowUp" ? "up" : "down"}:"]:enabled`, band);
    if (button) { event.preventDefault(); send(button); }
  });

  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

  // After publishing: how long it took until readers have it.
  const out = one("[data-rd-readable]", form);
  if (out) {
    const said = one("span", out);
    said.textContent = words.waiting;
    const ask = async (tries) => {
      const answer = await fetch(out.dataset.rdReadable, { headers: { "X-Requested-With": "XMLHttpRequest" } }).then((found) => found.json()).catch(() => ({}));
      if (answer.readable) {
        const took = answer.seconds.toLocaleString(document.documentElement.lang || "id", { maximumFractionDigits: 1, minimumFractionDigits: 1 });
        said.textContent = `${words.readable} ${took} ${words.seconds}.`;
      } else if (tries) setTimeout(() => ask(tries - 1), 200);
    };
    ask(150);
  }
})();
