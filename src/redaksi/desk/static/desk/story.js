// The story's form while it is written: the checklist and the cards, notes, the preview, a dropped photo, and after
// publishing how long it took to reach the readers. Everything works, more slowly, without this file.
(() => {
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const holder = document.getElementById("rd-words");
  const words = holder ? JSON.parse(holder.textContent) : {};
  const frame = one("[data-rd-form]");
  const form = document.getElementById("w-editor-form");
  const ajax = { "X-Requested-With": "XMLHttpRequest" };

  // How long a text is, and where a phone breaks it.
  function counters() {
    all("[data-count]").forEach((field) => {
      const most = +field.dataset.count;
      const out = document.createElement("output");
      out.className = "rd-count";
      field.after(out);
      const tell = () => {
        const length = [...field.value.trim()].length;
        const lines = field.id === "id_headline" && length ? ` · ${Math.ceil(length / 26)} ${words.phone}` : "";
        out.textContent = `${length} / ${most}${lines}`;
        out.classList.toggle("rd-err", length > most);
      };
      field.addEventListener("input", tell);
      tell();
    });
  }

  // What a field left empty will say.
  function defaults() {
    const head = one("#id_headline");
    const stand = one("#id_standfirst");
    if (!head) return;
    const slug = (text) => text.toLowerCase().normalize("NFKD").replace(/[^\w\s-]/g, "").trim().replace(/[-\s_]+/g, "-").slice(0, 90);
    const tell = () => {
      const put = (name, text) => { const field = one(`#id_${name}`); if (field) field.placeholder = text; };
      put("slug", slug(head.value));
      put("list_headline", head.value);
      put("search_title", head.value);
      put("share_title", head.value);
      put("search_text", stand ? stand.value : "");
      put("share_text", stand ? stand.value : "");
    };
    [head, stand].forEach((field) => field && field.addEventListener("input", tell));
    tell();
  }

  function left() {
    const count = all("[data-rd-missing]").length;
    all("[data-rd-left]").forEach((out) => {
      out.textContent = count ? `${count} ${words.left}` : words.ready;
      out.className = count ? "rd-err" : "rd-fine";
    });
  }

  // What stands beside the form is shown anew; who was working in it goes on where they were.
  function renew(panel, text) {
    const at = panel.contains(document.activeElement) ? document.activeElement.id : "";
    const open = all("details[open][id]", panel).map((part) => part.id);
    panel.innerHTML = text;
    open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    if (at) document.getElementById(at)?.focus({ preventScroll: true });
  }

  // The server looks at the text that isn't saved yet.
  let looking = 0;
  async function look() {
    const turn = (looking += 1);
    try {
      const answer = await fetch(frame.dataset.look, { method: "POST", body: new FormData(form), headers: ajax });
      if (!answer.ok || turn !== looking) return;
      renew(one("[data-rd-live]"), await answer.text());
      left();
    } catch { /* the next change tries again */ }
  }
  let wait;
  const lookLater = () => { clearTimeout(wait); wait = setTimeout(look, 900); };

  // The part of the form that holds a field, by the field's name.
  function partOf(name) {
    const field = one(`#id_${name}-find, #id_${name}, #id_${name}-FORMS, [name="${name}-count"]`, form || document);
    const small = field?.closest(".rd-first, .rd-source, .rd-photo") && field.closest(".w-field__wrapper");
    return small || field?.closest(".w-panel");
  }

  // A line of the checklist leads to its field.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-rd-field]");
    if (!link) return;
    const name = link.dataset.rdField;
    const part = partOf(name);
    if (!part) return;
    event.preventDefault();
    part.scrollIntoView({ block: "center" });
    const can = all("input, textarea, select, button, [contenteditable]", part).find((element) => element.offsetParent);
    can?.focus({ preventScroll: true });
  });

  // Notes.
  function notes() {
    const box = one("[data-rd-notes]");
    if (!box) return;
    box.addEventListener("submit", async (event) => {
      event.preventDefault();
      const sent = event.target;
      const answer = await fetch(sent.action, { method: "POST", body: new FormData(sent), headers: ajax });
      if (!answer.ok) return;
      one("[data-rd-notelist]").innerHTML = await answer.text();
      if (sent.matches("[data-rd-note]")) sent.reset();
      marks();
    });
    const fields = all("option", one("select[name=field]", box)).map((option) => option.value);
    fields.forEach((name) => {
      const part = partOf(name);
      if (!part) return;
      const panel = one(".w-panel__header", part) || one("label", part)?.parentElement || part;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "rd-link rd-noteon";
      button.textContent = `+ ${words.note}`;
      button.addEventListener("click", () => {
        one("select[name=field]", box).value = name;
        const text = one("textarea", box);
        text.scrollIntoView({ block: "center" });
        text.focus({ preventScroll: true });
      });
      panel.append(button);
    });
    marks();
  }

  // The notes stand beside their field as well.
  function marks() {
    all(".rd-notemark").forEach((mark) => mark.remove());
    all("[data-rd-on]").forEach((note) => {
      const part = partOf(note.dataset.rdOn);
      if (!part) return;
      const section = one(".w-panel__content", part) || part;
      const mark = document.createElement("p");
      mark.className = "rd-notemark";
      mark.textContent = note.innerText.split("\n").slice(0, 2).join(" ");
      section.prepend(mark);
    });
  }

  // Previews: the form sends itself, the frame asks for it printed.
  function stage(root, address) {
    const inside = one("iframe", root);
    const fit = (button) => {
      const width = +button.dataset.width;
      const room = one(".rd-stage", root).clientWidth - 2;
      const scale = Math.min(1, room / width);
      Object.assign(inside.style, { width: `${width}px`, transform: `scale(${scale})`, height: `${100 / scale}%` });
      all("[data-mode]", root).forEach((other) => other.setAttribute("aria-pressed", other === button));
    };
    const show = (button) => { fit(button); inside.src = `${address()}?mode=${button.dataset.mode}&t=${Date.now()}`; };
    all("[data-mode]", root).forEach((button) => button.addEventListener("click", () => show(button)));
    return { first: () => show(one('[data-mode][aria-pressed="true"]', root) || one("[data-mode]", root)) };
  }
  const room = one("[data-rd-room]");
  if (room) stage(room, () => room.dataset.rdRoom).first();

  function preview() {
    const dialog = one("[data-rd-dialog]");
    if (!dialog) return;
    const shown = stage(dialog, () => frame.dataset.preview);
    one("[data-rd-close]", dialog).addEventListener("click", () => dialog.close());
    document.addEventListener("click", async (event) => {
      if (!event.target.closest("[data-rd-preview]")) return;
      await fetch(frame.dataset.preview, { method: "POST", body: new FormData(form), headers: ajax }).catch(() => null);
      dialog.showModal();
      shown.first();
    });
  }

  // A photo dropped on the lead photo.
  function drop() {
    const panel = one(".rd-photo");
    const address = frame.dataset.drop;
    if (!panel || !address) return;
    const stop = (event) => { if (event.dataTransfer?.types.includes("Files")) { event.preventDefault(); event.stopPropagation(); return true; } return false; };
    ["dragenter", "dragover"].forEach((name) => panel.addEventListener(name, (event) => { if (stop(event)) panel.classList.add("rd-over"); }));
    ["dragleave", "drop"].forEach((name) => panel.addEventListener(name, () => panel.classList.remove("rd-over")));
    const out = document.createElement("p");
    out.className = "rd-quiet rd-dropword";
    out.setAttribute("role", "status");
    out.textContent = words.drop;
    one(".w-panel__content", panel)?.prepend(out);
    panel.addEventListener("drop", async (event) => {
      const file = event.dataTransfer?.files?.[0];
      if (!stop(event) || !file) return;
      out.textContent = words.sending;
      const body = new FormData();
      body.append("file", file);
      body.append("situs", frame.dataset.site);
      body.append("csrfmiddlewaretoken", one("[name=csrfmiddlewaretoken]", form).value);
      try {
        const answer = await (await fetch(address, { method: "POST", body, headers: ajax })).json();
        out.textContent = answer.error || words.drop;
        if (!answer.error) put(answer);
      } catch { out.textContent = words.failed; }
    });
  }

  // Wagtail's chooser reads its state from its markup; it is set the way its own dialog sets it.
  function put(photo) {
    const field = one("#id_lead_photo");
    const box = one("#id_lead_photo-chooser");
    if (!field || !box) return;
    field.value = photo.id;
    const image = one("[data-chooser-image]", box);
    Object.entries({ src: photo.preview.url, width: photo.preview.width, height: photo.preview.height }).forEach(([name, value]) => image.setAttribute(name, value));
    one("[data-chooser-title]", box).textContent = photo.title;
    const edit = one("[data-chooser-edit-link]", box);
    if (edit && photo.edit_url) { edit.href = photo.edit_url; edit.hidden = false; }
    box.classList.remove("blank");
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // The photo's own credit, alt text and caption, written beside it. They are the photo's, so they are saved by themselves.
  function facts() {
    const field = one("#id_lead_photo");
    const panel = one(".rd-photo > .w-panel__content");
    if (!field || !panel) return;
    const box = document.createElement("div");
    field.closest(".w-panel, .w-field__wrapper")?.after(box);
    if (!box.isConnected) panel.append(box);
    const at = () => frame.dataset.facts.replace("/0/", `/${field.value}/`);
    const get = async () => {
      if (!field.value) { box.replaceChildren(); return; }
      const answer = await fetch(at(), { headers: ajax }).catch(() => null);
      if (answer?.ok) box.innerHTML = await answer.text();
    };
    box.addEventListener("change", async (event) => {
      event.stopPropagation();
      const body = new FormData();
      all("[data-name]", box).forEach((input) => body.append(input.dataset.name, input.value));
      body.append("csrfmiddlewaretoken", one("[name=csrfmiddlewaretoken]", form).value);
      const answer = await fetch(at(), { method: "POST", body, headers: ajax }).catch(() => null);
      if (answer?.ok) { one("[role=status]", box).textContent = words.saved; look(); }
    });
    box.addEventListener("input", (event) => event.stopPropagation());
    field.addEventListener("change", get);
    get();
  }

  // After publishing: ask until the shelf has it.
  function out() {
    const strip = one("[data-rd-out]");
    if (!strip) return;
    const said = one("[data-rd-took]", strip);
    const began = Date.now();
    said.textContent = words.waiting;
    const ask = async () => {
      try {
        const answer = await (await fetch(strip.dataset.rdOut, { headers: ajax })).json();
        if (answer.readable) {
          const took = answer.seconds ?? (Date.now() - began) / 1000;
          const language = document.documentElement.lang || "id";
          said.textContent = `${words.readable} ${took.toLocaleString(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 })} ${words.seconds}.`;
          return;
        }
      } catch { /* ask again */ }
      const gone = Date.now() - began;
      if (gone > 60000) { said.textContent = words.slow; return; }
      setTimeout(ask, gone < 3000 ? 120 : 1500);
    };
    ask();
  }

  // Two texts of one story: everything from one side.
  document.addEventListener("click", (event) => {
    const side = event.target.closest("[data-rd-all]");
    if (side) all(`input[type=radio][value="${side.dataset.rdAll}"]`).forEach((radio) => { radio.checked = true; });
  });

  if (frame && form) {
    counters();
    defaults();
    left();
    notes();
    preview();
    drop();
    facts();
    out();
    // Nobody will read what the server thinks of the text that leaves.
    form.addEventListener("submit", () => clearTimeout(wait), true);
    form.addEventListener("input", lookLater);
    form.addEventListener("change", lookLater);
    document.addEventListener("w-autosave:success", (event) => {
      const key = event.detail?.response?.pk || event.detail?.data?.pk;
      if (key && frame.dataset.look.endsWith("/lihat/")) {
        frame.dataset.look += `${key}/`;
        frame.dataset.preview += `${key}/`;
      }
      const saved = one("[data-rd-saved]");
      const now = new Date();
      if (saved) saved.textContent = `${words.saved} ${String(now.getHours()).padStart(2, "0")}.${String(now.getMinutes()).padStart(2, "0")}`;
      lookLater();
    });
  }
})();
