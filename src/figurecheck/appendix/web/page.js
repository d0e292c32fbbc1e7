"use strict";
(() => {
  const form = document.querySelector(".search");
  const rows = [...document.querySelectorAll("tr[data-concept], tr[data-verdict]")];
  const told = form.querySelector("output");
  const texts = new Map();
  const text = (row) => {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  };
  const fits = (row, wanted) => {
    const { concept, source, verdict } = wanted;
    const own = row.dataset;
    return (!concept || own.concept === concept || (own.concept || "").startsWith(concept + "/"))
      && (!source || (own.source || "").split(" ").includes(source))
      && (!verdict || own.verdict === verdict)
      && wanted.words.every((word) => text(row).includes(word));
  };
  const filter = () => {
    const wanted = Object.fromEntries(new FormData(form));
    wanted.words = (wanted.text || "").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const hidden = !fits(row, wanted);
      if (row.hidden !== hidden) row.hidden = hidden;
      shown += hidden ? 0 : 1;
    }
    for (const table of document.querySelectorAll("table[data-rows]")) {
      const none = !table.querySelector("tbody tr:not([hidden])");
      if (table.hidden !== none) table.hidden = none;
    }
    told.value = `${shown} of ${rows.length} rows`;
  };
  const sort = (head) => {
    const table = head.closest("table");
    const place = [...head.parentNode.children].indexOf(head);
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const each of head.parentNode.children) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => row.children[place].dataset.sort || row.children[place].textContent.trim();
    const number = (word) => (word === "" || Number.isNaN(Number(word)) ? null : Number(word));
    const body = table.tBodies[0];
    const keyed = [...body.rows].map((row, order) => ({ row, order, key: key(row) }));
    keyed.sort((one, other) => {
      const [left, right] = [number(one.key), number(other.key)];
      const by = left !== null && right !== null ? left - right
        : one.key.localeCompare(other.key, "en", { numeric: true });
      return (down ? -by : by) || one.order - other.order;
    });
    body.append(...keyed.map((each) => each.row));
  };
  for (const head of document.querySelectorAll("table[data-rows] thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => sort(head));
  }
  let waiting = 0;
  const soon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(filter);
  };
  form.addEventListener("input", soon);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  const reveal = () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (row && row.closest("[hidden]")) {
      form.reset();
      filter();
      row.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  form.hidden = false;
  filter();
})();
