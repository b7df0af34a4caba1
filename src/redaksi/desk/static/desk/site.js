// What the small forms of a site say while one fills them in. Everything works without it; the server has the last word.
(() => {
  // How long a line has become.
  document.querySelectorAll("[data-rd-count]").forEach((told) => {
    const field = document.getElementById(told.dataset.rdCount);
    const tell = () => { told.textContent = `${[...field.value].length}/${field.maxLength}`; };
    field.addEventListener("input", tell);
    tell();
  });
  // A time of one's own is chosen by filling it in.
  const until = document.getElementById("id_until");
  until?.addEventListener("input", () => document.querySelectorAll("[name=span]").forEach((one) => { one.checked = false; }));
  document.querySelectorAll("[name=span]").forEach((one) => one.addEventListener("change", () => { until.value = ""; }));
  // The whole network leaves nothing to choose.
  const all = document.getElementById("id_everywhere");
  const sites = [...document.querySelectorAll(".rd-where [name=sites]")];
  const follow = () => sites.forEach((one) => { one.disabled = all.checked; });
  if (all) { all.addEventListener("change", follow); follow(); }

  // Of many sites, those whose names hold what is typed; what is chosen stays in sight.
  const where = document.querySelector(".rd-where[data-rd-find]");
  if (where && sites.length > 12) {
    const find = Object.assign(document.createElement("input"), { type: "search", className: "rd-find", placeholder: where.dataset.rdFind });
    find.setAttribute("aria-label", where.dataset.rdFind);
    const narrow = () => sites.forEach((one) => {
      const label = one.closest("label");
      label.hidden = !one.checked && !label.textContent.toLowerCase().includes(find.value.trim().toLowerCase());
    });
    find.addEventListener("input", narrow);
    find.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    where.querySelector("legend").after(find);
  }

  // The contrast of a colour on the page, as one chooses (WCAG 2.2, relative luminance and contrast ratio).
  const part = (channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
  const light = (colour) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => sum + weight * part(parseInt(colour.slice(1 + at * 2, 3 + at * 2), 16) / 255), 0);
  document.querySelectorAll("[data-rd-contrast]").forEach((told) => {
    const field = document.getElementById(told.dataset.rdContrast);
    const tell = () => {
      const [more, less] = [light(field.value), light(told.dataset.paper)].sort((a, b) => b - a);
      const ratio = (more + 0.05) / (less + 0.05), fine = ratio >= 4.5;
      told.textContent = `${ratio.toFixed(1)} : 1 · ${fine ? told.dataset.fine : told.dataset.faint}`;
      told.className = `rd-contrast ${fine ? "fine" : "bad"}`;
    };
    field.addEventListener("input", tell);
    tell();
  });

  // The sample, dressed as the form stands.
  const room = document.querySelector("[data-rd-sample]");
  if (room) {
    const names = ["name", "tagline", "look", "colour", "colour_dark", "tokens"];
    const fields = names.map((name) => document.getElementById(`id_${name}`));
    let wait;
    const dress = () => room.querySelectorAll("iframe").forEach((frame, dark) => {
      const asked = new URLSearchParams(names.map((name, at) => [name, fields[at].value]));
      if (dark) asked.set("gelap", "1");
      frame.contentWindow.location.replace(`${room.dataset.rdSample}?${asked}`);
    });
    fields.forEach((field) => field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(dress, 250); }));
  }

  // Rows that move by arrows; the numbers follow.
  const table = document.querySelector(".rd-order");
  if (table) {
    const body = table.tBodies[0];
    const number = () => [...body.rows].forEach((row, at) => { row.querySelector("[type=number]").value = at; });
    const arrow = (sign, word, row, move) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "rd-move", textContent: sign });
      button.setAttribute("aria-label", `${word}: ${row.querySelector("b").textContent}`);
      button.addEventListener("click", () => { move(row); number(); button.focus(); });
      row.cells[1].append(button);
    };
    [...body.rows].forEach((row) => {
      arrow("↑", table.dataset.up, row, (one) => one.previousElementSibling?.before(one));
      arrow("↓", table.dataset.down, row, (one) => one.nextElementSibling?.after(one));
    });
  }
})();
