// Plays the times of the map: asks for the next one when the last has been painted.

const PAUSE = 1100;

export class Player {
  constructor(button, ask) {
    this.button = button;
    this.ask = ask;
    this.playing = false;
    button.addEventListener("click", () => (this.playing ? this.stop() : this.start()));
  }

  accept({ index, count }, words) {
    [this.index, this.count, this.words] = [index, count, words];
    this.button.hidden = count < 2;
    if (this.playing && index >= count - 1) this.stop();
    else if (this.playing) this.wait();
    this.say();
  }

  start() {
    this.playing = true;
    this.ask(this.index >= this.count - 1 ? 0 : this.index + 1);
    this.say();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.playing && this.ask(this.index + 1), PAUSE);
  }

  stop() {
    this.playing = false;
    clearTimeout(this.timer);
    this.say();
  }

  say() {
    const label = this.playing ? this.words.pause : this.words.play;
    this.button.textContent = this.playing ? "❚❚" : "►";
    this.button.setAttribute("aria-label", label);
    this.button.title = label;
  }
}
