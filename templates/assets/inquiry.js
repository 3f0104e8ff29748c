/* What a reader's browser adds to pages that are whole without it: cards at citations, the mark in the margin, a trail
   in the address, lists that filter as one types, buttons that copy.  Nothing is stored, nothing is asked of any host. */
(() => {
  "use strict";

  const OPEN_AFTER = 120; // ms: a pointer that only passes opens nothing
  const CLOSE_AFTER = 200; // ms: time to move from the link into its card
  const GAP = 8; // px between a link and its card, and between a card and the edge of the window
  const NARROWEST = 280; // px that a card needs beside the text: four or five words a line
  const WIDEST = 384;
  const DRAGGED = 60; // px that a sheet is pulled down before it closes
  const LONGEST_TRAIL = 30; // steps: the address stays below 2,000 characters
  const LINK = ".citation, .note-link, .line-link";
  const PHONE = matchMedia("(max-width: 44.98em)");

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  /* -- Cards: one element a page, filled with the text that stands in the page -- */

  let card; // the element
  let peeks = new Map(); // the texts, by the address that they explain
  let shown; // the link that it explains
  let dismissed; // the link whose card the reader has closed, until the pointer or the focus leaves it
  let timer;

  const peekOf = (link) => {
    const href = link.getAttribute("href");
    return peeks.get(href) ?? peeks.get(href.split("#")[0]);
  };

  const later = (wait, action) => {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  };

  const light = (link, on) => peekOf(link)?.classList.toggle("is-lit", on);

  const closed = () => {
    if (shown) light(shown, false);
    shown = null;
  };

  const close = () => {
    clearTimeout(timer);
    closed();
    card?.hidePopover?.();
  };

  const dismiss = () => {
    dismissed = shown;
    close();
  };

  const open = (link, touched) => {
    const peek = peekOf(link);
    if (!peek || !card?.showPopover || (shown === link && !touched)) return;
    close();
    const copy = [...peek.cloneNode(true).children];
    copy.find((each) => each.matches(".peek__title")).id = "inquiry-card-title";
    const button = make("button", { className: "card__close", type: "button", ariaLabel: "Close" }, "\u00d7");
    button.addEventListener("click", dismiss);
    card.replaceChildren(make("div", { className: "card__handle" }), ...copy, button);
    card.classList.toggle("card--touched", touched);
    card.classList.toggle("card--sheet", touched && PHONE.matches);
    if (touched) link.focus({ preventScroll: true }); // where the focus returns to
    card.showPopover();
    shown = link;
    light(link, true);
    place(link);
    if (touched) card.focus({ preventScroll: true });
  };

  /* Beside the text where there is room, else below the link or above it: never over the words that it explains. */
  const place = (link) => {
    card.style.cssText = "";
    const lines = [...link.getClientRects()];
    const above = lines[0].top - GAP;
    const below = lines.at(-1).bottom + GAP;
    if (card.classList.contains("card--sheet")) {
      const hidden = below - card.getBoundingClientRect().top;
      if (hidden > 0) scrollBy({ top: hidden });
      return;
    }
    const room = { width: document.documentElement.clientWidth, height: innerHeight };
    const text = link.closest(".folio__main, .inquiry").getBoundingClientRect();
    const margin = document.querySelector(".folio__margin")?.getBoundingClientRect() ?? text;
    const isLeft = getComputedStyle(card).direction === "rtl";
    const hasMargin = isLeft ? margin.right < text.left : margin.left > text.right;
    const edge = isLeft
      ? (hasMargin ? margin.right + 2 * GAP : text.left - 2 * GAP)
      : (hasMargin ? margin.left - 2 * GAP : text.right + 2 * GAP);
    const beside = Math.min((isLeft ? edge : room.width - edge) - GAP, WIDEST);
    if (beside >= NARROWEST) card.style.width = `${beside}px`;
    const { width, height } = card.getBoundingClientRect();
    const within = (at, size, whole) => Math.max(GAP, Math.min(at, whole - size - GAP));
    let left = within(lines[0].left, width, room.width);
    let top = within(lines[0].top - 2 * GAP, height, room.height);
    if (beside >= NARROWEST) {
      left = isLeft ? edge - width : edge;
    } else if (below + height <= room.height || room.height - below >= above) {
      top = below;
      card.style.maxHeight = `${room.height - below - GAP}px`;
    } else {
      top = Math.max(GAP, above - height);
      card.style.maxHeight = `${above - GAP}px`;
    }
    card.style.left = `${left}px`;
    card.style.top = `${top}px`;
  };

  const dragged = (event) => {
    if (!event.target.closest(".card__handle") || !card.classList.contains("card--sheet")) return;
    const start = event.clientY;
    const move = ({ clientY }) => (card.style.translate = `0 ${Math.max(0, clientY - start)}px`);
    const end = ({ clientY }) => {
      card.removeEventListener("pointermove", move);
      card.style.translate = "";
      if (clientY - start > DRAGGED) dismiss();
    };
    card.setPointerCapture(event.pointerId);
    card.addEventListener("pointermove", move);
    card.addEventListener("pointerup", end, { once: true });
    card.addEventListener("pointercancel", end, { once: true });
  };

  const startCard = (page) => {
    clearTimeout(timer);
    shown = dismissed = card = null;
    peeks = new Map(all(".peek__title > a", page).map((link) => [link.getAttribute("href"), link.closest(".peek")]));
    if (!peeks.size || !page.showPopover) return;
    card = make("div", { className: "card", popover: "auto", tabIndex: -1, role: "dialog" });
    card.setAttribute("aria-labelledby", "inquiry-card-title");
    card.addEventListener("toggle", (event) => event.newState === "closed" && closed());
    card.addEventListener("pointerdown", dragged);
    page.append(card);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = event.target.closest?.(LINK);
    if (link !== dismissed) dismissed = null;
    if (link && link === shown) clearTimeout(timer);
    else if (link && link !== dismissed) later(OPEN_AFTER, () => open(link, false));
    else if (event.target.closest?.(".card")) clearTimeout(timer);
    else if (!card?.classList.contains("card--touched")) later(CLOSE_AFTER, close);
  });

  document.addEventListener("focusin", ({ target }) => {
    const link = target.closest?.(LINK);
    if (link !== dismissed) dismissed = null;
    if (link && link !== dismissed && link.matches(":focus-visible")) later(OPEN_AFTER, () => open(link, false));
    else if (shown && !target.closest?.(".card")) close();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dismiss();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(LINK);
    const touched = event.pointerType === "touch" || event.pointerType === "pen";
    if (!link || !touched || !card?.showPopover || !peekOf(link)) return;
    event.preventDefault();
    event.stopPropagation();
    open(link, true);
  }, true);

  addEventListener("scroll", () => shown && !card.classList.contains("card--sheet") && place(shown), { passive: true });
  addEventListener("resize", close);

  /* -- The margin: the source of the claim that is being read -- */

  let watcher;

  const startMargin = (page) => {
    watcher?.disconnect();
    const sources = all(".peek--source", page);
    const citations = sources.length ? all(".citation", page).filter(peekOf) : [];
    const read = new Set();
    watcher = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) read[isIntersecting ? "add" : "delete"](target);
      const active = citations.findLast((link) => read.has(link));
      if (active) sources.forEach((peek) => peek.classList.toggle("is-active", peek === peekOf(active)));
    }, { rootMargin: "-15% 0% -50%" });
    for (const link of citations) watcher.observe(link);
  };

  /* -- The trail: where the reader came from, in the address and nowhere else -- */

  const ROOT = new URL("..", document.currentScript.src);

  const stepOf = (url) => decodeURI(url.pathname.slice(ROOT.pathname.length)).replace(/\/$/, "");

  const trailOf = (url) => (url.searchParams.get("trail") ?? "").split(",").filter((step) => /^[^/\\:?#][^\\:?#]*$/.test(step));

  const withTrail = (url, steps) => {
    url.searchParams.delete("trail");
    const written = steps.slice(-LONGEST_TRAIL).map((step) => encodeURIComponent(step).replaceAll("%2F", "/")).join(",");
    if (written) url.search += `${url.search ? "&" : "?"}trail=${written}`;
    return url.href;
  };

  const isStep = () => document.querySelector(".inquiry--line, .inquiry--note") !== null;

  const carry = (event) => {
    const link = event.target.closest?.("a[href]");
    if (event.defaultPrevented || !link || link.closest(".trail") || link.hasAttribute("download")) return;
    const written = link.getAttribute("href");
    const to = new URL(written, location);
    const from = new URL(location);
    const inside = to.origin === from.origin && to.pathname.startsWith(ROOT.pathname);
    if (!inside || to.pathname === from.pathname || !/(\/|\.html)$/.test(to.pathname)) return;
    const steps = trailOf(from);
    if (isStep() && steps.at(-1) !== stepOf(from)) steps.push(stepOf(from));
    if (!steps.length) return;
    link.setAttribute("href", withTrail(to, steps)); // the links of a picture have a `href` that cannot be set
    setTimeout(() => link.setAttribute("href", written));
  };

  document.addEventListener("click", carry, true);
  document.addEventListener("auxclick", carry, true);

  const addressOf = (step) => new URL(encodeURI(step) + (/\.html$/.test(step) ? "" : "/"), ROOT);

  const nameOf = (step) => step.replace(/(\/index)?\.html$/, "").split("/").at(-1).replaceAll("-", " ");

  /* The address holds ids; the titles are those of the pages, which the browser has just seen. */
  const readTitle = async (link) => {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    const title = page.querySelector("h1")?.textContent.trim();
    if (title) link.textContent = title;
  };

  const startTrail = (page) => {
    page.querySelector(".trail")?.remove();
    const here = new URL(location);
    const steps = trailOf(here);
    if (!steps.length) return;
    const links = steps.map((step, index) => {
      const link = make("a", { href: withTrail(addressOf(step), steps.slice(0, index)) }, nameOf(step));
      return link;
    });
    const trail = make("details", { className: "trail" },
      make("summary", {}, `Your trail: ${steps.length} page${steps.length > 1 ? "s" : ""} before this one`),
      make("ol", {}, ...links.map((link) => make("li", {}, link))),
      make("p", { className: "trail__note" }, "It stands in this page\u2019s address alone: share or keep the address, and you keep the trail."));
    const markdown = () => [...links, make("a", { href: here.href }, page.querySelector("h1").textContent.trim())]
      .map((link, index) => `${index + 1}. [${link.textContent.replace(/[[\]\\]/g, "\\$&")}](${link.href.split("?")[0]})\n`).join("");
    const save = make("button", { type: "button" }, "Save as Markdown");
    save.addEventListener("click", () => {
      const file = URL.createObjectURL(new Blob([markdown()], { type: "text/markdown" }));
      make("a", { href: file, download: "trail.md" }).click();
      setTimeout(() => URL.revokeObjectURL(file));
    });
    const leave = make("a", { href: withTrail(new URL(here), []) }, "Leave the trail");
    trail.append(make("p", { className: "trail__ways" }, ...copyButton(markdown, "Copy as Markdown"), save, leave));
    trail.addEventListener("toggle", () => links.forEach((link) => readTitle(link).catch(() => {})), { once: true });
    const menu = page.querySelector(".menu");
    if (menu) menu.before(trail);
    else page.append(trail);
  };

  /* -- Buttons that copy, where the browser lets a page copy at all -- */

  const copyButton = (text, label = "Copy") => {
    if (!navigator.clipboard) return [];
    const button = make("button", { type: "button", className: "copy" }, label);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text());
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = label), 2000);
    });
    return [button];
  };

  const startCopying = (page) => {
    for (const text of all(".cite-this__text, .export code", page)) {
      const [button] = copyButton(() => text.textContent.trim());
      if (button) (text.closest("pre") ?? text).after(button);
    }
  };

  /* -- Lists: the orders and topics are the stylesheet's; here rows really move, and words filter -- */

  const startList = (page) => {
    const controls = page.querySelector(".controls");
    const list = page.querySelector(".sorted");
    if (!controls || !list) return;
    const rows = [...list.children];
    const field = controls.querySelector("[type=search]");
    const count = controls.querySelector("output");
    const texts = new Map();
    const text = (row) => texts.get(row) ?? texts.set(row, row.textContent.toLowerCase()).get(row);
    field.closest("[hidden]").hidden = false;
    const sort = () => {
      const order = new Map(rows.map((row, index) => [row, [Number(getComputedStyle(row).order), index]]));
      list.append(...[...rows].sort((a, b) => order.get(a)[0] - order.get(b)[0] || order.get(a)[1] - order.get(b)[1]));
    };
    const filter = () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of rows) row.hidden = !words.every((word) => text(row).includes(word));
      const left = rows.filter((row) => getComputedStyle(row).display !== "none").length;
      count.textContent = left === rows.length ? "" : `${left} of ${rows.length}`;
    };
    controls.addEventListener("input", (event) => (event.target.name === "sort" ? sort() : filter()));
    if (controls.querySelector("[name=sort]:checked:not([value=own])")) sort();
    if (field.value || controls.querySelector("[name=topic]:checked:not([value=all])")) filter();
  };

  /* -- Every page, and every page that Material's instant navigation puts in its place -- */

  const start = () => {
    all('.md-search[role="dialog"]:not([aria-label])').forEach((dialog) => {
      dialog.setAttribute("aria-label", dialog.querySelector("input")?.getAttribute("aria-label") ?? "Search");
    });
    const page = document.querySelector(".inquiry");
    if (!page) return;
    for (const part of [startCard, startMargin, startTrail, startCopying, startList]) part(page);
  };

  if (window.document$) document$.subscribe(start);
  else start();
})();
