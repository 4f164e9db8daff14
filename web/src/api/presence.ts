/** After so long without a key or a pointer, requests come from the screen alone. */
const HERE_MS = 2 * 60_000;
const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart'];

/**
 * Tells whether a person is at the screen. Requests of a screen alone do not keep a session open
 * that nobody uses.
 */
class Presence {
  #seenAt = Date.now();

  open(): void {
    const see = () => {
      this.#seenAt = Date.now();
    };
    for (const sign of SIGNS) window.addEventListener(sign, see, { capture: true, passive: true });
  }

  isHere(): boolean {
    return Date.now() - this.#seenAt < HERE_MS;
  }
}

export const presence = new Presence();
