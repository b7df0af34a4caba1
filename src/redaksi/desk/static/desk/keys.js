// Keys for the frequent things: / to search, N for a new story, Ctrl+Enter to send or publish.
(() => {
  const typing = (element) => element.closest("input, textarea, select, [contenteditable='true']");
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      const go = document.querySelector("[data-rd-go]");
      if (go) { event.preventDefault(); go.click(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const search = document.querySelector("[data-rd-search]");
    const fresh = document.querySelector("[data-rd-new]");
    if (event.key === "/" && search) { event.preventDefault(); search.focus(); }
    if (event.key.toLowerCase() === "n" && fresh) { event.preventDefault(); fresh.click(); }
  });
  // A filter applies as soon as it is chosen; the button is for those without scripts.
  const filter = document.querySelector("[data-rd-filter]");
  if (filter) {
    filter.addEventListener("change", () => {
      for (const field of filter.elements) if (!field.value) field.disabled = true; // a short address
      filter.submit();
    });
    filter.classList.add("rd-alive");
    // On a phone the filters are folded away until they are wanted.
    const open = document.querySelector("[data-rd-open]");
    if (!filter.hasAttribute("data-rd-narrowed")) filter.classList.add("rd-shut");
    open?.addEventListener("click", () => {
      open.setAttribute("aria-expanded", String(!filter.classList.toggle("rd-shut")));
    });
  }
})();
