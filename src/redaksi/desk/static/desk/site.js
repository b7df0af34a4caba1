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
})();
