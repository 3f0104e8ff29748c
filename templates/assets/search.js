/* The search: a dialog over Pagefind's index, opened by its link in the header, by "/" and by Ctrl-K.

   The index is read when the dialog is first opened, in pieces: what a reader downloads does not grow with the site.
   All addresses are made absolute at once, since instant navigation changes the page's own under a script that stays. */
(() => {
  "use strict";

  const opener = document.querySelector(".search-link");
  if (!opener || typeof HTMLDialogElement !== "function") return;

  const absolute = (path) => new URL(path, document.baseURI).href;
  const folder = (path) => absolute(path).replace(/\/?$/, "/");
  const ROOT = folder(opener.dataset.root);
  const INDEX = folder(opener.dataset.search);
  const LISTS = absolute(opener.getAttribute("href"));
  const AT_ONCE = 8; // results that are shown at a time: a screenful, and each is a small download
  const PAUSE = 120; // milliseconds without a key before a search begins
  const EXCERPT = 28; // words
  const FILTERS = { kind: "Kind", topic: "Topic", year: "Year" };
  const KINDS = { line: "Line", note: "Note", page: "Page" };

  /* == The dialog == */

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const input = element("input", {
    type: "search", className: "search__input", id: "search-input", placeholder: "Search", autocomplete: "off",
    spellcheck: false, enterKeyHint: "search",
  });
  input.setAttribute("aria-label", "Search this site");
  input.setAttribute("aria-controls", "search-results");
  const status = element("p", { className: "search__status" });
  status.setAttribute("role", "status");
  const hint = element("p", { className: "search__hint" });
  const results = element("ol", { className: "search__results", id: "search-results" });
  results.setAttribute("aria-label", "Results");
  const more = element("button", { type: "button", className: "search__more", hidden: true }, "More results");
  const selects = Object.entries(FILTERS).map(([name, label]) => {
    const select = element("select", { name });
    select.setAttribute("aria-label", label);
    return select;
  });
  const filters = element("div", { className: "search__filters", hidden: true }, ...selects);
  filters.setAttribute("role", "group");
  filters.setAttribute("aria-label", "Show only");
  const close = element("button", { type: "button", className: "search__close", title: "Close" }, "Close");
  const dialog = element(
    "dialog", { className: "search" },
    element("div", { className: "search__panel" },
      element("form", { className: "search__form" }, input, close), filters, status,
      element("div", { className: "search__scroll" }, hint, results, more)),
  );
  dialog.setAttribute("aria-label", "Search");
  document.body.append(dialog);

  const say = (text, ...below) => {
    if (status.textContent !== text) status.textContent = text;
    hint.replaceChildren(...below);
  };
  const lists = () => element("a", { href: LISTS }, "leaf through the lists");
  const isPreview = () => typeof window.livereload === "function";
  const welcome = () => say(
    "",
    "Move with ↑ and ↓, open with Enter, close with Esc. “Words in quotes” must stand together.",
    ...(isPreview() ? [element("br"), "This preview finds what stood here when it began."] : []),
  );

  /* == The index == */

  let loading = null;
  const engine = () => {
    loading ??= import(`${INDEX}pagefind.js`).then(async (pagefind) => {
      await pagefind.options({ excerptLength: EXCERPT });
      await pagefind.init();
      return pagefind;
    });
    loading.catch(() => { loading = null; });
    return loading;
  };

  let turn = 0; // the latest search: an earlier one that comes late shows nothing
  let found = [];
  let shown = 0;

  /* Pagefind knows straight quotes alone; a telephone writes curly ones. */
  const asked = () => input.value.trim().replace(/[“”„‟«»＂]/g, '"');

  const chosen = () => Object.fromEntries(selects.filter((one) => one.value).map((one) => [one.name, [one.value]]));

  const search = async () => {
    const mine = ++turn;
    const query = asked();
    const only = chosen();
    if (!query && !Object.keys(only).length) {
      found = [];
      results.replaceChildren();
      more.hidden = filters.hidden = true;
      welcome();
      return;
    }
    try {
      const pagefind = await engine();
      if (mine !== turn) return;
      const answer = await pagefind.search(query || null, { filters: only });
      if (mine !== turn) return;
      found = answer.results;
      shown = 0;
      await show(mine, query);
      if (mine === turn) offer(mine, pagefind, query, only).catch(() => {}); // the results stand without filters
    } catch {
      if (mine !== turn) return;
      results.replaceChildren();
      more.hidden = true;
      say(isPreview() ? "The index is still being made: try again in a moment." : "The search cannot be loaded here.",
        "Meanwhile, ", lists(), ".");
    }
  };

  const show = async (mine, query) => {
    const batch = await Promise.all(found.slice(shown, shown + AT_ONCE).map((result) => result.data()));
    if (mine !== turn) return;
    const items = batch.map((page) => item(page, query));
    if (shown) results.append(...items); else results.replaceChildren(...items);
    const first = shown ? items[0] : null;
    shown += batch.length;
    more.hidden = shown >= found.length;
    const many = found.length === 1 ? "1 result" : `${found.length.toLocaleString("en")} results`;
    if (found.length) say(many);
    else say("Nothing found.", "Try fewer or other words, or ", lists(), ".");
    first?.querySelector("a").focus();
  };

  /* Fill the filters with what the search has found; they come after the results, since they are one more download. */
  const offer = async (mine, pagefind, query, only) => {
    await pagefind.filters();
    const { filters: counts } = await pagefind.search(query || null, { filters: only });
    if (mine !== turn) return;
    for (const select of selects) {
      const values = Object.entries(counts[select.name] ?? {}).filter(([value, n]) => n || value === select.value);
      values.sort(select.name === "topic" ? (a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)
        : (a, b) => (a[0] < b[0] ? 1 : -1));
      const value = select.value;
      const any = element("option", { value: "" }, `${FILTERS[select.name]}: any`);
      select.replaceChildren(any, ...values.map(([name, n]) => element("option", { value: name }, `${kind(name)} (${n})`)));
      select.value = value;
      select.hidden = !values.length;
    }
    filters.hidden = false;
  };

  const kind = (name) => KINDS[name] ?? name;

  const item = ({ raw_url: path, meta, excerpt }, query) => {
    const words = query.match(/[\p{L}\p{N}]+/gu) ?? [];
    const seen = `${meta.title} ${meta.summary ?? ""}`.toLowerCase();
    const covered = words.every((word) => seen.includes(word.toLowerCase()));
    const text = meta.summary && (covered || meta.words) ? marked(meta.summary, words)
      : meta.words ? [] : spoken(excerpt);
    const facts = [kind(meta.kind), meta.topic, meta.year].filter(Boolean).join(" · ");
    const link = element("a", { href: ROOT + path.replace(/^\//, ""), className: "search__result" },
      element("span", { className: "search__title", dir: "auto" }, ...marked(meta.title, words)),
      element("span", { className: "search__facts" }, facts),
      element("span", { className: "search__text", dir: "auto" }, ...text));
    return element("li", {}, link);
  };

  /* Mark where words begin as the reader typed them. */
  const marked = (text, words) => {
    if (!words.length) return [text];
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${words.join("|")})`, "giu");
    return text.split(pattern).map((part, at) => (at % 2 ? element("mark", {}, part) : part));
  };

  /* Take an excerpt's words and marks and nothing else: it may quote HTML. */
  const spoken = (excerpt) => {
    const { body } = new DOMParser().parseFromString(excerpt, "text/html");
    return [...body.childNodes].map((node) => (
      node.nodeName === "MARK" ? element("mark", {}, node.textContent) : node.textContent));
  };

  /* == Keys and clicks == */

  const open = () => {
    if (dialog.open) { input.select(); return; }
    dialog.showModal();
    input.focus();
    input.select();
    if (!input.value) welcome();
    engine().catch(() => {}); // said when something is searched for
  };

  const isTyping = (target) => target instanceof Element
    && target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [contenteditable] *");

  document.addEventListener("keydown", (event) => {
    const byLetter = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const bySlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    if (!byLetter && !bySlash) return;
    event.preventDefault();
    open();
  });

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !event.target.closest?.(".search-link")) return;
    event.preventDefault();
    open();
  });

  let pause = 0; // the search that has yet to begin, or 0
  let latest = null; // the one that has begun
  const begin = () => {
    clearTimeout(pause);
    pause = 0;
    latest = search();
  };
  const later = (wait) => { clearTimeout(pause); pause = setTimeout(begin, wait); };
  input.addEventListener("input", () => later(PAUSE));
  filters.addEventListener("change", () => later(0));
  more.addEventListener("click", () => show(turn, asked()));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("a")) dialog.close(); // the ground around it, or a result
  });
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (pause) begin();
    const mine = turn;
    await latest;
    if (mine === turn && !pause && dialog.open) results.querySelector("a")?.click();
  });

  dialog.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const links = [...results.querySelectorAll("a")];
    if (!(event.key in steps) || !links.length || event.target.matches("select")) return;
    event.preventDefault();
    const next = links.indexOf(document.activeElement) + steps[event.key];
    if (next >= links.length && !more.hidden) more.focus();
    else if (next < 0) input.focus();
    else links[Math.min(next, links.length - 1)].focus();
  });

  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  opener.setAttribute("aria-keyshortcuts", "/ Control+K");
  opener.title = "Search (/)";
  window.document$?.subscribe(() => dialog.close()); // another page has come by instant navigation
})();
