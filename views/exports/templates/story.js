// Reading needs no script: this one shows one language at a time and answers to a clicker.
(() => {
  "use strict";
  const stories = [...document.querySelectorAll(".story")];
  const shown = () => stories.find((story) => !story.hidden);
  const show = (lang) => {
    for (const story of stories) story.hidden = story.dataset.lang !== lang;
    document.documentElement.lang = shown().lang;
    document.title = shown().dataset.title;
  };
  const steps = () => [...shown().querySelectorAll(".step")];
  // The step that begins nearest to the top of the window.
  const current = () => {
    const tops = steps().map((step) => Math.abs(step.getBoundingClientRect().top));
    return tops.indexOf(Math.min(...tops));
  };
  const isAbove = () => steps()[0].getBoundingClientRect().top > 40;
  const go = (number) => {
    const step = steps()[number];
    if (!step) return;
    history.replaceState(null, "", `#${step.id}`);
    step.scrollIntoView();
    step.querySelector("h2").focus({ preventScroll: true });
  };
  const follow = () => {
    const [lang, number] = location.hash.slice(1).split("-");
    if (!stories.some((story) => story.dataset.lang === lang)) return;
    show(lang);
    document.getElementById(`${lang}-${number}`)?.scrollIntoView();
  };
  show(stories[0].dataset.lang);
  follow();
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-to]");
    if (!link) return;
    event.preventDefault();
    const number = isAbove() ? -1 : current();
    show(link.dataset.to);
    if (number >= 0) go(number);
    else shown().querySelector("h1").scrollIntoView();
  });
  // The blank key of clickers sends B or a full stop; the next key or a click brings the page back.
  const darken = () => {
    const cover = document.createElement("div");
    cover.className = "dark";
    Object.assign(cover.style, { position: "fixed", inset: "0", background: "#000", zIndex: "9" });
    cover.addEventListener("click", () => cover.remove());
    document.body.append(cover);
  };
  document.addEventListener("keydown", (event) => {
    const dark = document.querySelector(".dark");
    if (dark) {
      event.preventDefault();
      return dark.remove();
    }
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, textarea, select, .table")) return;
    if (["b", "."].includes(event.key)) return darken();
    const way = { PageDown: 1, ArrowRight: 1, PageUp: -1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    const here = steps()[current()].getBoundingClientRect();
    // A step higher than the window is read to its end first.
    const isLonger = way > 0 ? here.bottom > innerHeight + 40 : here.top < -40;
    if (event.key.startsWith("Page") && isLonger && !isAbove()) return;
    event.preventDefault();
    go(isAbove() ? 0 : current() + way);
  });
})();
