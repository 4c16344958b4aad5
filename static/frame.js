// What every page does in the browser: its language, and links inside the site without loading it anew.
// Fed by views/widgets/frame.py.

let open = () => {};
let pages = new Set();

export function draw({ data, setTriggerValue }) {
  document.documentElement.lang = data.lang;
  pages = new Set(data.pages);
  open = (address) => setTriggerValue("opened", address);
}

// Text of ours may hold links to pages of ours. A plain click stays in this visit, with all that was
// chosen in it; any other way of opening a link (new tab, copy, no script) uses its full address.
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.("[data-testid=stMarkdownContainer] a[href], .stHtml a[href]");
  const page = link && inside(link);
  if (page === null || page === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  open(page);
  // What opens is read from its beginning, also where it is the same page with another choice.
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
}, true);

function inside(link) {
  if (link.getAttribute("href").startsWith("#")) return null;
  const base = new URL(".", document.baseURI), target = new URL(link.href);
  if (target.origin !== base.origin || !target.pathname.startsWith(base.pathname) || !target.search) return null;
  const path = target.pathname.slice(base.pathname.length);
  return pages.has(path) ? path + target.search : null;
}
