"use strict";
for (const page of document.querySelectorAll(".figures-page")) {
  const form = page.querySelector(".search");
  const search = form.elements.text;
  const told = form.querySelector("output");
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const rows = [...page.querySelectorAll("table.rows > tbody > tr")].map((element) => {
    const { concept = "", source = "", verdict = "" } = element.dataset;
    return { element, concept, sources: source.split(" "), verdict, text: "", shown: true };
  });
  const byElement = new Map(rows.map((row) => [row.element, row]));
  const byAnchor = new Map(rows.map((row) => [`#${row.element.id}`, row]));

  // What is hidden when none of its rows is left: tables and sections, and the plots of figures.
  let holders = [];
  const gather = () => {
    holders = [];
    for (const element of page.querySelectorAll("section, table.rows, table.rows > tbody, figure")) {
      const held = element.matches("figure")
        ? [...element.querySelectorAll("a[href]")].map((a) => byAnchor.get(a.getAttribute("href")))
        : [...element.querySelectorAll("tr")].map((tr) => byElement.get(tr));
      const found = held.filter(Boolean);
      const more = element.matches("section") && element.querySelector(".points, table:not(.rows)");
      if (found.length && !more) holders.push({ element, rows: found });
    }
  };
  const hide = (element, hidden) => {
    if (element.hidden !== hidden) element.hidden = hidden;
  };

  const filter = () => {
    const { concept, source, verdict } = Object.fromEntries(new FormData(form));
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      if (words.length) row.text ||= plain(`${row.element.textContent} ${row.concept}`);
      row.shown = (!concept || `${row.concept}/`.startsWith(`${concept}/`))
        && (!source || row.sources.includes(source))
        && (!verdict || row.verdict === verdict)
        && words.every((word) => row.text.includes(word));
      hide(row.element, !row.shown);
      count += row.shown;
    }
    for (const { element, rows: held } of holders) {
      const left = held.reduce((sum, row) => sum + row.shown, 0);
      hide(element, left === 0);
      if (element.matches(".long > tbody")) element.style.setProperty("--rows", left);
    }
    const say = (number) => number.toLocaleString("en");
    told.value = count === rows.length ? `${say(count)} rows`
      : `${say(count)} of ${say(rows.length)} rows; findings and sources are not filtered`;
  };

  const number = (word) => (word.trim() === "" || Number.isNaN(Number(word)) ? null : Number(word));
  const { compare } = new Intl.Collator("en", { numeric: true });
  const sort = (head) => {
    const heads = [...head.parentNode.children];
    const place = heads.indexOf(head);
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const each of heads) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const bodies = [...head.closest("table").tBodies];
    const keyed = bodies.flatMap((body) => [...body.rows]).map((row) => {
      const cell = row.children[place];
      const key = cell.dataset.sort ?? cell.textContent.trim();
      return { row, key, number: number(key) };
    });
    keyed.sort((one, other) => {
      if (!one.key || !other.key) return !one.key - !other.key; // what has none stands last
      const by = one.number !== null && other.number !== null
        ? one.number - other.number : compare(one.key, other.key);
      return down ? -by : by;
    });
    const sizes = bodies.map((body) => body.rows.length);
    bodies.forEach((body, order) => {
      body.replaceChildren(...keyed.splice(0, sizes[order]).map((each) => each.row));
    });
    gather();
    filter();
  };
  for (const head of page.querySelectorAll("table.rows > thead th")) {
    if (head.closest("table").rows.length < 3) continue; // one row is in order
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(head));
  }

  let waiting = 0;
  form.addEventListener("input", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(filter);
  });
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    search.value = "";
    filter();
  });
  const reveal = () => {
    let name = location.hash.slice(1);
    try {
      name = decodeURIComponent(name);
    } catch {
      // As it stands: a stray percent sign is no escape.
    }
    const found = document.getElementById(name);
    if (!found || !page.contains(found) || !found.closest("[hidden]")) return;
    form.reset();
    filter();
    found.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  // A figure that is wider than the page is scrolled by keys, too.
  const reach = () => {
    for (const each of page.querySelectorAll("figure")) {
      if (each.scrollWidth > each.clientWidth) each.tabIndex = 0;
      else each.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", reach);
  form.hidden = false;
  gather();
  filter();
  reach();
}
