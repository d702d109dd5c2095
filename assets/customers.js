/* Looks up customers: by a part of the number and by segment, sorted by any column; the data load at the first use.
   Everything is put into the page as text. */
(() => {
  "use strict";
  const SHOWN = 50;
  const section = document.getElementById("customers");
  const form = section.querySelector("form");
  const [field, choice] = [form.querySelector("input"), form.querySelector("select")];
  const heads = [...section.querySelectorAll("th[data-column]")];
  const [status, body] = [section.querySelector("[role=status]"), section.querySelector("tbody")];
  const { source, locale, currency } = form.dataset;
  const whole = new Intl.NumberFormat(locale);
  const money = currency ? new Intl.NumberFormat(locale, { style: "currency", currency }) : whole;
  let people = null; // columns, and the customers' places in the order of the table
  let loading = null;

  const load = () => (loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = resolve;
    script.onerror = () => reject(new Error(source));
    document.head.append(script);
  }).then(() => {
    const columns = window.reportgenCustomers;
    people = { columns, sought: columns.customer.map((text) => text.toLowerCase()), order: [] };
    choice.append(...columns.segments.map((name, place) => new Option(name, place)));
    sort(heads.at(-1));
  }).catch(() => { status.textContent = "The list of customers can't be loaded."; }));

  const compare = (column) => {
    const values = people.columns[column];
    if (column !== "customer") return (one, other) => values[one] - values[other] || one - other;
    const alphabet = new Intl.Collator(locale, { numeric: true });
    return (one, other) => alphabet.compare(values[one], values[other]);
  };

  /* Figures start with the largest, but days since the last order, like names, with the smallest. */
  const sort = (head) => {
    const column = head.dataset.column;
    const first = ["frequency", "monetary"].includes(column) ? "descending" : "ascending";
    const second = first === "descending" ? "ascending" : "descending";
    const order = head.getAttribute("aria-sort") === first ? second : first;
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", order);
    people.order = people.sought.map((_, place) => place).sort(compare(column));
    if (order === "descending") people.order.reverse();
    show();
  };

  const found = () => {
    const text = field.value.trim().toLowerCase();
    const segment = choice.value === "" ? null : Number(choice.value);
    const { columns, sought, order } = people;
    return order.filter((at) => (segment === null || columns.segment[at] === segment) && sought[at].includes(text));
  };

  const row = (at) => {
    const { customer, segments, segment, recency, frequency, monetary } = people.columns;
    const texts = [customer[at], segments[segment[at]], whole.format(recency[at]), whole.format(frequency[at]),
      money.format(monetary[at])];
    const line = document.createElement("tr");
    line.append(...texts.map((text, place) => {
      const cell = document.createElement(place ? "td" : "th");
      if (place === 0) cell.scope = "row";
      if (place === 1) cell.className = "text";
      cell.textContent = text;
      return cell;
    }));
    return line;
  };

  const show = () => {
    const places = found();
    body.replaceChildren(...places.slice(0, SHOWN).map(row));
    const many = `${whole.format(places.length)} ${places.length === 1 ? "customer" : "customers"}`;
    status.textContent = places.length > SHOWN ? `${many}; the first ${SHOWN} are shown.` : `${many}.`;
  };

  heads.forEach((head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => load().then(() => people && sort(head)));
    head.append(button);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => load().then(() => people && show()));
  form.addEventListener("focusin", load);
  new IntersectionObserver((entries, seen) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    load();
  }).observe(section);
})();
