/* Tables that sort by a column: by its head's button; a second press turns the order round. Totals stay below. */
(() => {
  "use strict";

  const POWERS = { k: 1e3, m: 1e6, b: 1e9, t: 1e12 };

  /* "−£1,461.5k" in any locale: a separator before exactly three digits groups, another one is the decimal sign. */
  const number = (text) => {
    const found = text.replace("−", "-").replace(/[^\d.,\-kmbt]/gi, "").match(/^(-?)[^\d-]*(\d[\d.,]*)([kmbt]?)/i);
    if (!found) return null;
    const [, sign, digits, power] = found;
    const plain = digits.replace(/[.,](?=\d{3}(?!\d))/g, "").replace(",", ".");
    return Number(sign + plain) * (POWERS[power.toLowerCase()] || 1);
  };

  const text = (row, column) => row.cells[column].textContent.trim();

  const compare = (column) => (one, other) => {
    const [a, b] = [text(one, column), text(other, column)];
    if (column === 0) return a.localeCompare(b);
    return (number(a) ?? -Infinity) - (number(b) ?? -Infinity) || 0;
  };

  /* Figures start with the largest, names with A. */
  const next = (head, column) => {
    const now = head.getAttribute("aria-sort");
    if (!now) return column === 0 ? "ascending" : "descending";
    return now === "ascending" ? "descending" : "ascending";
  };

  const sort = (table, heads, column) => {
    const order = next(heads[column], column);
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", order);
    const rows = [...table.tBodies[0].rows].sort(compare(column));
    table.tBodies[0].append(...(order === "descending" ? rows.reverse() : rows));
  };

  const prepare = (table) => {
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, heads, column));
      head.append(button);
    });
  };

  document.querySelectorAll("table.sortable").forEach(prepare);
})();
