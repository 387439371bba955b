// Who hears what on one page: a part tells what happened or what it wishes, and does not know who listens.

export class Hub {
  #hearers = new Map();

  /** From now on `hear` is told of each `que`, after those that began before it. */
  on(que, hear) {
    this.#hearers.set(que, [...(this.#hearers.get(que) ?? []), hear]);
  }

  /** Tells all who hear of it, now; what one of them throws is reported and keeps no other from hearing. */
  tell(que, ...dicho) {
    for (const hear of this.#hearers.get(que) ?? []) {
      try {
        hear(...dicho);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
