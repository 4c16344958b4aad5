// The ground of the stage: a Leaflet map that shows nothing yet and answers to no key or wheel.

export function openGround(box) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = globalThis.L.map(box, {
    attributionControl: false,
    zoomControl: false,
    keyboard: false,
    scrollWheelZoom: false,
    boxZoom: false,
    zoomSnap: 0,
    minZoom: 3,
    maxZoom: 13,
    zoomAnimation: !still,
    inertia: !still,
    worldCopyJump: false,
  });
  return map.setView([51.2, 10.4], 5);
}
