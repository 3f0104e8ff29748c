/* The map of everything, moved and searched.  The page is complete without this script: it has the drawing and the
   list.  Here the list is read, the drawing's land is borrowed, and both are painted on a canvas, because thousands of
   marks have to follow a finger.  Nothing is loaded, nothing is kept.

   1 reading   2 view   3 painting   4 labels   5 pointing   6 keyboard   7 search and the rest */
(() => {
  "use strict";

  const CLOSEST = 12; // times the whole map
  const STEP = 1.4; // one press of + or one notch of a wheel
  const PAN = 80; // pixels for an arrow key
  const REACH = 22; // pixels from a mark at which it is meant
  const GLIDE = 180; // milliseconds
  const ROW = 27; // letters in a row of a label
  const MOST_LABELS = 70;
  const CALM = 32; // pixels between marks from which they have labels
  const MOST_FOUND = 8;
  const MOST_ENDS = 16; // labels of what a mark is joined to
  const SHARE = { line: 1, note: 2.2, source: 3.6 }; // closeness from which a kind has labels

  /* == 1. Reading == */

  function read(root) {
    const nodes = [];
    const areas = [];
    for (const part of root.parentElement.querySelectorAll(".gazetteer__area")) {
      const area = { name: part.dataset.name, id: part.dataset.id, colour: Number(part.dataset.colour), part };
      areas.push(area);
      for (const list of part.querySelectorAll("[data-kind]")) {
        for (const link of list.querySelectorAll("a[data-at]")) {
          const [x, y] = link.dataset.at.split(" ").map(Number);
          nodes.push({ link, x, y, area, kind: list.dataset.kind, title: link.textContent.trim(), ends: [], lit: true });
        }
      }
    }
    const joins = pairs(root.dataset.joins, nodes);
    for (const [one, other] of joins) {
      one.ends.push(other);
      other.ends.push(one);
    }
    const order = { line: 0, note: 1, source: 2 };
    const ranked = [...nodes].sort((a, b) => order[a.kind] - order[b.kind] || b.ends.length - a.ends.length);
    return { nodes, areas, joins, ranked, disputes: pairs(root.dataset.disputes, nodes) };
  }

  function pairs(text, nodes) {
    const found = [];
    text.split(";").forEach((row, at) => {
      let end = at;
      for (const step of row.split(" ")) {
        if (!step) continue;
        end += parseInt(step, 36);
        found.push([nodes[at], nodes[end]]);
      }
    });
    return found;
  }

  function start(root) {
    root.dataset.ready = "";
    const frame = root.querySelector(".map__frame");
    const drawing = root.querySelector(".map__drawing");
    const told = root.querySelector(".map__told");
    const canvas = document.createElement("canvas");
    const paint = canvas.getContext("2d");
    canvas.className = "map__canvas";
    canvas.setAttribute("aria-hidden", "true");
    frame.append(canvas);
    const size = { w: Number(root.dataset.width), h: Number(root.dataset.height), mark: Number(root.dataset.size) };
    const map = read(root);
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    const view = { x: 0, y: 0, k: 1, whole: 1, w: 1, h: 1 };
    let near = null; // under the pointer
    let chosen = null;
    let found = null; // what the search found, or null
    const shown = { line: true, note: true, source: true };

    /* == 2. View: a point p of the map is at p * k + (x, y) on the screen == */

    function fit() {
      view.whole = Math.min(view.w / size.w, view.h / size.h);
      view.k = view.whole;
      view.x = (view.w - size.w * view.k) / 2;
      view.y = (view.h - size.h * view.k) / 2;
    }

    function keep() {
      // Never lose the map: its middle half stays in the frame.
      const w = size.w * view.k;
      const h = size.h * view.k;
      view.x = Math.min(Math.max(view.x, view.w / 2 - w), view.w / 2);
      view.y = Math.min(Math.max(view.y, view.h / 2 - h), view.h / 2);
      frame.classList.toggle("map__frame--close", view.k > view.whole * 1.02);
    }

    function zoom(times, x = view.w / 2, y = view.h / 2) {
      const k = Math.min(Math.max(view.k * times, view.whole), view.whole * CLOSEST);
      const to = { k, x: x - ((x - view.x) * k) / view.k, y: y - ((y - view.y) * k) / view.k };
      return k === view.whole ? whole() : to;
    }

    function whole() {
      return { k: view.whole, x: (view.w - size.w * view.whole) / 2, y: (view.h - size.h * view.whole) / 2 };
    }

    function centre(node, k = view.k) {
      return { k, x: view.w / 2 - node.x * k, y: view.h / 2 - node.y * k };
    }

    function move(to) {
      Object.assign(view, to);
      keep();
      ask();
    }

    let gliding = 0;
    function glide(to) {
      cancelAnimationFrame(gliding);
      if (still.matches) return move(to);
      const from = { ...view };
      const begun = performance.now();
      const step = (now) => {
        const t = Math.min((now - begun) / GLIDE, 1);
        const s = t * (2 - t);
        move({ k: from.k + (to.k - from.k) * s, x: from.x + (to.x - from.x) * s, y: from.y + (to.y - from.y) * s });
        if (t < 1) gliding = requestAnimationFrame(step);
      };
      gliding = requestAnimationFrame(step);
    }

    /* == 3. Painting == */

    const land = [...drawing.querySelectorAll(".map-land")].map((path) => ({
      path: new Path2D(path.getAttribute("d")),
      colour: Number(/map-c(\d+)/.exec(path.getAttribute("class"))[1]),
    }));
    const lines = (chosen_) => {
      const path = new Path2D();
      for (const [one, other] of map.joins) {
        if (!chosen_(one, other) || !shown[one.kind] || !shown[other.kind]) continue;
        path.moveTo(one.x, one.y);
        path.lineTo(other.x, other.y);
      }
      return path;
    };
    let within, across, ink;

    function join() {
      within = lines((one, other) => one.area === other.area);
      across = lines((one, other) => one.area !== other.area);
    }

    function dye() {
      const probe = document.createElement("i");
      root.append(probe);
      const colour = (name) => {
        probe.style.color = `var(--inq-${name})`;
        return getComputedStyle(probe).color;
      };
      ink = { ink: colour("ink"), muted: colour("muted"), paper: colour("paper"), accent: colour("accent") };
      ink.edge = colour("edge");
      ink.warm = colour("warm");
      ink.areas = [ink.muted];
      for (let n = 1; n <= 12; n += 1) ink.areas.push(colour(`map-${n}`));
      ink.sans = getComputedStyle(root).fontFamily;
      probe.style.fontFamily = "var(--inq-serif)";
      ink.serif = getComputedStyle(probe).fontFamily;
      ink.land = Number(getComputedStyle(root).getPropertyValue("--map-land"));
      probe.remove();
      widths.clear();
    }

    let asked = 0;
    function ask() {
      if (!asked) asked = requestAnimationFrame(draw);
    }

    function mark(node, r) {
      const x = node.x * view.k + view.x;
      const y = node.y * view.k + view.y;
      if (node.kind === "note") {
        paint.moveTo(x + r, y);
        paint.arc(x, y, r, 0, 7);
      } else if (node.kind === "line") {
        paint.roundRect(x - r * 1.45, y - r * 1.45, r * 2.9, r * 2.9, r * 0.7);
      } else {
        paint.moveTo(x, y - r * 1.25);
        paint.lineTo(x + r * 1.25, y);
        paint.lineTo(x, y + r * 1.25);
        paint.lineTo(x - r * 1.25, y);
        paint.closePath();
      }
    }

    function radius() {
      return Math.min(Math.max(size.mark * view.whole * Math.sqrt(view.k / view.whole), 1.4), 7);
    }

    function draw() {
      asked = 0;
      const began = performance.now();
      const dot = devicePixelRatio || 1;
      const closeness = view.k / view.whole;
      paint.setTransform(dot, 0, 0, dot, 0, 0);
      paint.clearRect(0, 0, view.w, view.h);
      paint.setTransform(dot * view.k, 0, 0, dot * view.k, dot * view.x, dot * view.y);
      for (const each of land) {
        paint.fillStyle = paint.strokeStyle = ink.areas[each.colour];
        paint.globalAlpha = ink.land;
        paint.fill(each.path, "evenodd");
        paint.globalAlpha = 0.45;
        paint.lineWidth = 0.8 / view.k;
        paint.stroke(each.path);
      }
      const focus = chosen || near;
      const dim = found || focus;
      paint.strokeStyle = ink.edge;
      paint.lineWidth = 0.6 / view.k;
      const thin = Math.min(1, 500 / Math.max(map.joins.length, 1));
      if (!dim || !focus) {
        paint.globalAlpha = dim ? 0.08 : 0.06 + 0.14 * thin;
        if (!moving || map.joins.length < 2000) paint.stroke(across);
        paint.globalAlpha = dim ? 0.15 : 0.3 + 0.35 * thin;
        paint.stroke(within);
      } else {
        paint.globalAlpha = 0.12;
        paint.stroke(within);
      }
      paint.setTransform(dot, 0, 0, dot, 0, 0);
      paint.globalAlpha = 1;
      if (focus) joinsOf(focus);
      marks(focus);
      if (!moving || closeness === labelled) label(closeness, focus);
      else paintLabels(focus);
      root.dataset.drawn = (performance.now() - began).toFixed(2);
      root.dataset.view = `${view.x.toFixed(1)} ${view.y.toFixed(1)} ${closeness.toFixed(3)}`;
    }

    function joinsOf(focus) {
      paint.lineWidth = 1.2;
      for (const warm of [false, true]) {
        paint.strokeStyle = warm ? ink.warm : ink.ink;
        paint.beginPath();
        for (const end of focus.ends) {
          const opposed = map.disputes.some((pair) => pair.includes(focus) && pair.includes(end));
          if (opposed !== warm || !shown[end.kind]) continue;
          paint.moveTo(focus.x * view.k + view.x, focus.y * view.k + view.y);
          paint.lineTo(end.x * view.k + view.x, end.y * view.k + view.y);
        }
        paint.globalAlpha = 0.75;
        paint.stroke();
      }
      paint.globalAlpha = 1;
    }

    function marks(focus) {
      const r = radius();
      const lit = focus && new Set([focus, ...focus.ends]);
      for (const kind of ["source", "note", "line"]) {
        if (!shown[kind]) continue;
        const groups = new Map();
        for (const node of map.nodes) {
          if (node.kind !== kind || !seen(node, 12)) continue;
          const dim = (found && !found.has(node)) || (lit && !lit.has(node));
          const key = node.area.colour * 2 + (dim ? 1 : 0);
          if (!groups.has(key)) groups.set(key, []);
          groups.get(key).push(node);
        }
        for (const [key, nodes] of groups) {
          paint.beginPath();
          for (const node of nodes) mark(node, r);
          paint.globalAlpha = key % 2 ? 0.25 : 1;
          paint.fillStyle = kind === "source" ? ink.paper : ink.areas[key >> 1];
          paint.fill();
          paint.lineWidth = kind === "source" ? 1 : 0.8;
          paint.strokeStyle = kind === "source" ? ink.areas[key >> 1] : ink.paper;
          paint.stroke();
        }
      }
      paint.globalAlpha = 1;
      if (chosen) {
        paint.beginPath();
        paint.arc(chosen.x * view.k + view.x, chosen.y * view.k + view.y, r * 1.5 + 5, 0, 7);
        paint.lineWidth = 2;
        paint.strokeStyle = ink.accent;
        paint.stroke();
      }
    }

    function seen(node, more) {
      const x = node.x * view.k + view.x;
      const y = node.y * view.k + view.y;
      return x > -more && y > -more && x < view.w + more && y < view.h + more;
    }

    /* == 4. Labels: names of areas first, then marks by rank, each where it covers nothing == */

    let labelled = 0;
    let labels = [];
    const widths = new Map();
    const taken = new Map();

    function width(text, font) {
      const key = font + text;
      if (!widths.has(key)) {
        paint.font = font;
        widths.set(key, paint.measureText(text).width);
      }
      return widths.get(key);
    }

    function cells(box, use) {
      for (let x = Math.floor(box[0] / 48); x <= Math.floor(box[2] / 48); x += 1)
        for (let y = Math.floor(box[1] / 48); y <= Math.floor(box[3] / 48); y += 1)
          if (use(x * 4096 + y)) return true;
      return false;
    }

    function take(box) {
      cells(box, (cell) => {
        if (!taken.has(cell)) taken.set(cell, []);
        taken.get(cell).push(box);
        return false;
      });
    }

    const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    const isFree = (box) => !cells(box, (cell) => (taken.get(cell) || []).some((other) => meets(box, other)));

    function rows(title) {
      const made = [""];
      for (const whole_ of title.split(/\s+/)) {
        const word = whole_.length <= ROW ? whole_ : `${whole_.slice(0, ROW - 1)}…`;
        const longer = `${made.at(-1)} ${word}`.trim();
        if (longer.length <= ROW) made[made.length - 1] = longer;
        else if (made.length < 2 && made.at(-1)) made.push(word);
        else {
          made[made.length - 1] = `${made.at(-1).replace(/…$/, "")}…`;
          break;
        }
      }
      return made;
    }

    /* Places are in pixels of the whole map at this closeness, so that moving it moves labels and changes none. */
    function label(closeness, focus) {
      if (closeness !== labelled) {
        labelled = closeness;
        labels = [];
        taken.clear();
        const r = radius();
        for (const node of map.nodes) {
          if (!shown[node.kind]) continue;
          const at = [node.x * view.k, node.y * view.k];
          node.box = [at[0] - r, at[1] - r, at[0] + r, at[1] + r];
        }
        name();
        for (const node of map.nodes) if (shown[node.kind] && node.kind !== "source") take(node.box);
        let count = 0;
        const apart = Math.sqrt((0.7 * size.w * size.h) / map.nodes.length) * view.k;
        for (const node of apart < CALM ? [] : map.ranked) {
          if (count >= MOST_LABELS * closeness || closeness < SHARE[node.kind]) break;
          if (!shown[node.kind]) continue;
          const spot = room(node, r);
          if (spot) {
            labels.push(spot);
            count += 1;
          }
        }
      }
      paintLabels(focus);
    }

    function spots(node, r) {
      const small = view.w < 600;
      const font = `${small ? 12 : 12.5}px ${ink.serif}`;
      const made = rows(node.title);
      const w = Math.max(...made.map((row) => width(row, font)));
      const h = made.length * 15;
      const [x, y, away] = [node.x * view.k, node.y * view.k, r * 1.6 + 3];
      const places = [
        [x + away, y - h / 2],
        [x - away - w, y - h / 2],
        [x - w / 2, y + away],
        [x - w / 2, y - away - h],
      ];
      return places.map(([left, top]) => ({
        label: { node, made, font, left, top, w, h },
        box: [left - 2, top, left + w + 2, top + h],
      }));
    }

    function room(node, r) {
      for (const { label: spot, box } of spots(node, r)) {
        if (box[0] < 0 || box[2] > size.w * view.k || !isFree(box)) continue;
        take(box);
        return spot;
      }
      return null;
    }

    /* The mark that is meant, and what it is joined to: these labels may cover other marks, never each other. */
    function around(focus) {
      const r = radius();
      const [own, ...others] = spots(focus, r + 4);
      const away = (box) => focus.ends.filter((end) => Math.sign(end.x - focus.x) === Math.sign(box[0] - focus.x * view.k)).length;
      const best = others[0] && away(others[0].box) < away(own.box) ? others[0] : own;
      const boxes = [best.box];
      const placed = [best.label];
      for (const end of focus.ends.filter((each) => shown[each.kind]).slice(0, MOST_ENDS)) {
        const [right, left_, ...rest] = spots(end, r);
        const outwards = end.x < focus.x ? [left_, right, ...rest] : [right, left_, ...rest];
        const found_ = outwards.find(({ box }) => {
          const left = box[0] + view.x;
          return left >= 0 && box[2] + view.x <= view.w && !boxes.some((other) => meets(box, other));
        });
        if (!found_) continue;
        boxes.push(found_.box);
        placed.push(found_.label);
      }
      return placed;
    }

    function name() {
      const small = view.w < 600;
      const px = Math.min(Math.max((small ? 44 : 17) * view.k, 12.5), 22);
      const font = `600 ${px}px ${ink.sans}`;
      const tags = drawing.querySelectorAll(`.map-names--${small ? "narrow" : "wide"} text`);
      for (const tag of tags) {
        const text = tag.textContent.replace(/[\u2068\u2069]/g, "");
        const w = width(text, font) + text.length * px * 0.03;
        const x = Number(tag.getAttribute("x")) * view.k;
        const y = (Number(tag.getAttribute("y")) - (small ? 15 : 6)) * view.k;
        const colour = Number(/map-c(\d+)/.exec(tag.getAttribute("class"))[1]);
        for (const shift of [0, -1, 1, -2, 2]) {
          const left = Math.min(Math.max(x - w / 2, 2), Math.max(size.w * view.k - w - 2, 2));
          const top = y - px * 0.6 + shift * px * 1.15;
          const box = [left, top, left + w, top + px * 1.2];
          if (!isFree(box)) continue;
          take(box);
          labels.push({ name: true, made: [text], font, left, top, w, h: px * 1.2, colour, px });
          break;
        }
      }
    }

    function paintLabels(focus) {
      paint.textBaseline = "top";
      paint.lineJoin = "round";
      const all = focus ? labels.filter((each) => each.name) : labels;
      for (const each of all) paintLabel(each, focus ? 0.25 : found ? 0.4 : 1);
      if (found && !focus) for (const each of labels) if (each.node && found.has(each.node)) paintLabel(each, 1);
      if (focus) for (const each of around(focus).reverse()) paintLabel(each, 1, false, each.node === focus);
    }

    function paintLabel(each, alpha, kept = true, backed = false) {
      const shift = kept && labelled ? view.k / view.whole / labelled : 1;
      const left = (each.left + each.w / 2) * shift + view.x - each.w / 2;
      const top = (each.top + each.h / 2) * shift + view.y - each.h / 2;
      if (left > view.w || top > view.h || left + each.w < 0 || top + each.h < 0) return;
      if (backed) {
        paint.fillStyle = ink.paper;
        paint.fillRect(left - 3, top - 1, each.w + 6, each.h + 2);
      }
      paint.font = each.font;
      paint.globalAlpha = alpha;
      paint.strokeStyle = ink.paper;
      paint.lineWidth = 3.5;
      paint.fillStyle = each.name ? ink.areas[each.colour] : ink.ink;
      paint.letterSpacing = each.name ? "0.03em" : "0px";
      each.made.forEach((row, at) => {
        paint.strokeText(row, left, top + at * 15 + 1);
        paint.fillText(row, left, top + at * 15 + 1);
      });
      paint.globalAlpha = 1;
      paint.letterSpacing = "0px";
    }

    /* == 5. Pointing == */

    let moving = false;
    let settle = 0;
    function inMotion() {
      moving = true;
      clearTimeout(settle);
      settle = setTimeout(() => {
        moving = false;
        ask();
      }, 140);
    }

    function nodeAt(x, y) {
      let best = null;
      let least = REACH;
      for (const node of map.nodes) {
        if (!shown[node.kind]) continue;
        const away = Math.hypot(node.x * view.k + view.x - x, node.y * view.k + view.y - y);
        if (away < least) [best, least] = [node, away];
      }
      return best;
    }

    function place(event) {
      const box = canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    }

    const fingers = new Map();
    let pressed = null;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      frame.focus({ preventScroll: true });
      canvas.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, place(event));
      pressed = { at: place(event), moved: false };
    });
    canvas.addEventListener("pointermove", (event) => {
      const at = place(event);
      if (!fingers.has(event.pointerId)) {
        const node = event.pointerType === "touch" ? null : nodeAt(...at);
        if (node !== near) {
          near = node;
          canvas.style.cursor = node ? "pointer" : "";
          ask();
        }
        return;
      }
      const before = [...fingers.values()];
      fingers.set(event.pointerId, at);
      const after = [...fingers.values()];
      if (Math.hypot(at[0] - pressed.at[0], at[1] - pressed.at[1]) > 5) pressed.moved = true;
      if (!pressed.moved && after.length < 2) return;
      const middle = (list) => [0, 1].map((n) => list.reduce((sum, each) => sum + each[n], 0) / list.length);
      const [from, to] = [middle(before), middle(after)];
      inMotion();
      if (after.length > 1) {
        pressed.moved = true;
        const gap = (list) => Math.hypot(list[0][0] - list[1][0], list[0][1] - list[1][1]);
        move(zoom(gap(after) / Math.max(gap(before), 1), ...to));
      }
      move({ x: view.x + to[0] - from[0], y: view.y + to[1] - from[1] });
    });
    const lift = (event) => {
      if (!fingers.delete(event.pointerId) || fingers.size) return;
      const click = pressed && !pressed.moved && event.type === "pointerup";
      pressed = null;
      if (!click) return;
      const node = nodeAt(...place(event));
      if (node && (event.pointerType !== "touch" || node === chosen)) return open(node, event);
      choose(node);
    };
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);
    canvas.addEventListener("pointerleave", () => {
      near = null;
      canvas.style.cursor = "";
      ask();
    });
    frame.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !frame.contains(document.activeElement)) return;
        event.preventDefault();
        inMotion();
        const lines_ = event.deltaMode ? 30 : 1;
        move(zoom(STEP ** (-event.deltaY * lines_ * (event.ctrlKey ? 0.02 : 0.006)), ...place(event)));
      },
      { passive: false },
    );

    function open(node, event) {
      if (event && (event.ctrlKey || event.metaKey || event.shiftKey)) window.open(node.link.href);
      else node.link.click();
    }

    function choose(node) {
      chosen = node;
      told.replaceChildren();
      if (node) {
        const link = node.link.cloneNode(true);
        link.removeAttribute("data-at");
        const where = node.area.name ? `, in ${node.area.name}` : "";
        told.append(link, ` ${node.kind}${where}, joined to ${node.ends.length}`);
      }
      ask();
    }

    /* == 6. Keyboard == */

    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

    function onwards([dx, dy]) {
      let best = null;
      let least = Infinity;
      for (const node of map.nodes) {
        if (node === chosen || !shown[node.kind]) continue;
        const along = (node.x - chosen.x) * dx + (node.y - chosen.y) * dy;
        const aside = Math.abs((node.x - chosen.x) * dy) + Math.abs((node.y - chosen.y) * dx);
        if (along > 0 && aside <= along * 1.2 && along + aside * 2 < least) [best, least] = [node, along + aside * 2];
      }
      return best;
    }

    frame.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const way = ways[event.key];
      if (way && chosen) {
        const node = onwards(way);
        if (node) choose(node);
        if (chosen && !seen(chosen, -30)) glide(centre(chosen));
      } else if (way) {
        inMotion();
        glide({ k: view.k, x: view.x - way[0] * PAN, y: view.y - way[1] * PAN });
      } else if (event.key === "+" || event.key === "=") glide(zoom(STEP));
      else if (event.key === "-") glide(zoom(1 / STEP));
      else if (event.key === "0") glide(whole());
      else if (event.key === "Enter") chosen ? open(chosen) : choose(middle());
      else if (event.key === "Escape" && chosen) choose(null);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });

    function middle() {
      const away = (node) => Math.hypot(node.x * view.k + view.x - view.w / 2, node.y * view.k + view.y - view.h / 2);
      return map.nodes.filter((node) => shown[node.kind]).reduce((a, b) => (a && away(a) <= away(b) ? a : b), null);
    }

    /* == 7. Search, buttons, size, colours == */

    const find = root.querySelector("#map-find");
    const results = root.querySelector("#map-found");

    const box = find.closest(".map__search");

    function match() {
      const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
      const words = plain(find.value).split(/\s+/).filter(Boolean);
      const hits = words.length
        ? map.ranked.filter((node) => shown[node.kind] && words.every((word) => (node.plain ??= plain(node.title)).includes(word)))
        : [];
      found = words.length ? new Set(hits) : null;
      return hits;
    }

    function list(hits) {
      results.hidden = !found;
      results.replaceChildren(
        ...hits.slice(0, MOST_FOUND).map((node) => {
          const row = document.createElement("li");
          const button = document.createElement("button");
          button.type = "button";
          button.textContent = node.title;
          button.addEventListener("click", () => show(node));
          row.append(button);
          return row;
        }),
      );
      if (hits.length) return;
      const nothing = document.createElement("li");
      nothing.className = "map__nothing";
      nothing.textContent = "Nothing on the map has these words in its title.";
      results.append(nothing);
    }

    function search() {
      const hits = match();
      choose(null);
      list(hits);
      if (found) told.textContent = hits.length ? `${hits.length} found` : "Nothing found";
      return hits;
    }

    function shut() {
      results.hidden = true;
    }

    function show(node) {
      frame.focus({ preventScroll: true }); // the list that had the focus goes
      shut();
      choose(node);
      glide(centre(node, Math.max(view.k, view.whole * 2.5)));
    }

    find.addEventListener("input", search);
    find.addEventListener("focus", () => list(match()));
    box.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !box.contains(relatedTarget)) shut();
    });
    results.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      find.focus();
      shut();
      event.stopPropagation();
    });
    document.addEventListener("pointerdown", function elsewhere({ target }) {
      if (!root.isConnected) document.removeEventListener("pointerdown", elsewhere);
      else if (!box.contains(target)) shut();
    });
    find.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        find.value = "";
        search();
      } else if (event.key === "Enter") {
        const [first] = search();
        if (first) show(first);
      } else {
        event.stopPropagation(); // the theme has keys of its own
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    });

    for (const button of root.querySelectorAll(".map__zoom button"))
      button.addEventListener("click", () =>
        glide(button.value === "all" ? whole() : zoom(button.value === "in" ? STEP : 1 / STEP)),
      );
    for (const tick of root.querySelectorAll(".map__key input"))
      tick.addEventListener("change", () => {
        shown[tick.value] = tick.checked;
        match();
        if (chosen && !shown[chosen.kind]) choose(null);
        labelled = 0;
        join();
        ask();
      });

    function resize() {
      if (!root.isConnected) return watcher.disconnect();
      const box = frame.getBoundingClientRect();
      const dot = devicePixelRatio || 1;
      const was = { ...view };
      [view.w, view.h] = [box.width, box.height];
      canvas.width = Math.round(box.width * dot);
      canvas.height = Math.round(box.height * dot);
      labelled = 0;
      if (was.k === was.whole) fit();
      else view.whole = Math.min(view.w / size.w, view.h / size.h);
      keep();
      draw();
    }

    const watcher = new ResizeObserver(resize);
    const dyer = new MutationObserver(() => {
      if (!root.isConnected) return dyer.disconnect();
      dye();
      labelled = 0;
      ask();
    });
    dyer.observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      if (root.isConnected) dye(), (labelled = 0), ask();
    });

    frame.tabIndex = 0;
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-label", "Map");
    frame.setAttribute("aria-describedby", "map-hint");
    drawing.setAttribute("aria-hidden", "true");
    for (const link of drawing.querySelectorAll("a")) link.setAttribute("tabindex", "-1");
    join();
    dye();
    root.classList.add("map--live");
    watcher.observe(frame);
  }

  const root = document.querySelector("[data-map]:not([data-ready])");
  if (root) start(root);
})();
