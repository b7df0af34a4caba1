// The choices about linked names: what is ticked beside the form goes into its hidden field, and with it into every save.
(() => {
  const field = document.getElementById("id_mention_choices");
  if (!field) return;
  const read = () => {
    try { return JSON.parse(field.value || "{}") || {}; } catch { return {}; }
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  // A list with something in it or not; an empty one goes.
  function put(choices, name, value, wanted) {
    const rest = (choices[name] || []).filter((one) => !same(one, value));
    choices[name] = wanted ? [...rest, value] : rest;
    if (!choices[name].length) delete choices[name];
  }

  document.addEventListener("change", (event) => {
    const { target } = event;
    const { rdOff, rdAt, rdChoose, name, number } = target.dataset;
    const choices = read();
    if (rdOff) put(choices, "off", +rdOff, !target.checked);
    else if (rdAt) put(choices, "off_at", [rdAt, name, +number], !target.checked);
    else if (rdChoose !== undefined) {
      choices.chosen = { ...choices.chosen };
      delete choices.chosen[rdChoose];
      if (target.value) choices.chosen[rdChoose] = +target.value;
    } else return;
    field.value = JSON.stringify(choices);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
