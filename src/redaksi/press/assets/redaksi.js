/* Enhancement only: every page reads and works without this file. */
(() => {
  const d = document, root = d.documentElement, all = (s, r = d) => [...r.querySelectorAll(s)], en = root.lang.startsWith("en");

  // Near times as distances; the exact time stays in title and datetime. A page about one day keeps its times.
  const near = () => root.classList.contains("day") || all("time[data-rel]").forEach(t => {
    const m = Math.round((Date.now() - Date.parse(t.dateTime)) / 6e4);
    if (m < 0 || m >= 720) return;
    t.title ||= t.textContent;
    t.textContent = m < 1 ? (en ? "just now" : "baru saja") : m < 60 ? m + (en ? " min ago" : " menit lalu") : Math.floor(m / 60) + (en ? " h ago" : " jam lalu");
  });
  near();
  setInterval(near, 6e4);

  // The breaking bar as it is now, while somebody looks: lines come and go one by one, so that only news is announced.
  const bar = d.getElementById("kilat"), lines = b => [...b.children], same = (a, b) => a && b && a.dataset.n == b.dataset.n;
  const over = p => Date.parse(p.dataset.until) <= Date.now() && p.remove();
  const ask = async () => {
    if (d.hidden) return;
    try {
      const answer = await fetch(bar.dataset.at), now = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("kilat");
      if (!now) return;
      lines(now).forEach(over);
      lines(bar).forEach(p => lines(now).some(q => same(p, q)) || p.remove());
      lines(now).forEach((q, i) => same(bar.children[i], q) || bar.insertBefore(q, bar.children[i]));
    } catch { /* the line is down: the bar stays as it is */ }
  };
  if (bar) {
    const look = () => lines(bar).forEach(over);
    look();
    setInterval(look, 1e3);
    setInterval(ask, 2e4);
    d.addEventListener("visibilitychange", ask);
    addEventListener("pageshow", e => e.persisted && ask());
  }

  // Today's date in the site's own zone.
  all("[data-today]").forEach(o => {
    o.textContent = new Intl.DateTimeFormat(en ? "en-GB" : "id", { dateStyle: "full", timeZone: root.dataset.zone }).format();
  });

  // The phone's own share sheet where there is one, else the clipboard.
  all("[data-copy]").forEach(b => b.onclick = async () => {
    const url = d.querySelector("link[rel=canonical]")?.href || location.href, was = b.textContent;
    try {
      if (navigator.share && matchMedia("(pointer:coarse)").matches) return await navigator.share({ title: d.title, url });
      await navigator.clipboard.writeText(url);
      b.textContent = b.dataset.copy;
      setTimeout(() => b.textContent = was, 2e3);
    } catch { /* the reader thought better of it */ }
  });

  // The lead photo, large, over the page; without this the link leads to the picture itself.
  const plain = e => !(e.ctrlKey || e.metaKey || e.shiftKey);
  all("a.large").forEach(a => a.onclick = e => {
    if (!plain(e)) return;
    e.preventDefault();
    const box = d.createElement("dialog"), image = new Image(), b = d.createElement("button");
    box.className = "large";
    image.src = a.href;
    image.alt = a.querySelector("img").alt;
    b.textContent = a.dataset.close;
    box.append(b, image);
    box.onclick = () => box.close();
    box.onclose = () => box.remove();
    d.body.append(box);
    box.showModal();
  });

  // An embed is a link until it is pressed.
  all("a[data-frame]").forEach(a => a.onclick = e => {
    if (!plain(e)) return;
    e.preventDefault();
    const f = d.createElement("iframe");
    f.src = a.dataset.frame;
    f.title = a.textContent;
    f.className = a.dataset.shape;
    f.allow = "autoplay; fullscreen; picture-in-picture";
    f.referrerPolicy = "strict-origin-when-cross-origin";
    a.replaceWith(f);
    f.focus();
  });

  // Where we are: in the menu (and scrolled into sight there), and in the list beside a story.
  const k = root.dataset.kanal, here = k && d.querySelector(`.kanal [data-k="${k}"]`);
  if (here) {
    const u = here.closest("ul");
    if (here.getAttribute("href") == location.pathname) here.setAttribute("aria-current", "page");
    if (here.offsetLeft + here.offsetWidth > u.clientWidth - 40) u.scrollLeft = here.offsetLeft - 60;
  }
  all(".latest a").forEach(a => a.pathname == location.pathname && a.setAttribute("aria-current", "page"));

  // What a printed sheet says it came from.
  all(".here").forEach(o => o.textContent = d.querySelector("link[rel=canonical]")?.href || location.href);
})();
