// Nothing that was typed is lost between saves by themselves and saves by a button. The form is saved by Wagtail's script; this
// one covers what that overlooks.
(() => {
  const form = document.getElementById("w-editor-form");
  if (!form) return;

  // A button's save waits its turn. For a save by itself that is under way: side by side they would make two stories of a new
  // one, and of an old one a conflict of the writer with himself. And for the text's editor, which puts what was typed into
  // the form a quarter of a second later: without that the last words would be lost.
  function inTurn() {
    const settling = 400;
    let typed = -settling;
    let saving = false;
    let sent = false;
    let waiting = null;
    const go = () => {
      if (!waiting) return;
      const { submitter } = waiting;
      waiting = null;
      form.requestSubmit(submitter);
    };
    ["keydown", "beforeinput", "input", "paste"].forEach((name) => form.addEventListener(name, (event) => {
      if (event.target.isContentEditable && !event.ctrlKey && !event.metaKey) typed = performance.now();
    }, true));
    document.addEventListener("w-autosave:save", (event) => {
      if (sent || waiting) event.preventDefault();
      else saving = true;
    });
    ["w-autosave:success", "w-autosave:error"].forEach((name) => document.addEventListener(name, () => { saving = false; go(); }));
    form.addEventListener("submit", (event) => {
      const fresh = performance.now() - typed < settling;
      sent = !saving && !fresh;
      if (sent) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting = event;
      if (!saving) setTimeout(go, settling);
    }, true);
  }

  // Wagtail looks at what the form holds two seconds after it opened, and takes what was changed until then for what it held:
  // not saved by itself, and left without a question. Whoever was as quick as that has changes that wait.
  function early() {
    let quick = false;
    const touched = () => { quick ||= navigator.userActivation?.hasBeenActive ?? true; };
    ["input", "change"].forEach((name) => form.addEventListener(name, touched));
    form.addEventListener("w-unsaved:watch-edits", () => {
      ["input", "change"].forEach((name) => form.removeEventListener(name, touched));
      if (quick) form.setAttribute("data-w-unsaved-force-value", "true");
    }, { once: true });
  }

  inTurn();
  early();
})();
