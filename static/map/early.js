// Named in the head of a page that opens with a map: script and outlines are made ready while the
// dashboard itself still starts and waits for its server.

const HERE = new URL(import.meta.url);
const near = (path) => import(new URL(path + HERE.search, HERE).href);

requestIdleCallback(async () => {
  const { loadLayer } = await near("layer.js");
  for (const link of document.querySelectorAll("link[data-outlines]")) {
    // What fails here is asked for again, and told, by the map itself.
    loadLayer(link.getAttribute("href"), link.dataset.outlines).catch(() => {});
  }
  near("../map.js");
}, { timeout: 2000 });
