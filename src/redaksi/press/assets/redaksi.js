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

  // An embed is a link until it is pressed.
  all("a[data-frame]").forEach(a => a.onclick = e => {
    if (e.ctrlKey || e.metaKey || e.shiftKey) return;
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
