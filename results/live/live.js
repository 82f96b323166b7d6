// The page's own script: draws a message per day, shows one tooltip, and knows three keys. Nothing is loaded from elsewhere.
(() => {
  const rows = {}; // by chart: the dataset of the days drawn
  const moved = {}; // by date: the levers from then on
  const words = window.LIVE_WORDS;
  const say = (key, value) => words[key].replace("{}", value);
  const tiny = { maximumFractionDigits: 2 };
  const chartOf = (name) => {
    const place = document.querySelector(`.chart-${name}`);
    return place && getElement(Number(place.id.slice(1)))?.chart;
  };
  const write = (key, text) => document.querySelectorAll(`[data-live="${key}"]`).forEach((at) => at.textContent !== text && (at.textContent = text));
  const number = (value) => Number(value).toLocaleString(words.locale, tiny).replace("-", "−");
  const draw = (name, option) => chartOf(name)?.setOption(option, { lazyUpdate: true });

  // charts are drawn with the next picture, in turn, for a few milliseconds each time, and only those on the screen
  const waiting = {}, inSight = new Set();
  let isAsked = false;
  const want = (name, option) => {
    waiting[name] = { ...waiting[name], ...option };
    ask();
  };
  const ask = () => {
    if (!isAsked) requestAnimationFrame(paint);
    isAsked = true;
  };
  const paint = (began) => {
    isAsked = false;
    for (const name of Object.keys(waiting).filter((one) => inSight.has(one))) {
      if (performance.now() - began > 20) return ask();
      const option = waiting[name];
      delete waiting[name];
      chartOf(name)?.setOption(option);
      if (option.dataset) spread(name);
    }
  };
  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const name = target.className.match(/chart-(\w+)/)[1];
      isIntersecting ? inSight.add(name) : inSight.delete(name);
    }
    ask();
  }, { rootMargin: "80px" });

  // names at the ends of lines, pushed apart; heights are those of the picture before
  const named = {};
  const spread = (name) => {
    const last = rows[name]?.at(-1), chart = chartOf(name);
    if (!named[name]?.length || !last || !chart) return;
    let height = 0;
    const places = named[name].map(({ index, column, isStacked }) => {
      const value = last[column];
      height = isStacked ? height + value : value;
      return { index, y: value == null ? NaN : chart.convertToPixel({ yAxisIndex: 0 }, height) };
    });
    const shown = places.filter(({ y }) => Number.isFinite(y)).sort((a, b) => a.y - b.y);
    const lowest = chart.getHeight() - 38; // within the axes: above them stand the names of levers
    const heights = apart(shown.map(({ y }) => y), 13)
      .map((height, k) => Math.min(Math.max(height, 26 + 13 * k), lowest - 13 * (shown.length - 1 - k)));
    const series = [];
    shown.forEach(({ index, y }, k) => (series[index] = { endLabel: { offset: [0, heights[k] - y] } }));
    draw(name, { series: [...series].map((one) => one ?? {}) });
  };
  // moves ascending heights as little as needed so that neighbours are `gap` apart, clusters about their centre
  const apart = (heights, gap) => {
    const clusters = [];
    const top = (cluster) => cluster.reduce((sum, y) => sum + y, 0) / cluster.length - (gap * (cluster.length - 1)) / 2;
    for (const height of heights) {
      clusters.push([height]);
      while (clusters.length > 1 && top(clusters.at(-2)) + gap * clusters.at(-2).length > top(clusters.at(-1))) {
        const last = clusters.pop();
        clusters.at(-1).push(...last);
      }
    }
    return clusters.flatMap((cluster) => cluster.map((_, k) => top(cluster) + k * gap));
  };

  const made = (kind, content) => Object.assign(document.createElement(kind), content);
  const tabulate = (seasons) => {
    const row = (cells) => {
      const at = made("tr");
      at.append(...cells.map((textContent) => made("td", { textContent })));
      return at;
    };
    document.querySelector(".played details").hidden = !seasons.length;
    document.querySelector(".played tbody").replaceChildren(...seasons.map(row));
  };

  const frame = (message) => {
    for (const [key, text] of Object.entries(message.text ?? {})) write(key, text);
    for (const [name, news] of Object.entries(message.rows ?? {})) {
      rows[name] = (message.replaces ? news : [...(rows[name] ?? []), ...news]).slice(-words.window);
      want(name, { dataset: { source: rows[name] } });
    }
    if (message.tiles) {
      document.querySelectorAll(".tile").forEach((tile, k) => {
        const [value, shade, spoken] = message.tiles[k];
        tile.style.backgroundColor = shade;
        tile.setAttribute("aria-label", spoken);
        tile.lastElementChild.textContent = value;
      });
    }
    if (message.played) tabulate(message.played);
    if (message.board) want("tonight", { dataset: { source: message.board }, title: message.heads.map((text) => ({ text })) });
    if (message.dots) want("cloud", { series: message.dots.map((data) => ({ data })) });
  };

  // a chart's axes and marks anew; what is drawn in them stays until other rows come
  const begin = (options) => {
    for (const day of Object.keys(moved)) delete moved[day];
    for (const [name, option] of Object.entries(options)) {
      for (const mark of option.series?.at(-1)?.markLine?.data ?? []) moved[mark.xAxis] = mark.name;
      delete option.dataset?.source;
      option.series?.forEach((series) => delete series.data);
      option.title?.forEach((title) => delete title.text);
      draw(name, option);
      const column = (series) => option.dataset.dimensions.indexOf(series.encode.y);
      named[name] = (option.series ?? []).flatMap((series, index) =>
        series.endLabel?.formatter ? [{ index, column: column(series), isStacked: Boolean(series.stack) }] : []);
    }
  };
  const take = (message) => {
    if (message.options) begin(message.options);
    frame(message);
    if (!message.options) return;
    for (const name of Object.keys(named)) spread(name);
    live.isDrawn = true;
  };

  const dayName = (value) =>
    new Date(value).toLocaleDateString(words.locale, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const tip = (shown, unit) => {
    const known = shown.filter((row) => row.seriesName && row.value[row.encode.y[0]] != null);
    const seen = new Map(known.map((row) => [row.seriesName, row]));
    const head = String(shown[0]?.axisValue ?? "").length > 5 ? dayName(shown[0].axisValue) : say("round", shown[0]?.axisValue);
    const line = (row) => `${row.marker}${row.seriesName}&ensp;<b>${number(row.value[row.encode.y[0]])}</b> ${unit}`;
    const levers = moved[shown[0]?.value?.[0]];
    return [head, ...(levers ? [say("moved", levers)] : []), ...[...seen.values()].map(line)].join("<br>");
  };
  const price = (point) => {
    const value = point.value[point.encode.y[0]];
    return value == null ? "" : `${number(value)} EUR`;
  };
  const euros = (value) => `${value > 0 ? "+" : ""}${number(value)}`;
  const dot = (point) => point.seriesName && `${point.marker}${point.seriesName}: ${euros(point.value[3])} EUR<br>${say("person", point.value[2])}`;

  // one tooltip for all terms: on hover, focus and touch; Escape closes it
  const hint = document.createElement("div");
  hint.id = "hint";
  hint.setAttribute("role", "tooltip");
  const show = (term) => {
    if (term.closest(".controls") && matchMedia("(hover: none)").matches) return; // names keys, on what has none
    hint.textContent = term.dataset.tip;
    hint.style.display = "block";
    const at = term.getBoundingClientRect(), own = hint.getBoundingClientRect(), wide = document.documentElement.clientWidth;
    const below = at.bottom + 6 + own.height < innerHeight;
    hint.style.left = `${Math.max(8, Math.min(at.left, wide - own.width - 8))}px`;
    hint.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - own.height - 6)}px`;
    term.setAttribute("aria-describedby", "hint");
  };
  const hide = () => (hint.style.display = "none");
  const termAt = (event) => event.target instanceof Element && event.target.closest("[data-tip]");
  for (const kind of ["mouseover", "focusin", "click"]) {
    document.addEventListener(kind, (event) => (termAt(event) ? show(termAt(event)) : kind === "click" && hide()));
  }
  for (const kind of ["mouseout", "focusout"]) document.addEventListener(kind, (event) => termAt(event) && hide());
  addEventListener("scroll", hide, true);

  // keys: what has a use of its own for a key keeps it, so that Space acts once
  const KEYS = { " ": "play", ArrowRight: "day" };
  const hasOwnUse = (target, key) =>
    target.closest("textarea, select, [role=combobox], [role=listbox], input:not([type=range])") ||
    (key === " " && target.closest("button, a, summary")) ||
    (key !== " " && target.closest("input, [role=radio]"));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    const name = event.shiftKey && event.key === "ArrowRight" ? "round" : KEYS[event.key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey || hasOwnUse(event.target, event.key)) return;
    event.preventDefault();
    if (!(event.repeat && name === "play")) emitEvent("pressed", name);
  });
  // a click with the mouse leaves the focus behind: the next Space is play or pause again
  addEventListener("pointerup", (event) => event.target.closest?.(".controls button") && setTimeout(() => document.activeElement?.blur(), 0));

  addEventListener("DOMContentLoaded", () => {
    document.body.append(hint);
    document.querySelectorAll("#popup span").forEach((at, k) => (at.textContent = k ? "" : words.lost));
  });
  document.addEventListener("visibilitychange", () => emitEvent("seen", !document.hidden));

  // charts are there and the font is loaded: canvas would silently take another
  const getReady = async () => {
    await Promise.all(["400", "600", "700"].map((weight) => document.fonts.load(`${weight} 14px 'Source Sans Pro'`)));
    while (![...document.querySelectorAll(".chart")].every((at) => getElement(Number(at.id.slice(1)))?.chart)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    document.querySelectorAll(".chart").forEach((at) => sight.observe(at));
    window.socket.on("live", (text, acknowledge) => {
      take(JSON.parse(text));
      acknowledge?.();
    });
  };
  let whenReady;
  const ready = () => (whenReady ??= getReady());
  const stand = (id, value, isForced) => {
    const at = document.getElementById(id);
    const isDragged = at?.type === "range" && document.activeElement === at;
    if (at && (isForced || !isDragged)) at.value = value;
  };
  const tick = (id, isTicked) => (document.getElementById(id).checked = isTicked);
  window.live = { tip, tick, price, euros, dot, ready, stand, rows, isDrawing: () => isAsked };
})();
