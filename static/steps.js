// One act of the visitor is one step of the browser's history. What the page itself writes into the
// address afterwards (its defaults, the page a link leads to) belongs to that step: else the way back
// would lead to the same page, which writes its address again, and nobody would come out.

(() => {
  const { pushState, replaceState } = History.prototype;
  let acted = false;
  for (const kind of ["click", "pointerup", "keydown", "change"]) {
    addEventListener(kind, () => (acted = true), true);
  }
  History.prototype.pushState = function (...entry) {
    const write = acted ? pushState : replaceState;
    acted = false;
    return write.apply(this, entry);
  };
})();
