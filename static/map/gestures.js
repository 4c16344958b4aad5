// Wheel and fingers: the page scrolls as ever, the map moves by two fingers or with Ctrl.

export function listenForGestures(part) {
  const { stage } = part;
  stage.addEventListener("wheel", (event) => wheel(part, event), { passive: false });
  const byType = (event) => {
    part.touched = event.pointerType === "touch";
    part.map?.dragging[part.touched ? "disable" : "enable"]();
  };
  stage.addEventListener("pointerdown", byType, { capture: true });
  stage.addEventListener("touchmove", (event) => touch(part, event), { passive: true });
}

function wheel(part, event) {
  if (!event.ctrlKey && !event.metaKey) return showHint(part);
  event.preventDefault();
  const box = part.ground.getBoundingClientRect();
  const at = globalThis.L.point(event.clientX - box.left, event.clientY - box.top);
  const zoom = part.map.getZoom() - Math.max(-1, Math.min(1, event.deltaY / 100));
  part.map.setZoomAround(at, zoom, { animate: false });
  part.moved = true;
}

function touch(part, event) {
  if (event.touches.length === 1) showHint(part);
  else part.moved = true;
}

function showHint(part) {
  part.hint.hidden = false;
  clearTimeout(part.hinted);
  part.hinted = setTimeout(() => (part.hint.hidden = true), 1500);
}
