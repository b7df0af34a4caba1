// A field that finds its thing while one types. The value lives in the <select> inside, which holds only what is chosen.
// Pattern: WAI-ARIA combobox with a listbox popup.
(() => {
  let count = 0;
  class Picker extends HTMLElement {
    connectedCallback() {
      if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", () => this.begin(), { once: true }); // what is inside isn't read yet
      } else {
        this.begin();
      }
    }

    begin() {
      const select = this.querySelector("select");
      if (!select || this.input) return;
      this.select = select;
      this.several = this.hasAttribute("data-several");
      select.hidden = true;
      select.classList.add("rd-unseen");
      this.chips = this.make("ul", "rd-chips");
      this.input = this.make("input", "rd-pick");
      this.list = this.make("ul", "rd-found");
      const id = `rd-found-${(count += 1)}`;
      Object.assign(this.input, { type: "text", autocomplete: "off", placeholder: this.dataset.words });
      this.attributesOf(this.input, { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": id });
      this.attributesOf(this.list, { id, role: "listbox" });
      this.name();
      this.list.hidden = true;
      this.append(this.chips, this.input, this.list);
      this.at = -1;
      this.found = [];
      this.input.addEventListener("input", () => this.later());
      this.input.addEventListener("focus", () => this.later());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
      this.list.addEventListener("mousedown", (event) => {
        const row = event.target.closest("[data-at]");
        if (row) { event.preventDefault(); this.choose(+row.dataset.at); }
      });
      this.show();
    }

    make(tag, name) {
      const made = document.createElement(tag);
      made.className = name;
      return made;
    }

    attributesOf(element, values) {
      for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
    }

    // The select's label names the visible input.
    name() {
      const { select, input } = this;
      if (select.id) {
        input.id = `${select.id}-find`;
        document.querySelectorAll(`label[for="${select.id}"]`).forEach((label) => { label.htmlFor = input.id; });
      }
      const by = select.getAttribute("aria-labelledby");
      if (by) input.setAttribute("aria-labelledby", by);
      else if (!input.labels?.length) input.setAttribute("aria-label", this.dataset.words);
    }

    chosen() {
      return [...this.select.options].filter((option) => option.selected && option.value);
    }

    show() {
      this.chips.replaceChildren(...this.chosen().map((option) => {
        const chip = document.createElement("li");
        const away = document.createElement("button");
        away.type = "button";
        away.textContent = "×";
        away.setAttribute("aria-label", `${this.dataset.remove}: ${option.text}`);
        away.addEventListener("click", () => { this.drop(option); this.input.focus(); });
        chip.append(option.text, " ", away);
        return chip;
      }));
      this.input.hidden = !this.several && this.chosen().length > 0;
    }

    later() {
      clearTimeout(this.wait);
      this.wait = setTimeout(() => this.look(), 120);
    }

    async look() {
      const site = this.closest("[data-site]")?.dataset.site || "";
      const query = new URLSearchParams({ q: this.input.value, situs: site });
      const asked = (this.asked = (this.asked || 0) + 1);
      let answer;
      try {
        answer = await (await fetch(`${this.dataset.url}?${query}`, { headers: { "X-Requested-With": "XMLHttpRequest" } })).json();
      } catch { return; }
      if (asked !== this.asked || document.activeElement !== this.input) return;
      const had = new Set(this.chosen().map((option) => option.value));
      this.found = answer.found.filter((one) => !had.has(String(one.id)));
      this.open();
    }

    open() {
      this.at = this.found.length && this.input.value ? 0 : -1;
      const rows = this.found.map((one, at) => {
        const row = document.createElement("li");
        this.attributesOf(row, { role: "option", "data-at": at, id: `${this.list.id}-${at}` });
        row.append(one.name);
        if (one.note) {
          const note = document.createElement("small");
          note.textContent = one.note;
          row.append(" ", note);
        }
        return row;
      });
      if (!rows.length) {
        const none = document.createElement("li");
        none.textContent = this.dataset.none;
        none.className = "rd-nothing";
        rows.push(none);
      }
      this.list.replaceChildren(...rows);
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.mark();
    }

    close() {
      this.list.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
    }

    mark() {
      [...this.list.children].forEach((row, at) => row.setAttribute("aria-selected", at === this.at));
      if (this.at >= 0) this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
      else this.input.removeAttribute("aria-activedescendant");
    }

    key(event) {
      const open = !this.list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) { this.look(); return; }
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.at = (this.at + step + this.found.length) % Math.max(this.found.length, 1);
        this.mark();
      } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
        event.preventDefault(); // Enter chooses; it never sends the form
        if (open && this.at >= 0) this.choose(this.at);
      } else if (event.key === "Escape" && open) {
        event.stopPropagation();
        this.close();
      } else if (event.key === "Backspace" && !this.input.value && this.several) {
        const last = this.chosen().at(-1);
        if (last) this.drop(last);
      }
    }

    choose(at) {
      const one = this.found[at];
      if (!one) return;
      if (!this.several) this.chosen().forEach((option) => option.remove());
      this.select.add(new Option(one.name, one.id, true, true));
      this.input.value = "";
      this.close();
      this.changed();
    }

    drop(option) {
      option.remove();
      if (!this.several) this.select.value = "";
      this.changed();
    }

    changed() {
      this.show();
      this.select.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  customElements.define("redaksi-picker", Picker);
})();
