/* Marks the section that is being read, and keeps its name in view where the contents are a strip. */
(() => {
  "use strict";

  const strip = document.querySelector(".contents .inner");
  const links = new Map([...document.querySelectorAll('.contents a[href^="#"]')].map((link) => [link.hash.slice(1), link]));

  const mark = (id) => {
    links.forEach((link) => link.removeAttribute("aria-current"));
    const link = links.get(id);
    link.setAttribute("aria-current", "location");
    strip.scrollTo({ left: link.offsetLeft - strip.offsetLeft - 20 });
  };

  /* What crosses a line below the strip is being read. */
  const reading = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => mark(entry.target.id)),
    { rootMargin: "-25% 0px -75% 0px" },
  );
  links.forEach((_, id) => {
    const section = document.getElementById(id);
    if (section) reading.observe(section);
  });
})();
